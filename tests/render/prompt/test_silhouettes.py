"""Silhouettes of people, and the colours of single things."""

from __future__ import annotations

import pytest

from thumbnb.render.brief import Brief
from thumbnb.render.planning.planner import plan
from thumbnb.render.prompt.parser import parse_prompt
from thumbnb.render.scene import Cutout, Glow


@pytest.mark.parametrize(
    ("prompt", "dark"),
    [
        ("the silhouette of a man in a doorway", [True]),
        ("a hooded figure holding a lantern in a forest", [True]),
        ("silhouettes of three soldiers walking through smoke", [True, True, True]),
        ("a lone figure walking across a desert", [True]),
        ("a woman silhouetted against a huge moon", [True]),
        ("a serial killer behind a scared woman", [True, False]),
        ("a man with an action figure", [False]),
        ("a figure skater on the ice", [False]),
    ],
)
def test_of_whom_a_prompt_calls_a_silhouette_only_a_dark_shape_is_seen(prompt, dark):
    layers = plan(Brief(prompt=prompt, title="LOOK", preset="mystery-dark"), 3).layers
    people = [each.figure for each in layers if isinstance(each, Cutout) and each.figure]
    assert sorted(each.silhouette for each in people) == sorted(dark)
    if len(dark) == 1 and dark[0]:
        assert people[0].gesture != "rest"
        assert any(isinstance(each, Glow) for each in layers)


@pytest.mark.parametrize(
    ("prompt", "colours"),
    [
        ("soldiers with red shields on a hill", ()),
        ("a black hole with an orange accretion disk", ()),
        ("a room in deep red lighting", ("red",)),
        ("a hacker, neon green glow", ("green",)),
        ("a purple sky over a desert", ("purple",)),
    ],
)
def test_the_colour_of_a_single_thing_is_not_that_of_the_image(prompt, colours):
    assert parse_prompt(prompt).colours == colours


def test_the_moon_that_somebody_stands_before_is_on_no_cliff():
    (moon,) = [
        each
        for each in parse_prompt("a woman silhouetted against a full moon on a cliff").things
        if each.name == "moon"
    ]
    assert moon.behind
    assert not moon.base
