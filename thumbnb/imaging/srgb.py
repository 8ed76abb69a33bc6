"""The sRGB transfer curve, both ways, for numbers and arrays in 0..1."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

# The curve is a straight line below these values, and a power above them.
_KNEE, _LINEAR_KNEE = 0.04045, 0.0031308

_WEIGHTS = (0.2126, 0.7152, 0.0722)


def to_linear(values: npt.ArrayLike) -> npt.NDArray[np.floating[Any]]:
    """Turn sRGB values into linear light."""
    v = np.asarray(values)
    return np.where(v <= _KNEE, v / 12.92, ((v + 0.055) / 1.055) ** 2.4)


def from_linear(values: npt.ArrayLike) -> npt.NDArray[np.floating[Any]]:
    """Turn linear light into sRGB values."""
    v = np.asarray(values)
    # A power of a negative number is no number; the line below the knee is taken there.
    return np.where(v <= _LINEAR_KNEE, v * 12.92, 1.055 * np.maximum(v, 0) ** (1 / 2.4) - 0.055)


def relative_luminance(values: npt.ArrayLike) -> npt.NDArray[np.floating[Any]]:
    """Return the relative luminance of sRGB values, as WCAG has it; RGB is the last axis."""
    return np.asarray(to_linear(values) @ np.array(_WEIGHTS))
