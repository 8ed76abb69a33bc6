"""What is seen in a photo: its tones, its main thing, what is no part of somebody's head."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from thumbnb.render.vision.attachments import attachments
from thumbnb.render.vision.saliency import saliency_map, salient_point, salient_rows
from thumbnb.render.vision.tones import spread_tones, tonal_range


def ramp(low, high):
    grey = np.linspace(low * 255, high * 255, 320, dtype=np.uint8)
    return Image.fromarray(np.stack([np.tile(grey, (180, 1))] * 3, axis=-1))


@pytest.mark.parametrize(("low", "high"), [(0.3, 0.6), (0.1, 0.5), (0.2, 0.9)])
def test_a_dull_photo_gets_contrast(low, high):
    before = np.asarray(ramp(low, high), dtype=float) / 255
    after = np.asarray(spread_tones(ramp(low, high), tonal_range(ramp(low, high))), float) / 255
    assert np.ptp(after) > 1.15 * np.ptp(before)
    assert (np.diff(after[0, :, 0]) >= 0).all(), "no tones change places"


@pytest.mark.parametrize("image", [ramp(0, 1), Image.new("RGB", (320, 180), "#1c2430")])
def test_full_tones_and_plain_colours_stay(image):
    after = spread_tones(image, tonal_range(image))
    assert np.abs(np.asarray(after, int) - np.asarray(image, int)).max() <= 3


def test_transparency_is_no_tone():
    image = ramp(0.3, 0.6).convert("RGBA")
    image.putalpha(100)
    assert spread_tones(image, (0.2, 0.7)).getchannel("A").getextrema() == (100, 100)


@pytest.mark.parametrize(("box"), [(60, 30, 150, 90), (180, 80, 280, 160)])
def test_a_thing_draws_the_eye_as_a_whole(box):
    image = Image.new("RGB", (320, 180), "#6f8fb0")
    ImageDraw.Draw(image).rectangle(box, fill="#d03020")
    seen = saliency_map(image)
    across, down = salient_point(seen)
    assert box[0] < across * 320 < box[2]
    assert box[1] < down * 180 < box[3]
    left, top, right, foot = (round(v * 96 / 320) for v in box)
    assert seen[top:foot, left:right].sum() > 0.6
    first, last = salient_rows(seen, (across, down))
    assert first * 180 == pytest.approx(box[1], abs=14)
    assert last * 180 == pytest.approx(box[3], abs=14)


HEAD = (120, 40, 200, 140)
FACE = (125.0, 55.0, 70.0, 70.0)


def somebody(beside, colours):
    """A head with dark hair before a grey wall, something beside it, and the mask of both."""
    image, mask = Image.new("RGB", (320, 288), "#a0a0a0"), Image.new("1", (320, 288))
    for pen, tint in ((ImageDraw.Draw(image), None), (ImageDraw.Draw(mask), 1)):
        for number, colour in enumerate(colours):
            x, y, right, foot = beside
            step = (right - x) / len(colours)
            pen.rectangle((x + number * step, y, x + (number + 1) * step, foot), tint or colour)
        pen.ellipse(HEAD, tint or "#30221a")
        pen.ellipse((135, 60, 185, 138), tint or "#d8a888")
        pen.rectangle((80, 150, 240, 288), tint or "#203050")
        pen.rectangle((145, 120, 175, 160), tint or "#d8a888")
    return np.asarray(image), np.asarray(mask)


@pytest.mark.parametrize("beside", [(70, 10, 125, 120), (195, 10, 250, 120)])
def test_a_flag_beside_a_head_is_no_part_of_it(beside):
    pixels, mask = somebody(beside, ["#c02030", "#ffffff", "#203080", "#e8c040"])
    drop = attachments(mask, pixels, FACE)
    left, top, right, foot = beside
    assert drop[top:foot, left:right].mean() > 0.6
    assert drop[60:138, 135:185].mean() == 0, "the face stays"
    assert not drop[150:].any(), "and so do the shoulders"


@pytest.mark.parametrize("colours", [["#30221a"], ["#d8a888"]], ids=["hair", "a hand"])
def test_hair_and_hands_beside_a_head_stay(colours):
    pixels, mask = somebody((80, 60, 125, 120), colours)
    assert not attachments(mask, pixels, FACE).any()


def test_a_head_alone_stays_whole():
    pixels, mask = somebody((150, 60, 160, 70), ["#d8a888"])
    assert not attachments(mask, pixels, FACE).any()
    assert not attachments(np.zeros_like(mask), pixels, FACE).any()
