"""What a prompt says of each of two or three: colours, prices, sizes."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.render.planning.test_room_is_found import laid_out
from thumbnb.render.planning.callouts import chip_box
from thumbnb.render.planning.cast.said_of_each import colours_of_two
from thumbnb.render.prompt.parser import parse_prompt
from thumbnb.render.scene import Chip, ObjectLayer


@pytest.mark.parametrize(
    ("prompt", "field", "said"),
    [
        ("two phones side by side, one black and one silver", "colour", "black silver"),
        ("two cats fighting, one is orange and the other is black", "colour", "orange black"),
        ("two cars racing, a red one and a blue one", "colour", "red blue"),
        ("two sneakers, the left one white, the right one black", "colour", "white black"),
        ("two phones facing us, black on the left, gold on the right", "colour", "black gold"),
        ("a black and a silver phone next to each other", "colour", "black silver"),
        ("black vs white iPhone", "colour", "black white"),
        ("three bags, one black, one green and one orange", "colour", "black green orange"),
        ("two laptops, one cheap and one expensive, on a desk", "price", "$ $$$"),
        ("cheap headphones vs expensive headphones", "price", "$ $$$"),
        ("two burgers, one $1 and one $100", "price", "$1 $100"),
        ("$1, $10 and $100 pizzas on a counter", "price", "$1 $10 $100"),
        ("a $1 cat toy vs a $1000 cat toy", "price", "$1 $1000"),
        ("two houses, one tiny and one huge", "size", "huge tiny"),
    ],
)
def test_what_is_said_of_each_is_its_own(prompt, field, said):
    things = parse_prompt(prompt).things
    assert [str(getattr(thing, field)) for thing in things] == said.split()


def test_two_people_wear_the_colours_that_are_said():
    text = "two knights fighting with swords, one blue and one red"
    assert colours_of_two(text, ["knights"]) == ("blue", "red")
    assert colours_of_two("two men holding two phones, one black and one red", ["men"]) == ()


@pytest.mark.parametrize(
    "prompt",
    [
        "three burgers with price tags $1, $10 and $100",
        "a cheap burger and an expensive burger on a table",
        "a $5 steak and a $500 steak",
    ],
)
@pytest.mark.parametrize("seed", [0, 1])
def test_each_tag_hangs_on_its_own_thing_and_on_no_other_tag(prompt, seed):
    layers = laid_out(prompt, seed=seed).layers
    tags = [chip_box(layer) for layer in layers if isinstance(layer, Chip)]
    things = [
        layer
        for layer in layers
        if isinstance(layer, ObjectLayer) and layer.name in {"burger", "steak"}
    ]
    assert len(tags) == len(things) > 1
    tags.sort()
    for (x, _, w, _), thing in zip(tags, sorted(things, key=lambda one: one.at[0]), strict=True):
        assert abs(x + w / 2 - thing.at[0]) < thing.height
    for (x, y, w, h), (left, top, wide, high) in pairwise(tags):
        assert x + w <= left or left + wide <= x or y + h <= top or top + high <= y
