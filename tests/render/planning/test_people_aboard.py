"""People in a boat, a tub, a box or sand: what hides their lower bodies is drawn before them."""

from __future__ import annotations

import pytest

from thumbnb import render
from thumbnb.render.scene import Cutout, ObjectLayer


def planned(prompt):
    return render.plan(render.Brief(prompt=prompt, title="NO WAY", preset="vlog-travel"), 1, 0)


@pytest.mark.parametrize(
    ("prompt", "drawing", "inside", "people"),
    [
        ("Five friends in a small boat near a deserted island", "rowing-boat", 5, 5),
        ("A girl paddling a kayak on a calm lake at sunrise", "rowing-boat", 1, 1),
        ("Last person to leave the ice bath wins, four people shivering", "ice-tub", 4, 4),
        ("A man buried up to his neck in sand while his friends laugh", "sand-heap", 1, 4),
        ("A woman relaxing in a hot tub in the snow", "hot-tub", 1, 1),
    ],
)
def test_people_are_in_what_holds_them(prompt, drawing, inside, people):
    layers = planned(prompt).layers
    vessel = next(n for n, each in enumerate(layers) if getattr(each, "name", "") == drawing)
    figures = [(n, each) for n, each in enumerate(layers) if isinstance(each, Cutout)]
    assert len(figures) == people
    assert all(n < vessel for n, _ in figures), "it is drawn before them"
    assert sum(each.seen_to is not None for _, each in figures) == inside
    box = layers[vessel]
    assert isinstance(box, ObjectLayer)
    top = box.at[1] - box.height
    assert all(each.at[1] < top + 0.5 * box.height for _, each in figures), "faces are above"


@pytest.mark.parametrize(
    "prompt", ["A cat in a box beside a woman", "A woman with a small boat", "A boat in the sea"]
)
def test_nobody_is_in_what_only_stands_beside_them(prompt):
    assert not any(isinstance(x, Cutout) and x.seen_to is not None for x in planned(prompt).layers)


def test_who_swims_is_in_the_water_and_nothing_else_stands_for_it():
    scene = planned("A man swimming away from a shark")
    assert [x.seen_to is not None for x in scene.layers if isinstance(x, Cutout)] == [True]
    names = {x.name for x in scene.layers if isinstance(x, ObjectLayer)}
    assert names == {"water-line", "shark"}
    assert next(x for x in scene.layers if x.kind == "painting").subject == "ocean"
