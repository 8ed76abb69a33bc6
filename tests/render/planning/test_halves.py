"""The two halves of a comparison: each has its own place, and what is done there."""

from __future__ import annotations

import pytest

from thumbnb.render import Brief, compose, plan


def halves(prompt, preset="before-after"):
    layers = plan(Brief(prompt=prompt, title="ONE YEAR", preset=preset), 1, 0).layers
    places = {layer.half: layer.subject for layer in layers if layer.kind == "painting"}
    people = sorted((x for x in layers if x.kind == "cutout"), key=lambda each: each.at[0])
    return places, [(each.figure.gesture, each.figure.expression) for each in people]


@pytest.mark.parametrize(
    ("prompt", "preset", "left", "right"),
    [
        ("Before: a skinny boy in a bedroom, after: a strong man in a gym", "before-after",
         "bedroom", "gym"),
        ("Before and after: a woman crying in an office, then smiling on a beach", "before-after",
         "office", "beach"),
        ("On the left a rusty car in a garage, on the right a shiny car on a racetrack",
         "before-after", "garage", "racetrack"),
        ("Split screen: a businessman in a penthouse, a homeless man in an alley", "mrbeast-viral",
         "living-room", "alley"),
    ],
)  # fmt: skip
def test_each_half_is_in_the_place_that_is_said_of_it(prompt, preset, left, right):
    assert halves(prompt, preset)[0] == {"left": left, "right": right}


def test_one_place_fills_both_halves():
    prompt = "Before: a sad woman in a kitchen, after: a happy woman in a kitchen"
    assert list(halves(prompt)[0]) == [None]


def test_each_half_shows_what_is_done_in_it():
    _, people = halves(
        "On the left an overweight man sleeping on a couch, on the right the same man crossing "
        "a finish line"
    )
    assert people == [("sleep", "asleep"), ("finish", "excited")]


def test_a_half_leaves_the_other_one_as_it_is():
    prompt = "Before: a car in a garage, after: a car on a beach"
    brief = Brief(prompt=prompt, title="NEW", preset="before-after")
    image = compose(brief, 1, 0, (640, 360)).image.convert("RGB")
    assert image.getpixel((24, 140)) != image.getpixel((616, 140))
