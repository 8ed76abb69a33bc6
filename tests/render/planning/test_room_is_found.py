"""What is named is placed where it is seen, and the report says what is not."""

from __future__ import annotations

import pytest

from thumbnb.render.brief import Brief
from thumbnb.render.planning.callouts import chip_box
from thumbnb.render.planning.planner import plan_with_report
from thumbnb.render.planning.shown.visibility import HIDDEN, seen_objects
from thumbnb.render.scene import Chip, Cutout, Figure, ObjectLayer


def laid_out(prompt, preset="free", seed=0, title="The Truth"):
    return plan_with_report(Brief(prompt=prompt, title=title, preset=preset), seed, 0)[0]


def shares(prompt, seed=0):
    return {
        each.layer.name: each.share for each in seen_objects(laid_out(prompt, seed=seed).layers)
    }


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("woman meditating beside a candle, a plant, a lamp and a cat", "candle lamp cat"),
        ("a camera, a tripod, a drone and a backpack on a wooden table", "camera tripod backpack"),
        ("a doctor holding a syringe beside a heart and a brain", "syringe heart brain"),
        ("a mechanic fixing a rusty motorcycle in a garage with tools and a lamp", "lamp"),
        ("a tent at night with a campfire, a canoe and a bear behind the trees", "bear tree"),
        ("old man with a violin under a street lamp with a pigeon", "street-lamp violin"),
        ("a haunted house with bats, a full moon and a pumpkin", "moon bat"),
    ],
)
@pytest.mark.parametrize("seed", [0, 1])
def test_lesser_things_are_placed_where_they_are_seen(prompt, names, seed):
    seen = shares(prompt, seed=seed)
    assert all(seen.get(name, 0) >= HIDDEN for name in names.split()), seen


def test_a_thing_behind_somebody_or_out_of_the_frame_is_not_seen():
    somebody = Cutout(face=(0, 0, 1, 1), at=(640, 300), face_width=220, figure=Figure())
    behind = ObjectLayer(name="cat", at=(640, 700), height=160)
    outside = ObjectLayer(name="cat", at=(1400, 700), height=160)
    free = ObjectLayer(name="cat", at=(200, 700), height=160)
    one, other, third = (each.share for each in seen_objects([behind, outside, free, somebody]))
    assert one < HIDDEN
    assert other < HIDDEN
    assert third > 0.9


def test_the_report_goes_by_what_is_seen():
    prompt = " ".join(f"a {name}," for name in ("cat", "guitar", "pizza", "globe", "clock")) + (
        " a lamp, a car, a rocket and a drum"
    )
    scene, report = plan_with_report(Brief(prompt=prompt, title="Nine things"), 0, 0)
    placed = {each.layer.name for each in seen_objects(scene.layers) if each.share >= HIDDEN}
    told = {told.outcome: told.reason for told in report.treatments if "room" in told.reason}
    assert len(placed) <= 7
    assert "drum" in told["ignored"]


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("a train, an airplane and a bus compared on a map", "train airplane bus"),
        ("a cat vs a dog vs a fox", "cat puppy fox"),
    ],
)
def test_three_that_are_compared_stand_apart_side_by_side(prompt, names):
    layers = laid_out(prompt).layers
    at = {each.name: each.at[0] for each in layers if isinstance(each, ObjectLayer)}
    first, second, third = (at[name] for name in names.split())
    assert second - first > 300
    assert third - second > 300


@pytest.mark.parametrize(
    "prompt", ["a cat in a box beside a woman", "an old treasure chest overflowing with gold coins"]
)
def test_what_is_in_a_box_is_seen_in_it(prompt):
    assert min(shares(prompt).values()) > HIDDEN


@pytest.mark.parametrize(
    ("prompt", "told"),
    [
        ("a woman on the kitchen floor with a knife in her hand", ""),
        ("a camera and a drone laid out, a cup of cocoa past the lamp", ""),
        ("a phone with a cracked screen lying on a table", ""),
        ("sunlight and air over a meadow with grass under the clouds, a cow", ""),
        ("a cat with a flurbo in its mouth", "flurbo"),
    ],
)
def test_parts_of_what_is_shown_and_mere_words_are_not_reported(prompt, told):
    _, report = plan_with_report(Brief(prompt=prompt, title="The Truth"), 0, 0)
    reasons = [each.reason for each in report.treatments if "Nothing can be" in each.reason]
    assert reasons == ([f"Nothing can be drawn for: {told}."] if told else [])


def test_what_is_between_two_that_are_compared_stands_there_below_the_label():
    layers = laid_out("a blue car vs a red car with a trophy between them").layers
    cup = next(each for each in layers if isinstance(each, ObjectLayer) and each.name == "trophy")
    assert abs(cup.at[0] - 640) < 30
    label = next(chip_box(each) for each in layers if isinstance(each, Chip))
    assert label[1] + label[3] < cup.at[1] - 0.9 * cup.height


def test_boards_of_several_people_stand_beside_them():
    assert "skateboard" in shares("two teenagers with skateboards in front of a wall")


@pytest.mark.parametrize("prompt", ["three cats on a sofa", "three cats in a basket"])
def test_those_counted_on_something_are_all_there_side_by_side(prompt):
    layers = laid_out(prompt).layers
    cats = [each for each in layers if isinstance(each, ObjectLayer) and each.name == "cat"]
    assert len({round(each.at[0]) for each in cats}) == 3


def test_what_is_hidden_is_reported_where_a_photo_is_only_spoken_of():
    prompt = "police detective holding a photo beside a corkboard, a gun and a cup of coffee"
    scene, report = plan_with_report(Brief(prompt=prompt, title="Cold Case"), 0, 0)
    seen = {each.layer.name for each in seen_objects(scene.layers) if each.share >= HIDDEN}
    told = " ".join(each.reason for each in report.treatments if each.outcome == "ignored")
    assert "gun" in seen or "gun" in told
