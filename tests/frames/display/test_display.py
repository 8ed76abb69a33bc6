"""Upright, with square pixels, cropped to cover: how a stored picture is shown."""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
import pytest
from av.video.reformatter import VideoReformatter
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.frames.numbered import HEIGHT, WIDTH, encode, read, steady
from tests.frames.recipes import B_FRAMES
from thumbnb import frames
from thumbnb.frames.display.colour import to_srgb
from thumbnb.frames.display.display import Display

# Four colours, one a quarter, as they should look: top left, top right, below them.
QUARTERS = [(200, 40, 40), (40, 200, 40), (40, 40, 200), (200, 200, 200)]
ONE = 1 << 16


def quarters(width=96, height=64):
    image = Image.new("RGB", (width, height))
    for i, colour in enumerate(QUARTERS):
        x, y = i % 2 * width // 2, i // 2 * height // 2
        image.paste(colour, (x, y, x + width // 2, y + height // 2))
    return image


def seen(image):
    """Return which of the colours is in each quarter of ``image``."""
    width, height = image.size
    spots = [(x, y) for y in (height // 4, height * 3 // 4) for x in (width // 4, width * 3 // 4)]
    colours = np.array([image.getpixel(spot) for spot in spots])
    return [int(abs(np.array(QUARTERS) - colour).sum(1).argmin()) for colour in colours]


# (a, b, c, d) of the display matrix: what a player does with the stored picture.
LAYOUTS = {
    (1, 0, 0, 1): None,
    (0, 1, -1, 0): Image.Transpose.ROTATE_270,
    (-1, 0, 0, -1): Image.Transpose.ROTATE_180,
    (0, -1, 1, 0): Image.Transpose.ROTATE_90,
    (-1, 0, 0, 1): Image.Transpose.FLIP_LEFT_RIGHT,
    (1, 0, 0, -1): Image.Transpose.FLIP_TOP_BOTTOM,
    (0, 1, 1, 0): Image.Transpose.TRANSPOSE,
    (0, -1, -1, 0): Image.Transpose.TRANSVERSE,
}
UNDO = {
    Image.Transpose.ROTATE_90: Image.Transpose.ROTATE_270,
    Image.Transpose.ROTATE_270: Image.Transpose.ROTATE_90,
}


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
@pytest.mark.parametrize("suffix", ["mp4", "mov"])
def test_every_way_to_hold_a_camera_comes_out_upright(tmp_path, layout, suffix):
    turn = LAYOUTS[layout]
    upright = quarters()
    stored = upright if turn is None else upright.transpose(UNDO.get(turn, turn))
    a, b, c, d = layout
    path = tmp_path / f"v.{suffix}"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=25)
        stream.width, stream.height = stored.size
        stream.pix_fmt = "yuv420p"
        stream.set_display_matrix([a * ONE, b * ONE, 0, c * ONE, d * ONE, 0, 0, 0, 1 << 30])
        for _ in range(3):
            out.mux(stream.encode(av.VideoFrame.from_image(stored)))
        out.mux(stream.encode())
    with frames.open(path) as clip:
        assert clip.size == upright.size
        for size in (None, (48, 32), (40, 40), (300, 100), (100, 300)):
            image = clip.at(0.04, size)
            assert image.size == (size or upright.size)
            assert seen(image) == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("aspect", "size"),
    [
        (Fraction(4, 3), (256, 108)),
        (Fraction(1, 2), (192, 216)),  # pixels are added, never dropped
        (Fraction(16, 15), (205, 108)),
        (None, (192, 108)),
        (Fraction(100), (192, 108)),  # no camera has such pixels
    ],
)
def test_pixels_that_are_not_square_become_so(tmp_path, aspect, size):
    video = encode(tmp_path / "v.mp4", steady(30), options=B_FRAMES, sample_aspect=aspect)
    with frames.open(video.path) as clip:
        assert clip.size == size
        assert clip.at(0.5).size == size
        assert read(clip.at(0.5)) == 12


def test_pixel_shape_and_rotation_together(tmp_path):
    video = encode(
        tmp_path / "v.mp4", steady(30), options=B_FRAMES, turned=90, sample_aspect=Fraction(2)
    )
    with frames.open(video.path) as clip:
        # Stored 108x192 with pixels twice as wide as high, and lying on its side.
        assert clip.size == (WIDTH, HEIGHT * 2)
        assert read(clip.at(0.5)) == 12


def flat_frame(width, height):
    image = Image.new("RGB", (width, height))
    circle = Image.radial_gradient("L").resize((min(width, height),) * 2)
    image.paste(
        Image.merge("RGB", [circle.point(lambda v: 255 if v < 90 else 0)] * 3),
        ((width - circle.width) // 2, (height - circle.height) // 2),
    )
    return av.VideoFrame.from_image(image).reformat(format="yuv420p")


@given(st.integers(1, 700), st.integers(1, 700))
def test_any_size_is_hit_exactly(width, height):
    display = Display(flat_frame(192, 108), None)
    assert display.image(flat_frame(192, 108), (width, height)).size == (width, height)


@pytest.mark.parametrize("size", [(16384, 1), (1, 16384), (1, 1), (4096, 8)])
def test_a_sliver_costs_no_giant(size):
    """Cropping to cover a 1 pixel high strip must not scale the whole picture up first."""
    import tracemalloc

    frame = flat_frame(192, 108)
    display = Display(frame, None)
    tracemalloc.start()
    try:
        assert display.image(frame, size).size == size
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("size", [(96, 54), (54, 54), (54, 96), (384, 216), (300, 300), (60, 20)])
@pytest.mark.parametrize("aspect", [Fraction(1), Fraction(4, 3), Fraction(3, 4)])
def test_a_circle_stays_a_circle(size, aspect):
    frame = flat_frame(240, 240)
    display = Display(frame, aspect)
    mask = display.image(frame, size).convert("L").point(lambda v: 255 if v > 127 else 0)
    # What is drawn is a circle in stored pixels, so it is shown as wide as a pixel is.
    whole = display.size
    scale = max(size[0] / whole[0], size[1] / whole[1])
    radius = 240 * 90 / 255 / 2**0.5 * scale
    left, top, right, bottom = mask.getbbox()
    if left > 0:
        assert right - left == pytest.approx(2 * radius * whole[0] / 240, rel=0.08, abs=3)
    if top > 0:
        assert bottom - top == pytest.approx(2 * radius * whole[1] / 240, rel=0.08, abs=3)


def test_size_none_is_the_stored_image_pixel_by_pixel():
    frame = flat_frame(192, 108)
    whole = Display(frame, None).image(frame)
    assert whole.tobytes() == to_srgb(frame, 192, 108, VideoReformatter()).tobytes()
