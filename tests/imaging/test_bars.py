"""Black bars around a frame are cropped; a dark photo is left whole."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from thumbnb import render
from thumbnb.imaging.bars import without_bars


def scene(width, height, least=60):
    levels = np.random.default_rng(3).integers(least, 230, (height, width, 3), dtype=np.uint8)
    return Image.fromarray(levels)


def framed(image, size, noise=0):
    levels = np.random.default_rng(1).integers(0, noise + 1, (size[1], size[0], 3), dtype=np.uint8)
    whole = Image.fromarray(levels)
    whole.paste(image, ((size[0] - image.width) // 2, (size[1] - image.height) // 2))
    return whole


@pytest.mark.parametrize(
    "shown", [(640, 268), (202, 360), (640, 344), (480, 360), (500, 300)], ids=str
)
@pytest.mark.parametrize("noise", [0, 14])
def test_bars_are_cropped_and_nothing_of_the_image(shown, noise):
    found = without_bars(framed(scene(*shown), (640, 360), noise))
    assert shown[0] - 4 <= found.width <= shown[0]
    assert shown[1] - 4 <= found.height <= shown[1]
    assert np.asarray(found).min() >= 60


def test_a_photo_without_bars_is_the_same_object():
    image = scene(640, 360)
    assert without_bars(image) is image


@pytest.mark.parametrize("side", ["above", "both", "all black", "stars"])
def test_a_dark_photo_is_left_whole(side):
    image = Image.new("RGB", (640, 360), "#020202")
    if side == "above":  # a night over a lit street
        image.paste(scene(640, 120), (0, 240))
    elif side == "both":  # it gets dark slowly
        ramp = np.minimum(np.arange(360), np.arange(360)[::-1])[:, None, None] // 2
        image = Image.fromarray(np.broadcast_to(ramp, (360, 640, 3)).astype(np.uint8))
    elif side == "stars":
        for x, y in np.random.default_rng(2).integers(0, 360, (60, 2)):
            ImageDraw.Draw(image).point((int(x) * 640 // 360, int(y)), "white")
    assert without_bars(image).size == (640, 360)


def test_a_brief_has_its_frames_without_bars_and_its_painted_image_whole():
    frame = framed(scene(640, 268), (640, 360))
    brief = render.Brief(prompt="@image1", content_images=(frame,), portraits=(frame,))
    assert {image.height for image in brief.images().values()} <= {264, 265, 266, 267, 268}
