"""Scores: each measures what it says."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from tests.render.pictures import person, photo
from thumbnb import render
from thumbnb.render import score
from thumbnb.render.painters.context import PaintContext
from thumbnb.render.raster.stencil import Stencil


def lettered(ink, ground, cap=120):
    """Bars like letters, and the studio that knows them."""
    image = Image.new("RGB", (1280, 720), ground)
    mask = Image.new("L", (1280, 720))
    for draw, colour in ((ImageDraw.Draw(image), ink), (ImageDraw.Draw(mask), 255)):
        for i in range(8):
            draw.rectangle((200 + 90 * i, 300, 240 + 90 * i, 300 + cap), fill=colour)
    studio = PaintContext({})
    studio.letters.append(Stencil(mask))
    studio.cap_height = cap / 720
    return image, studio


def legibility(*args, **kwargs):
    return score.score(*lettered(*args, **kwargs))["legibility"]


@pytest.mark.slow
def test_contrast_and_size_make_legible():
    assert legibility("white", "black") > 0.85
    assert (
        legibility("white", "black")
        > legibility("#999999", "black")
        > legibility("#333333", "black")
    )
    assert legibility("white", "black", cap=120) > legibility("white", "black", cap=40)
    assert legibility("white", "black", cap=300) >= legibility("white", "black", cap=80) - 0.05
    assert legibility("#808080", "#7a7a7a") < 0.1


def test_contrast_is_wcags():
    image, studio = lettered("white", "#767676")
    assert score.score(image, studio)["contrast"] == pytest.approx(4.54, abs=0.05)


@pytest.mark.slow
def test_a_busy_ground_makes_letters_harder_to_tell():
    rng = np.random.default_rng(1)
    noise = Image.fromarray(rng.integers(0, 255, (90, 160, 3), dtype=np.uint8)).resize((1280, 720))
    plain, studio = lettered("white", "#444444")
    busy = noise.copy()
    busy.paste("white", mask=studio.letters[0].mask)
    assert score.score(busy, studio)["separation"] < score.score(plain, studio)["separation"]
    assert score.score(busy, studio)["clutter"] > score.score(plain, studio)["clutter"]


@pytest.mark.slow
def test_words_under_the_duration_badge_cost():
    image, studio = lettered("white", "black")
    low = PaintContext({}, cap_height=studio.cap_height)
    low.letters.append(studio.letters[0].moved(330, 340))
    assert score.score(image, studio)["badge_overlap"] == 0
    assert score.score(image, low)["badge_overlap"] > 0.05
    assert score.score(image, low)["total"] < score.score(image, studio)["total"]


def test_colour_and_sharpness_are_measured():
    grey = np.full((360, 640, 3), 0.5, np.float32)
    vivid = np.asarray(photo(), np.float32) / 255
    assert score.colourfulness(grey) == pytest.approx(0, abs=0.5)
    assert score.colourfulness(vivid) > 30
    soft = np.asarray(photo().filter(ImageFilter.GaussianBlur(8)), np.float32) / 255
    assert score.sharpness(vivid) > score.sharpness(soft)


def test_a_face_counts():
    brief = render.Brief(prompt="A talk", title="Hello", portraits=(person(),))
    with_face = render.compose(brief, size=(640, 360)).scores
    assert 0.02 < with_face["face_share"] < 0.2
    assert 0 < with_face["total"] <= 1
