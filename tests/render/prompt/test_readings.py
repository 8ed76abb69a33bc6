"""Instruments show the numbers that a prompt says of them."""

from __future__ import annotations

import pytest

from thumbnb import render
from thumbnb.render.planning.planner import plan
from thumbnb.render.prompt.parser import parse_prompt


@pytest.mark.parametrize(
    ("prompt", "reading"),
    [
        ("Thermometer showing -50 in a snowy village", "-50°"),
        ("a thermometer reading minus 40 degrees celsius", "-40°C"),
        ("a speedometer reading 300 km/h", "300 km/h"),
        ("a bathroom scale that shows 120 kg", "120 kg"),
        ("a scoreboard showing 3-2", "3-2"),
        ("a thermometer in the snow", ""),
        ("a speedometer and a man reading 3 books", ""),
    ],
)
def test_an_instrument_shows_its_number(prompt, reading):
    assert parse_prompt(prompt).named[0].reading == reading


def test_a_reading_is_on_the_image():
    brief = render.Brief(prompt="A thermometer showing -50", title="COLD", preset="free")
    chips = [each for each in plan(brief, 1).layers if each.kind == "chip"]
    assert "-50°" in {each.text for each in chips}
