"""Pictures given in any form look the same when they have gone up."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from thumbnb import errors
from thumbnb.client.purchases.assets import encode_image

RAMP = np.tile(np.linspace(0, 1, 64), (36, 1))  # from black to white


def arrived(what) -> np.ndarray:
    """Return the first row of a picture as it went up, in shares of white."""
    with Image.open(io.BytesIO(encode_image(what).data)) as picture:
        return np.asarray(picture.convert("L"))[0] / 255


def deep(form: str) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray((RAMP * 65535).astype(np.uint16)).save(buffer, form)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "what",
    [
        (RAMP * 255).astype(np.uint8),
        (RAMP * 65535).astype(np.uint16),
        (np.dstack([RAMP] * 3) * 65535).astype(np.uint16),
        (RAMP * 255).astype(np.int64),
        RAMP,
        RAMP.astype(np.float32) * 1.02,  # a share that resampling carried over the edge
        RAMP * 255,
        np.dstack([RAMP] * 3).astype(np.float32) * 255.5,
        Image.fromarray((RAMP * 255).astype(np.uint8)),
        Image.fromarray((RAMP * 65535).astype(np.uint16)),
        Image.fromarray((RAMP * 65535).astype(np.int32)),
        Image.fromarray(RAMP.astype(np.float32)),
        deep("TIFF"),
    ],
    ids=str.split(
        "bytes words colour-words integers shares shares-over floats colour-floats "
        "pillow I;16 I F tiff"
    ),
)
def test_an_image_of_any_depth_comes_out_as_bright_as_it_is(what):
    assert arrived(what) == pytest.approx(RAMP[0], abs=0.03)


def test_a_mask_is_black_and_white():
    half = RAMP > 0.5
    for mask in (half, half.astype(int), Image.fromarray(half)):
        assert arrived(mask)[[4, 60]] == pytest.approx([0, 1], abs=0.02)


def test_a_dark_image_of_bytes_stays_as_it_is():
    assert arrived(np.ones((36, 64, 3), np.uint8)).max() < 0.02


@pytest.mark.parametrize(
    "what",
    [
        np.zeros((0, 0, 3), np.uint8),
        np.zeros((0, 64)),
        np.full((4, 4, 3), np.nan),
        np.full((4, 4), np.inf),
        np.zeros((4, 4), complex),
        np.zeros((4, 4, 7)),
        np.array("text"),
        Image.new("RGB", (0, 0)),
    ],
    ids=str.split("empty empty-shares nan infinite complex bands text empty-pillow"),
)
def test_what_is_no_image_is_refused_in_words(what):
    with pytest.raises(errors.InvalidInput, match="image"):
        encode_image(what)


def test_the_frame_that_is_shown_is_the_one_that_goes_up():
    buffer = io.BytesIO()
    black, white = (Image.new("L", (64, 36), shade) for shade in (0, 255))
    black.save(buffer, "GIF", save_all=True, append_images=[white])
    with Image.open(buffer) as film:
        film.seek(1)
        assert arrived(film).min() > 0.97
        assert film.tell() == 1
