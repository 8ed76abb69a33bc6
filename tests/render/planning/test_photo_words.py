"""The words of a prompt that say what its photo shows: these are drawn by nothing."""

from __future__ import annotations

import pytest

from tests.render.pictures import photo
from thumbnb import render
from thumbnb.render.planning.planner import plan_with_report
from thumbnb.render.prompt.parser import parse_prompt


@pytest.mark.parametrize(
    ("prompt", "own"),
    [
        ("Review of my coffee @image1, the cup, coffee beans", {"coffee beans"}),
        ("Review of @image1, coffee beans around the cup", set()),
        ("My cat @image1 with laser eyes", set()),
        ("A rocket launch, @image1", set()),
        ("The engine of @image1, oil on the floor", set()),
        ("Wilted plant before, @image1 blooming after", set()),
        ("My old car @image1, its engine and a wrench", {"wrench"}),
        ("My cat @image1 next to a laptop", {"laptop"}),
        ("A burger next to @image1", {"burger"}),
        ("A portrait of Ada @image1, a laptop next to her", {"laptop"}),
        ("My motorcycle @image1 with a pile of cash on the other side", {"pile of cash"}),
        ("My motorcycle @image1, three stars", {"stars"}),
        ("@image1, price tag saying $9", {"price tag"}),
        ("@image1, a wrench in the corner", {"wrench"}),
        ("Me holding a trophy, @image1 behind me", {"trophy"}),
        ("A laptop, logo @image1", {"laptop"}),
        ("@image1 and @image2, a guitar", {"guitar"}),
        ("My cat @image1 and my dog @image2, the eyes", set()),
        ("The cat from @image1 and a dog", {"dog"}),
        ("Coins from @image1 and the chest from @image2", set()),
        ("The motorcycle in the photo @image1 and a wrench from @image2", set()),
        ("@image1 is my espresso, and a pile of coffee pods", set()),
        ("The espresso cup @image1 and a golden espresso cup", {"espresso cup"}),
        ("A portrait @image1, thin gold lettering, documentary look", set()),
    ],
)
def test_what_a_photo_shows_is_told_from_what_is_put_beside_it(prompt, own):
    parsed = parse_prompt(prompt)
    assert {thing.word for thing in parsed.named if thing.word not in parsed.image_words} == own


@pytest.mark.parametrize(
    ("prompt", "drawn"),
    [
        ("Street photographer @image1", False),
        ("A biker and his motorcycle @image1", False),
        ("The chef of @image1, a busy kitchen", False),
        ("Me shocked, @image1", True),
        ("A shocked woman pointing at @image1", True),
        ("A happy woman, @image1 as the background", True),
    ],
)
def test_nobody_is_invented_for_whom_a_photo_shows(prompt, drawn):
    scene, report = plan_with_report(
        render.Brief(prompt=prompt, title="LOOK AT THIS", content_images=(photo(),)), 0, 0
    )
    assert bool(scene.first("cutout")) == drawn
    assert not any("give a portrait" in told.reason for told in report.treatments)


def test_words_of_a_photo_are_not_reported_as_missing():
    brief = render.Brief(
        prompt="My old frobnicator @image1 on a gizmo", title="HI", content_images=(photo(),)
    )
    _, report = plan_with_report(brief, 0, 0)
    assert not any("Nothing can be drawn" in told.reason for told in report.treatments)


@pytest.mark.parametrize(
    ("prompt", "side"),
    [
        ("@image1 cut out big on the right", "right"),
        ("A portrait of @image1 in black and white on the left, a lamp", "left"),
        ("My cat's face from @image1 huge and close up on the right", "right"),
        ("@image1 with a map on the right", None),
        ("A car @image1, and a map on the right", None),
    ],
)
def test_a_photo_is_on_the_side_that_is_said_behind_how_it_is_shown(prompt, side):
    assert parse_prompt(prompt).image_sides.get(1) == side


@pytest.mark.parametrize("where", ["in the bottom left corner", "in the lower left corner"])
def test_who_wears_something_is_on_the_side_said_behind_it(where):
    parsed = parse_prompt(f"My game @image1, a shocked gamer with headset {where}")
    assert parsed.word_sides["gamer"] == "left"


def test_who_a_photo_shows_is_nobody_beside_it():
    prompt = "A gamer with a headset, terrified, in front of the final boss from @image1"
    assert parse_prompt(prompt).people.words == ("gamer",)


def test_a_cross_over_something_else_is_not_put_on_the_photo():
    effects = parse_prompt("@image1 is my espresso, a red cross over a pile of pods").effects
    assert not effects
    assert parse_prompt("My espresso @image1 with a red cross over it").effects
