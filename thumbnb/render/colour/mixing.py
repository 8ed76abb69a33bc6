"""Colours: mixed the way the eye mixes them, and gathered into palettes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from thumbnb.imaging.power import raise_power
from thumbnb.imaging.srgb import from_linear, to_linear

Rgb = tuple[int, int, int]
Floats = npt.NDArray[np.floating[Any]]

# Björn Ottosson's OKLab: equal steps look equal, and blue to yellow does not pass through grey.
_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_FROM_LMS = np.linalg.inv(_TO_LMS)
_FROM_LAB = np.linalg.inv(_TO_LAB)


def rgb(colour: str) -> Rgb:
    """Read ``#rrggbb``."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def to_oklab(colours: npt.ArrayLike) -> Floats:
    """Turn sRGB in 0..255 (the last axis) into OKLab: float32 of float32, else float64."""
    c = np.asarray(colours)
    c = (c if c.dtype == np.float32 else c.astype(np.float64)) / 255
    lms = to_linear(c) @ _TO_LMS.T.astype(c.dtype)
    roots = raise_power(lms, 1 / 3) if lms.dtype == np.float32 else np.cbrt(lms)
    return np.asarray(roots @ _TO_LAB.T.astype(c.dtype))


def from_oklab(lab: Floats) -> Floats:
    """Turn OKLab (the last axis) into sRGB in 0..255."""
    lms = (lab @ _FROM_LAB.T.astype(lab.dtype)) ** 3
    linear = np.clip(lms @ _FROM_LMS.T.astype(lab.dtype), 0, 1)
    return np.asarray(from_linear(linear) * 255)


def as_rgb(values: npt.NDArray[np.floating]) -> Rgb:
    """Round three floats in 0..255."""
    red, green, blue = (round(float(v)) for v in values)
    return red, green, blue


def ramp(colours: list[Rgb], count: int, at: list[float] | None = None) -> Floats:
    """Run through ``colours`` in ``count`` steps, as float32 (count, 3) in 0..255.

    ``at`` places them, from 0 to 1 (evenly by default).
    """
    places = np.linspace(0, 1, len(colours)) if at is None else np.asarray(at)
    lab = to_oklab(colours)
    steps = np.linspace(0, 1, count)
    mixed = np.stack([np.interp(steps, places, lab[:, i]) for i in range(3)], axis=1)
    return from_oklab(mixed).astype(np.float32)


def mix(a: Rgb, b: Rgb, amount: float) -> Rgb:
    """Go ``amount`` (0..1) of the way from ``a`` to ``b``."""
    one, other = _known_oklab(a), _known_oklab(b)
    return as_rgb(from_oklab(one + (other - one) * amount))


@lru_cache(maxsize=1024)
def _known_oklab(colour: Rgb) -> Floats:
    """Return the OKLab values of a colour; an image mixes the same few thousands of times."""
    lab = to_oklab(colour)
    lab.flags.writeable = False
    return lab


def lch(lightness: float, chroma: float, hue: float) -> Rgb:
    """Make a colour from OKLCH: lightness 0..1, chroma 0..0.35, hue in degrees."""
    angle = np.deg2rad(hue)
    lab = np.array([lightness, chroma * np.cos(angle), chroma * np.sin(angle)])
    return as_rgb(from_oklab(lab))


def to_lch(colour: Rgb) -> tuple[float, float, float]:
    """Take a colour apart into OKLCH: lightness, chroma, hue in degrees."""
    lightness, a, b = (float(v) for v in to_oklab([colour])[0])
    return lightness, float(np.hypot(a, b)), float(np.rad2deg(np.arctan2(b, a)) % 360)


@dataclass(frozen=True, slots=True)
class Palette:
    """The light a scene is painted in.

    ``sky`` runs from the zenith to the horizon, ``light`` is the sun, moon or
    lamp, ``land`` the nearest silhouette, ``accent`` the one colour that stands out.
    """

    sky: tuple[Rgb, ...]
    light: Rgb
    land: Rgb
    accent: Rgb

    @classmethod
    def of(cls, sky: str, light: str, land: str, accent: str) -> Palette:
        """Build one from ``#rrggbb`` texts; ``sky`` holds several, separated by spaces."""
        return cls(tuple(rgb(c) for c in sky.split()), rgb(light), rgb(land), rgb(accent))

    @property
    def haze(self) -> Rgb:
        """The colour that distance tends to."""
        return self.sky[-1]
