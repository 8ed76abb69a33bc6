"""Sizes and cropping."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from thumbnb.errors import InvalidInput
from thumbnb.imaging.sizes import MAX_SIDE, check_size, cover, cover_box, fit_size

sides = st.integers(1, 4000)
sizes = st.tuples(sides, sides)


@given(sizes, sides, sides)
def test_both_sides_are_taken_as_given(size, width, height):
    assert fit_size(size, width, height) == (width, height)


@given(sizes)
def test_with_no_side_the_size_stays(size):
    assert fit_size(size) == size


@given(sizes, sides)
def test_the_missing_side_follows(size, side):
    width, height = fit_size(size, width=side)
    assert width == side
    assert height == min(MAX_SIDE, max(1, round(side * size[1] / size[0])))
    assert fit_size(size[::-1], height=side) == (height, width)


@given(sizes, sizes)
def test_the_box_is_the_largest_inside_with_the_right_shape(size, target):
    left, top, right, bottom = cover_box(size, target)
    width, height = right - left, bottom - top
    assert width * target[1] == pytest.approx(height * target[0])
    assert width == pytest.approx(size[0]) or height == pytest.approx(size[1])
    assert left == pytest.approx(size[0] - right)
    assert top == pytest.approx(size[1] - bottom)
    assert min(left, top) >= -1e-6


small = st.tuples(st.integers(1, 90), st.integers(1, 90))


@given(small, small)
def test_cover_gives_exactly_the_size(size, target):
    assert cover(Image.new("RGB", size), target).size == target


@pytest.mark.parametrize("size", [(1, 1), (1, 500), (500, 1), (300, 200), (201, 301)])
def test_cover_never_stretches(size):
    """A circle stays one: seen through any shape, its width and height agree."""
    scene = Image.new("L", (400, 400))
    circle = Image.radial_gradient("L").resize((400, 400)).point(lambda v: 255 if v < 60 else 0)
    scene.paste(circle)
    seen = cover(scene, size)
    assert seen.size == size
    box = seen.point(lambda v: 255 if v > 127 else 0).getbbox()
    scale = max(size) / 400
    if box and min(box[0], box[1]) > 0:
        assert box[2] - box[0] == pytest.approx(box[3] - box[1], abs=2)
        assert box[2] - box[0] == pytest.approx(400 * scale * 60 / 128 / 2**0.5, rel=0.2)


def test_cover_keeps_the_middle():
    image = Image.new("RGB", (300, 100), "red")
    image.paste("blue", (100, 0, 200, 100))
    seen = cover(image, (50, 50))
    assert seen.getpixel((25, 25)) == (0, 0, 255)
    assert seen.resize((1, 1)).getpixel((0, 0))[2] > 250  # next to no red at the edges


@pytest.mark.parametrize(
    "size",
    [
        (0, 10),
        (10, -1),
        (10.5, 10),
        (float("nan"), 1),
        (float("inf"), 1),
        (MAX_SIDE + 1, 1),
        (True, 1),
        ("9", 9),
    ],
)
def test_an_impossible_size_is_refused(size):
    with pytest.raises(InvalidInput, match=r"width|height"):
        check_size(size)
    with pytest.raises(InvalidInput, match=r"width|height"):
        fit_size((1920, 1080), *size)


def test_numpy_numbers_are_numbers():
    import numpy as np

    assert fit_size((1920, 1080), width=np.int64(640)) == (640, 360)
    assert check_size((np.float64(64), np.int32(36))) == (64, 36)


def test_the_arithmetic_needs_no_decoder():
    code = (
        "import sys, thumbnb.imaging.sizes as f; f.cover, f.fit_size;"
        "sys.exit('av' in sys.modules or 'numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
