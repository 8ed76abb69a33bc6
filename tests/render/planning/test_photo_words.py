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
