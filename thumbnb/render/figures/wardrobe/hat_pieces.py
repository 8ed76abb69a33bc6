"""What hats are made of: pieces lit from above that shade what lies under them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.raster.sketch import blend, points, smooth

if TYPE_CHECKING:
    from thumbnb.render.figures.pen import Recorder
    from thumbnb.render.raster.stencil import Stencil


def light(colour: str) -> str:
    """Give a colour as the light has it."""
    return blend(colour, "#ffffff", 0.22)


def dark(colour: str) -> str:
    """Give a colour as it is in the shade."""
    return blend(colour, "#000000", 0.38)


def piece(s: Recorder, outline: str, colour: str, *, round_: bool = True) -> Stencil:
    """Fill a piece of a hat, lighter above than below, and shade what lies under it."""
    way = points(outline)
    shape = s.shape(smooth(way) if round_ else way)
    s.shadow(shape, 0, 9, 8, 0.32)
    s.paint(shape, light(colour), colour, dark(colour))
    return shape


def shine(s: Recorder, shape: Stencil, outline: str, opacity: float = 0.4) -> None:
    """Let light shine back from a part of a piece."""
    s.inside(shape, smooth(points(outline)), "#ffffff", opacity, soft=7)
