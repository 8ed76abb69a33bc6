"""Two people cut out of their photos, side by side before one place."""

from __future__ import annotations

import pytest

from tests.render.pictures import person
from tests.render.planning.test_photo_marks import disc, objects_of, planned
from thumbnb.render.layout import most_covered
from thumbnb.render.planning.headline import extent

FACING = "@image1 on the {} and @image2 on the {}, both cut out facing each other, {}"


@pytest.mark.parametrize(("first", "second"), [("left", "right"), ("right", "left")])
def test_two_people_stand_on_their_sides_before_one_place(first, second):
    prompt = FACING.format(first, second, "a stadium at night behind them")
    scene, report = planned(prompt, person(), person())
    cuts = {each.image: each for each in scene.layers if each.kind == "cutout"}
    assert (cuts["image1"].at[0] < cuts["image2"].at[0]) == (first == "left")
    assert scene.first("painting").subject == "sports"
    words = extent(scene.first("words"))
    heads = [(one.at[0] - 90, one.at[1] - 90, 180, 180) for one in cuts.values()]
    assert most_covered(words, heads) < 0.1
    assert not any(each.outcome == "ignored" for each in report.treatments)


def test_what_is_between_two_people_is_in_the_middle():
    prompt = FACING.format("left", "right", "two microphones between them, a studio behind")
    scene, _ = planned(prompt, person(), person())
    assert [each.name for each in objects_of(scene)] == ["microphone", "microphone"]
    assert all(520 < each.at[0] < 760 for each in objects_of(scene))


def test_what_cannot_be_cut_out_fills_its_half():
    scene, _ = planned(FACING.format("left", "right", "a studio behind them"), disc(), disc(0.3))
    assert [each.half for each in scene.layers if each.kind == "image"] == ["left", "right"]
