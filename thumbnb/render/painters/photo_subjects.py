"""The main subject of a photo: lit alone, or cut out and set off from what is around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from thumbnb.render.painters.images import cover, finished
from thumbnb.render.painters.people import rim_edge, rim_lit, set_off
from thumbnb.render.raster.canvas import ease
from thumbnb.render.raster.pixels import to_pixels
from thumbnb.render.raster.stencil import Stencil
from thumbnb.render.vision import faces
from thumbnb.render.vision.framing import frame_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from thumbnb.render import scene
    from thumbnb.render.painters.context import PaintContext
    from thumbnb.render.raster.canvas import Canvas

_SOFT = 4
"""Light is painted in an image so many times smaller."""

_LIT, _DARK = 0.62, 1.5
"""So far from its middle (1 is its radius) all of a light falls, and none."""

_COLOUR = 0.22
"""How much of its colour a light adds."""


def _spotlight(layer: scene.Spotlight, canvas: Canvas, _: PaintContext) -> None:
    x, y = canvas.grid(_SOFT)
    away = np.hypot((x - layer.at[0]) / layer.radius[0], (y - layer.at[1]) / layer.radius[1])
    dark = ease((away - _LIT) / (_DARK - _LIT))
    canvas.dim(canvas.enlarged(dark * np.float32(layer.strength)))
    if layer.colour:
        canvas.screen(canvas.enlarged((1 - dark) ** 2 * np.float32(_COLOUR)), layer.colour)


def _subject(layer: scene.PhotoSubject, canvas: Canvas, context: PaintContext) -> None:
    photo, k = layer.photo, canvas.scale
    cut = faces.find_subject(context.images[photo.image])
    if cut is None:
        return
    left, top, wide, high = (round(v * k) for v in frame_of(photo))
    cut = finished(cover(cut, (wide, high), photo.focus, photo.zoom, photo.aim), photo)
    shape = Stencil(cut.getchannel("A"), left, top)
    set_off(shape, layer.finish, canvas)
    pixels = to_pixels(cut.convert("RGB"))
    if layer.lift:
        pixels += (1 - pixels) * pixels * np.float32(layer.lift)
    for rim in layer.finish.rims:
        rim_lit(pixels, rim_edge(shape.mask, rim, k), rim)
    canvas.paste(pixels, shape)


PAINTERS: dict[str, Callable[..., Any]] = {"spotlight": _spotlight, "photo subject": _subject}
