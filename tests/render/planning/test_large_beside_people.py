"""What is really large takes the larger share of the frame beside somebody."""

from __future__ import annotations

import pytest

from thumbnb import render
from thumbnb.render.objects.drawn import object_aspect
from thumbnb.render.objects.painting import describe
from thumbnb.render.planning.planner import plan_with_report


def plan(prompt, preset):
    brief = render.Brief(prompt=prompt, title="LOOK AT IT", preset=preset)
    return plan_with_report(brief, 1, 0)[0]


@pytest.mark.parametrize(
    ("prompt", "preset", "name", "share"),
    [
        ("A man pointing at a red sports car before a villa", "luxury-premium", "car-side", 0.6),
        ("A knight with a sword facing a huge dragon, a castle behind", "free", "dragon", 0.44),
        ("A soldier beside a huge tank in the desert", "free", "tank", 0.5),
        ("A happy woman next to her tent in a forest", "vlog-travel", "tent", 0.42),
        ("A woman sitting beside a couch, shocked", "reaction-shocked", "sofa", 0.45),
        ("Shocked man in front of a burning house", "mrbeast-viral", "house", 0.4),
        ("A hiker standing near a lighthouse", "cinematic-film", "lighthouse", 0.38),
        ("A pilot in front of a private jet on a runway", "free", "airplane", 0.5),
    ],
)
def test_what_is_large_takes_more_room_than_who_stands_beside_it(prompt, preset, name, share):
    scene = plan(prompt, preset)
    thing = next(each for each in scene.layers if each.kind == "object" and each.name == name)
    wide = thing.height * object_aspect(name)
    assert wide > share * 1280
    person = scene.first("cutout")
    assert person.face_width < 0.42 * wide, "their body is narrower"
    assert abs(person.at[0] - thing.at[0]) > 0.3 * wide, "beside it, not over it"
    if name == "dragon":
        faces_right = (describe(name).faces == "right") != thing.mirrored
        assert faces_right == (person.at[0] > thing.at[0]), "face to face"


def test_of_a_tiny_and_a_giant_thing_the_tiny_one_is_in_the_hand():
    scene = plan("A man holding a tiny burger beside a giant burger, price tags $1 and $90", "free")
    giant, tiny = (each for each in scene.layers if each.kind == "object")
    assert tiny.height < 0.5 * giant.height
    assert abs(tiny.at[0] - scene.first("cutout").at[0]) < abs(
        giant.at[0] - scene.first("cutout").at[0]
    )
    tags = [each for each in scene.layers if each.kind == "chip"]
    assert {each.text for each in tags} == {"$1", "$90"}


def test_earth_is_in_the_sky_above_what_is_large():
    scene = plan("An astronaut on Mars beside a crashed spaceship, Earth in the sky", "free")
    things = {each.name: each for each in scene.layers if each.kind == "object"}
    assert things["earth"].height < things["spaceship"].height
    assert things["earth"].at[1] < things["spaceship"].at[1] - 100


def test_what_is_giant_towers_above_somebody_tiny():
    scene = plan("Tiny man standing below a giant robot in a ruined city", "dramatic-intense")
    robot, person = scene.first("object"), scene.first("cutout")
    assert robot.name == "mech"
    assert robot.height > 560
    assert person.face_width < 70
