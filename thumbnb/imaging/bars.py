"""Black bars around a frame: of a film above and below, of a phone's video at the sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt
    from PIL import Image

_BLACK = 26
"""Levels (of 255) up to which a bar is black: a video codec leaves it a little lighter."""

_EDGE = 6.0
"""How much brighter, on average, the first row of the image is than the last one of the bar."""

_LEAST, _MOST = 0.02, 0.4
"""How wide a bar is, in shares of the side; two are as wide as each other, within ``_UNLIKE``."""

_UNLIKE = 0.35


def without_bars(image: Image.Image) -> Image.Image:
    """Return an image without the black bars on two opposite sides of it, if it has any.

    What is cropped is black from side to side and ends in a straight edge on both sides: a
    photo of a night has no such edge. An image without bars is returned as it is.
    """
    if min(image.size) < 16 or image.mode not in {"RGB", "L"}:  # noqa: PLR2004 - an icon
        return image
    width, height = image.size
    levels = np.asarray(image)
    if max(int(levels[0, 0].max()), int(levels[-1, -1].max())) > _BLACK:
        return image
    brightest = levels if levels.ndim == 2 else levels.max(axis=2)  # noqa: PLR2004 - one channel
    top, bottom = _bars(brightest)
    left, right = _bars(brightest[top : height - bottom].T)
    if not (top or left):
        return image
    return image.crop((left, top, width - right, height - bottom))


def _bars(levels: npt.NDArray[np.uint8]) -> tuple[int, int]:
    """Return how many black rows there are at the top and at the bottom; none, if not at both."""
    lit = np.flatnonzero(levels.max(axis=1) > _BLACK)
    if not len(lit):
        return 0, 0
    rows = len(levels)
    first, last = int(lit[0]), rows - 1 - int(lit[-1])
    thin, thick = min(first, last), max(first, last)
    if thin < _LEAST * rows or thick > _MOST * rows or thick - thin > _UNLIKE * thick:
        return 0, 0
    edges = ((first - 1, first + 1), (rows - last, rows - last - 2))
    if any(_step(levels, *edge) < _EDGE for edge in edges):
        return 0, 0
    # One row more: a codec mixes the edge of a bar with the image.
    return first + 1, last + 1


def _step(levels: npt.NDArray[np.uint8], outside: int, inside: int) -> float:
    return float(levels[inside].mean() - levels[outside].mean())
