"""What a prompt says of its images: one before another, on a side, on a screen, pointed at."""

from __future__ import annotations

import pytest

from tests.render.pictures import person
from tests.render.planning.test_photo_marks import disc, objects_of, planned
from thumbnb.render.layout import most_covered
from thumbnb.render.planning.headline import extent
from thumbnb.render.prompt.parser import parse_prompt
from thumbnb.render.vision.faces import view_image
from thumbnb.render.vision.framing import box_on_sheet


def reasons(report, outcome):
    return " ".join(each.reason for each in report.treatments if each.outcome == outcome)


@pytest.mark.parametrize(
    ("prompt", "front", "background"),
    [
        ("@image1 in front of @image2", 1, 2),
        ("Breaking news: @image2 standing in front of @image1, shocked", 2, 1),
        ("@image1 behind @image2", 2, 1),
        ("@image1 on top of the photo @image2", 1, 2),
        ("The astronaut @image1 cut out in front of the old launch pad in @image2", 1, 2),
    ],
)
def test_one_image_before_another(prompt, front, background):
    roles = parse_prompt(prompt).roles
    assert (roles[front], roles[background]) == ("front", "background")


def test_somebody_photographed_is_cut_out_before_the_image_behind_them():
    scene, report = planned("@image1 in front of @image2", person(), disc())
    assert scene.first("image").image == "image2"
    assert scene.first("cutout").image == "image1"
    assert "@image1, @image2" in reasons(report, "applied")


def test_what_is_no_person_is_on_a_card_before_the_image_behind_it():
    scene, _ = planned("@image1 in front of @image2", disc(), disc(0.3))
    assert scene.first("image").image == "image2"
    assert scene.first("card").image == "image1"


@pytest.mark.parametrize(
    ("prompt", "device"),
    [
        ("a smartphone with @image1 on its screen", "phone"),
        ("a laptop showing @image1", "laptop"),
        ("@image1 playing on an old TV", "television"),
        ("@image1 on the screen of a tablet", "tablet"),
    ],
)
def test_an_image_is_on_the_screen_of_a_device(prompt, device):
    scene, report = planned(prompt)
    card = scene.first("card")
    assert card.device == device
    assert card.image == "image1"
    assert device in reasons(report, "applied")
    assert not objects_of(scene), "the device is not drawn a second time"


@pytest.mark.parametrize("prompt", ["@image1 on a wooden table", "a phone next to @image1"])
def test_no_device_is_around_an_image_unasked(prompt):
    assert not parse_prompt(prompt).screens


@pytest.mark.parametrize(("side", "other"), [("left", "right"), ("right", "left")])
def test_a_photo_and_a_thing_are_on_the_sides_that_the_prompt_says(side, other):
    scene, _ = planned(f"@image1 on the {side}, a guitar on the {other}", disc(0.5))
    (guitar,) = objects_of(scene)
    assert (guitar.at[0] < 640) == (other == "left")
    x, _, wide, _ = box_on_sheet(
        scene.first("image"), view_image(disc(0.5)), (0.45, 0.45, 0.1, 0.1)
    )
    assert (x + wide / 2 < 640) == (side == "left")


def test_somebody_photographed_stands_on_the_side_that_the_prompt_says():
    scene, _ = planned("@image1 on the left, @image2 behind her", person(), disc())
    assert scene.first("cutout").at[0] < 640


def test_an_arrow_at_a_part_that_is_not_known_is_reported_as_approximate():
    _, report = planned("@image1 with a red arrow pointing at the engine")
    assert "engine" in reasons(report, "approximated")
    assert "arrow" not in reasons(report, "applied")


def test_an_arrow_at_the_main_thing_is_applied():
    _, report = planned("@image1 with a red arrow pointing at it")
    assert "arrow" in reasons(report, "applied")


def test_somebody_drawn_points_at_the_photo_and_nothing_is_over_its_main_thing():
    scene, _ = planned("Shocked man pointing at @image1, red circle around the disc", disc(0.5))
    assert scene.first("cutout").figure.gesture == "point"
    words, ring = extent(scene.first("words")), scene.first("ring").box
    assert most_covered(words, [ring]) == 0


@pytest.mark.parametrize("prompt", ["@image1 with a croissant and a guitar beside it"])
@pytest.mark.parametrize("preset", ["free", "tutorial-educational"])
def test_things_on_a_photo_are_large_and_on_the_ground_or_left_out(prompt, preset):
    scene, report = planned(prompt, preset=preset)
    drawn = objects_of(scene)
    assert drawn or "no room" in reasons(report, "ignored")
    for layer in drawn:
        assert layer.height >= 720 / 6
        assert layer.at[1] > 400


