"""An image in floats, to be painted on through stencils; what is stacked does not band."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from thumbnb.render.colour.mixing import Floats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.raster.stencil import Stencil

Colour = str | Floats
"""``#rrggbb``, or floats in 0..1."""

UNITS = (1280.0, 720.0)
"""Everything is laid out on a sheet this large, whatever the size in pixels."""


def floats(colour: Colour) -> Floats:
    """Read a colour as three floats in 0..1."""
    if isinstance(colour, str):
        return np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)], dtype=np.float32)
    return np.asarray(colour, dtype=np.float32)


def ease(t: Floats) -> Floats:
    """Smooth the way from 0 to 1."""
    t = np.clip(t, 0, 1)
    return np.asarray(t * t * (3 - 2 * t), dtype=np.float32)


def luma(pixels: Floats) -> Floats:
    """How bright each pixel looks, about: float32 without the colour axis."""
    return np.asarray(pixels @ np.array([0.299, 0.587, 0.114], dtype=np.float32))


class Canvas:
    """float32 (height, width, 3) in 0..1, painted on in place; ``scale`` is pixels a unit."""

    def __init__(self, size: tuple[int, int], colour: Colour = "#000000") -> None:
        self.size = self.width, self.height = size
        self.scale = self.height / UNITS[1]
        self.pixels: Floats = np.empty((self.height, self.width, 3), dtype=np.float32)
        self.pixels[:] = floats(colour)

    def put(self, image: Image.Image) -> None:
        """Replace everything with an image of the same size."""
        self.pixels = np.asarray(image.convert("RGB"), dtype=np.float32) / 255

    def image(self) -> Image.Image:
        """Give the image in 8 bits; half a level of noise hides the bands of gradients."""
        noise = np.random.default_rng(0).random((self.height, self.width, 1), dtype=np.float32)
        levels = np.clip(self.pixels, 0, 1) * 255 + noise
        return Image.fromarray(np.minimum(levels, 255).astype(np.uint8), "RGB")

    def grid(self, shrink: int = 1) -> tuple[Floats, Floats]:
        """Coordinates in units: x as a row, y as a column; of every ``shrink``-th pixel."""
        cols, rows = -(-self.width // shrink), -(-self.height // shrink)
        x = (np.arange(cols, dtype=np.float32) + 0.5) * (UNITS[0] / cols)
        y = (np.arange(rows, dtype=np.float32) + 0.5) * (UNITS[1] / rows)
        return x[None, :], y[:, None]

    def enlarged(self, field: Floats) -> Floats:
        """Bring a small smooth field (rows, cols) to the size of the canvas."""
        if field.shape == (self.height, self.width):
            return field
        image = Image.fromarray(np.ascontiguousarray(field, dtype=np.float32))
        return np.asarray(image.resize(self.size, Image.Resampling.BICUBIC))

    def _window(self, stencil: Stencil) -> tuple[slice, slice, Floats] | None:
        left, top, right, bottom = stencil.box
        x0, y0, x1, y1 = max(0, left), max(0, top), min(self.width, right), min(self.height, bottom)
        if x0 >= x1 or y0 >= y1:
            return None
        mask = stencil.mask.crop((x0 - left, y0 - top, x1 - left, y1 - top))
        alpha = np.asarray(mask, dtype=np.float32)[..., None] / 255
        return slice(y0, y1), slice(x0, x1), alpha

    def fill(self, stencil: Stencil, colour: Colour, opacity: float = 1.0) -> None:
        """Paint a colour through ``stencil``."""
        if window := self._window(stencil):
            ys, xs, alpha = window
            part = self.pixels[ys, xs]
            part += (floats(colour) - part) * (alpha * opacity)

    def fill_down(self, stencil: Stencil, colours: Sequence[str], top: int, bottom: int) -> None:
        """Paint through ``stencil`` with colours that change from row ``top`` to ``bottom``."""
        if window := self._window(stencil):
            ys, xs, alpha = window
            t = (np.arange(ys.start, ys.stop) - top) / max(1, bottom - top)
            stops = np.stack([floats(c) for c in colours])
            places = np.linspace(0, 1, len(colours))
            rows = np.stack([np.interp(t, places, stops[:, i]) for i in range(3)], axis=1)
            part = self.pixels[ys, xs]
            part += (rows[:, None, :].astype(np.float32) - part) * alpha

    def paste(self, image: Image.Image, stencil: Stencil, opacity: float = 1.0) -> None:
        """Paint an image of the stencil's own size through it."""
        if window := self._window(stencil):
            ys, xs, alpha = window
            dx, dy = xs.start - stencil.x, ys.start - stencil.y
            area = (dx, dy, dx + alpha.shape[1], dy + alpha.shape[0])
            source = np.asarray(image.convert("RGB").crop(area), dtype=np.float32) / 255
            part = self.pixels[ys, xs]
            part += (source - part) * (alpha * opacity)

    def shade(self, stencil: Stencil, strength: float) -> None:
        """Darken through ``stencil``."""
        if window := self._window(stencil):
            ys, xs, alpha = window
            self.pixels[ys, xs] *= 1 - alpha * strength

    def shine(self, stencil: Stencil, colour: Colour, strength: float = 1.0) -> None:
        """Lighten through ``stencil``, as a lamp of that colour would."""
        if window := self._window(stencil):
            ys, xs, alpha = window
            part = self.pixels[ys, xs]
            light = np.clip(alpha * strength, 0, 1) * floats(colour)
            part += light * (1 - np.clip(part, 0, 1))

    def mix(self, colour: Colour | Floats, amount: Floats | float) -> None:
        """Go ``amount`` (one number, or one a pixel) of the way to a colour or an image."""
        k = amount[..., None] if isinstance(amount, np.ndarray) else amount
        other = floats(colour) if isinstance(colour, str) else colour
        self.pixels += (other - self.pixels) * k

    def screen(self, light: Floats) -> None:
        """Add light (rows, cols, 3) without burning out."""
        self.pixels += light * (1 - np.clip(self.pixels, 0, 1))

    def part(self, box: tuple[int, int, int, int]) -> Floats:
        """Look at the pixels of a box (left, top, right, bottom), as far as it is on the canvas."""
        left, top, right, bottom = box
        return self.pixels[max(0, top) : bottom, max(0, left) : right]
