"""Attachments: what a cut-out took for a part of somebody's head, such as a flag beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thumbnb.render.vision.morphology import connected_parts

if TYPE_CHECKING:
    import numpy.typing as npt

    from thumbnb.render.colour.mixing import Floats
    from thumbnb.render.vision.morphology import Mask

_CLEARLY, _SLIGHTLY = (1.15, 0.10), (1.06, 0.05)
"""How much further than the other side a side of a head reaches: by a factor, and in face widths.

Only what does so clearly is looked at; it is taken off up to where it does so slightly.
"""

_LEAST = 0.03
"""Attachments smaller than this share of the head are hair in the wind."""

_SHOULDERS = 1.1
"""How far below the upper edge of a face shoulders begin, in its heights."""

_SWAY = 0.08
"""How far up and down the other side is looked at, in face widths: no head is quite even."""

_EVEN, _ALIKE = 40.0, 42.0
"""How much the colours of hair differ within it at the most, and from that beside it (0..255)."""

_SKIN = 0.5
"""A share of skin from which on something beside a head is a hand."""


def attachments(solid: Mask, pixels: npt.NDArray[np.uint8], face: tuple[float, ...]) -> Mask:
    """Return what adjoins one side of a head only, in colours of neither hair nor skin.

    ``solid`` is the mask of somebody in ``pixels`` (RGB), ``face`` is x, y, width and height there.
    """
    x, y, size, _ = face
    middle = x + size / 2
    chin = min(solid.shape[0], round(y + _SHOULDERS * size))
    head = solid[:chin]
    drop = np.zeros_like(solid)
    if not head.any():
        return drop
    columns = np.arange(solid.shape[1]) - middle
    for side in (-1, 1):
        other = _reach(head, columns * -side, round(_SWAY * size))
        beyond = head & (columns * side > _limit(other, size, _CLEARLY)[:, None])
        if beyond.sum() < _LEAST * head.sum():
            continue
        trimmed = head & (columns * side > _limit(other, size, _SLIGHTLY)[:, None])
        inner = head & ~trimmed & (columns * side > 0)
        numbers = connected_parts(trimmed)
        for number in np.unique(numbers[beyond]):
            part = numbers == number
            if not _is_own(part, inner, pixels[:chin], round(0.2 * size)):
                drop[:chin] |= part
    return drop


def _reach(head: Mask, outward: Floats, rows: int) -> Floats:
    """Return how far a side of a head reaches out in each row, or in one that is near."""
    far = np.where(head, outward[None, :], 0).max(axis=1)
    padded = np.pad(far, rows, "edge")
    return np.asarray(np.lib.stride_tricks.sliding_window_view(padded, 2 * rows + 1).max(axis=1))


def _limit(other: Floats, size: float, margin: tuple[float, float]) -> Floats:
    return np.asarray(np.maximum(other, 0) * margin[0] + margin[1] * size)


def _is_own(part: Mask, inner: Mask, pixels: npt.NDArray[np.uint8], near: int) -> bool:
    """Whether a part beside a head is a hand, or hair like that beside it."""
    colours = pixels[part].astype(np.float32)
    red, green, blue = colours[:, 0], colours[:, 1], colours[:, 2]
    cb = 128 - 0.169 * red - 0.331 * green + 0.5 * blue
    cr = 128 + 0.5 * red - 0.419 * green - 0.081 * blue
    skin = (cb > 77) & (cb < 127) & (cr > 138) & (cr < 177)  # noqa: PLR2004
    even = float(np.linalg.norm(colours.std(axis=0))) < _EVEN
    if even and skin.mean() > _SKIN:
        return True
    wide = np.pad(part, near)
    beside = np.zeros_like(part)
    for step in range(2 * near + 1):
        beside |= wide[near:-near, step : step + part.shape[1]]
    hair = pixels[beside & inner].astype(np.float32)
    if not len(hair):
        return False
    return even and float(np.linalg.norm(np.median(colours, 0) - np.median(hair, 0))) < _ALIKE
