"""What a prompt wants over its photo is painted there, or said to be missing."""

from __future__ import annotations

import pytest

from tests.render.planning.test_photo_marks import disc, objects_of, planned
from thumbnb.render.paint_scene import paint
from thumbnb.render.prompt.images.effects import photo_effects
from thumbnb.render.prompt.images.mark_places import MarkPlace, mark_place
from thumbnb.render.prompt.parser import parse_prompt
from thumbnb.render.scene import Scene


@pytest.mark.parametrize(
    ("prompt", "kinds"),
    [
        ("My coffee @image1 with steam and coffee beans around it", {"beans", "steam"}),
        ("Snow falling on my car @image1", {"snow"}),
        ("@image1 versus @image2 with lightning between them", {"lightning"}),
        ("Blackout in the city @image1", {"dark"}),
        ("My cup @image1, money raining down, green smoke", {"money", "smoke"}),
        ("@image1 in a storm", {"lightning", "rain"}),
        ("The burning city @image1", set()),
        ("A rainbow over @image1", set()),
        ("@image1 with no smoke", set()),
        ("A fire extinguisher next to @image1", set()),
        ("A campfire in the rain", set()),
    ],
)
def test_effects_are_told_from_what_a_photo_shows(prompt, kinds):
    assert {effect.kind for effect in photo_effects(prompt)} == kinds


@pytest.mark.parametrize(
    ("words", "layer"),
    [
        ("steam", "plume"), ("smoke", "plume"), ("flames", "flames"), ("confetti", "flying"),
        ("blood", "splatter"), ("lightning", "lightning"), ("rain", "rain"), ("fog", "mist"),
        ("autumn leaves", "object"),
    ],
)  # fmt: skip
def test_an_effect_is_painted_over_the_photo_and_reported(words, layer):
    scene, report = planned(f"My disc @image1 with {words}")
    kinds = [each.kind for each in scene.layers]
    assert kinds.index("image") < kinds.index(layer) < kinds.index("words")
    assert any("Painted over the photo" in told.reason for told in report.treatments)
    assert not any("Nothing can be drawn" in told.reason for told in report.treatments)


@pytest.mark.parametrize("words", ["steam", "flames", "confetti", "blood", "green smoke"])
def test_an_effect_changes_the_photo(words):
    scene, _ = planned(f"My disc @image1 with {words}", title=None)
    bare = Scene(**{**dict(scene), "layers": scene.layers[:1]})
    kinds = {"plume", "flames", "flying", "splatter"}
    some = [each for each in scene.layers if each.kind in kinds]
    more = Scene(**{**dict(scene), "layers": (scene.layers[0], *some)})
    images = {"image1": disc()}
    assert paint(bare, (640, 360), images).tobytes() != paint(more, (640, 360), images).tobytes()


@pytest.mark.parametrize(
    ("prompt", "word"),
    [
        ("My cat @image1 shocked by a giant robot vacuum", "robot vacuum"),
        ("A cat @image1 chased by a dog", "dog"),
        ("A mouse running away from my cat @image1", "mouse"),
        ("@image1 surrounded by balloons", "balloons"),
        ("My coins @image1, pile of cash", "pile of cash"),
        ("My trip @image1 with a suitcase, passport and a map", "passport"),
    ],
)
def test_what_a_prompt_adds_to_a_photo_is_drawn_large(prompt, word):
    assert word not in parse_prompt(prompt).image_words
    scene, report = planned(prompt)
    assert max(layer.height for layer in objects_of(scene)) >= 0.2 * 720
    assert not any("no room" in told.reason and word in told.reason for told in report.treatments)


@pytest.mark.parametrize(
    ("prompt", "own"),
    [
        ("Blackout in the city @image1, worried reporter with a microphone in front", True),
        ("Rocket launch @image1 with a shocked scientist in front", True),
        ("A scan @image1, doctor pointing at it", True),
        ("Photographer @image1 on the right", False),
        ("@image1, a woman hiking", False),
    ],
)
def test_somebody_asked_for_beside_a_photo_is_somebody_else(prompt, own):
    assert parse_prompt(prompt).own_people == own


@pytest.mark.parametrize(
    ("prompt", "place"),
    [
        ("@image1, red circle around the left corner", MarkPlace("corner", -1, -1)),
        ("@image1 with a circle around the bottom right corner", MarkPlace("corner", 1, 1)),
        ("Arrow pointing at the face, @image1", None),
        ("@image1, a circle around her eyes", MarkPlace("face")),
        ("@image1 with a circle around the right half", MarkPlace("side", 1, 0)),
    ],
)
def test_a_place_said_of_a_circle_is_read(prompt, place):
    assert mark_place(prompt, "circle") == place


def test_a_circle_around_a_corner_is_there():
    scene, _ = planned("@image1 with a red circle around the bottom left corner", title=None)
    x, y, w, h = scene.first("ring").box
    assert x + w < 640
    assert y > 300
    assert h > 100
