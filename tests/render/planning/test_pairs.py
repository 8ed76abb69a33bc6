"""Two people who only look at each other, kiss or dance together."""

from __future__ import annotations

import pytest

from thumbnb import render


@pytest.mark.parametrize(
    ("prompt", "pose", "feels"),
    [
        ("Two MMA fighters staring each other down in the octagon", "box", "serious"),
        ("Two boxers in a ring under red light", "box", "serious"),
        ("A couple kissing under the Eiffel Tower", "rest", "happy"),
        ("A couple dancing tango on a street", "dance", "happy"),
        ("Two cowboys facing each other in the desert", "rest", "serious"),
    ],
)
def test_two_people_are_turned_to_each_other(prompt, pose, feels):
    scene = render.plan(render.Brief(prompt=prompt, title="US", preset="vlog-travel"), 1, 0)
    pair = [layer for layer in scene.layers if layer.kind == "cutout"]
    first, second = (layer.figure for layer in sorted(pair, key=lambda each: each.at[0]))
    assert (first.gesture, second.gesture) == (pose, pose)
    assert first.turn > 0 > second.turn
    assert feels in {first.expression, second.expression}
