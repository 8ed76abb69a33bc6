"""Tones: how dark the shadows of a photo are, and how bright its lights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from thumbnb.render.colour.mixing import Floats

_SIDE = 160
"""Tones are counted in so many pixels of each side."""

_MOST_BLACK, _LEAST_WHITE = 0.2, 0.62
"""As far as tones are spread at the most: fog stays grey, and a night does not become a day."""

_FLAT, _VARIED = 0.05, 0.3
"""A range of tones this small is a plain colour, which stays; from the second on it is a photo."""


def tonal_range(image: Image.Image) -> tuple[float, float]:
    """Return which tones of a photo (0..1) are to become black and white."""
    small = _sample(image).convert("L")
    low, high = np.percentile(np.asarray(small, dtype=np.float32) / 255, (1, 99))
    share = float(np.clip((high - low - _FLAT) / (_VARIED - _FLAT), 0, 1))
    black = min(0.9 * float(low), _MOST_BLACK) * share
    white = 1 - (1 - max(float(high), _LEAST_WHITE)) * share
    return round(black, 3), round(white, 3)


def _sample(image: Image.Image) -> Image.Image:
    size = min(image.width, _SIDE), min(image.height, _SIDE)
    return image.resize(size, Image.Resampling.NEAREST)


def spread_tones(image: Image.Image, tones: tuple[float, float]) -> Image.Image:
    """Make two tones of an image black and white, and all between them accordingly."""
    if tones == (0.0, 1.0):
        return image
    black, white = tones
    levels: Floats = (np.arange(256, dtype=np.float32) / 255 - black) / max(white - black, 0.1)
    table = np.clip(levels * 255 + 0.5, 0, 255).astype(np.uint8).tolist()
    bands = [
        band.point(table) if name != "A" else band
        for name, band in zip(image.getbands(), image.split(), strict=True)
    ]
    return Image.merge(image.mode, bands)


_CALM, _GLARING = 0.16, 0.5
"""The colours of a photo whose livelier quarter is that strong are calm, or fill it already."""

_WARM = 0.3
"""Where red is that much stronger than blue all over, more colour makes a photo burn."""


def vividness(image: Image.Image) -> float:
    """Return how much colour a photo has of its own: 0 if more does it good, 1 if it is full."""
    pixels = np.asarray(_sample(image).convert("RGB"), dtype=np.float32) / 255
    red, green, blue = (pixels[..., i] for i in range(3))
    most = np.maximum(np.maximum(red, green), blue)
    least = np.minimum(np.minimum(red, green), blue)
    chroma = float(np.percentile(most - least, 75))
    warm = float((red - blue).mean())
    strongest = max((chroma - _CALM) / (_GLARING - _CALM), warm / _WARM)
    return round(float(np.clip(strongest, 0, 1)), 3)
