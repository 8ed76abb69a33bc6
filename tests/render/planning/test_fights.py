"""Fights: weapons in the hands, shields before the chests, the foe or many foes before them."""

from __future__ import annotations

import pytest

from thumbnb.render.brief import Brief
from thumbnb.render.planning.planner import plan
from thumbnb.render.prompt.parser import parse_prompt
from thumbnb.render.scene import Cutout, ObjectLayer, Painting
from thumbnb.render.subjects.lighting import HOURS


def laid_out(prompt, preset="gaming-esports"):
    layers = plan(Brief(prompt=prompt, title="BOSS", preset=preset), 3).layers
    people = [each.figure for each in layers if isinstance(each, Cutout) and each.figure]
    return people, [each for each in layers if isinstance(each, ObjectLayer)], layers


@pytest.mark.parametrize(
    ("prompt", "foe"),
    [
        ("a knight with a flaming sword facing a huge dragon", "dragon"),
        ("a knight swinging a glowing blue greatsword at a troll in a village", "troll"),
        ("a warrior raising a golden axe against a giant spider in a cave", "spider"),
        ("a wizard casting lightning from his staff at a horde of skeletons", "skeletons"),
    ],
)
def test_the_armed_fight_the_creature_they_face(prompt, foe):
    act = parse_prompt(prompt).act
    assert act is not None
    assert (act.name, act.word) == ("attack", foe)
    people, _, _ = laid_out(prompt)
    assert [each.gesture for each in people] == ["attack"]


def test_a_man_facing_a_wall_or_a_photographer_facing_a_bear_fights_nobody():
    assert parse_prompt("a knight facing a wall").act is None
    assert parse_prompt("a photographer facing a bear").act is None


@pytest.mark.parametrize(
    ("prompt", "tools"),
    [
        ("two samurai dueling in a field, swords clashing", ["sword", "sword"]),
        ("two knights fighting with swords and shields", ["sword", "sword", "shield", "shield"]),
        ("a viking with a shield and an axe fighting a bear", ["axe", "shield"]),
    ],
)
def test_weapons_and_shields_are_with_those_who_fight(prompt, tools):
    _, things, _ = laid_out(prompt)
    armed = [each.name for each in things if each.name in {"sword", "shield", "axe"}]
    assert sorted(armed) == sorted(tools)


def test_a_weapon_in_the_hand_has_its_colour_and_its_state():
    _, things, _ = laid_out("a knight with a glowing blue sword fighting a dragon")
    (sword,) = [each for each in things if each.name == "sword"]
    assert sword.colours
    assert sword.state == "glowing"


@pytest.mark.parametrize(
    ("preset", "prompt", "hour"),
    [
        ("mystery-dark", "a man in a forest", "night"),
        ("cinematic-film", "a man in a desert", "dusk"),
        ("gaming-esports", "a knight fighting a dragon in a forest", "night"),
    ],
)
def test_outdoors_a_dark_preset_has_its_hour_where_none_is_said(preset, prompt, hour):
    _, _, layers = laid_out(prompt, preset)
    (painting,) = [each for each in layers if isinstance(each, Painting)]
    assert (painting.light or {}).get("light") == "#{:02x}{:02x}{:02x}".format(
        *(round(v) for v in HOURS[hour].light)
    )
