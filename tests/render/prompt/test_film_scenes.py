"""What films, mysteries and channels about space or luxury name, in the sense it has there."""

from __future__ import annotations

import pytest

from thumbnb.render.brief import Brief
from thumbnb.render.objects.painting import describe
from thumbnb.render.planning.planner import plan
from thumbnb.render.prompt.parser import parse_prompt
from thumbnb.render.scene import Cutout, ObjectLayer


@pytest.mark.parametrize(
    ("prompt", "things", "unknown"),
    [
        ("a modern glass villa with an infinity pool", "glass-villa", ()),
        ("a black hole swallowing a star, its accretion disk glowing", "black-hole dying-star", ()),
        ("an abandoned cabin in the woods", "log-cabin", ()),
        ("a laptop and a mug on a desk, its screen glowing", "laptop coffee", ()),
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


def test_planets_and_ships_are_in_space_and_not_in_the_sky():
    prompt = "a spaceship over a burning planet, one ship exploding in the sky"
    assert "sky" not in parse_prompt(prompt).subjects
    assert parse_prompt("an airplane in the sky").subjects[0] == "sky"


def test_a_hand_and_that_of_a_robot_reach_for_each_other():
    layers = plan(Brief(prompt="a robot hand and a human hand touching", title="AI"), 3).layers
    hands = sorted(
        (each for each in layers if isinstance(each, ObjectLayer) and "hand" in each.name),
        key=lambda each: each.at[0],
    )
    towards_right = [(describe(each.name).faces == "right") != each.mirrored for each in hands]
    assert towards_right == [True, False]
