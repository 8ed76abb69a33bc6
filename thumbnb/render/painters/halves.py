"""The two halves of a comparison, parted along a slanted line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image

from thumbnb.render.raster.stencil import Stencil
from thumbnb.render.scene.images import SLANT

if TYPE_CHECKING:
    from thumbnb.render.raster.canvas import Canvas


def show_half(canvas: Canvas, other: Canvas, half: str) -> None:
    """Show another canvas in one half of a comparison."""
    top, bottom = (x * canvas.scale for x in SLANT)
    low, high = 724 * canvas.scale, -4 * canvas.scale
    side = canvas.width + 4 if half == "right" else -4
    part = Stencil.polygon([(top, high), (side, high), (side, low), (bottom, low)], canvas.size)
    whole = Image.new("L", canvas.size)
    whole.paste(part.mask, (part.x, part.y))
    canvas.paste(other.pixels, Stencil(whole))
