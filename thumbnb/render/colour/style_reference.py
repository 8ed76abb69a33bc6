"""What a reference image lends: its palette, and the mean and spread of its colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from thumbnb.render.colour.mixing import Floats, from_oklab, to_oklab
from thumbnb.render.colour.palette import to_hex

if TYPE_CHECKING:
    from collections.abc import Callable

    from thumbnb.render.scene import Match

_SMALL = (160, 90)
_MIN_GAIN, _MAX_GAIN = 0.6, 1.7
"""How much the spread of colours may change: more wrecks skin."""


def palette_of(image: Image.Image, count: int = 6) -> list[str]:
    """Give the colours of an image as ``#rrggbb``, the most used first."""
    small = image.convert("RGB").resize(_SMALL).quantize(count, method=Image.Quantize.MEDIANCUT)
    table = small.getpalette() or []
    used = small.getcolors() or []
    by_use = sorted(((n, i) for n, i in used if isinstance(i, int)), reverse=True)
    return [to_hex((table[3 * i], table[3 * i + 1], table[3 * i + 2])) for _, i in by_use]


def lab(pixels: Floats) -> Floats:
    """OKLab values of pixels in 0..1."""
    return to_oklab(np.asarray(pixels, dtype=np.float32) * 255)


def statistics(image: Image.Image) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    """Mean and standard deviation of an image's OKLab values."""
    small = np.asarray(image.convert("RGB").resize(_SMALL), dtype=np.float32) / 255
    values = lab(small).reshape(-1, 3)
    mean, spread = values.mean(axis=0), values.std(axis=0)
    a, b, c = (round(float(v), 4) for v in mean)
    d, e, f = (round(float(v), 4) for v in spread)
    return (a, b, c), (d, e, f)


def colour_match(sample: Floats, layer: Match) -> Callable[[Floats], Floats]:
    """Give what brings pixels (0..1) part of the way to the mean and spread of a reference.

    ``sample`` are some of the pixels, which tell what mean and spread there is (Reinhard).
    """
    values = lab(np.clip(sample, 0, 1)).reshape(-1, 3)
    mean = values.mean(axis=0)
    shares = np.array([layer.light, layer.chroma, layer.chroma])
    gains = np.clip(np.array(layer.spread) / (values.std(axis=0) + 1e-4), _MIN_GAIN, _MAX_GAIN)
    # ``values + ((values - mean) * gain + wanted - values) * share``, put together.
    factors = (1 + (gains - 1) * shares).astype(np.float32)
    summands = ((np.array(layer.mean) - mean * gains) * shares).astype(np.float32)

    def matched(pixels: Floats) -> Floats:
        toned = lab(np.clip(pixels, 0, 1)) * factors + summands
        return np.clip(from_oklab(toned) / 255, 0, 1)

    return matched
