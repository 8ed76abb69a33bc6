"""The main subject of a photo: its box, and how much of it is in each part of the image."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thumbnb.render.vision.morphology import connected_parts

if TYPE_CHECKING:
    from thumbnb.render.colour.mixing import Floats
    from thumbnb.render.scene import Box
    from thumbnb.render.vision.morphology import Mask

_DRAWS = (0.24, 0.32, 0.42)
"""What draws the eye this much of what draws it most belongs to a part of the subject."""

_AS_HEAVY, _AS_STRONG = 0.4, 0.55
"""A further part (the second eye of a cat) weighs and draws this much of the first at least."""

_MOST_PARTS, _MOST_AREA, _WIDEST = 3, 0.56, 2.4
"""More parts, a larger box or a flatter one are scenery, which has no main subject."""

_SCATTERED, _MOST_SCATTERED = 0.16, 7
"""So many parts of this weight are stars, coins or leaves all over."""

_RIM, _MARGIN = 0.01, 0.03
"""What lies so far out is none of it; so much more of the image is kept around it."""

_LEAST_SHARE, _LEAST_DENSE = 0.2, 1.35
"""A subject draws the eye so much of all at least, and so much more than other such areas."""

_SMALL = 0.62
"""How much a smaller box is preferred to one with more in it."""

_ON_SUBJECT = 0.7
"""How much of the map is the subject; the rest is whatever else draws the eye."""

_HEAD = (-0.45, -0.6, 1.9, 2.7)
"""Where head and shoulders are, from the corner of a face: x, y, width, height in face sizes."""


def subject_box(saliency: Floats, face: Box | None, size: tuple[int, int]) -> Box | None:
    """Return the box (x, y, width, height, 0..1 of the image) of the main subject.

    Head and shoulders where there is a ``face`` (pixels of an image of this ``size``); None where
    nothing stands out: of a landscape, or a texture.
    """
    if face:
        x, y, w, h = face
        left, top = x + _HEAD[0] * w, y + _HEAD[1] * h
        return _within(
            left / size[0], top / size[1],
            (left + _HEAD[2] * w) / size[0], (top + _HEAD[3] * h) / size[1],
        )  # fmt: skip
    found = [one for share in _DRAWS if (one := _salient_box(saliency, share, size))]
    return max(found, key=lambda one: one[1])[0] if found else None


def _salient_box(saliency: Floats, share: float, size: tuple[int, int]) -> tuple[Box, float] | None:
    """Return the box of what draws the eye this much, and how well it stands out."""
    parts = _strongest_parts(saliency, share)
    if parts is None:
        return None
    rows, columns = saliency.shape
    weight = saliency * parts
    left, right = _reach(weight.sum(axis=0))
    top, foot = _reach(weight.sum(axis=1))
    box = _within(
        left / columns - _MARGIN, top / rows - _MARGIN, right / columns + _MARGIN,
        foot / rows + _MARGIN,
    )  # fmt: skip
    area = box[2] * box[3]
    drawn = float(weight.sum()) / max(float(saliency.sum()), 1e-12)
    flat = box[2] * size[0] > _WIDEST * box[3] * size[1]
    if flat or area > _MOST_AREA or drawn < max(_LEAST_SHARE, _LEAST_DENSE * area):
        return None
    return box, drawn / area**_SMALL


def subject_weights(saliency: Floats, box: Box | None, *, face: bool) -> Floats:
    """Return how much it matters that each part of an image is seen; all together is 1."""
    if box is None:
        return saliency
    rows, columns = saliency.shape
    x, y, w, h = box
    inside = np.zeros_like(saliency)
    part = (
        slice(round(y * rows), max(round(y * rows) + 1, round((y + h) * rows))),
        slice(round(x * columns), max(round(x * columns) + 1, round((x + w) * columns))),
    )
    inside[part] = 1.0 if face else saliency[part] + saliency[part].mean()
    return np.asarray(
        _ON_SUBJECT * inside / max(float(inside.sum()), 1e-12) + (1 - _ON_SUBJECT) * saliency,
        dtype=np.float32,
    )


def _strongest_parts(saliency: Floats, share: float) -> Mask | None:
    """Return the cells of what stands out most; None where too many parts do."""
    most = float(np.percentile(saliency, 99.5))
    strong = saliency > share * most
    numbers = connected_parts(strong)
    weights = np.bincount(numbers.ravel(), weights=saliency.ravel())
    weights[0] = 0
    first = float(weights.max())
    if not first:
        return None
    heavy = [
        int(number)
        for number in np.flatnonzero(weights >= _AS_HEAVY * first)
        if float(saliency[numbers == number].max()) >= _AS_STRONG * most
    ]
    scattered = int((weights >= _SCATTERED * first).sum()) > _MOST_SCATTERED
    if not heavy or len(heavy) > _MOST_PARTS or scattered:
        return None
    return np.isin(numbers, heavy)


def _reach(weights: Floats) -> tuple[int, int]:
    total = np.cumsum(weights) / max(float(weights.sum()), 1e-12)
    first, last = np.searchsorted(total, (_RIM, 1 - _RIM))
    return int(first), int(last) + 1


def _within(left: float, top: float, right: float, foot: float) -> Box:
    left, top = max(left, 0.0), max(top, 0.0)
    return left, top, min(right, 1.0) - left, min(foot, 1.0) - top
