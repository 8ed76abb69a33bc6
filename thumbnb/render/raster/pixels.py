"""Pixels as floats: each colour lies by itself in memory, and work is done in bands of rows.

Both are for speed: one weight for three colours then costs a sixth, and what a band takes
stays in the processor's cache and out of the memory's peak.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thumbnb.render.colour.mixing import Floats

_BAND = 32_768
"""Pixels in a band."""

_LEVELS = np.float32(255)

_LARGEST_KEPT = 1280 * 720
"""Noise for larger images is made each time: it would take much memory to keep."""


def row_bands(height: int, width: int) -> Iterator[slice]:
    """Yield the rows of an image in bands, from top to bottom."""
    step = max(1, _BAND // max(1, width))
    for top in range(0, height, step):
        yield slice(top, min(height, top + step))


def new_pixels(height: int, width: int) -> Floats:
    """Return float32 (height, width, 3) that nothing was written to yet."""
    return np.empty((3, height, width), dtype=np.float32).transpose(1, 2, 0)


def to_pixels(image: Image.Image, out: Floats | None = None) -> Floats:
    """Read an image as float32 (height, width, 3) in 0..1, into ``out`` where it is given.

    Transparency is left out.
    """
    pixels = new_pixels(image.height, image.width) if out is None else out
    colours = image if image.mode in {"RGB", "RGBA"} else image.convert("RGB")
    for i in range(3):
        np.divide(np.asarray(colours.getchannel(i)), _LEVELS, out=pixels[..., i])
    return pixels


def to_rgb(pixels: Floats, *, dithered: bool = False) -> Image.Image:
    """Return pixels in 0..1 as an RGB image, rounded or ``dithered`` against bands in gradients."""
    height, width = pixels.shape[:2]
    levels = np.empty((height, width, 3), dtype=np.uint8)
    noise = _noise(height, width) if dithered else None
    for rows in row_bands(height, width):
        part = np.clip(pixels[rows], 0, 1).transpose(2, 0, 1)
        part *= _LEVELS
        part += 0.5 if noise is None else next(noise)
        np.minimum(part, _LEVELS, out=part)
        levels[rows] = part.transpose(1, 2, 0)
    return Image.fromarray(levels)


def _noise(height: int, width: int) -> Iterator[Floats]:
    """Yield noise of 0..1 for each band: the same for images of the same size."""
    if height * width <= _LARGEST_KEPT:
        whole = _whole_noise(height, width)
        yield from (whole[rows] for rows in row_bands(height, width))
        return
    rng = np.random.default_rng(0)
    for rows in row_bands(height, width):
        yield rng.random((rows.stop - rows.start, width), dtype=np.float32)


@lru_cache(maxsize=2)
def _whole_noise(height: int, width: int) -> Floats:
    noise = np.random.default_rng(0).random((height, width), dtype=np.float32)
    noise.flags.writeable = False
    return noise


def luma(pixels: Floats) -> Floats:
    """How bright each pixel looks, about: float32 without the colour axis."""
    bright = pixels[..., 0] * np.float32(0.299)
    bright += pixels[..., 1] * np.float32(0.587)
    bright += pixels[..., 2] * np.float32(0.114)
    return np.asarray(bright)
