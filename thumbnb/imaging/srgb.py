"""The sRGB transfer curve, both ways, for numbers and arrays in 0..1."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from thumbnb.imaging.power import raise_power

# The curve is a straight line below these values, and a power above them.
_KNEE, _LINEAR_KNEE = 0.04045, 0.0031308

_WEIGHTS = (0.2126, 0.7152, 0.0722)


def to_linear(values: npt.ArrayLike) -> npt.NDArray[np.floating[Any]]:
    """Turn sRGB values into linear light."""
    v = np.asarray(values)
    return np.where(v <= _KNEE, v / 12.92, raise_power((v + 0.055) / 1.055, 2.4))


def from_linear(values: npt.ArrayLike) -> npt.NDArray[np.floating[Any]]:
    """Turn linear light into sRGB values."""
    v = np.asarray(values)
    # A power of a negative number is no number; the line below the knee is taken there.
    return np.where(
        v <= _LINEAR_KNEE, v * 12.92, 1.055 * raise_power(np.maximum(v, 0), 1 / 2.4) - 0.055
    )


def relative_luminance(values: npt.ArrayLike) -> npt.NDArray[np.floating[Any]]:
    """Return the relative luminance of sRGB values, as WCAG has it; RGB is the last axis."""
    return np.asarray(to_linear(values) @ np.array(_WEIGHTS))


_STEPS = 4096
_LINEAR = to_linear(np.linspace(0, 1, _STEPS)).astype(np.float32)


def pixel_luminance(pixels: npt.NDArray[np.floating[Any]]) -> npt.NDArray[np.float32]:
    """Return what ``relative_luminance`` does, of many pixels in 0..1: by a table, to 1/2000."""
    steps = (np.clip(pixels, 0, 1) * (_STEPS - 1) + 0.5).astype(np.uint16)
    out = np.zeros(pixels.shape[:-1], dtype=np.float32)
    for i, weight in enumerate(_WEIGHTS):
        out += _LINEAR[steps[..., i]] * np.float32(weight)
    return out
