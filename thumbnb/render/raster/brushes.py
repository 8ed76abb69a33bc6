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
    noise = _separate_rng(rng).random(pixels.shape[:2], dtype=np.float32)[..., None]
    return Image.fromarray(np.clip(pixels + noise, 0, 255).astype(np.uint8))


def vertical(
    size: tuple[int, int], colours: Sequence[Rgb], at: list[float] | None = None
) -> Floats:
    """Blend ``colours`` from top to bottom: float32 (height, width, 3)."""
    width, height = size
    column = ramp(list(colours), height, at)
    return np.repeat(column[:, None, :], width, axis=1)


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
        knots = Image.fromarray(rng.random(coarse[::-1], dtype=np.float32))
        out += np.asarray(knots.resize(size, Image.Resampling.BICUBIC)) / 2**octave
        total += 1 / 2**octave
    return np.asarray(np.clip(out / total, 0, 1), dtype=np.float32)


def below(curve: Floats, height: int) -> Image.Image:
    """Mask (L) of everything under ``curve`` (a y for every x), with smooth edges."""
    ys = np.arange(height, dtype=np.float32)[:, None]
    return Image.fromarray((np.clip(ys - curve[None, :] + 0.5, 0, 1) * 255).astype(np.uint8))


def glow(radius: float, colour: Rgb, strength: float = 1.0, power: float = 2.0) -> Image.Image:
    """Light fading out from the middle, to be put on an image with ``shine``."""
    side = max(2, round(radius * 2))
    axis = (np.arange(side, dtype=np.float32) + 0.5) / side * 2 - 1
    distance = np.minimum(1, np.hypot(axis[:, None], axis[None, :]))
    fall = (1 - distance) ** power * strength
    light = fall[..., None] * np.asarray(colour, dtype=np.float32)
    # A fixed seed: a sprite's dither must not depend on what else was painted.
    noise = np.random.default_rng(0).random((side, side, 1), dtype=np.float32)
    return Image.fromarray(np.clip(light + noise * (fall[..., None] > 0), 0, 255).astype(np.uint8))


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
        self._fill = to_image(vertical((width, end - self._top), colours), rng)

    def onto(self, frame: Image.Image, shift: float = 0.0) -> None:
        """Paint it, moved ``shift`` pixels to the left."""
        width = self._fill.width
        frame.paste(self._fill, (0, self._top), slide(self._mask, shift, width))


class Pen:
    """Fine strokes on a part of ``frame``: drawn four times larger, so edges are smooth.

    >>> with Pen(frame, (left, top, right, bottom)) as pen:  # doctest: +SKIP
    ...     pen.polygon([(10.5, 3), (12, 8), (9, 8)], (255, 255, 255))

    Coordinates are the frame's pixels, as floats. Nothing outside the box is touched.
    """

    scale = 4

    def __init__(self, frame: Image.Image, box: tuple[float, float, float, float]) -> None:
        self._frame = frame
        left, top = max(0, math.floor(box[0])), max(0, math.floor(box[1]))
        right, bottom = min(frame.width, math.ceil(box[2])), min(frame.height, math.ceil(box[3]))
        self._box = (left, top, max(left + 1, right), max(top + 1, bottom))

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
