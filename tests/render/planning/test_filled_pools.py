"""Pools are seen filled: with what flows, or with very many of one thing."""

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
