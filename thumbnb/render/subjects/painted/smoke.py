"""Smoke: round puffs that merge, lit by a fire."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PIL import Image

from thumbnb.render.colour.mixing import mix

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thumbnb.render.colour.mixing import Floats, Palette
    from thumbnb.render.raster.brushes import Point

_SCALE = 3
"""It is painted so many times smaller: smoke is soft, nothing is lost."""


class Puff(NamedTuple):
    """Where it is and how large, in pixels, and how dense (0..1)."""

    x: float
    y: float
    radius: float
    density: float


class Smoke:
    """Paints puffs in the colours of ``palette``; ``unit`` is the image's scale in pixels."""

    def __init__(self, palette: Palette, unit: float) -> None:
        self._unit = unit
        white = (255, 255, 255)
        cool, pale, fire = (
            mix(palette.sky[1], palette.haze, 0.35),
            mix(palette.haze, white, 0.45),
            mix(palette.light, (255, 200, 140), 0.3),
        )
        self._cool, self._pale, self._fire = np.asarray((cool, pale, fire), dtype=np.float32)

    def onto(self, frame: Image.Image, puffs: Iterable[Puff], fire: Point, heat: float) -> None:
        """Paint ``puffs`` on ``frame``, lit from ``fire``, whose ``heat`` is 0..1."""
        density = np.zeros((frame.height // _SCALE, frame.width // _SCALE), dtype=np.float32)
        shade = np.full_like(density, 0.5)
        for puff in puffs:
            _add(density, shade, puff)
        box = Image.fromarray(density).getbbox()
        if box is None:
            return
        left, top, right, bottom = box
        part = density[top:bottom, left:right]
        ys = (np.arange(top, bottom, dtype=np.float32)[:, None] * _SCALE - fire[1]) / self._unit
        xs = (np.arange(left, right, dtype=np.float32)[None, :] * _SCALE - fire[0]) / self._unit
        warm = np.clip(1.25 * heat * np.exp(-5.5 * np.hypot(xs, ys)), 0, 0.95)
        lit = shade[top:bottom, left:right, None]
        colour = self._cool + (self._pale - self._cool) * lit
        colour += (self._fire - colour) * warm[..., None]
        cover = np.clip(part * 1.6 - 0.28, 0, 1) * 255
        size = ((right - left) * _SCALE, (bottom - top) * _SCALE)
        picture, mask = (
            Image.fromarray(pixels.astype(np.uint8)).resize(size, Image.Resampling.BILINEAR)
            for pixels in (colour, cover)
        )
        frame.paste(picture, (left * _SCALE, top * _SCALE), mask)


def _add(density: Floats, shade: Floats, puff: Puff) -> None:
    """Put a puff before the others: it adds to their density, and hides their shade."""
    x, y, radius = puff.x / _SCALE, puff.y / _SCALE, puff.radius / _SCALE
    rows, cols = density.shape
    left, right = max(0, int(x - radius)), min(cols, int(x + radius) + 2)
    top, bottom = max(0, int(y - radius)), min(rows, int(y + radius) + 2)
    if left >= right or top >= bottom:
        return
    dx = (np.arange(left, right, dtype=np.float32) - x) / radius
    dy = (np.arange(top, bottom, dtype=np.float32) - y) / radius
    ball = np.clip(1 - dx[None, :] ** 2 - dy[:, None] ** 2, 0, 1) * puff.density
    part = density[top:bottom, left:right]
    part += ball * (1 - part)
    light = np.clip(0.62 - 0.55 * dy[:, None] - 0.15 * dx[None, :], 0, 1)
    behind = shade[top:bottom, left:right]
    behind += (light - behind) * np.minimum(1, 1.6 * ball)
