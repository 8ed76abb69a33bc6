"""A pen for illustrations: flat shapes with soft light, in coordinates of their own."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from thumbnb.render.colour.mixing import Rgb, mix, rgb
from thumbnb.render.colour.palette import to_hex
from thumbnb.render.raster.stencil import Stencil

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.raster.canvas import Canvas

Point = tuple[float, float]


def blend(a: str, b: str, amount: float) -> str:
    """Go ``amount`` of the way from one ``#rrggbb`` to another, as the eye mixes them."""
    return to_hex(mix(rgb(a), rgb(b), amount))


def of(colour: Rgb) -> str:
    """Write a colour of a palette as ``#rrggbb``."""
    return to_hex(colour)


def points(text: str, side: int = 1) -> list[Point]:
    """Read points as SVG writes them: ``"x,y x,y"``; with ``side`` -1 as in a mirror."""
    pairs = (pair.split(",") for pair in text.split())
    return [(side * float(x), float(y)) for x, y in pairs]


def smooth(points: Sequence[Point], *, closed: bool = True, steps: int = 10) -> list[Point]:
    """Give a round curve through ``points`` (Catmull-Rom)."""
    p = np.array(points, dtype=float)
    if closed:
        p = np.concatenate([p[-1:], p, p[:2]])
    else:
        p = np.concatenate([2 * p[:1] - p[1:2], p, 2 * p[-1:] - p[-2:-1]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    parts = []
    for a, b, c, d in zip(p, p[1:], p[2:], p[3:], strict=False):
        parts.append(
            0.5
            * (
                2 * b
                + (c - a) * t
                + (2 * a - 5 * b + 4 * c - d) * t**2
                + (3 * b - a - 3 * c + d) * t**3
            )
        )
    curve = np.concatenate([*parts, p[-2:-1]] if not closed else parts)
    return [(float(x), float(y)) for x, y in curve]


def oval(  # noqa: PLR0917 - short to write, as it is written often
    x: float, y: float, rx: float, ry: float, start: float = 0, end: float = 360
) -> list[Point]:
    """Give points of an ellipse, or of its part between two angles (clockwise from the right)."""
    steps = max(8, int(abs(end - start) / 6))
    return [(x + rx * cos, y + ry * sin) for cos, sin in _arc(start, end, steps)]


@lru_cache(maxsize=64)
def _arc(start: float, end: float, steps: int) -> list[Point]:
    """Return points of a circle around (0, 0) of radius 1; a drawing has hundreds of ovals."""
    whole = end - start >= 360  # noqa: PLR2004 - degrees: the last point is the first
    angles = [math.radians(start + (end - start) * i / steps) for i in range(steps + (not whole))]
    return [(math.cos(a), math.sin(a)) for a in angles]


class Sketch:
    """Draws on a canvas: ``origin`` is (0, 0) there, in sheet units, and ``scale`` units a unit.

    ``turn`` turns everything drawn by degrees anticlockwise about the origin.
    """

    def __init__(
        self,
        canvas: Canvas,
        origin: Point = (0, 0),
        scale: float = 1.0,
        *,
        turn: float = 0.0,
        flip: bool = False,
    ) -> None:
        self.canvas, self.origin = canvas, origin
        self.k = canvas.scale * scale
        a = math.radians(turn)
        self._cos, self._sin, self._way = math.cos(a), math.sin(a), -1 if flip else 1

    def at(self, point: Point) -> Point:
        """Where a point lies on the canvas, in pixels."""
        x, y = point[0] * self._way, point[1]
        s = self.canvas.scale
        return (
            self.origin[0] * s + (x * self._cos + y * self._sin) * self.k,
            self.origin[1] * s + (y * self._cos - x * self._sin) * self.k,
        )

    def _all_at(self, points: Sequence[Point]) -> list[Point]:
        """Where points lie; as ``at``, which takes twice the time for many."""
        s = self.canvas.scale
        left, top = self.origin[0] * s, self.origin[1] * s
        cos, sin, k = self._cos, self._sin, self.k
        turned = [(x * self._way, y) for x, y in points]
        return [(left + (x * cos + y * sin) * k, top + (y * cos - x * sin) * k) for x, y in turned]

    def shape(self, points: Sequence[Point]) -> Stencil:
        """Give the stencil of a polygon."""
        return Stencil.polygon(self._all_at(points), self.canvas.size)

    def fill(self, points: Sequence[Point], *colours: str, opacity: float = 1.0) -> Stencil:
        """Fill a polygon, with one colour or several from its top down."""
        stencil = self.shape(points)
        self.paint(stencil, *colours, opacity=opacity)
        return stencil

    def fill_all(self, shapes: Sequence[Sequence[Point]], colour: str) -> None:
        """Fill many polygons with one colour: as one stencil, which is much faster."""
        self.canvas.fill(
            Stencil.polygons([self._all_at(shape) for shape in shapes], self.canvas.size),
            colour,
        )

    def paint(self, stencil: Stencil, *colours: str, opacity: float = 1.0) -> None:
        """Fill a stencil, with one colour or several from its top down."""
        if len(colours) > 1:
            self.canvas.fill_down(stencil, colours, stencil.box[1], stencil.box[3])
        else:
            self.canvas.fill(stencil, colours[0], opacity)

    def oval(
        self, x: float, y: float, rx: float, ry: float, *colours: str, opacity: float = 1.0
    ) -> Stencil:
        """Fill an ellipse."""
        return self.fill(oval(x, y, rx, ry), *colours, opacity=opacity)

    def rounded(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        radius: float,
        *colours: str,
        opacity: float = 1.0,
    ) -> Stencil:
        """Fill a rectangle with rounded corners."""
        return self.fill(rounded(x, y, w, h, radius), *colours, opacity=opacity)

    def line(
        self, points: Sequence[Point], colour: str, width: float, *, opacity: float = 1.0
    ) -> None:
        """Draw through points with round ends."""
        way = self._all_at(points)
        half = width * self.k / 2
        xs, ys = [p[0] for p in way], [p[1] for p in way]
        box = (min(xs) - half, min(ys) - half, max(xs) + half, max(ys) + half)

        def draw(pen, at, fine):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
            r = half * fine
            pts = [at(p) for p in way]
            pen.line(pts, fill=255, width=max(1, round(2 * r)), joint="curve")
            for px, py in (pts[0], pts[-1]):
                pen.ellipse((px - r, py - r, px + r, py + r), fill=255)

        self.canvas.fill(Stencil.drawn(box, draw), colour, opacity)

    def shadow(
        self, stencil: Stencil, dx: float, dy: float, blur: float, strength: float = 0.4
    ) -> None:
        """Darken what lies under a shape, before it is drawn."""
        self.canvas.shade(stencil.moved(dx * self.k, dy * self.k).blurred(blur * self.k), strength)

    def light(self, x: float, y: float, radius: float, colour: str, strength: float = 0.8) -> None:
        """Put a lamp there."""
        px, py = self.at((x, y))
        spot = Stencil.disc(px, py, radius * self.k * 0.45).blurred(radius * self.k * 0.28)
        self.canvas.shine(spot, colour, strength)

    def inside(
        self,
        stencil: Stencil,
        points: Sequence[Point],
        colour: str,
        opacity: float = 1.0,
        soft: float = 0.0,
    ) -> None:
        """Fill the part of a polygon that lies in a stencil; ``soft`` blurs its edge."""
        part = self.shape(points)
        if soft:
            part = part.blurred(soft * self.k)
        self.canvas.fill(part.clipped(stencil), colour, opacity)


def rounded(x: float, y: float, w: float, h: float, radius: float) -> list[Point]:
    """Points of a rectangle with rounded corners."""
    r = min(radius, w / 2, h / 2)
    return [
        *oval(x + w - r, y + r, r, r, -90, 0),
        *oval(x + w - r, y + h - r, r, r, 0, 90),
        *oval(x + r, y + h - r, r, r, 90, 180),
        *oval(x + r, y + r, r, r, 180, 270),
    ]
