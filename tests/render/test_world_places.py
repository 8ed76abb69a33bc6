"""Places of the world: known by their names, drawn as themselves, never as another one."""

from __future__ import annotations

import pytest

from thumbnb import render
from thumbnb.render.planning.planner import plan_with_report
from thumbnb.render.prompt.parser import parse_prompt
from thumbnb.render.prompt.places.painted_places import LANDMARK_IN, WORLD
from thumbnb.render.subjects import SUBJECTS, Place


def planned(prompt: str, preset: str = "free"):
    brief = render.Brief(prompt=prompt, title="LOOK AT THIS", preset=preset)
    scene, _ = plan_with_report(brief, 0, 0)
    painted = [layer.subject for layer in scene.layers if layer.kind == "painting"]
    return painted, [layer.name for layer in scene.layers if layer.kind == "object"]


def test_there_are_forty_of_them_and_all_are_drawn():
    named = WORLD | {"london", "tokyo", "fjord", "jungle", "savanna", "old-town"}
    assert len(named) >= 40
    assert all(issubclass(SUBJECTS[name], Place) for name in named)


@pytest.mark.parametrize(
    ("prompt", "place"),
    [
        ("a woman on a cliff overlooking Santorini at sunset", "santorini"),
        ("a street in Paris", "paris"), ("Times Square at night", "new-york"),
        ("a llama at Machu Picchu", "machu-picchu"), ("the Great Wall of China", "china"),
        ("overwater huts in the Maldives", "maldives"), ("rice terraces in Bali", "bali"),
        ("a beach in Rio de Janeiro", "rio"), ("Las Vegas on $100", "las-vegas"),
        ("a boat on the canals of Venice", "venice"), ("hiking in the Swiss Alps", "alps"),
        ("a monkey in the Amazon jungle", "jungle"), ("penguins in Antarctica", "antarctica"),
        ("una mujer en Atenas", "athens"), ("a night in Hong Kong", "singapore"),
        ("a boss fight with a dragon", "boss-arena"), ("a man in a subway car", "subway"),
        ("a pilot in the cockpit", "cockpit"), ("a zombie in a ruined city", "ruined-city"),
        ("a worried man looking at a falling stock chart", "trading-floor"),
        ("a man with stacks of cash", "vault"),
    ],
)  # fmt: skip
def test_a_place_is_shown_as_itself(prompt, place):
    assert planned(prompt)[0] == [place]


def test_a_landmark_is_not_drawn_twice_and_one_on_fire_is_drawn_on_fire():
    assert planned("a couple before the Eiffel Tower in Paris") == (["paris"], [])
    assert planned("a soldier before the burning Colosseum in Rome")[0] == ["old-town"]
    assert "colosseum" in planned("a soldier before the burning Colosseum in Rome")[1]
    assert {*LANDMARK_IN} <= {*SUBJECTS}


def test_the_place_of_a_name_of_two_words_is_known_whatever_else_is_said():
    assert parse_prompt("a wall at great cost in New York").subjects[0] == "new-york"
    assert "machu-picchu" not in parse_prompt("picchu and machu").unknown
    assert parse_prompt("a great, tall wall").subjects[:1] != ("china",)


def test_gloves_of_a_boxer_and_a_shield_of_a_roman_are_theirs():
    assert parse_prompt("a boxer with red gloves").things[0].name == "boxing-glove"
    assert parse_prompt("winter gloves in the snow").things[0].name != "boxing-glove"
    assert parse_prompt("a roman soldier with a shield").things[0].name == "roman-shield"
    assert parse_prompt("a knight with a shield").things[-1].name == "shield"
