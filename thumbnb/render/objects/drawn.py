"""Drawn objects as they are used in an image: at a height, from memory or from the disk."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import platformdirs

from thumbnb.render.objects.extent import measure
from thumbnb.render.objects.painting import draw

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PIL import Image

    from thumbnb.render.objects.extent import Box

_STEP = 64
"""Objects are drawn at multiples of so many pixels and scaled down: few sizes are kept."""

_DRAWN = 0.85
"""How large an object is drawn of what is shown: its filters cost by the pixel, and are soft."""

_LARGEST = 2048

CACHE = platformdirs.user_cache_path("thumbnb") / "objects"
"""The folder of what was drawn once: of this user, for all processes."""


def draw_to_height(
    name: str, height: float, colours: Mapping[str, str], mood: str = ""
) -> Image.Image:
    """Draw an object to be shown ``height`` pixels high, as RGBA, about as large as that."""
    _, top, _, bottom = object_box(name)
    side = math.ceil(_DRAWN * height / max(bottom - top, 1e-3) / _STEP) * _STEP
    return _drawn(name, min(_LARGEST, max(_STEP, side)), tuple(sorted(colours.items())), mood)


def draw_at_size(name: str, size: int) -> Image.Image:
    """Draw an object in its own colours, ``size`` pixels wide and high, as RGBA."""
    return _drawn(name, size, ())


@lru_cache(maxsize=512)
def object_box(name: str) -> Box:
    """Return where an object is in its image, in shares: left, top, right, bottom."""
    place = measure(_drawn(name, 2 * _STEP, ()))
    return place.box if place else (0.0, 0.0, 1.0, 1.0)


def object_aspect(name: str) -> float:
    """Return an object's width by its height."""
    left, top, right, bottom = object_box(name)
    return (right - left) / max(bottom - top, 1e-3)


@lru_cache(maxsize=512)
def object_edges(name: str, down: float) -> tuple[float, float]:
    """Return from where to where an object reaches so far down it, in shares of its width.

    ``down`` is a share of its height, from its top.
    """
    left, top, right, bottom = object_box(name)
    alpha = _drawn(name, 2 * _STEP, ()).getchannel("A")
    wide, high = alpha.size
    row = min(high - 1, max(0, round((top + (bottom - top) * down) * high)))
    found = alpha.crop((0, max(0, row - 2), wide, min(high, row + 3))).getbbox()
    if found is None:
        return 0.0, 1.0
    span = max((right - left) * wide, 1.0)
    return (found[0] - left * wide) / span, (found[2] - left * wide) / span


def _drawn(
    name: str, size: int, colours: tuple[tuple[str, str], ...], mood: str = ""
) -> Image.Image:
    drawn = _drawn_small if size <= _SMALL else _drawn_large
    return drawn(name, size, colours, mood)


_SMALL = 512
"""Of larger drawings few are kept: each takes up to 16 MiB, and lies on the disk anyway."""


@lru_cache(maxsize=48)
def _drawn_small(
    name: str, size: int, colours: tuple[tuple[str, str], ...], mood: str
) -> Image.Image:
    return draw(name, size, dict(colours), mood=mood, cache=CACHE)


@lru_cache(maxsize=2)
def _drawn_large(
    name: str, size: int, colours: tuple[tuple[str, str], ...], mood: str
) -> Image.Image:
    return draw(name, size, dict(colours), mood=mood, cache=CACHE)


@lru_cache(maxsize=256)
def object_shape(name: str) -> Image.Image:
    """Return the shape of an object, cut to its box, as a small mask (L)."""
    alpha = _drawn(name, 2 * _STEP, ()).getchannel("A")
    wide, high = alpha.size
    left, top, right, bottom = object_box(name)
    box = (round(left * wide), round(top * high), round(right * wide), round(bottom * high))
    return alpha.crop(box).reduce(2)
