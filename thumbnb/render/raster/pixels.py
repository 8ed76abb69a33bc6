"""Pixels as floats: each colour lies by itself in memory, and work is done in bands of rows.

Both are for speed: one weight for three colours then costs a sixth, and what a band takes
stays in the processor's cache and out of the memory's peak.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PIL import Image

from thumbnb.imaging.power import raise_power
from thumbnb.render.raster.opencv import load_opencv

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from thumbnb.render.colour.mixing import Floats

Levels = npt.NDArray[np.uint8]
"""An image in levels of 0..255: (height, width) or (height, width, colours)."""

_BAND = 32_768
"""Pixels in a band."""

_LEVELS = np.float32(255)
_LEAST = np.float32(1e-20)

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


def to_pixels(image: Image.Image | Levels, out: Floats | None = None) -> Floats:
    """Read an image as float32 (height, width, 3) in 0..1, into ``out`` where it is given.

    Transparency is left out.
    """
    if isinstance(image, Image.Image):
        image = np.asarray(image if image.mode in {"RGB", "RGBA"} else image.convert("RGB"))
    height, width = image.shape[:2]
    pixels = new_pixels(height, width) if out is None else out
    for i in range(3):
        np.divide(image[..., i], _LEVELS, out=pixels[..., i])
    return pixels


def to_rgb(pixels: Floats, *, dithered: bool = False) -> Image.Image:
    """Return pixels in 0..1 as an RGB image, rounded or ``dithered`` against bands in gradients."""
    return Image.fromarray(to_rgb_levels(pixels, dithered=dithered))


def to_rgb_levels(pixels: Floats, *, dithered: bool = False) -> Levels:
    """Return pixels in 0..1 as levels (height, width, 3); see ``to_rgb``."""
    height, width = pixels.shape[:2]
    levels = np.empty((height, width, 3), dtype=np.uint8)
    noise: Iterator[Floats | np.float32] = _noise(height, width) if dithered else repeat(_HALF)
    for rows, grain in zip(row_bands(height, width), noise, strict=False):
        join_colours([to_levels(pixels[rows, :, i], 255, grain) for i in range(3)], levels[rows])
    return levels


def join_colours(planes: Sequence[Levels], out: Levels) -> None:
    """Put the levels of red, green and blue (rows, cols) together into ``out``."""
    if (cv2 := load_opencv()) is not None:
        cv2.merge(planes, dst=out)
        return
    for i, plane in enumerate(planes):
        out[..., i] = plane


def to_levels(field: Floats, factor: float, noise: Floats | np.float32) -> Levels:
    """Return a field (rows, cols) times a factor as levels of 0..255, rounded down.

    ``noise`` of 0..1 is added first, float32 of the same shape; or the same everywhere: a half
    rounds.
    """
    if (cv2 := load_opencv()) is not None:
        plane = np.ascontiguousarray(field, dtype=np.float32)
        if isinstance(noise, np.float32):
            return np.asarray(
                cv2.addWeighted(plane, factor, plane, 0, noise - 0.5, dtype=cv2.CV_8U)
            )
        return np.asarray(cv2.addWeighted(plane, factor, noise, 1, -0.5, dtype=cv2.CV_8U))
    levels = field * np.float32(factor)
    levels += noise
    return np.clip(levels, 0, 255, out=levels).astype(np.uint8)


_HALF = np.float32(0.5)


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


def raise_pixels(pixels: Floats, exponent: float) -> None:
    """Raise float32 pixels of 0 and more (height, width, 3) to a positive power, in place."""
    cv2 = load_opencv()
    for i in range(3):
        plane = pixels[..., i]
        if cv2 is not None and _is_plane(plane):
            np.maximum(plane, _LEAST, out=plane)
            cv2.pow(plane, exponent, dst=plane)
        else:
            pixels[..., i] = raise_field(plane, exponent)


def _is_plane(field: Floats) -> bool:
    """Whether a field lies in memory as OpenCV writes it: a single pixel of an image does not."""
    return field.ndim > 1 and field.flags.c_contiguous and field.strides[-1] == field.itemsize


def raise_field(field: Floats, exponent: float) -> Floats:
    """Raise a float32 field (rows, cols) of 0 and more to a positive power."""
    if (cv2 := load_opencv()) is None:
        return raise_power(field, exponent)
    # OpenCV takes four times as long for a zero.
    return np.asarray(cv2.pow(np.maximum(field, _LEAST), exponent))


def luma(pixels: Floats) -> Floats:
    """How bright each pixel looks, about: float32 without the colour axis."""
    red, green, blue = (pixels[..., i] for i in range(3))
    if (cv2 := load_opencv()) is not None and _is_plane(red):
        bright = cv2.addWeighted(red, 0.299, green, 0.587, 0)
        return np.asarray(cv2.addWeighted(bright, 1, blue, 0.114, 0, dst=bright))
    bright = red * np.float32(0.299)
    bright += green * np.float32(0.587)
    bright += blue * np.float32(0.114)
    return np.asarray(bright)
