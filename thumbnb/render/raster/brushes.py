"""Brushes: gradients, silhouettes, glows and fine strokes, for scenes to paint with.

Whatever stays the same from frame to frame is made once with numpy, in floats;
what changes is put on with Pillow, which is fast enough for film.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Self

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from thumbnb.render.colour.mixing import Floats, Rgb, ramp
from thumbnb.render.raster.filters import enlarge
from thumbnb.render.raster.pixels import join_colours, raise_field, row_bands, to_levels

if TYPE_CHECKING:
    from collections.abc import Sequence

Point = tuple[float, float]


def smooth(x: float, start: float = 0.0, end: float = 1.0) -> float:
    """Ease from 0 at ``start`` to 1 at ``end``."""
    t = min(1.0, max(0.0, (x - start) / (end - start)))
    return t * t * (3 - 2 * t)


def _separate_rng(rng: np.random.Generator) -> np.random.Generator:
    """Branch off a generator, so that how much is drawn from it changes nothing else.

    A larger image draws more numbers for its detail, and must have the same layout.
    """
    return rng.spawn(1)[0]


def to_image(pixels: Floats, rng: np.random.Generator) -> Image.Image:
    """Turn floats in 0..255 into an image; noise of one level hides the bands of gradients."""
    rng = _separate_rng(rng)
    height, width = pixels.shape[:2]
    levels = np.empty((height, width, 3), dtype=np.uint8)
    for rows in row_bands(height, width):
        noise = rng.random((rows.stop - rows.start, width), dtype=np.float32)
        join_colours([to_levels(pixels[rows, :, i], 1, noise) for i in range(3)], levels[rows])
    return Image.fromarray(levels)


def vertical(
    size: tuple[int, int], colours: Sequence[Rgb], at: list[float] | None = None
) -> Floats:
    """Blend ``colours`` from top to bottom: float32 (height, width, 3), to be read only."""
    width, height = size
    column = ramp(list(colours), height, at)
    return np.broadcast_to(column[:, None, :], (height, width, 3))


def noise_line(
    length: int, cell: float, rng: np.random.Generator, roughness: float = 0.5
) -> Floats:
    """Fractal noise along a line, about -1..1: ``cell`` pixels between the broadest hills."""
    rng = _separate_rng(rng)
    out = np.zeros(length, dtype=np.float64)
    xs = np.arange(length)
    amplitude, total = 1.0, 0.0
    while cell >= 2:  # noqa: PLR2004 - below two pixels there is nothing to add
        knots = rng.uniform(-1, 1, int(length / cell) + 4)
        place = xs / cell + rng.random()
        left = place.astype(int)
        f = place - left
        f = f * f * (3 - 2 * f)
        out += amplitude * (knots[left] * (1 - f) + knots[left + 1] * f)
        total += amplitude
        amplitude *= roughness
        cell /= 2
    return (out / max(total, 1e-9)).astype(np.float32)


def noise_field(size: tuple[int, int], cell: float, rng: np.random.Generator) -> Floats:
    """Soft clouds of noise in 0..1, float32 (height, width), ``cell`` pixels across."""
    rng = _separate_rng(rng)
    width, height = size
    out = np.zeros((height, width), dtype=np.float32)
    total = 0.0
    for octave in range(4):
        step = cell / 2**octave
        if step < 1:
            break
        coarse = (max(2, math.ceil(width / step) + 1), max(2, math.ceil(height / step) + 1))
        out += enlarge(rng.random(coarse[::-1], dtype=np.float32), size) / 2**octave
        total += 1 / 2**octave
    return np.asarray(np.clip(out / total, 0, 1), dtype=np.float32)


def below(curve: Floats, height: int) -> Image.Image:
    """Mask (L) of everything under ``curve`` (a y for every x), with smooth edges."""
    levels = np.empty((height, len(curve)), dtype=np.uint8)
    ys = np.arange(height, dtype=np.float32)[:, None] + 0.5
    for rows in row_bands(*levels.shape):
        inside = ys[rows] - curve
        np.clip(inside, 0, 1, out=inside)
        inside *= 255
        levels[rows] = inside
    return Image.fromarray(levels)


def glow(radius: float, colour: Rgb, strength: float = 1.0, power: float = 2.0) -> Image.Image:
    """Light fading out from the middle, to be put on an image with ``shine``."""
    side = max(2, round(radius * 2))
    return _light((0, 0, side, side), side, colour, strength, power)


def shine_lamp(  # noqa: PLR0917 - as ``glow`` and ``shine``
    frame: Image.Image,
    x: float,
    y: float,
    radius: float,
    colour: Rgb,
    strength: float = 1.0,
    power: float = 2.0,
) -> None:
    """Lighten ``frame`` by a glow at (x, y), in place: as ``glow`` and ``shine`` do.

    Light beside the frame is not made: of a wide glow that is most of it.
    """
    side = max(2, round(radius * 2))
    left, top = round(x - side / 2), round(y - side / 2)
    right, bottom = min(left + side, frame.width), min(top + side, frame.height)
    box = max(0, left), max(0, top), right, bottom
    if box[0] < box[2] and box[1] < box[3]:
        part = box[0] - left, box[1] - top, box[2] - left, box[3] - top
        light = _light(part, side, colour, strength, power)
        frame.paste(ImageChops.screen(frame.crop(box), light), box)


def _light(
    box: tuple[int, int, int, int], side: int, colour: Rgb, strength: float, power: float
) -> Image.Image:
    """Return a part (left, top, right, bottom) of a glow that is ``side`` pixels wide."""
    squared = ((np.arange(side, dtype=np.float32) + 0.5) / side * 2 - 1) ** 2
    across, down = squared[box[0] : box[2]], squared[box[1] : box[3], None]
    # A fixed seed: a sprite's dither must not depend on what else was painted.
    rng = np.random.default_rng(0)
    levels = np.empty((len(down), len(across), 3), dtype=np.uint8)
    for rows in row_bands(len(down), len(across)):
        distance = np.sqrt(down[rows] + across)
        noise = rng.random(distance.shape, dtype=np.float32)
        noise *= distance < 1
        fall = raise_field(np.maximum(1 - distance, 0), power)
        planes = [to_levels(fall, strength * colour[i], noise) for i in range(3)]
        join_colours(planes, levels[rows])
    return Image.fromarray(levels)


def shine(frame: Image.Image, light: Image.Image, x: float, y: float) -> None:
    """Lighten ``frame`` by ``light`` in place, centred at (x, y); it may hang over the edge."""
    left, top = round(x - light.width / 2), round(y - light.height / 2)
    box = (
        max(0, left),
        max(0, top),
        min(frame.width, left + light.width),
        min(frame.height, top + light.height),
    )
    if box[0] >= box[2] or box[1] >= box[3]:
        return
    part = light.crop((box[0] - left, box[1] - top, box[2] - left, box[3] - top))
    frame.paste(ImageChops.screen(frame.crop(box), part), box)


def screen_onto(frame: Image.Image, light: Image.Image, levels: Sequence[int] = ()) -> None:
    """Lighten ``frame`` by a light of its own size, in place and in bands.

    ``levels`` are what each level of the light becomes, if it is not itself.
    """
    for rows in row_bands(frame.height, frame.width):
        box = 0, rows.start, frame.width, rows.stop
        part = light.crop(box)
        if levels:
            part = part.point(list(levels) * len(part.getbands()))
        frame.paste(ImageChops.screen(frame.crop(box), part), box)


def colour_at(image: Image.Image, x: float, y: float) -> Rgb:
    """Return the colour of an RGB ``image`` at (x, y), or at its edge if that is outside."""
    at = min(max(int(x), 0), image.width - 1), min(max(int(y), 0), image.height - 1)
    red, green, blue = np.asarray(image.getpixel(at)).tolist()
    return red, green, blue


def slide(image: Image.Image, shift: float, width: int) -> Image.Image:
    """Cut a window ``width`` wide out of a wide image, ``shift`` pixels from its left.

    Fractions of a pixel count, so that slow moves are smooth.
    """
    shift = min(max(shift, 0.0), image.width - width)
    if shift == int(shift):
        return image.crop((int(shift), 0, int(shift) + width, image.height))
    box = (shift, 0.0, shift + width, float(image.height))
    return image.resize((width, image.height), Image.Resampling.BILINEAR, box=box)


class Layer:
    """A flat shape, wider than the frame, that slides past it: the stuff of parallax.

    ``mask`` (L) says where it is; it is filled with ``colours`` from top to bottom.
    """

    def __init__(
        self,
        mask: Image.Image,
        width: int,
        colours: Sequence[Rgb],
        rng: np.random.Generator,
    ) -> None:
        box = mask.getbbox()
        self._top, end = (box[1], box[3]) if box else (0, 1)
        self._mask = mask.crop((0, self._top, mask.width, end))
        self._width = width
        # All columns are the same but for their noise: of a wide one a part is enough.
        self._fill = to_image(vertical((min(width, _FILL), end - self._top), colours), rng)

    def onto(self, frame: Image.Image, shift: float = 0.0) -> None:
        """Paint it, moved ``shift`` pixels to the left."""
        mask, step = slide(self._mask, shift, self._width), self._fill.width
        for left in range(0, self._width, step):
            seen = mask if step >= self._width else mask.crop((left, 0, left + step, mask.height))
            frame.paste(self._fill, (left, self._top), seen)


_FILL = 1920
"""Pixels across that the fill of a layer takes at most."""

_LARGE_AREA = 400_000
"""Pixels."""


class Pen:
    """Fine strokes on a part of ``frame``: drawn larger, so that edges are smooth.

    >>> with Pen(frame, (left, top, right, bottom)) as pen:  # doctest: +SKIP
    ...     pen.polygon([(10.5, 3), (12, 8), (9, 8)], (255, 255, 255))

    Coordinates are the frame's pixels, as floats. Nothing outside the box is touched.
    """

    def __init__(self, frame: Image.Image, box: tuple[float, float, float, float]) -> None:
        self._frame = frame
        left, top = max(0, math.floor(box[0])), max(0, math.floor(box[1]))
        right, bottom = min(frame.width, math.ceil(box[2])), min(frame.height, math.ceil(box[3]))
        self._box = (left, top, max(left + 1, right), max(top + 1, bottom))
        area = (self._box[2] - left) * (self._box[3] - top)
        # Large shapes need less care, and memory.
        self.scale = 4 if area <= _LARGE_AREA else 2

    def __enter__(self) -> Self:
        part = self._frame.crop(self._box)
        self._tile = part.resize(
            (part.width * self.scale, part.height * self.scale), Image.Resampling.NEAREST
        )
        self._draw = ImageDraw.Draw(self._tile)
        return self

    def __exit__(self, *_: object) -> None:
        self._frame.paste(self._tile.reduce(self.scale), self._box)

    def _at(self, points: Sequence[Point]) -> list[Point]:
        left, top = self._box[:2]
        return [((x - left) * self.scale, (y - top) * self.scale) for x, y in points]

    def polygon(self, points: Sequence[Point], colour: Rgb | int) -> None:
        """Fill the shape with these corners."""
        self._draw.polygon(self._at(points), fill=colour)

    def line(self, points: Sequence[Point], colour: Rgb, width: float) -> None:
        """Draw through these points."""
        stroke = max(1, round(width * self.scale))
        self._draw.line(self._at(points), fill=colour, width=stroke, joint="curve")

    def ellipse(self, x: float, y: float, rx: float, ry: float, colour: Rgb) -> None:
        """Fill an ellipse around (x, y)."""
        corners = self._at([(x - rx, y - ry), (x + rx, y + ry)])
        self._draw.ellipse([*corners[0], *corners[1]], fill=colour)


def dot(frame: Image.Image, x: float, y: float, radius: float, colour: Rgb) -> None:
    """Put a smooth filled circle on ``frame``."""
    reach = radius + 1
    with Pen(frame, (x - reach, y - reach, x + reach, y + reach)) as pen:
        pen.ellipse(x, y, radius, radius, colour)


def dots(frame: Image.Image, xs: Floats, ys: Floats, radii: Floats, colours: Floats) -> None:
    """Put many small smooth circles on ``frame`` at once; ``colours`` are rows of 0..255."""
    pixels = np.array(frame)
    reach = math.ceil(float(radii.max(initial=0))) + 1
    offsets = np.arange(-reach, reach + 1)
    columns = np.floor(xs).astype(int)[:, None, None] + offsets
    rows = np.floor(ys).astype(int)[:, None, None] + offsets[:, None]
    away = np.hypot(columns + 0.5 - xs[:, None, None], rows + 0.5 - ys[:, None, None])
    cover = np.clip(radii[:, None, None] + 0.6 - away, 0, 1)
    inside = (columns >= 0) & (columns < frame.width) & (rows >= 0) & (rows < frame.height)
    which, down, across = np.nonzero(inside & (cover > 0))
    at = rows[which, down, 0], columns[which, 0, across]
    share = cover[which, down, across][:, None]
    pixels[at] = pixels[at] * (1 - share) + colours[which] * share + 0.5
    frame.paste(Image.fromarray(pixels))
