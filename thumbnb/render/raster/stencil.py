"""Shapes with soft edges, kept only as large as they are."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from thumbnb.render.raster.filters import blur, blur_levels, transform_mask

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Point = tuple[float, float]

_FINE = 4
"""How much larger shapes are drawn than they are kept, for smooth edges."""

# A blurred straight edge has fallen to 22 at the distance that a shape is to grow by.
_GROWN = np.clip((np.arange(256) - 22) * 255 // 34, 0, 255).astype(np.uint8)
"""What the levels of a blurred shape become when it grows."""


@dataclass(frozen=True, slots=True)
class Stencil:
    """A mask (L) and the pixel of the canvas where its upper left corner lies."""

    mask: Image.Image
    x: int = 0
    y: int = 0

    @classmethod
    def drawn(
        cls,
        box: tuple[float, float, float, float],
        draw: Callable[[ImageDraw.ImageDraw, Callable[[Point], Point], int], None],
        fine: int = _FINE,
    ) -> Stencil:
        """Draw into ``box`` (left, top, right, bottom).

        ``draw`` gets the pen, the way from canvas to pen coordinates, and its magnification.
        """
        left, top = math.floor(box[0]) - 1, math.floor(box[1]) - 1
        width = max(1, math.ceil(box[2]) + 1 - left)
        height = max(1, math.ceil(box[3]) + 1 - top)
        if width * height > 400_000:  # noqa: PLR2004 - large shapes need less care, and memory
            fine = min(fine, 2)
        mask = Image.new("L", (width * fine, height * fine))
        draw(ImageDraw.Draw(mask), lambda p: ((p[0] - left) * fine, (p[1] - top) * fine), fine)
        return cls(mask.reduce(fine), left, top)

    @classmethod
    def polygon(cls, points: Sequence[Point], within: tuple[int, int] | None = None) -> Stencil:
        """Fill the shape with these corners, as far as it lies ``within`` a canvas of this size."""
        return cls.polygons([points], within)

    @classmethod
    def polygons(
        cls, shapes: Sequence[Sequence[Point]], within: tuple[int, int] | None = None
    ) -> Stencil:
        """Fill several shapes at once; see ``polygon``."""
        xs, ys = (
            [p[0] for shape in shapes for p in shape],
            [p[1] for shape in shapes for p in shape],
        )
        box = (min(xs), min(ys), max(xs), max(ys))
        if within:
            box = (max(-2, box[0]), max(-2, box[1]), *map(min, box[2:], (v + 2 for v in within)))  # type: ignore[assignment]

        def draw(pen: ImageDraw.ImageDraw, at: Callable[[Point], Point], fine: int) -> None:
            left, top = at((0, 0))
            for shape in shapes:
                pen.polygon([(left + x * fine, top + y * fine) for x, y in shape], fill=255)

        return cls.drawn(box, draw)

    @classmethod
    def rounded(cls, box: tuple[float, float, float, float], radius: float) -> Stencil:
        """Fill a rectangle (left, top, right, bottom) with rounded corners."""

        def draw(pen: ImageDraw.ImageDraw, at: Callable[[Point], Point], fine: int) -> None:
            corners = [*at(box[:2]), *at(box[2:])]
            pen.rounded_rectangle(corners, radius * fine, fill=255)

        return cls.drawn(box, draw)

    @classmethod
    def disc(cls, x: float, y: float, radius: float) -> Stencil:
        """Fill a circle."""
        box = (x - radius, y - radius, x + radius, y + radius)
        return cls.drawn(
            box, lambda pen, at, _: pen.ellipse([*at(box[:2]), *at(box[2:])], fill=255)
        )

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom on the canvas."""
        return self.x, self.y, self.x + self.mask.width, self.y + self.mask.height

    def trimmed(self) -> Stencil:
        """Give the same without its empty margins."""
        box = self.mask.getbbox()
        if box is None:
            return Stencil(Image.new("L", (1, 1)), self.x, self.y)
        return Stencil(self.mask.crop(box), self.x + box[0], self.y + box[1])

    def padded(self, by: int) -> Stencil:
        """Give the same with empty margins added."""
        size = (self.mask.width + 2 * by, self.mask.height + 2 * by)
        mask = Image.new("L", size)
        mask.paste(self.mask, (by, by))
        return Stencil(mask, self.x - by, self.y - by)

    def moved(self, dx: float, dy: float) -> Stencil:
        """Give the same elsewhere, to the nearest pixel."""
        return Stencil(self.mask, self.x + round(dx), self.y + round(dy))

    def blurred(self, radius: float) -> Stencil:
        """Give the same with a soft edge; wide blurs are made small and scaled up."""
        if radius < 0.3:  # noqa: PLR2004 - nothing to see
            return self
        wide = self.padded(math.ceil(radius * 3) + 1)
        return Stencil(blur(wide.mask, radius), wide.x, wide.y)

    def grown(self, by: float) -> Stencil:
        """Give the same, larger by ``by`` pixels all round, corners rounded."""
        if by <= 0:
            return self
        wide = self.padded(math.ceil(by) + 3)
        soft = blur_levels(np.asarray(wide.mask), by * 0.72)
        return Stencil(Image.fromarray(_GROWN[soft]), wide.x, wide.y)

    def joined(self, *others: Stencil) -> Stencil:
        """All of it that any of them covers."""
        every = (self, *others)
        left, top = min(s.x for s in every), min(s.y for s in every)
        right, bottom = max(s.box[2] for s in every), max(s.box[3] for s in every)
        mask = Image.new("L", (right - left, bottom - top))
        for s in every:
            at = (s.x - left, s.y - top, s.box[2] - left, s.box[3] - top)
            mask.paste(ImageChops.lighter(mask.crop(at), s.mask), at)
        return Stencil(mask, left, top)

    def clipped(self, other: Stencil) -> Stencil:
        """Give the part of it that ``other`` covers too."""
        left, top = max(self.x, other.x), max(self.y, other.y)
        right, bottom = min(self.box[2], other.box[2]), min(self.box[3], other.box[3])
        if left >= right or top >= bottom:
            return Stencil(Image.new("L", (1, 1)), self.x, self.y)
        a, b = (
            s.mask.crop((left - s.x, top - s.y, right - s.x, bottom - s.y)) for s in (self, other)
        )
        return Stencil(ImageChops.multiply(a, b), left, top)

    def without(self, inner: Stencil) -> Stencil:
        """Give the part of it that ``inner`` leaves open."""
        mask = self.mask.copy()
        at = (inner.x - self.x, inner.y - self.y)
        box = (*at, at[0] + inner.mask.width, at[1] + inner.mask.height)
        mask.paste(ImageChops.subtract(mask.crop(box), inner.mask), at)
        return Stencil(mask, self.x, self.y)

    def turned(self, degrees: float, centre: Point) -> Stencil:
        """Give the same, turned anticlockwise about a point of the canvas."""
        if not degrees:
            return self
        a = math.radians(degrees)
        return self.bent((math.cos(a), -math.sin(a), math.sin(a), math.cos(a)), centre)

    def slanted(self, slope: float, centre: Point) -> Stencil:
        """Give the same, leaning to the right by ``slope`` pixels a pixel of height."""
        return self.bent((1, slope, 0, 1), centre) if slope else self

    def bent(self, matrix: tuple[float, float, float, float], centre: Point) -> Stencil:
        """Give the same through the inverse of a 2x2 ``matrix`` (a b c d) about ``centre``.

        ``matrix`` leads from the new image to the old, as Pillow's does.
        """
        # A margin, so that what touches the edge of the mask gets a soft edge too.
        source = self.padded(2)
        a, b, c, d = matrix
        det = a * d - b * c
        cx, cy = centre
        corners = []
        left, top, right, bottom = source.box
        for x, y in ((left, top), (right, top), (left, bottom), (right, bottom)):
            dx, dy = x - cx, y - cy
            corners.append((cx + (d * dx - b * dy) / det, cy + (a * dy - c * dx) / det))
        nx, ny = (
            math.floor(min(p[0] for p in corners)) - 1,
            math.floor(min(p[1] for p in corners)) - 1,
        )
        size = (
            math.ceil(max(p[0] for p in corners)) + 1 - nx,
            math.ceil(max(p[1] for p in corners)) + 1 - ny,
        )
        ox = a * (nx - cx) + b * (ny - cy) + cx - source.x
        oy = c * (nx - cx) + d * (ny - cy) + cy - source.y
        mask = transform_mask(source.mask, size, (a, b, ox, c, d, oy))
        return Stencil(mask, nx, ny)
