"""Morphology: masks opened, closed and divided into connected parts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

Mask = npt.NDArray[np.bool_]


def _rank(mask: Mask, size: int, *, largest: bool) -> Mask:
    image = Image.fromarray((mask * 255).astype(np.uint8))
    kind = ImageFilter.MaxFilter if largest else ImageFilter.MinFilter
    for _ in range(size):
        image = image.filter(kind(3))
    return np.asarray(image) > 127  # noqa: PLR2004


def opened(mask: Mask, by: int) -> Mask:
    """Without specks and hairs thinner than twice ``by``."""
    return _rank(_rank(mask, by, largest=False), by, largest=True)


def closed(mask: Mask, by: int) -> Mask:
    """Without gaps thinner than twice ``by``; the lower edge counts as filled."""
    wide = np.pad(mask, ((by, by), (by, by)), "edge")
    wide = _rank(_rank(wide, by, largest=True), by, largest=False)
    return wide[by:-by, by:-by]


def connected_parts(mask: Mask) -> npt.NDArray[np.int32]:
    """Give number the connected parts of a small mask from 1; 0 is outside."""
    out = np.where(mask, np.arange(1, mask.size + 1, dtype=np.int32).reshape(mask.shape), 0)
    # Every pixel takes the largest number it touches, along rows and columns in turn.
    while True:
        before = out.copy()
        for axis in (0, 1):
            for step in (1, -1):
                view = np.swapaxes(out, 0, axis)[::step]
                for i in range(1, len(view)):
                    both = (view[i] > 0) & (view[i - 1] > 0)
                    view[i][both] = np.maximum(view[i], view[i - 1])[both]
        if (before == out).all():
            return out


def largest_part(mask: Mask) -> Mask:
    """Give the largest connected part."""
    numbers = connected_parts(mask)
    if not numbers.any():
        return mask
    values, counts = np.unique(numbers[numbers > 0], return_counts=True)
    return np.asarray(numbers == values[counts.argmax()])
