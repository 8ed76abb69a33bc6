"""Backdrops: the picture a prompt names, the same again, at any size."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thumbnb import errors
from thumbnb.render import backdrop
from thumbnb.render.colour.mixing import lch, mix, to_lch
from thumbnb.render.prompt.parser import parse_prompt
from thumbnb.render.prompt.words.lexicon import lexicon_names
from thumbnb.render.subjects import SUBJECTS
from thumbnb.render.subjects.lighting import HOURS

SMALL = (160, 90)


@cache
def pixels(prompt: str, seed: int | None = None, size: tuple[int, int] = SMALL) -> np.ndarray:
    return np.asarray(backdrop(prompt, size, seed), dtype=float)


def test_the_same_prompt_size_and_seed_give_the_same_pixels():
    assert np.array_equal(pixels("a city at night", 4), pixels("a city at night", 4))
    assert np.array_equal(pixels("a city at night"), pixels("A City, at NIGHT!"))


def test_another_seed_gives_another_image_of_the_same_thing():
    one, two = pixels("mountains", 1), pixels("mountains", 2)
    assert np.abs(one - two).mean() > 3
    assert np.abs(one.mean(axis=(0, 1)) - two.mean(axis=(0, 1))).max() < 40


# A full moon over a lake is not the ground of the moon: some have other words than their name.
NAMED = [name for name in lexicon_names("subjects") if parse_prompt(name).subjects[:1] == (name,)]


@pytest.mark.parametrize("subject", NAMED)
def test_every_subject_has_its_own_image(subject):
    picture = pixels(subject, 1)
    assert picture.std() > 15, "it is no plain area"
    others = [pixels(other, 1) for other in NAMED if other != subject]
    assert all(np.abs(picture - other).mean() > 12 for other in others)


def test_what_has_no_image_gets_an_abstract_one():
    for prompt in ("", "xyzzy", "日本語", "42"):
        assert pixels(prompt, 1).std() > 10


@pytest.mark.parametrize(
    ("colour", "hue"), [("yellow", 105), ("red", 28), ("blue", 263), ("green", 150), ("pink", 0)]
)
def test_a_colour_named_is_the_colour_seen(colour, hue):
    picture = pixels(f"{colour} background", 1)
    _, chroma, seen = to_lch(tuple(int(v) for v in picture.mean(axis=(0, 1))))
    assert chroma > 0.05
    assert abs((seen - hue + 180) % 360 - 180) < 30


def test_moods_and_hours_change_the_light():
    day, night = pixels("mountains day", 1), pixels("mountains night", 1)
    assert day.mean() > night.mean() + 40
    assert pixels("dark ocean", 1).mean() < pixels("ocean", 1).mean() - 20


def test_most_named_object_is_main_else_the_first():
    assert np.array_equal(pixels("rocket city rocket", 1).shape, (90, 160, 3))
    assert parse_prompt("rocket over city skyline").subjects[0] == "city"
    assert parse_prompt("rocket, mission control").subjects[0] == "rocket"


@pytest.mark.slow
@pytest.mark.parametrize("size", [(16, 16), (16, 120), (120, 16), (90, 160)])
@pytest.mark.parametrize("scene", sorted(SUBJECTS))
def test_any_shape(scene, size):
    painting = SUBJECTS[scene](size, seed=5)
    for t in (0.0, 3.0, 6.0):
        picture = painting.frame(t)
        assert picture.size == size
        assert picture.mode == "RGB"


@pytest.mark.slow
def test_four_k():
    assert backdrop("ocean", (3840, 2160), 1).size == (3840, 2160)


def test_it_is_laid_out_in_units_so_that_size_only_adds_detail():
    small = pixels("ocean sail", 3, (320, 180))
    large = np.asarray(backdrop("ocean sail", (1280, 720), 3).resize((320, 180)), dtype=float)
    assert np.abs(small[:80] - large[:80]).mean() < 12, "the sky, of which little is by chance"


@pytest.mark.parametrize("size", [(0, 100), (15, 100), (100, 5000), (-1, -1)])
def test_a_size_that_cannot_be_is_refused(size):
    with pytest.raises(errors.InvalidInput, match="cannot be painted"):
        backdrop("ocean", size)


@pytest.mark.slow
@given(st.text(max_size=60), st.integers(0, 2**63))
@settings(max_examples=15, deadline=None)
def test_any_prompt_gives_an_image(prompt, seed):
    assert backdrop(prompt, (48, 27), seed).size == (48, 27)


@pytest.mark.slow
def test_palettes_suit_scenes():
    hours = list(HOURS.values())
    for number, scene in enumerate(SUBJECTS.values()):
        # They take turns: every scene at a third of the hours, every hour over all kinds of scenes.
        for palette in hours[number % 3 :: 3]:
            assert np.asarray(scene((64, 36), palette=palette, seed=1).frame(3)).std() > 2


@pytest.mark.slow
def test_a_painting_does_not_depend_on_the_frames_before():
    for scene in SUBJECTS.values():
        painting = scene((96, 54), seed=3)
        first = painting.frame(2.0).tobytes()
        painting.frame(4.5)
        assert painting.frame(2.0).tobytes() == first


byte = st.integers(0, 255)
colours = st.tuples(byte, byte, byte)


@given(colours, colours)
def test_mixing_goes_from_one_colour_to_the_other(a, b):
    assert max(abs(x - y) for x, y in zip(mix(a, b, 0), a, strict=True)) <= 1
    assert max(abs(x - y) for x, y in zip(mix(a, b, 1), b, strict=True)) <= 1
    assert max(abs(x - y) for x, y in zip(lch(*to_lch(a)), a, strict=True)) <= 1
