"""What is small in a corner of a photo: another image, somebody drawn, a thing."""

from __future__ import annotations

import pytest

from tests.render.pictures import person
from tests.render.planning.test_photo_marks import disc, objects_of, planned
from thumbnb.render.layout import most_covered
from thumbnb.render.planning.headline import extent
from thumbnb.render.prompt.parser import parse_prompt


@pytest.mark.parametrize(
    ("prompt", "word", "corner"),
    [
        ("@image1 with a flag in the top left corner", "flag", (-1, -1)),
        ("@image1, in the lower right corner a flag", "flag", (1, 1)),
        ("@image1, price tag $500 in the bottom left corner", "price tag", (-1, 1)),
        ('@image1, a price tag saying "$5" in the top left corner', "price tag", (-1, -1)),
        ("@image1 and a little flag in the corner", "flag", (0, 0)),
        ("@image1, a shocked gamer with headset in the bottom right corner", "gamer", (1, 1)),
        ("@image1 and a flag on the left", "flag", None),
    ],
)
def test_corners_are_read(prompt, word, corner):
    found = parse_prompt(prompt).word_corners
    assert found.get(word) == corner


@pytest.mark.parametrize(
    ("words", "corner", "in_circle"),
    [
        ("a small inset of @image2 in the top right corner", (1, -1), False),
        ("my face @image2 in a small circle in the bottom left corner", (-1, 1), True),
        ("@image2 small in the lower left corner", (-1, 1), False),
        ("@image2 as a picture in picture", (0, 0), False),
    ],
)
def test_an_image_is_framed_in_its_corner_over_the_other_one(words, corner, in_circle):
    prompt = f"@image1 as full background, {words}"
    assert parse_prompt(prompt).insets[2][:2] == (corner, in_circle)
    scene, _ = planned(prompt, disc(), disc(0.3))
    (card,) = [each for each in scene.layers if each.kind == "card"]
    assert (card.image, card.shape) == ("image2", "disc" if in_circle else "rounded")
    assert scene.first("image").image == "image1"
    x, y, w, h = card.box
    assert not corner[0] or (x + w / 2 > 640) == (corner[0] > 0)
    assert not corner[1] or (y + h / 2 > 360) == (corner[1] > 0)
    assert most_covered(extent(scene.first("words")), [card.box]) == 0


@pytest.mark.parametrize(
    ("somebody", "side"),
    [
        ("a happy traveler with a backpack in front on the left", "left"),
        ("a vet in a white coat looking worried on the right", "right"),
        ("a boy standing in the foreground, on the right", "right"),
        ("a happy traveler", "left"),
    ],
)
def test_somebody_drawn_is_on_the_side_that_is_said_else_off_the_small_image(somebody, side):
    prompt = f"@image1 as full background, {somebody} and a small @image2 in the top right corner"
    scene, _ = planned(prompt, disc(), disc(0.3), preset="vlog-travel")
    assert (scene.first("cutout").at[0] < 640) == (side == "left")


def test_a_polaroid_is_a_square_in_a_white_frame_that_is_tilted_if_said():
    words = "@image1 fills the frame, a polaroid of @image2 tilted in the lower right corner"
    scene, report = planned(words, disc(), disc(0.3))
    (card,) = [each for each in scene.layers if each.kind == "card"]
    assert (card.image, card.shape, card.border) == ("image2", "square", "#ffffff")
    assert card.tilt
    assert card.foot > card.border_width
    x, y, w, h = card.box
    assert w == h
    assert (x > 640, y + h / 2 > 360) == (True, True)
    assert not [each.reason for each in report.treatments if each.outcome == "ignored"]


def test_a_lone_image_and_two_halves_are_no_insets():
    assert not parse_prompt("@image1 in the top left corner").insets
    assert not parse_prompt("@image1 on the left, @image2 on the right").insets


@pytest.mark.parametrize("side", ["left", "right"])
def test_somebody_drawn_in_a_corner_is_small_and_leaves_the_photo_to_be_seen(side):
    scene, _ = planned(f"@image1 full frame, a shocked gamer in the lower {side} corner", disc())
    one = scene.first("cutout")
    assert one.face_width < 150
    assert (one.at[0] < 300) if side == "left" else (one.at[0] > 980)
    assert not any(each.kind == "blur" for each in scene.layers)


def test_a_thing_in_a_corner_is_there_even_beside_a_face():
    prompt = "@image1 on the left and @image2 on the right with a trophy in the top left corner"
    scene, _ = planned(prompt, person(), disc())
    (thing,) = objects_of(scene)
    assert thing.at[0] < 300
    assert thing.at[1] < 340


def test_a_corner_behind_a_comma_is_that_of_what_is_named_there():
    prompt = "@image1 versus @image2, American flag in the bottom left corner"
    parsed = parse_prompt(prompt)
    assert not parsed.insets
    assert [*parsed.word_corners.values()] == [(-1, 1)]


def test_an_arrow_to_what_an_inset_shows_points_at_the_inset():
    prompt = "@image1, a small photo of the lion @image2 in the top right corner, arrow to the lion"
    scene, _ = planned(prompt, disc(0.3), disc())
    (card,) = [each for each in scene.layers if each.kind == "card"]
    x, y, w, h = card.box
    end = scene.first("arrow").end
    assert x - 40 < end[0] < x + w + 40
    assert y - 40 < end[1] < y + h + 40
