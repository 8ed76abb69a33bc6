"""What is drawn on a photo: large, beside its main thing; marks point at that."""

from __future__ import annotations

import math

import pytest
from PIL import Image, ImageDraw

from tests.render.pictures import person
from thumbnb import render
from thumbnb.render.colour.names import named_colour
from thumbnb.render.planning.headline import extent
from thumbnb.render.planning.planner import plan_with_report
from thumbnb.render.scene.images import SLANT
from thumbnb.render.vision.faces import view_image
from thumbnb.render.vision.framing import box_on_sheet


def disc(across=0.7, down=0.55, radius=120):
    """A red disc in a blue photo, as wide as the sheet."""
    image = Image.new("RGB", (1280, 720), "#5f7f9f")
    x, y = across * 1280, down * 720
    ImageDraw.Draw(image).ellipse((x - radius, y - radius, x + radius, y + radius), "#e03020")
    return image


def planned(prompt, *photos, title="LOOK", **more):
    brief = render.Brief(
        prompt=prompt, title=title, preset=more.pop("preset", "free"),
        content_images=photos or (disc(),), **more,
    )  # fmt: skip
    return plan_with_report(brief, 0, 0)


def objects_of(scene):
    return [layer for layer in scene.layers if layer.kind == "object"]


def apart(one, two):
    """Whether two boxes have nothing in common."""
    return (
        one[0] + one[2] <= two[0]
        or two[0] + two[2] <= one[0]
        or one[1] + one[3] <= two[1]
        or two[1] + two[3] <= one[1]
    )


def thing_on_sheet(scene, across=0.7, down=0.55, radius=120):
    """The square within the disc on the sheet, in units."""
    box = (
        across - 0.6 * radius / 1280,
        down - 0.6 * radius / 720,
        radius / 1280 * 1.2,
        radius / 720 * 1.2,
    )
    return box_on_sheet(scene.first("image"), view_image(disc(across, down, radius)), box)


@pytest.mark.parametrize(
    ("prompt", "count"),
    [
        ("My disc @image1 with a pile of cash", 1),
        ("My disc @image1 next to a laptop", 1),
        ("@image1, three stars", 3),
        ("@image1, price tag saying $9", 1),
        ("@image1 with a map and a backpack", 2),
    ],
)
@pytest.mark.parametrize("preset", ["free", "mrbeast-viral", "luxury-premium"])
def test_what_is_put_on_a_photo_is_large_and_beside_its_main_thing(prompt, count, preset):
    scene, _ = planned(prompt, preset=preset)
    drawn = objects_of(scene)
    assert len(drawn) == count
    words, thing = extent(scene.first("words")), thing_on_sheet(scene)
    for layer in drawn:
        x, foot = layer.at
        # Stars are marks; a thing is no sticker in a corner.
        assert (layer.height <= 0.14 * 720) if count == 3 else (layer.height >= 0.17 * 720)
        box = (x - layer.height / 3, foot - layer.height, layer.height * 2 / 3, layer.height)
        assert apart(box, words)
        assert apart(box, thing)
    assert len({layer.at[1] for layer in drawn}) == 1 or count == 2, "copies stand in a row"


@pytest.mark.parametrize(
    ("prompt", "colour"),
    [
        ("@image1 with a red circle around the disc", named_colour("red")),
        ("@image1, a circle around it", "#f0202a"),
        ("Circle it, @image1", "#f0202a"),
        ("@image1, circled in yellow", named_colour("yellow")),
    ],
)
def test_a_circle_goes_around_the_main_thing(prompt, colour):
    scene, report = planned(prompt)
    ring, thing = scene.first("ring"), thing_on_sheet(scene)
    x, y, w, h = ring.box
    assert x < thing[0]
    assert y < thing[1]
    assert x + w > thing[0] + thing[2]
    assert y + h > thing[1] + thing[3]
    assert w < 640
    assert ring.colour == colour
    assert not any("Nothing can be drawn" in told.reason for told in report.treatments)


@pytest.mark.parametrize("prompt", ["@image1", "A full circle, @image1", "My ring @image1"])
def test_nothing_is_circled_unasked(prompt):
    assert planned(prompt)[0].first("ring") is None


