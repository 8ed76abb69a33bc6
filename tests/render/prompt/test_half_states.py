"""What a prompt says of the two halves of a comparison, and what it has on price tags."""

from __future__ import annotations

import pytest

from thumbnb.render.prompt.half_states import find_states
from thumbnb.render.prompt.parser import parse_prompt


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("dark and dull on the left, colourful on the right", {"dark", "dull"}, {"vivid"}),
        ("on the right it is dull, on the left it is bright", {"bright"}, {"dull"}),
        ("bright and colourful right, grey left", {"dull"}, {"bright", "vivid"}),
        ("before and after editing: dull grey versus vivid colours", {"dull"}, {"vivid"}),
        ("a messy desk turned into a clean one", {"poor"}, {"good"}),
        ("from bright day to dark night", {"bright"}, {"dark", "night"}),
        ("from summer to winter", {"warm"}, {"cold"}),
        ("my dirty car before and the shiny car after", {"poor"}, {"good"}),
        ("From MESS to CLEAN", {"poor"}, {"good"}),
        ("black and white to colourful", {"mono"}, {"vivid"}),
        ("vorher grau, nachher bunt", {"dull"}, {"vivid"}),
        ("my first flat", set(), set()),
        ("price tag of the after party", set(), set()),
    ],
)
def test_each_half_is_as_its_words_say(text, first, second):
    found = find_states(text)
    assert (found.first, found.second) == (first, second)


@pytest.mark.parametrize(
    ("prompt", "tags"),
    [
        ("a mini PC, showing a price tag of $90", ["$90"]),
        ("@image1 with a price tag of $1,299, four stars", ["$1,299"]),
        ("@image1, price tag saying 9 euros", ["€9"]),
        ("a price tag", [""]),
        ("a price tag, 50 percent sale", []),
    ],
)
def test_a_price_tag_has_the_price_said_next_to_it(prompt, tags):
    things = parse_prompt(prompt).named
    assert [thing.text for thing in things if thing.name == "price-tag"] == tags
    assert not any(thing.price for thing in things), "no star has it"
