"""An image in floats, to be painted on through stencils; what is stacked does not band."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from thumbnb.render.colour.mixing import Floats
from thumbnb.render.raster.filters import enlarge
from thumbnb.render.raster.pixels import new_pixels, row_bands, to_pixels, to_rgb, to_rgb_levels

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from thumbnb.render.raster.pixels import Levels
    from thumbnb.render.raster.stencil import Stencil

Colour = str | Floats
"""``#rrggbb``, or floats in 0..1."""

UNITS = (1280.0, 720.0)
"""Everything is laid out on a sheet this large, whatever the size in pixels."""


_LARGE = 2_000_000
"""Pixels."""


def floats(colour: Colour) -> Floats:
    """Read a colour as three floats in 0..1."""
    if isinstance(colour, str):
        return np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)], dtype=np.float32)
    return np.asarray(colour, dtype=np.float32)


def ease(t: Floats) -> Floats:
    """Smooth the way from 0 to 1."""
    t = np.clip(t, 0, 1)
    return np.asarray(t * t * (3 - 2 * t), dtype=np.float32)


class Canvas:
    """float32 (height, width, 3) in 0..1, painted on in place; ``scale`` is pixels a unit."""

    def __init__(self, size: tuple[int, int], colour: Colour = "#000000") -> None:
        self.size = self.width, self.height = size
        self.scale = self.height / UNITS[1]
        self._colour = colour
        self._pixels: Floats | None = None

    @property
    def is_large(self) -> bool:
        """Whether it pays to have free memory in one piece."""
        return self.width * self.height > _LARGE

    @property
    def pixels(self) -> Floats:
        """The pixels: made when first painted on, as a large image is better made without them."""
        if self._pixels is None:
            self._pixels = new_pixels(self.height, self.width)
            self._pixels[:] = floats(self._colour)
        return self._pixels

    @pixels.setter
    def pixels(self, pixels: Floats) -> None:
        self._pixels = pixels

    def put(self, image: Image.Image | Levels) -> None:
        """Replace everything with an image, or its levels, of the same size."""
        self._pixels = to_pixels(image, self._pixels)

    def image(self) -> Image.Image:
        """Give the image in 8 bits; half a level of noise hides the bands of gradients."""
        return to_rgb(self.pixels, dithered=True)

    def levels(self) -> Levels:
        """Give the levels of ``image``, (height, width, 3)."""
        return to_rgb_levels(self.pixels, dithered=True)

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
        return enlarge(field, self.size)

    def bands(self) -> Iterator[tuple[slice, Floats]]:
        """Yield the rows of each band, and its pixels to be changed in place."""
        for rows in row_bands(self.height, self.width):
            yield rows, self.pixels[rows]

    def through(self, stencil: Stencil) -> Iterator[tuple[slice, slice, Floats, Floats]]:
        """Yield rows and columns, pixels and opacity (rows, cols, 1), wherever there is any."""
        left, top, right, bottom = stencil.box
        x0, y0, x1, y1 = max(0, left), max(0, top), min(self.width, right), min(self.height, bottom)
        if x0 >= x1 or y0 >= y1:
            return
        mask = np.asarray(stencil.mask)[y0 - top : y1 - top, x0 - left : x1 - left]
        across = slice(x0, x1)
        for band in row_bands(y1 - y0, x1 - x0):
            levels = mask[band]
            if levels.any():
                rows = slice(y0 + band.start, y0 + band.stop)
                alpha = np.divide(levels, 255, dtype=np.float32)[..., None]
                yield rows, across, self.pixels[rows, across], alpha

    def fill(self, stencil: Stencil, colour: Colour, opacity: float = 1.0) -> None:
        """Paint a colour through ``stencil``."""
        paint = floats(colour)
        for _, _, part, alpha in self.through(stencil):
            mix_in(part, paint, alpha * opacity)

    def fill_twice(self, stencil: Stencil, colour: Colour, opacity: float) -> None:
        """Do as ``fill`` does twice, in one go."""
        paint = floats(colour)
        for _, _, part, alpha in self.through(stencil):
            once = alpha * opacity
            mix_in(part, paint, once * (2 - once))

    def fill_down(self, stencil: Stencil, colours: Sequence[str], top: int, bottom: int) -> None:
        """Paint through ``stencil`` with colours that change from row ``top`` to ``bottom``."""
        stops = np.stack([floats(c) for c in colours])
        places = np.linspace(0, 1, len(colours))
        for rows, _, part, alpha in self.through(stencil):
            t = (np.arange(rows.start, rows.stop) - top) / max(1, bottom - top)
            paint = np.stack([np.interp(t, places, stops[:, i]) for i in range(3)], axis=1)
            mix_in(part, paint[:, None, :].astype(np.float32), alpha)

    def paste(self, image: Image.Image | Floats, stencil: Stencil, opacity: float = 1.0) -> None:
        """Paint an image, or pixels in 0..1, of the stencil's own size through it."""
        source = to_pixels(image) if isinstance(image, Image.Image) else image
        for rows, columns, part, alpha in self.through(stencil):
            dx, dy = columns.start - stencil.x, rows.start - stencil.y
            shown = source[dy : dy + part.shape[0], dx : dx + part.shape[1]]
            mix_in(part, shown, alpha * opacity)

    def shade(self, stencil: Stencil, strength: float) -> None:
        """Darken through ``stencil``."""
        for _, _, part, alpha in self.through(stencil):
            np.multiply(part, 1 - alpha * strength, out=part)

    def shine(self, stencil: Stencil, colour: Colour, strength: float = 1.0) -> None:
        """Lighten through ``stencil``, as a lamp of that colour would."""
        lamp = floats(colour)
        for _, _, part, alpha in self.through(stencil):
            _screen(part, np.clip(alpha * strength, 0, 1), lamp)

    def mix(self, colour: Colour | Floats, amount: Floats | float) -> None:
        """Go ``amount`` (one number, or one a pixel) of the way to a colour or an image."""
        other = floats(colour) if isinstance(colour, str) else colour
        for rows, part in self.bands():
            k = amount[rows, :, None] if isinstance(amount, np.ndarray) else amount
            mix_in(part, other[rows] if other.ndim == part.ndim else other, k)

    def screen(self, light: Floats, colour: Colour) -> None:
        """Add light of a colour, as much as ``light`` (rows, cols) says, without burning out."""
        lamp = floats(colour)
        for rows, part in self.bands():
            if (strength := light[rows, :, None]).any():
                _screen(part, strength, lamp)

    def dim(self, amount: Floats) -> None:
        """Darken by ``amount`` (rows, cols)."""
        for rows, part in self.bands():
            np.multiply(part, (1 - amount[rows])[..., None], out=part)

    def part(self, box: tuple[int, int, int, int]) -> Floats:
        """Look at the pixels of a box (left, top, right, bottom), as far as it is on the canvas."""
        left, top, right, bottom = box
        return self.pixels[max(0, top) : bottom, max(0, left) : right]


def mix_in(part: Floats, other: Floats, amount: Floats | float) -> None:
    """Go ``amount`` of the way from pixels to others, in place."""
    way = np.subtract(other, part)
    way *= amount
    part += way


def _screen(part: Floats, strength: Floats, colour: Floats) -> None:
    """Add light to pixels in place: what is bright already takes up less of it."""
    room = np.clip(part, 0, 1)
    np.subtract(1, room, out=room)
    for i in range(3):
        room[..., i] *= strength[..., 0] * colour[i]
    part += room
