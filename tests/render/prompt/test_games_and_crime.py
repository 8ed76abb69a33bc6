"""Games, tales, horror and crime: whom and what their words name, and how those feel."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from thumbnb.render.brief import Brief
from thumbnb.render.objects.drawn import draw_to_height
from thumbnb.render.objects.lit_window import ONE_LIT, WINDOWS, with_one_lit
from thumbnb.render.planning.cast.action import action_of
from thumbnb.render.planning.cast.moods import animal_mood, feeling
from thumbnb.render.planning.cast.roles import cast_roles
from thumbnb.render.planning.planner import plan, plan_with_report
from thumbnb.render.planning.understand import understand
from thumbnb.render.prompt.parser import parse_prompt
from thumbnb.render.prompt.people.named_people import costume_of


@pytest.mark.parametrize(
    ("prompt", "things", "place", "costumes"),
    [
        ("two fighters stare each other down in a boxing ring", "", "boxing-ring", "boxer boxer"),
        ("a masked burglar in a dark alley", "", "alley", "thief"),
        ("an elf archer aiming at a giant troll", "troll", "", "ranger"),
        ("a Christmas elf with a gift", "christmas-tree gift", "", "elf"),
        ("a ghost girl in a long hospital corridor", "ghost-girl", "corridor", ""),
        ("a skeleton warrior with a sword", "skeleton sword", "", ""),
        ("a skeleton army in a dark forest", "skeleton", "dark-forest", ""),
        ("a serial killer in an alley", "", "alley", ""),
        ("a player mining diamonds in minecraft", "diamond", "block-world", ""),
        ("a dragon over a castle in a blocky world", "dragon castle", "block-world", ""),
        ("a gamer playing minecraft on his gaming setup", "", "gaming-room", ""),
        ("a speedrunner jumping over a lava pit", "", "boss-arena", ""),
        ("a soldier on a rooftop at night", "", "rooftop", "soldier"),
        ("a knight before the castle gate", "knight-helmet", "castle-yard", "knight"),
        ("a scarecrow in a corn field at night", "", "cornfield", ""),
        ("an old doll in a dusty attic", "doll", "attic", ""),
        ("a crime scene with a dead body", "police-tape body-outline", "alley", ""),
        ("a woman looks into a mirror and sees a demon", "twemoji-1fa9e nightmare", "", ""),
        ("a mech robot fights a giant lizard monster in Tokyo", "mech kaiju", "tokyo", ""),
        ("a kraken pulls a ship into the sea", "tentacles ship", "ocean", ""),
        ("a robber runs out of a bank with a money bag", "bank money-bag", "", "thief"),
        ("an abandoned asylum in the fog", "", "haunted-house", ""),
        ("a burglar climbs through a kitchen window", "window-frame", "kitchen", "thief"),
        ("a hooded man peeking in at my window at night", "window-frame", "", "ranger"),
        ("a fox mage with a magic staff", "fox staff", "", ""),
        ("a Viking army marching through the snow", "axe", "snow", "viking viking viking"),
        ("two detectives behind the police tape", "police-tape", "alley", "detective detective"),
        ("a hitman with a pistol", "gun", "", "professional"),
        ("a farm village in a pixel game with a cow", "cow", "block-world", ""),
        ("a missing poster on a tree in a foggy forest", "missing-poster tree", "dark-forest", ""),
        ("a fighter shoots an energy beam", "energy-blast", "", "boxer"),
        ("a cat in a wizard hat casts a fireball", "cat wizard-hat fireball", "", ""),
        ("a knight in front of the boss door", "knight-helmet", "", "knight"),
        ("a bounty hunter robot in a desert town", "robot", "desert", ""),
        ("a haunted doll with its eyes glowing red", "doll", "graveyard", ""),
        ("Bigfoot between trees", "gorilla tree", "", ""),
        ("a golden dragon egg inside a volcano", "dragon-egg", "boss-arena", ""),
        ("two pro players back to back, blue and red light", "", "", ""),
        ("a stranger in a black coat on a foggy bridge at night", "bridge", "", ""),
        ("glowing red eyes in a dark cave", "glowing-eyes", "cave", ""),
        ("a wolf with glowing eyes", "wolf", "", ""),
        ("two racing cars at sunset, sparks flying", "race-car", "racetrack", ""),
    ],
)
def test_what_games_and_tales_name_is_drawn(prompt, things, place, costumes):
    parsed = understand(Brief(prompt=prompt, title="X"), 0, 0)
    assert {thing.name for thing in parsed.prompt.things} == {*things.split()}
    if place:
        assert cast_roles(parsed).subject == place
    worn = [costume_of(role) or "" for role in parsed.prompt.people.roles]
    assert [costume for costume in worn if costume] == costumes.split()


@pytest.mark.parametrize(
    ("prompt", "feels"),
    [
        ("a knight fights a dragon", "angry"),
        ("two samurai clash swords", "angry"),
        ("an archer aiming at a troll", "serious"),
        ("fighting acne with a new cream", "excited"),
        ("a man had a heart attack", "excited"),
    ],
)
def test_who_fights_does_not_smile(prompt, feels):
    parsed = understand(Brief(prompt=prompt, title="X", preset="gaming-esports"), 0, 0)
    assert feeling(parsed) == feels
    assert animal_mood(parsed) == ("" if feels == "excited" else "angry")


@pytest.mark.parametrize(
    ("prompt", "state"),
    [
        ("a sleeping dragon in a cave", "asleep"),
        ("a dog sleeps on the floor", "asleep"),
        ("a sleeping bag in the snow", ""),
    ],
)
def test_what_has_eyes_can_sleep(prompt, state):
    assert [thing.state for thing in parse_prompt(prompt).things][:1] == [state]


@pytest.mark.parametrize(
    ("prompt", "preset", "feels"),
    [
        ("a creepy clown holding a balloon", "mystery-dark", "evil"),
        ("a vampire before his castle", "mystery-dark", "evil"),
        ("a clown at a party", "mrbeast-viral", "scared"),
        ("a scared clown", "mystery-dark", "scared"),
    ],
)
def test_who_frightens_is_not_frightened(prompt, preset, feels):
    parsed = understand(Brief(prompt=prompt, title="HE FOLLOWED ME", preset=preset), 0, 0)
    [figure] = cast_roles(parsed).figures
    assert figure.expression == feels


def test_what_attacks_has_no_friendly_form():
    def names(prompt):
        parsed = understand(Brief(prompt=prompt, title="X"), 0, 0)
        return [thing.name for thing in cast_roles(parsed).things]

    assert names("a monster attacks a robot") == ["nightmare", "mech"]
    assert names("a cute monster fights a robot") == ["monster", "robot"]
    assert names("a robot in a garden") == ["robot"]
    report = plan_with_report(Brief(prompt="a monster attacks a robot", title="X"), 0, 0)[1]
    assert "no room" not in " ".join(one.reason for one in report.treatments)


def test_who_climbs_through_a_window_is_in_it():
    scene = plan(Brief(prompt="a burglar climbs through a window", title="CAUGHT"), 0)
    kinds = [getattr(one, "name", one.kind) for one in scene.layers]
    assert kinds.index("window-night") < kinds.index("cutout") < kinds.index("window-frame")


def test_an_aura_is_behind_who_has_it():
    scene = plan(Brief(prompt="an anime boy with a golden aura", title="FINAL FORM"), 0)
    kinds = [getattr(one, "name", one.kind) for one in scene.layers]
    assert kinds.index("energy-aura") + 1 == kinds.index("cutout")


@pytest.mark.parametrize(
    ("prompt", "states"),
    [
        ("a house on a hill with one lit window", {"house": ONE_LIT}),
        ("an abandoned asylum in the fog, one window lit", {"haunted-house": ONE_LIT}),
        ("a lighthouse with a light on in one window", {"lighthouse": ONE_LIT}),
        ("a house with a red window", {"house": ""}),
    ],
)
def test_one_window_alone_is_lit(prompt, states):
    assert {thing.name: thing.state for thing in parse_prompt(prompt).things} == states


def test_a_lit_window_is_bright_and_the_rest_is_dark():
    house = draw_to_height("house", 200, {})
    house = house.crop(house.getchannel("A").getbbox())
    ground = Image.new("RGBA", house.size, "black")
    ground.alpha_composite(with_one_lit(house, "house"))
    lit = np.asarray(ground.convert("RGB"), dtype=int)
    x, y, w, h = WINDOWS["house"]
    high, wide = lit.shape[:2]
    pane = lit[int((y + 0.6 * h) * high), int((x + 0.25 * w) * wide)]
    assert pane[0] > 200
    assert pane[2] < pane[0] - 60
    assert lit[: int(0.35 * high)].max() < 150


def test_who_stands_before_the_moon_has_it_behind_the_head():
    scene = plan(Brief(prompt="a ninja with a full moon behind him", title="SHADOW"), 0)
    [moon] = [one for one in scene.layers if getattr(one, "name", "") == "moon"]
    [person] = [one for one in scene.layers if one.kind == "cutout"]
    assert scene.layers.index(moon) < scene.layers.index(person)
    assert moon.at[0] == person.at[0]
    assert moon.height > 2 * person.face_width


def test_who_stare_each_other_down_raise_their_fists():
    scene = plan(Brief(prompt="two fighters stare each other down", title="FINAL"), 0)
    figures = [one.figure for one in scene.layers if one.kind == "cutout"]
    assert [one.gesture for one in figures] == ["box", "box"]
    assert figures[0].turn > 0 > figures[1].turn


@pytest.mark.parametrize(
    ("prompt", "feels", "pose"),
    [
        ("a woman running from a masked killer", "scared", "run"),
        ("a gamer asleep at his desk in front of a monitor", None, "sleep"),
        ("a gamer typing at his desk", None, "type"),
    ],
)
def test_who_flees_is_scared_and_who_sleeps_does_not_type(prompt, feels, pose):
    parsed = understand(Brief(prompt=prompt, title="X", preset="gaming-esports"), 0, 0)
    assert feels in {None, feeling(parsed)}
    assert action_of(parsed.prompt).pose == pose


def test_an_archer_aims_a_bow():
    scene = plan(Brief(prompt="an elf archer aiming at a troll", title="LORE"), 0)
    names = {getattr(one, "name", "") for one in scene.layers}
    assert {"bow-and-arrow", "troll"} <= names
    assert "gun" not in names
