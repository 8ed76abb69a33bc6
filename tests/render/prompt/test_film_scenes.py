"""What films, mysteries and channels about space or luxury name, in the sense it has there."""

from __future__ import annotations

import pytest

from thumbnb.render.brief import Brief
from thumbnb.render.planning.planner import plan
from thumbnb.render.prompt.parser import parse_prompt
from thumbnb.render.scene import Cutout, ObjectLayer


@pytest.mark.parametrize(
    ("prompt", "things", "unknown"),
    [
        ("a modern glass villa with an infinity pool", "glass-villa", ()),
        ("a black hole swallowing a star, its accretion disk glowing", "black-hole dying-star", ()),
        ("a stone golem in a village", "golem", ()),
        ("a man's hands typing on a keyboard", "keyboard", ()),
        ("a woman in a street, the sun setting behind her", "", ()),
        ("a detective pinning notes on a corkboard", "evidence-board", ("notes",)),
    ],
)
def test_what_films_name_is_drawn_in_its_sense(prompt, things, unknown):
    parsed = parse_prompt(prompt)
    assert {thing.name for thing in parsed.things} == {*things.split()}
    assert parsed.unknown == unknown


def test_somebody_in_a_doorway_has_the_open_door_behind():
    brief = Brief(prompt="the silhouette of a man standing in a doorway", preset="mystery-dark")
    layers = plan(brief, 3).layers
    door = next(each for each in layers if isinstance(each, ObjectLayer) and each.name == "door")
    person = next(each for each in layers if isinstance(each, Cutout))
    assert layers.index(door) < layers.index(person)
    assert abs(door.at[0] - person.at[0]) < 1


def test_a_weapon_at_the_hip_is_with_its_owner():
    assert "revolver" in parse_prompt("a cowboy walking, a revolver at his hip").held_words


def test_what_a_black_hole_swallows_is_beside_it_and_before_it():
    brief = Brief(
        prompt="a black hole swallowing a blue star", title="END", preset="cinematic-film"
    )
    things = {each.name: each for each in plan(brief, 3).layers if isinstance(each, ObjectLayer)}
    hole, star = things["black-hole"], things["dying-star"]
    assert star.height < hole.height
    assert abs(star.at[0] - hole.at[0]) > 0.2 * hole.height
