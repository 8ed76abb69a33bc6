"""How sure an outline is: whether what it parts looks unlike on its two sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thumbnb.render.raster.opencv import load_opencv

if TYPE_CHECKING:
    import numpy.typing as npt

    from thumbnb.render.colour.mixing import Floats
    from thumbnb.render.vision.morphology import Mask

_NEAR = (9, 9)
_WEIGHTS = np.array([1.0, 1.6, 1.6], dtype=np.float32)
"""How much brightness and the two colours count."""


def outline_contrast(small: npt.NDArray[np.uint8], solid: Mask) -> Floats:
    """Return at each point of an outline how unlike its two sides are (CIELAB); none at the rim."""
    cv2 = load_opencv()
    lab = _lab(small)
    one = solid.astype(np.uint8)
    line = (cv2.dilate(one, np.ones((3, 3), np.uint8)) - one).astype(bool)
    line[[0, -1]] = line[:, [0, -1]] = False
    sides = []
    for part in (one.astype(np.float32), 1 - one.astype(np.float32)):
        weight = np.maximum(cv2.blur(part, _NEAR), 0.01)
        sides.append(np.stack([cv2.blur(lab[..., i] * part, _NEAR) / weight for i in range(3)], -1))
    return np.asarray(np.linalg.norm((sides[0] - sides[1]) * _WEIGHTS, axis=-1)[line])


def unlike_colours(small: npt.NDArray[np.uint8], solid: Mask) -> float:
    """Return the share of the colours right inside an outline that are not right outside it."""
    cv2 = load_opencv()
    lab = _lab(small)
    kernel, one = np.ones((3, 3), np.uint8), solid.astype(np.uint8)
    inner = one - cv2.erode(one, kernel, iterations=5)
    outer = cv2.dilate(one, kernel, iterations=6) - cv2.dilate(one, kernel, iterations=1)
    within, around = (_colours(lab[part.astype(bool)]) for part in (inner, outer))
    return 1 - float(np.minimum(within, around).sum())


def _lab(small: npt.NDArray[np.uint8]) -> Floats:
    cv2 = load_opencv()
    converted = cv2.cvtColor(np.ascontiguousarray(small), cv2.COLOR_RGB2LAB)
    return np.asarray(converted, dtype=np.float32)


def _colours(pixels: Floats) -> Floats:
    """Return how often each colour is in pixels (CIELAB of bytes); all together is 1."""
    found, _ = np.histogramdd(pixels, bins=(10, 12, 12), range=((0, 256), (96, 160), (96, 160)))
    return np.asarray(found.ravel() / max(float(found.sum()), 1.0))
