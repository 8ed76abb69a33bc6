"""One thing in each hand: somebody in the middle, the two things at both sides."""

from __future__ import annotations

import pytest

from thumbnb.render import Brief
from thumbnb.render.planning.planner import plan_with_report


def laid_out(prompt, title):
    return plan_with_report(Brief(prompt=prompt, title=title, preset="youtube-studio"), 1, 0)


@pytest.mark.parametrize(
    ("prompt", "left", "right"),
    [
        ("A man holding a burger in one hand and a salad in the other hand", "burger", "salad"),
        ("A knight holding a sword and a shield before a castle", "sword", "shield"),
        ("A woman with a dumbbell in each hand in a gym", "dumbbell", "dumbbell"),
        ("A reviewer holding two phones in a studio", "phone", "phone"),
        ("A girl with an apple in her right hand and a carrot in her left", "carrot", "apple"),
    ],
)
def test_each_hand_has_what_is_said_to_be_in_it(prompt, left, right):
    scene, report = laid_out(prompt, "WHICH?")
    (person,) = [layer for layer in scene.layers if layer.kind == "cutout"]
    assert person.figure.gesture == "weigh"
    held = [x for x in scene.layers if x.kind == "object" and x.name in {left, right}]
    first, second = sorted(held, key=lambda each: each.at[0])
    assert (first.name, second.name) == (left, right)
    assert first.at[0] < person.at[0] < second.at[0]
    assert not any("hand" in each.reason for each in report.treatments if each.outcome == "ignored")


def test_two_of_a_kind_have_the_colours_said_of_them():
    prompt = "Woman comparing two lipsticks, a red one in her left hand, a pink one in her right"
    scene, _ = laid_out(prompt, "$5 VS $50")
    held = [x for x in scene.layers if x.kind == "object" and x.name == "lipstick"]
    assert len({tuple(one.colours.items()) for one in held}) == 2


@pytest.mark.parametrize(
    "prompt",
    ["A man holding a sword in both hands", "A chef holding a pan, a dog and a cat beside him"],
)
def test_one_thing_leaves_a_hand_free(prompt):
    scene, _ = laid_out(prompt, "LOOK")
    assert all(x.figure.gesture != "weigh" for x in scene.layers if x.kind == "cutout")
