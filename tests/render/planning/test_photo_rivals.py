"""What is asked for beside one photo: rivals, places behind, giants, prices, words that collide."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PIL import Image, ImageDraw

from tests.render.pictures import person
from thumbnb import render
from thumbnb.render.planning.planner import plan_with_report
from thumbnb.render.type import fonts, typesetting


def disc(across=0.5, down=0.5, radius=120):
    """A red disc in a blue photo, as wide as the sheet."""
    image = Image.new("RGB", (1280, 720), "#5f7f9f")
    x, y = across * 1280, down * 720
    ImageDraw.Draw(image).ellipse((x - radius, y - radius, x + radius, y + radius), "#e03020")
    return image


def planned(prompt, photo=None, title="LOOK", preset="free"):
    photo = photo or disc()
    brief = render.Brief(prompt=prompt, title=title, preset=preset, content_images=(photo,))
    scene, report = plan_with_report(brief, 0, 0)
    return scene, {told.reason: told.outcome for told in report.treatments}


def drawn(scene):
    return {layer.name: layer for layer in scene.layers if layer.kind == "object"}


@pytest.mark.parametrize(
    ("prompt", "name"),
    [
        ("My cat @image1 staring at a huge green cucumber on the kitchen floor", "twemoji-1f952"),
        ("My dog @image1 barking at a robot", "robot"),
    ],
)
def test_what_somebody_in_a_photo_looks_at_is_drawn(prompt, name):
    scene, _ = planned(prompt)
    assert name in drawn(scene)


def test_the_place_of_what_is_looked_at_is_reported():
    _, told = planned("My cat @image1 staring at a huge cucumber on the kitchen floor")
    assert told["The photo keeps its own place: no kitchen."] == "ignored"


@pytest.mark.parametrize(
    ("prompt", "name"),
    [
        ("My rocket @image1 versus an airplane, with a big VS between them", "airplane"),
        ("A banana vs my disc @image1", "banana"),
        ("My disc @image1 versus a flurbo", "question-mark"),
    ],
)
def test_one_photo_has_its_rival_on_the_other_half(prompt, name):
    scene, told = planned(prompt)
    assert scene.first("image").half == "left"
    assert drawn(scene)[name].at[0] > 800
    assert any(layer.text == "VS" for layer in scene.layers if layer.kind == "chip")
    unknown = told.get("Nothing can be drawn for: flurbo.")
    assert unknown == ("ignored" if name == "question-mark" else None)


@pytest.mark.parametrize(
    ("prompt", "place"),
    [
        ("The woman @image1 in front of a red Mars landscape", "mars"),
        ("Me @image1 standing on the moon with a flag", "moon"),
        ("My friend @image1 in front of a library", "library"),
    ],
)
def test_somebody_photographed_stands_before_the_place_that_is_named(prompt, place):
    scene, told = planned(prompt, person())
    assert scene.first("cutout").image == "image1"
    assert told[f"Drawn as a place, not a photograph: {place}."] == "applied"


def test_a_place_behind_what_cannot_be_cut_out_is_reported():
    hazy = Image.linear_gradient("L").resize((640, 360)).convert("RGB")
    scene, told = planned("My view @image1 in front of a library", hazy)
    assert scene.first("cutout") is None
    assert told["The photo keeps its own place: no library."] == "ignored"


def test_what_cannot_be_cut_out_fades_into_the_place_behind_it():
    levels = np.random.default_rng(1).integers(90, 170, (360, 640, 3), dtype=np.uint8)
    levels[120:260, 250:400] += 60
    scene, told = planned("My cat @image1 in front of a library", Image.fromarray(levels))
    assert scene.first("painting").subject == "library"
    assert scene.first("image").over
    assert "approximated" in told.values()


@pytest.mark.parametrize("prompt", ["My dog @image1 on the beach", "A robot in front of @image1"])
def test_a_photo_fills_the_frame_where_no_place_is_behind_it(prompt):
    scene, _ = planned(prompt, person())
    assert scene.first("cutout") is None
    assert scene.first("image").image == "image1"


@pytest.mark.parametrize(
    ("title", "shown"), [("WORTH $500?", ["$500"]), ("WORTH IT?", []), ("$1 vs $100", [])]
)
def test_a_price_tag_shows_the_price_of_the_title_or_none(title, shown):
    scene, _ = planned("My disc @image1 and a price tag", title=title)
    assert "price-tag" in drawn(scene)
    texts = [layer.text for layer in scene.layers if layer.kind == "chip"]
    assert [text for text in texts if "$" in text] == shown


def test_a_sale_still_has_its_sign():
    scene, _ = planned("My disc @image1 and a price tag, big sale")
    assert "price-tag" not in drawn(scene)


@pytest.mark.parametrize("preset", ["mrbeast-viral", "tech-review"])
def test_signs_of_money_on_two_lines_do_not_touch(preset):
    scene, _ = planned("My disc @image1", title="$1 vs $100,000", preset=preset)
    words = scene.first("words")
    face = fonts.Face(words.face.family, words.face.weight, words.face.file)
    above, below = (fonts.load(face, 200).getbbox("$", anchor="ls")[i] / 200 for i in (1, 3))
    assert typesetting.least_gap("$1 vs $100,000") > typesetting.least_gap("ONE vs TWO")
    for one, two in pairwise(words.lines):
        assert one.y + below * one.size < two.y + above * two.size


def test_no_arrow_points_at_things_unasked():
    scene, _ = planned("My disc @image1 with a pile of cash", preset="mrbeast-viral")
    assert scene.first("arrow") is None


def test_a_giant_is_larger_than_what_stands_beside_it():
    scene, _ = planned("My street @image1 with a giant robot and a game controller", disc(0.8))
    things = drawn(scene)
    assert things["mech"].height > 1.5 * things["game-controller"].height
    assert things["mech"].height >= 300


def test_colours_of_a_grey_photo_are_reported():
    _, told = planned("Fresh green lawn @image1", disc().convert("L").convert("RGB"))
    assert told["A photo in grey is not coloured: no green."] == "ignored"
    assert "no green" not in " ".join(planned("Fresh green lawn @image1")[1])
