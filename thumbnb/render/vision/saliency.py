"""Saliency: what draws the eye in an image; words keep off it, cropping keeps it in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from thumbnb.render.raster.filters import box_mean
from thumbnb.render.raster.pixels import luma

if TYPE_CHECKING:
    from thumbnb.render.colour.mixing import Floats
    from thumbnb.render.scene import Point

_COLUMNS = 96
"""How finely the map divides an image across."""

_THING, _WIDE = 16, 24
"""How far something reaches from its middle, and what is around it (columns)."""


def saliency_map(image: Image.Image) -> Floats:
    """Return how much each part of an image draws the eye; all together is 1.

    The array has 96 columns. A part does where edges are denser and colours other than around
    it; either alone is found in waves and crowds, or in an empty sky.
    """
    h = max(1, min(2 * _COLUMNS, round(_COLUMNS * image.height / image.width)))
    small = image.convert("RGB").resize((_COLUMNS, h), Image.Resampling.BOX)
    p = np.asarray(small, dtype=np.float32) / 255
    y = luma(p)
    edges = np.abs(np.diff(y, axis=0, append=y[-1:])) + np.abs(np.diff(y, axis=1, append=y[:, -1:]))
    vivid = p.max(axis=-1) - p.min(axis=-1)
    busy = box_mean((edges + 0.25 * vivid).astype(np.float32), 5)
    # What stands out from its surroundings, not what is busy all over.
    apart = np.clip(busy - box_mean(busy, 20), 0, None)
    other = np.stack([box_mean(p[..., i], _WIDE) for i in range(3)], axis=-1) - p
    odd = box_mean(np.linalg.norm(other, axis=-1).astype(np.float32), 4)
    # The edges of an image matter less; 1e-12: a plain one draws the eye to its middle.
    near = _nearness(_COLUMNS, h) ** 0.5
    drawn = (apart * odd + 1e-12) * near
    whole = (_barrier(p) ** 2 + 1e-12) * near
    share = (1 - _WHOLE) * drawn / drawn.sum() + _WHOLE * whole / whole.sum()
    return np.asarray(share, dtype=np.float32)


_WHOLE = 0.4
"""How much of the map is the whole of a thing, not only its corners and edges."""


def _barrier(pixels: Floats) -> Floats:
    """Return how different colours must get on a way to each part from the rim of an image.

    The ground is reached from the rim through colours that are alike, a thing is not (minimum
    barrier distance). Two sweeps in each direction come near enough.
    """
    h, w, _ = pixels.shape
    barrier = np.full((h, w), np.inf, dtype=np.float32)
    barrier[0] = barrier[-1] = barrier[:, 0] = barrier[:, -1] = 0
    high, low = pixels.copy(), pixels.copy()
    for axis, step in ((0, 1), (0, -1), (1, 1), (1, -1)) * 2:
        best, highest, lowest, colours = (
            np.swapaxes(field, 0, axis)[::step] for field in (barrier, high, low, pixels)
        )
        for i in range(1, len(best)):
            up, down = np.maximum(highest[i - 1], colours[i]), np.minimum(lowest[i - 1], colours[i])
            cost = (up - down).max(axis=-1)
            less = cost < best[i]
            best[i][less], highest[i][less], lowest[i][less] = cost[less], up[less], down[less]
    return barrier


def salient_rows(saliency: Floats, focus: Point) -> tuple[float, float]:
    """Return from where to where down an image (0..1) what draws the eye at a point reaches."""
    w = saliency.shape[1]
    left, right = round((focus[0] - _ASIDE) * w), round((focus[0] + _ASIDE) * w)
    rows = saliency[:, max(0, left) : max(1, right)].sum(axis=1)
    above = np.cumsum(rows) / max(float(rows.sum()), 1e-12)
    top, foot = np.searchsorted(above, (0.04, 0.94))
    return float(top / len(rows)), float((foot + 1) / len(rows))


_ASIDE = 0.2
"""How far to either side of its middle a thing is looked for (0..1 of the image)."""


def salient_point(saliency: Floats) -> Point:
    """Return the point of an image (0..1) that draws the eye, by its saliency map."""
    h, w = saliency.shape
    ys, xs = np.mgrid[0:h, 0:w]
    drawn = saliency * _nearness(w, h) ** 0.5
    # Not the middle of several things, but the middle of the one that stands out most.
    top, left = np.unravel_index(int(drawn.argmax()), drawn.shape)
    weight = drawn * (np.hypot(xs - left, ys - top) < _THING)
    total = float(weight.sum())
    return float((weight * xs).sum() / total / w), float((weight * ys).sum() / total / h)


def _nearness(w: int, h: int) -> Floats:
    """Return how near each part of an image is to its middle, at most 1."""
    ys, xs = np.mgrid[0:h, 0:w].astype(np.float32)
    across, down = (xs / w - 0.5) / 0.45, (ys / h - 0.5) / 0.45
    return np.asarray(np.exp(-(across**2) - down**2), dtype=np.float32)