def test_a_number_and_things_are_beside_a_card_and_over_no_words():
    scene, report = planned(
        "@image1 on the right, a huge number 10 and three stars, bright pink background",
        title="10 HABITS", preset="mrbeast-viral",
    )  # fmt: skip
    assert scene.first("card").image == "image1"
    number = next(layer for layer in scene.layers if layer.kind == "chip" and layer.text == "10")
    assert number.size >= 100
    assert "10" in reasons(report, "applied")
    words = extent(scene.first("words"))
    assert number.at[0] > words[0] + words[2] or number.at[1] > words[1] + words[3]
    assert len(objects_of(scene)) == 3 or "stars" in reasons(report, "ignored")


@pytest.mark.parametrize("who", ["A hiker with a backpack", "Two friends"])
def test_people_seen_from_behind_stand_in_the_photo(who):
    scene, report = planned(f"{who} seen from behind, looking at @image1 as the background")
    people = [layer for layer in scene.layers if layer.kind == "cutout"]
    assert people
    assert all(layer.figure.from_behind for layer in people)
    assert "backpack" not in reasons(report, "ignored")


@pytest.mark.parametrize("preset", ["before-after", "free"])
def test_an_arrow_between_two_halves_goes_from_one_to_the_other(preset):
    prompt = "Before and after: @image1 on the left, @image2 on the right, an arrow between them"
    scene, report = planned(prompt, disc(), disc(0.3), preset=preset)
    arrow = scene.first("arrow")
    assert arrow.start[0] < 640 < arrow.end[0]
    assert "arrow" in reasons(report, "applied")


def test_what_is_named_beside_a_screen_is_drawn_beside_it_or_reported():
    scene, report = planned("A laptop with @image1 on its screen, a banana and a guitar in front")
    drawn = {layer.name for layer in objects_of(scene)}
    left = reasons(report, "ignored")
    assert all(name in drawn or name in left for name in ("banana", "guitar"))
    assert drawn


def test_who_is_drawn_as_a_figure_is_not_reported_as_missing():
    _, report = planned("Astronaut next to @image1, deep space", disc())
    assert "a figure was drawn" in reasons(report, "approximated")
    assert "Astronaut" not in reasons(report, "ignored")


@pytest.mark.parametrize(
    ("prompt", "first"),
    [
        ("Before and after: a dark room @image1, a bright room @image2", "image1"),
        ("After @image1, before @image2", "image2"),
        ("My cup @image1, the product @image2 on the left", "image2"),
        ("My cup @image1 and the product @image2", "image1"),
    ],
)
def test_two_photos_are_on_the_sides_that_are_said(prompt, first):
    scene, _ = planned(prompt, disc(), disc(0.4))
    halves = {each.half: each.image for each in scene.layers if each.kind == "image"}
    assert halves["left"] == first


def test_half_in_black_and_white_is_a_comparison():
    scene, _ = planned("My disc @image1, half black and white half colour")
    split = scene.first("split")
    assert split.dull.saturation == 0 < split.bright.saturation


def test_what_a_photo_is_taken_to_show_is_reported():
    _, report = planned("My disc @image1 on a table with a lamp on it")
    told = reasons(report, "approximated") + reasons(report, "applied")
    assert "table" in told or "lamp" in told


def test_a_dark_photo_before_stays_darker():
    dark = disc().point(lambda level: level // 3)
    scene, _ = planned("Before and after @image1 @image2", dark, disc())
    first, second = (each for each in scene.layers if each.kind == "image")
    assert first.tones == second.tones


@pytest.mark.parametrize(
    ("words", "left", "top"),
    [
        ("my face cam in the lower right corner", False, False),
        ("webcam top left", True, True),
        ("facecam", True, False),
    ],
)
def test_a_face_cam_is_framed_in_its_corner_and_nothing_lies_on_it(words, left, top):
    scene, report = planned(f"Gameplay @image1 with {words}", portraits=(person(),))
    (cam,) = [each for each in scene.layers if each.kind == "card"]
    x, y, w, h = cam.box
    assert cam.image == "portrait1"
    assert (x + w / 2 < 640, y + h / 2 < 360) == (left, top)
    assert most_covered(extent(scene.first("words")), [cam.box]) == 0
    assert not any(each.kind == "cutout" for each in scene.layers)
    assert "face cam" in reasons(report, "applied")
