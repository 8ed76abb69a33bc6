"""The recorder: a sketch that knows the area it has covered, and can bend what it draws."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from thumbnb.render.raster.sketch import Sketch, blend
from thumbnb.render.raster.stencil import Stencil

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.figures.turning import Bend
    from thumbnb.render.raster.sketch import Point


class Recorder(Sketch):
    """A sketch that remembers all it has covered."""

    covered: Stencil | None = None
    bend: Bend | None = None
    """What bends all that is drawn, before it is turned and placed."""

    def paint(self, stencil: Stencil, *colours: str, opacity: float = 1.0) -> None:
        """Fill a stencil, and remember it."""
        super().paint(stencil, *colours, opacity=opacity)
        self.covered = self.covered.joined(stencil) if self.covered else stencil

    def stand(
        self,
        origin: Point,
        scale: float = 1.0,
        *,
        bend: Bend | None = None,
        turn: float = 0.0,
        pivot: Point = (0.0, 0.0),
    ) -> None:
        """Put what is drawn next to ``origin``, turned by degrees anticlockwise about a pivot."""
        a = math.radians(turn)
        self._cos, self._sin = math.cos(a), math.sin(a)
        self.k, self.bend = self.canvas.scale * scale, bend
        x, y = pivot
        self.origin = (
            origin[0] + scale * (x - x * self._cos - y * self._sin),
            origin[1] + scale * (y - y * self._cos + x * self._sin),
        )

    def shapes(self, parts: Sequence[Sequence[Point]]) -> Stencil:
        """Give the stencil of several polygons together."""
        return Stencil.polygons([self._all_at(part) for part in parts], self.canvas.size)

    def _all_at(self, points: Sequence[Point]) -> list[Point]:
        return super()._all_at(self.bend(points) if self.bend else points)


def shade(colour: str, amount: float = 0.25) -> str:
    """Give a colour ``amount`` of the way into the shade, warm as skin is."""
    return blend(colour, "#3a0d1e", amount)
