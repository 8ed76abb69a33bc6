"""What is written on halves and beside rings, what stands between two sides, who is a rival."""

from __future__ import annotations

import pytest

from tests.render.pictures import person
from tests.render.planning.test_photo_marks import disc, objects_of, planned
from thumbnb.render.prompt.images.half_labels import half_labels, quoted_labels
from thumbnb.render.prompt.images.mark_places import mark_place
from thumbnb.render.prompt.images.relations import thing_pointed_at
from thumbnb.render.prompt.parser import parse_prompt


@pytest.mark.parametrize(
    ("prompt", "labels"),
    [
        ('@image1 and @image2, label them "Grace" and "Eileen"', ("Grace", "Eileen")),
        ("@image1 labelled $1 and a golden cup labelled $100", ("$1", "$100")),
        ("@image1 with a $1 tag versus a cup with a $100 tag", ("$1", "$100")),
        ('@image1 captioned "Day 1" against @image2 captioned "Day 30"', ("Day 1", "Day 30")),
        ("@image1 against @image2", None),
    ],
)
def test_labels_of_halves_are_read(prompt, labels):
    assert half_labels(prompt) == labels


def chips_of(scene):
    return {each.text.upper(): each for each in scene.layers if each.kind == "chip"}


def test_two_photos_carry_the_labels_of_their_sides():
    prompt = 'On the left @image1, on the right @image2, label them "Grace" and "Eileen"'
    chips = chips_of(planned(prompt, person(), disc())[0])
    assert chips["GRACE"].at[0] < chips["EILEEN"].at[0]


def test_a_rival_is_on_the_side_that_the_photo_leaves_and_has_its_price_and_colour():
    prompt = "The espresso @image1 on the right for $1 versus a golden espresso on the left for $9"
    scene, report = planned(prompt, disc())
    assert scene.first("image").half == "right"
    (cup,) = objects_of(scene)
    assert cup.at[0] < 500
    assert cup.colours
    chips = chips_of(scene)
    assert chips["$9"].at[0] < chips["$1"].at[0]
    assert not any(each.outcome == "ignored" for each in report.treatments)


def test_an_instrument_between_two_sides_is_between_and_reads_what_is_said():
    prompt = "@image1 on the left, a car on the right, a speedometer between them reading 120 km/h"
    scene, _ = planned(prompt, disc())
    places = {each.name: each.at[0] for each in objects_of(scene)}
    assert places["speedometer"] == 640
    assert any(name.startswith("car") and x > 800 for name, x in places.items())
    assert "120 KM/H" in chips_of(scene)
    assert "VS" not in chips_of(scene)


def test_a_label_is_beside_the_ring_it_is_for():
    prompt = 'A red circle around @image1 with the label "12 km away"'
    scene, report = planned(prompt, disc())
    ring, chip = scene.first("ring").box, chips_of(scene)["12 KM AWAY"]
    assert chip.at[1] > ring[1] - 120
    assert any("12 km away" in each.reason for each in report.treatments)
    assert quoted_labels(prompt) == ("12 km away",)


def test_what_is_circled_in_a_colour_is_not_what_is_of_that_colour():
    place = mark_place("@image1, one galaxy circled in red", "circle")
    assert place
    assert place.look == "bright"
    assert not parse_prompt("@image1, one galaxy circled in red").colours


@pytest.mark.parametrize(
    ("prompt", "target"),
    [
        ("@image1 on the left, a moth on the right, arrow from her to the moth", "moth"),
        ("@image1, a moth and an arrow pointing at the moth", "moth"),
    ],
)
def test_an_arrow_from_one_to_another_is_for_the_other(prompt, target):
    assert thing_pointed_at(prompt, "arrow", ["moth"]) == target


def test_prices_said_together_are_those_of_the_two_sides():
    prompt = "The bus @image1 versus a new Tesla, price tags $500 and $50,000"
    assert half_labels(prompt) == ("$500", "$50,000")


def test_versus_is_there_however_little_room_faces_and_words_leave():
    prompt = "@image1 on the left, @image2 on the right, a big VS in the middle"
    scene, _ = planned(prompt, person(), person(), preset="dramatic-intense")
    assert "VS" in chips_of(scene)


def test_a_label_named_behind_its_words_is_one():
    assert quoted_labels('@image1 with a red "120 KM/H" label') == ("120 KM/H",)


def test_a_split_screen_of_two_photos_is_no_versus():
    scene, _ = planned("Split screen of @image1 on the left and @image2 on the right", disc())
    assert "VS" not in chips_of(scene)


def test_a_part_that_is_circled_and_not_found_is_reported_and_nothing_else_circled():
    scene, report = planned("Boss @image1 with the health bar circled in white")
    assert not any(each.kind == "ring" for each in scene.layers)
    assert any("health bar" in each.reason for each in report.treatments)


def test_a_thing_with_a_price_on_the_other_side_has_a_half_of_its_own():
    scene, _ = planned("@image1 on the left for $5 and a car on the right for $500")
    assert scene.first("image").half == "left"
    assert {"$5", "$500"} <= {*chips_of(scene)}
