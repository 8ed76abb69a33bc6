"""The two halves of a comparison, parted along a slanted line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image

from thumbnb.render.raster.stencil import Stencil
from thumbnb.render.scene.images import SLANT

if TYPE_CHECKING:
    from thumbnb.render.raster.canvas import Canvas


_HIGH, _LOW = -4.0, 724.0
"""Where the line between two halves begins and ends (units): a little out of the sheet."""

_TEETH, _DEEP, _BAND = 9, 24.0, 30.0
"""How many teeth a jagged line has, how deep, and half its width (units).

It is wider than they are deep: it covers the straight edge of the halves below it.
"""


def straight_line(width: float) -> list[tuple[float, float]]:
    """Return the corners of the line between two halves (units)."""
    (top, bottom), half = SLANT, width / 2
    return [(top - half, _HIGH), (top + half, _HIGH), (bottom + half, _LOW), (bottom - half, _LOW)]


def jagged_line() -> list[tuple[float, float]]:
    """Return the corners of a jagged line between two halves (units)."""
    middle = []
    for tooth in range(_TEETH + 1):
        share = tooth / _TEETH
        x = SLANT[0] + share * (SLANT[1] - SLANT[0])
        middle.append((x + (_DEEP if tooth % 2 else -_DEEP), _HIGH + share * (_LOW - _HIGH)))
    right = [(x + _BAND, y) for x, y in middle]
    return [(x - _BAND, y) for x, y in middle] + right[::-1]


def show_half(canvas: Canvas, other: Canvas, half: str) -> None:
    """Show another canvas in one half of a comparison."""
    top, bottom = (x * canvas.scale for x in SLANT)
    low, high = 724 * canvas.scale, -4 * canvas.scale
    side = canvas.width + 4 if half == "right" else -4
    part = Stencil.polygon([(top, high), (side, high), (side, low), (bottom, low)], canvas.size)
    whole = Image.new("L", canvas.size)
    whole.paste(part.mask, (part.x, part.y))
    canvas.paste(other.pixels, Stencil(whole))
