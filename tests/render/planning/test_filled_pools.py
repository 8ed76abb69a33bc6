"""Pools are seen filled, and walls of one thing stacked across the frame."""

from __future__ import annotations

import pytest

from thumbnb import render
from thumbnb.render.planning.planner import plan_with_report


def planned(prompt):
    brief = render.Brief(prompt=prompt, title="HOW MUCH?", preset="mrbeast-viral")
    scene, report = plan_with_report(brief, 1, 0)
    return [each for each in scene.layers if each.kind == "object"], report


@pytest.mark.parametrize(
    "prompt",
    [
        "Shocked man beside a giant swimming pool filled with soda",
        "A boy diving into a pool of green slime",
        "I filled my pool with orbeez",
    ],
)
def test_a_pool_of_a_liquid_has_its_colour(prompt):
    (pool,), report = planned(prompt)
    assert pool.name == "filled-pool"
    assert pool.colours
    assert pool.height * 3 > 720, "it lies across the frame"
    assert not [each for each in report.treatments if each.outcome == "ignored"]


@pytest.mark.parametrize(
    ("prompt", "name"),
    [("A pool full of rubber ducks and a boy jumping in", "duck"), ("A pool full of cash", "cash")],
)
def test_a_pool_of_things_is_full_of_them(prompt, name):
    (pool, *inside), _ = planned(prompt)
    assert pool.name == "filled-pool"
    assert len(inside) > 30
    assert all(name in each.name or "banknote" in each.name for each in inside)


@pytest.mark.parametrize(
    ("prompt", "name"),
    [("A guitarist in front of a wall of speakers", "speaker"), ("A wall of TVs", "television")],
)
def test_a_wall_of_things_is_stacked_across_the_frame(prompt, name):
    bricks, report = planned(prompt)
    across = [each.at[0] for each in bricks]
    assert {each.name for each in bricks} == {name}
    assert min(across) < 200
    assert max(across) > 1080
    assert len({each.at[1] for each in bricks}) >= 3, "rows above each other"
    assert not [each for each in report.treatments if each.outcome == "ignored"]


def test_a_wall_of_fire_is_behind_who_faces_it():
    flames, _ = planned("A knight facing a wall of fire")
    assert {each.name for each in flames} == {"fire"}
    assert len(flames) > 4
