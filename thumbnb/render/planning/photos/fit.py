"""A photo fitted into a frame: its main subject whole, large, and clear of the words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.colour.mixing import Floats
    from thumbnb.render.scene import Box
    from thumbnb.render.vision.faces import ImageView

_Edges = tuple["Floats", "Floats", "Floats", "Floats"]
_Place = tuple["Floats", "Floats", "Floats"]
"""The left, upper, right and lower edges of boxes; the corners of images and their scales."""

_NEARER = (1.0, 1.06, 1.14, 1.24, 1.38, 1.55, 1.75, 2.0, 2.3, 2.7, 3.2)
"""How much nearer than filling the frame a photo is tried."""

_FARTHER = (0.96, 0.9, 0.84, 0.78, 0.72, 0.66, 0.6, 0.54, 0.48)
"""The same where it may leave a part of the frame to its blurred self."""

_LEAST_HIGH = 0.82
"""How high it is then at least, as a share of the frame."""

_FADED = 100.0
"""How much of its rim is seen too little there (units)."""

_SHARP, _SOFT = 2.1, 3.4
"""Units of the sheet a pixel may fill: up to the first all is crisp, more than the second blurs."""

_TALL, _BROAD = 0.62, 0.5
"""A subject that fills so much of a frame's height or width is large enough."""

_HIDDEN = 1.0
"""What it costs that all of a subject lies under words."""

_NEAR = 0.12
"""What coming nearer costs: what is around a subject says where it is."""

_STEPS, _FEWER_STEPS = 9, 7
"""Places tried across and down."""

_RIM = 70.0
"""So far (units) from the sides of a frame nothing that matters is to lie."""

_SHIFTS = (-0.2, -0.1, 0.0, 0.1, 0.2)
"""How far aside a photo is tried where it may leave a part of the frame, in frame widths."""

_SEEN, _CUT, _LARGE, _COVERED, _CALM, _BLURRED = 2.2, 1.2, 0.75, 1.2, 0.35, 0.5
"""The weights, by judgement: what is seen, cut off, large, filled, in the middle, enlarged."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Where a photo lies: what it fills of the frame, which part of it is seen, how good it is."""

    area: Box
    focus: tuple[float, float]
    zoom: float
    worth: float
    seen: float
    """The share of what matters in the photo that is seen, 0..1."""

    def layer(self) -> dict[str, Any]:
        """Return the place as fields of an ``ImageLayer`` without its area."""
        return {"focus": self.focus, "zoom": self.zoom, "aim": (0.5, 0.5)}


def fit_photo(
    view: ImageView, frame: Box, reserved: Sequence[Box] = (), *, filling: bool = True
) -> Fit:
    """Fit a photo into a frame (units) so that the ``reserved`` boxes hide least of its subject.

    ``filling``: it fills all of the frame, whatever that cuts off.
    """
    return _best_fit(view, frame, tuple(reserved), filling)


@lru_cache(maxsize=256)
def _best_fit(view: ImageView, frame: Box, reserved: tuple[Box, ...], filling: bool) -> Fit:
    """Do as ``fit_photo``; remembered, as choosing a layout asks for the same again and again."""
    fx, fy, fw, fh = frame
    w, h = view.size
    least = max(fw / w, fh / h)
    scales = [least * nearer for nearer in _NEARER]
    scales = scales[:1] + [scale for scale in scales[1:] if scale <= _SOFT]
    if not filling:
        # About as high as the frame, however narrow: its blurred self goes on beside it.
        scales += [least * far for far in _FARTHER if least * far * h >= _LEAST_HIGH * fh]
    # Moved on over its edge, a photo leaves a side to its blurred self.
    shifts = (0.0,) if filling else _SHIFTS
    steps = _STEPS if filling else _FEWER_STEPS
    s, across, down, shift = (
        part.ravel()
        for part in np.meshgrid(
            scales, np.linspace(0, 1, steps), np.linspace(0, 1, steps), shifts, indexing="ij"
        )
    )
    # The corner of the image on the sheet: it covers the frame, or lies within it.
    x = fx + (fw - s * w) * across + shift * fw
    y = fy + (fh - s * h) * down
    left, top = np.maximum(x, fx), np.maximum(y, fy)
    right, foot = np.minimum(x + s * w, fx + fw), np.minimum(y + s * h, fy + fh)
    mass = _Mass(view)
    # What lies at the rim of the frame is as good as cut off.
    rim = _RIM if fw > _RIM * 10 else 0.0
    # Where a photo ends above or below, it fades away.
    clear_top = top + _FADED * (top > fy + 1)
    clear_foot = foot - _FADED * (foot < fy + fh - 1)
    inner = (np.maximum(left, fx + rim), clear_top, np.minimum(right, fx + fw - rim), clear_foot)
    seen = mass.within(inner, (x, y, s))
    for rx, ry, rw, rh in reserved:
        hidden = (np.maximum(inner[0], rx), np.maximum(inner[1], ry))
        ends = (np.minimum(inner[2], rx + rw), np.minimum(inner[3], ry + rh))
        some = (hidden[0] < ends[0]) & (hidden[1] < ends[1])
        seen -= np.where(some, mass.within((*hidden, *ends), (x, y, s)), 0.0)
    covered = (right - left) * (foot - top) / (fw * fh)
    worth = _SEEN * seen + _COVERED * covered**2
    worth -= _NEAR * np.clip(s / least - 1, 0, None)
    worth -= _BLURRED * np.clip(s / _SHARP - 1, 0, None) * (s > least)
    if view.subject:
        rows = clear_top, clear_foot
        worth += _subject_worth((view.subject, view.size), (x, y, s), frame, reserved, rows)
    # An image that floats in the frame has two edges that fade.
    gap = np.minimum(left - fx, fx + fw - right) + np.minimum(top - fy, fy + fh - foot)
    worth -= 0.6 * (gap > 1)
    best = int(worth.argmax())
    area = tuple(float(v[best]) for v in (left, top, right - left, foot - top))
    middle = (
        float(((left[best] + right[best]) / 2 - x[best]) / (s[best] * w)),
        float(((top[best] + foot[best]) / 2 - y[best]) / (s[best] * h)),
    )
    zoom = float(s[best]) / max(area[2] / w, area[3] / h)
    return Fit(
        (round(area[0], 1), round(area[1], 1), round(area[2], 1), round(area[3], 1)),
        (round(middle[0], 4), round(middle[1], 4)),
        round(max(zoom, 1.0), 4),
        round(float(worth[best]), 4),
        round(float(seen[best]), 4),
    )


