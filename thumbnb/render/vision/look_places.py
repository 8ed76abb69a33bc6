"""Where in an image something looks as words say: a dark spot, bright lights, a red car."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from thumbnb.render.raster.canvas import floats
from thumbnb.render.raster.filters import box_mean
from thumbnb.render.raster.pixels import luma
from thumbnb.render.vision.morphology import connected_parts

if TYPE_CHECKING:
    from thumbnb.render.colour.mixing import Floats
    from thumbnb.render.scene import Box

_COLUMNS = 128
_SPOT, _WIDE = 3, 16
"""How finely an image is looked at, how wide a spot and what is around it are (columns)."""

_LEAST = {"dark": 0.05, "bright": 0.06}
_LEAST_COLOUR = 0.12
"""How much a spot differs from what is around it at least, or is of a colour (0..1)."""

_OF_MOST, _LARGEST = 0.5, 0.4
"""From so much of the most on a cell belongs to the spot; a larger share is no spot."""


def look_place(image: Image.Image, look: str) -> Box | None:
    """Return the box (0..1) of what is "dark", "bright", or of a colour (``#rrggbb``).

    None where nothing is so apart from the rest that it would be found.
    """
    high = max(8, round(_COLUMNS * image.height / image.width))
    small = image.convert("RGB").resize((_COLUMNS, high), Image.Resampling.BOX)
    pixels = np.asarray(small, dtype=np.float32) / 255
    found = _colour(pixels, look) if look.startswith("#") else _light(pixels, look)
    least = _LEAST.get(look, _LEAST_COLOUR)
    found = found * _nearness(found.shape)
    most = float(found.max())
    if most < least:
        return None
    parts = connected_parts(found > _OF_MOST * most)
    part = parts == parts.ravel()[int(found.argmax())]
    if float(part.mean()) > _LARGEST:
        return None
    rows, columns = np.nonzero(part)
    left, top = float(columns.min()) / _COLUMNS, float(rows.min()) / high
    return (
        left, top,
        float(columns.max() + 1) / _COLUMNS - left, float(rows.max() + 1) / high - top,
    )  # fmt: skip


def _light(pixels: Floats, look: str) -> Floats:
    """Return how much darker or brighter each part is than what is around it."""
    light = luma(pixels)
    # Nothing is darker than the black around a picture, which is no spot in it.
    seen = box_mean((light > _BLACK).astype(np.float32), _WIDE)
    around = box_mean(np.where(light > _BLACK, light, 0).astype(np.float32), _WIDE)
    around = around / np.maximum(seen, 1e-3)
    spot = box_mean(light, _SPOT)
    if look == "bright":
        return np.clip(spot - around, 0, None)
    return np.asarray(np.clip(around - spot, 0, None) * (seen > _FRAMED))


_BLACK, _FRAMED = 0.04, 0.9


def _colour(pixels: Floats, colour: str) -> Floats:
    """Return how much of a colour each part has: its hue, by how vivid it is."""
    wanted = floats(colour)
    wanted = wanted - wanted.mean()
    own = pixels - pixels.mean(axis=-1, keepdims=True)
    size = np.linalg.norm(own, axis=-1)
    like = (own @ wanted) / np.maximum(size * np.linalg.norm(wanted), 1e-4)
    vivid = np.clip((like - _LIKE) / (1 - _LIKE), 0, 1) * size
    return box_mean(np.asarray(vivid, dtype=np.float32), _SPOT)


_LIKE = 0.8


def _nearness(shape: tuple[int, ...]) -> Floats:
    """Return how near each part is to the middle: what lies at the rim is meant less often."""
    ys, xs = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    across, down = (xs + 0.5) / shape[1] - 0.5, (ys + 0.5) / shape[0] - 0.5
    return np.asarray(np.exp(-2.2 * (across**2 + down**2)), dtype=np.float32)
