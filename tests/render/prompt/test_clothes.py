"""What people wear: garments, hats and accessories that a prompt puts on them."""

from __future__ import annotations

import pytest

from thumbnb.render.figures.wardrobe.accessories import ACCESSORIES, BARBELL
from thumbnb.render.figures.wardrobe.hats import HATS
from thumbnb.render.prompt.parser import parse_prompt
from thumbnb.render.prompt.people.clothes import _data


@pytest.mark.parametrize(
    ("prompt", "clothes", "hat", "worn"),
    [
        ("a boy in a lab coat watching a volcano", "laboratory", "", ()),
        ("a woman wearing a silver spacesuit on mars", "astronaut", "", ()),
        ("a gamer with a headset screaming", None, "", ("headset",)),
        ("a girl wearing a golden crown and sunglasses", None, "crown", ("sunglasses",)),
        ("a man in a cowboy hat with a guitar", None, "cowboy hat", ()),
        ("a backpacker woman on a cliff", None, "", ("backpack",)),
        ("a muscular man lifting a heavy barbell in a gym", None, "", ("barbell",)),
        ("a man holding headphones", None, "", ()),
        ("a man with headphones in his hands", None, "", ()),
        ("a man reviewing sunglasses", None, "", ()),
        ("a dog wearing sunglasses beside a man", None, "", ()),
        ("sunglasses on a table", None, "", ()),
    ],
)
def test_what_somebody_wears_is_on_them(prompt, clothes, hat, worn):
    outfit = parse_prompt(prompt).outfit
    assert (outfit.clothes, outfit.hat, outfit.worn) == (clothes, hat, worn)


def test_of_two_people_each_wears_their_own():
    outfit = parse_prompt("a man in a suit and a woman with glasses").outfit
    assert (outfit.is_of(0), outfit.is_of(1)) == (False, True)


def test_how_broad_somebody_is_comes_from_the_words_before_their_name():
    assert parse_prompt("a skinny tired teenager").outfit.build == "thin"
    assert parse_prompt("a strong coffee for a man").outfit.build == ""
    assert "muscular" not in parse_prompt("a muscular man").unknown


def test_every_worn_thing_of_the_table_can_be_drawn():
    assert {*_data()["worn_hats"]} <= {*HATS}
    assert {*_data()["worn_accessories"], *_data()["gear"]} <= {*ACCESSORIES, BARBELL}


def test_the_cowboy_of_a_cowboy_hat_is_nobody():
    assert parse_prompt("a man wearing sunglasses and a cowboy hat").people.kinds == ("man",)