def _subject_worth(
    subject: tuple[Box, tuple[int, int]],
    place: _Place,
    frame: Box,
    reserved: Sequence[Box],
    rows: tuple[Floats, Floats],
) -> Floats:
    """Return what it is worth that a subject is whole, large, and in the middle of free room.

    A ``subject`` is its box (0..1) and the size of its image; it is seen between these ``rows``.
    """
    box, size = subject
    x, y, s = place
    fx, _, fw, fh = frame
    left, top = x + s * size[0] * box[0], y + s * size[1] * box[1]
    wide, high = s * size[0] * box[2], s * size[1] * box[3]
    inside_x = np.minimum(left + wide, fx + fw) - np.maximum(left, fx)
    inside_y = np.minimum(top + high, rows[1]) - np.maximum(top, rows[0])
    whole = np.clip(inside_x / wide, 0, 1) * np.clip(inside_y / high, 0, 1)
    large = np.clip(np.maximum(high / (_TALL * fh), wide / (_BROAD * fw)), 0, 1)
    hidden = np.zeros_like(whole)
    for rx, ry, rw, rh in reserved:
        over_x = np.minimum(left + wide, rx + rw) - np.maximum(left, rx)
        over_y = np.minimum(top + high, ry + rh) - np.maximum(top, ry)
        hidden += np.clip(over_x / wide, 0, 1) * np.clip(over_y / high, 0, 1)
    free_x, free_y = _free_middle(frame, reserved)
    off = np.hypot((left + wide / 2 - free_x) / fw, (top + high / 2 - free_y) / fh)
    return np.asarray(
        _CUT * (whole - 1) - _HIDDEN * np.minimum(hidden, 1) + _LARGE * large - _CALM * off
    )


def _free_middle(frame: Box, reserved: Sequence[Box]) -> tuple[float, float]:
    """Return the middle of what the reserved boxes leave of a frame."""
    fx, fy, fw, fh = frame
    xs, ys = np.meshgrid(fx + (np.arange(16) + 0.5) * fw / 16, fy + (np.arange(9) + 0.5) * fh / 9)
    free = np.ones(xs.shape, bool)
    for x, y, w, h in reserved:
        free &= ~((xs >= x) & (xs < x + w) & (ys >= y) & (ys < y + h))
    if not free.any():
        return fx + fw / 2, fy + fh / 2
    return float(xs[free].mean()), float(ys[free].mean())


class _Mass:
    """How much of what matters in an image lies within boxes of the sheet."""

    def __init__(self, view: ImageView) -> None:
        self._size = view.size
        weights = view.weights
        self._rows, self._columns = weights.shape
        self._sums = np.pad(weights.astype(np.float64).cumsum(0).cumsum(1), ((1, 0), (1, 0)))

    def within(self, edges: _Edges, place: _Place) -> Floats:
        """Return the sums of boxes of the sheet, for images at these corners and scales."""
        (left, top, right, foot), (x, y, s) = edges, place
        across, down = self._columns / (s * self._size[0]), self._rows / (s * self._size[1])
        a, b = (
            np.clip(np.rint((edge - x) * across).astype(int), 0, self._columns)
            for edge in (left, right)
        )
        c, d = (
            np.clip(np.rint((edge - y) * down).astype(int), 0, self._rows) for edge in (top, foot)
        )
        sums = self._sums
        return np.asarray(sums[d, b] - sums[c, b] - sums[d, a] + sums[c, a])