@pytest.mark.parametrize("across", [0.25, 0.5, 0.75])
def test_an_arrow_ends_at_the_edge_of_the_main_thing(across):
    scene, _ = planned("@image1 with a red arrow pointing at it", disc(across))
    arrow, (x, y, w, h) = scene.first("arrow"), thing_on_sheet(scene, across)
    middle, radius = (x + w / 2, y + h / 2), w / 1.2
    assert radius * 0.7 < math.dist(arrow.end, middle) < radius + 90
    assert math.dist(arrow.start, middle) > math.dist(arrow.end, middle) + 120
    words = extent(scene.first("words"))
    assert apart((*arrow.start, 1, 1), words)
    assert not objects_of(scene)


def test_a_question_mark_is_large_in_the_free_room():
    scene, report = planned("@image1, a glowing question mark", disc(0.75))
    (mark,) = objects_of(scene)
    assert mark.name == "question-mark"
    assert mark.height > 0.28 * 720
    assert apart(
        (mark.at[0] - 60, mark.at[1] - mark.height, 120, mark.height), thing_on_sheet(scene, 0.75)
    )
    assert not any("no room" in told.reason for told in report.treatments)


def test_what_has_no_room_on_a_photo_is_left_out_and_reported():
    # What draws the eye in both halves reaches to their border.
    stripes = Image.new("RGB", (1280, 720), "#5f7f9f")
    for left in range(0, 1280, 80):
        ImageDraw.Draw(stripes).rectangle((left, 0, left + 36, 720), "#e03020")
    scene, report = planned("@image1 versus @image2 with a dragon in the middle", stripes, stripes)
    assert not objects_of(scene)
    assert any("no room for dragon" in told.reason for told in report.treatments)


def test_in_halves_things_stand_on_the_border_only():
    scene, _ = planned("@image1 versus @image2 with lightning in the middle", disc(0.5), disc(0.5))
    for layer in objects_of(scene):
        assert min(SLANT) - 60 < layer.at[0] < max(SLANT) + 60


def test_an_arrow_in_a_half_does_not_begin_on_the_other_main_thing():
    scene, _ = planned("@image1 versus @image2, an arrow at the best", disc(0.5), disc(0.5))
    arrow = scene.first("arrow")
    # The discs lie in the middle of their halves.
    assert arrow is None or math.dist(arrow.start, (960, 396)) > 110


def test_somebody_photographed_is_kept_clear_of_what_is_drawn():
    scene, _ = planned("Me with a laptop, @image1 behind me", portraits=(person(),))
    somebody = scene.first("cutout")
    for layer in objects_of(scene):
        assert abs(layer.at[0] - somebody.at[0]) > somebody.face_width


@pytest.mark.parametrize(
    "prompt",
    [
        "My disc @image1, a big red arrow pointing at the disc's health bar",
        "My disc @image1, a red arrow at its engine",
        "My disc @image1 with a red circle around its engine",
    ],
)
def test_a_mark_for_a_part_that_is_not_found_is_left_out_and_reported(prompt):
    scene, report = planned(prompt)
    assert scene.first("arrow") is None
    assert scene.first("ring") is None
    assert any("in the photo is not known" in told.reason for told in report.treatments)


def test_an_arrow_points_at_what_is_drawn_beside_the_photo():
    prompt = "My disc @image1, an empty bowl and a red arrow pointing at it"
    scene, _ = planned(prompt, disc(0.25), title="GO")
    (bowl,) = objects_of(scene)
    end = scene.first("arrow").end
    assert abs(end[0] - bowl.at[0]) < bowl.height * 1.5
    assert abs(end[1] - (bowl.at[1] - bowl.height / 2)) < bowl.height


@pytest.mark.parametrize("preset", ["free", "tutorial-educational", "vlog-travel"])
def test_a_photo_that_is_said_to_fill_the_frame_fills_it(preset):
    scene, _ = planned("@image1 fills the whole frame, a man in front of it", preset=preset)
    assert scene.first("image").area in {None, (0.0, 0.0, 1280.0, 720.0)}
    assert not scene.first("image").fade


@pytest.mark.parametrize("part", ["my cat's eye", "its nose"])
def test_a_part_of_a_face_that_is_not_found_is_not_circled_but_reported(part):
    scene, report = planned(f"My cat @image1, a red circle around {part}", disc())
    assert scene.first("ring") is None
    said = " ".join(each.reason for each in report.treatments if each.outcome == "ignored")
    assert part.split()[-1] in said
