"""The recorder: a sketch that knows the area it has covered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.raster.sketch import Sketch, blend

if TYPE_CHECKING:
    from thumbnb.render.raster.stencil import Stencil


class Recorder(Sketch):
    """A sketch that remembers all it has covered."""

    covered: Stencil | None = None

    def paint(self, stencil: Stencil, *colours: str, opacity: float = 1.0) -> None:
        """Fill a stencil, and remember it."""
        super().paint(stencil, *colours, opacity=opacity)
        self.covered = self.covered.joined(stencil) if self.covered else stencil


def shade(colour: str, amount: float = 0.25) -> str:
    """Give a colour ``amount`` of the way into the shade, warm as skin is."""
    return blend(colour, "#3a0d1e", amount)
