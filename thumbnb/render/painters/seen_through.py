"""What a photo is seen through: a window, a keyhole, binoculars, bars, a camera."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from thumbnb.render.raster.canvas import UNITS, ease
from thumbnb.render.raster.stencil import Stencil

if TYPE_CHECKING:
    from collections.abc import Callable

    from thumbnb.render import scene
    from thumbnb.render.colour.mixing import Floats
    from thumbnb.render.painters.context import PaintContext
    from thumbnb.render.raster.canvas import Canvas
    from thumbnb.render.scene import Box

_Look = tuple[str, str, str]

_WOOD: _Look = ("#2b1d14", "#4a3424", "#0d0805")
_IRON: _Look = ("#24272b", "#5c636b", "#08090a")
"""The colour of a bar, of its lit edge and of its edge in the shade."""


def _bar(canvas: Canvas, box: Box, look: _Look) -> None:
    """Draw a bar of a window or of a cage: lit from the left and from above, with its shadow."""
    k = canvas.scale
    x, y, w, h = (v * k for v in box)
    edge = max(1.0, 0.16 * min(w, h))
    body = Stencil.rounded((x, y, x + w, y + h), 0)
    canvas.shade(body.moved(8 * k, 10 * k).blurred(10 * k), 0.5)
    canvas.fill(body, look[0])
    upright = h > w
    lit = (x, y, x + edge, y + h) if upright else (x, y, x + w, y + edge)
    dark = (x + w - edge, y, x + w, y + h) if upright else (x, y + h - edge, x + w, y + h)
    canvas.fill(Stencil.rounded(lit, 0), look[1])
    canvas.fill(Stencil.rounded(dark, 0), look[2])


def _window(layer: scene.SeenThrough, canvas: Canvas) -> None:
    wide, high = UNITS
    x, y = canvas.grid(_SOFT)
    # The pane mirrors a little of the room: two slanted streaks of light.
    slanted = x + 0.7 * y
    streaks = sum(
        np.exp(-(((slanted - at) / reach) ** 2)) for at, reach in ((420.0, 60.0), (560.0, 26.0))
    )
    canvas.screen(canvas.enlarged(np.asarray(streaks * 0.16, dtype=np.float32)), "#dfe9f5")
    _bar(canvas, (layer.at[0] - 13, 0, 26, high), _WOOD)
    _bar(canvas, (0, layer.at[1] - 11, wide, 22), _WOOD)
    _bar(canvas, (-30, -30, 80, high + 60), _WOOD)
    _bar(canvas, (wide - 50, -30, 80, high + 60), _WOOD)
    _bar(canvas, (-30, -30, wide + 60, 74), _WOOD)
    _bar(canvas, (-30, high - 54, wide + 60, 90), _WOOD)


def _cage(layer: scene.SeenThrough, canvas: Canvas) -> None:
    # Who is behind bars is seen between two of them.
    first = (layer.at[0] + (_APART + _IRON_WIDE) / 2) % _APART - _APART
    for number in range(9):
        _bar(canvas, (first + number * _APART - _IRON_WIDE, -30, _IRON_WIDE, UNITS[1] + 60), _IRON)
    _bar(canvas, (-30, 96, UNITS[0] + 60, 30), _IRON)


_APART, _IRON_WIDE = 196.0, 32.0
"""How far the bars of a cage are apart, and how wide they are (units)."""

_SOFT = 4
_ROUND = 26.0
"""How soft the edge of an opening is (units)."""


def _opening(layer: scene.SeenThrough, canvas: Canvas) -> None:
    """Leave seen what is within the shape of an opening; all else is black."""
    x, y = canvas.grid(2)
    cx, cy = layer.at
    r = layer.radius
    if layer.what == "binoculars":
        away = np.minimum(np.hypot(x - cx + 0.62 * r, y - cy), np.hypot(x - cx - 0.62 * r, y - cy))
        inside = r - away
    else:
        inside = r - np.hypot(x - cx, y - cy)
    if layer.what == "keyhole":
        r *= 0.66
        head = r - np.hypot(x - cx, y - cy + 0.5 * r)
        below = np.where(
            (y > cy - 0.5 * r) & (y < cy + 1.6 * r),
            0.42 * r + 0.34 * np.clip(y - cy, 0, None) - np.abs(x - cx), -_ROUND,
        )  # fmt: skip
        inside = np.maximum(head, below)
    canvas.dim(canvas.enlarged(1 - ease(np.asarray(inside, np.float32) / _ROUND)))
    if layer.what == "scope":
        _cross_hairs(layer, canvas)


def _cross_hairs(layer: scene.SeenThrough, canvas: Canvas) -> None:
    k, r = canvas.scale, layer.radius
    x, y = layer.at
    lines = []
    for way in (-1, 1):
        far, near, gap = (x + way * part * r for part in (0.97, 0.4, 0.06))
        lines += [(far, y - 4, near, y + 4), (near, y - 1.5, gap, y + 1.5)]
        far, near, gap = (y + way * part * r for part in (0.97, 0.4, 0.06))
        lines += [(x - 4, far, x + 4, near), (x - 1.5, near, x + 1.5, gap)]
    for left, top, right, foot in lines:
        box = (min(left, right) * k, min(top, foot) * k, max(left, right) * k, max(top, foot) * k)
        canvas.fill(Stencil.rounded(box, 0), "#050505", 0.9)
    canvas.fill(Stencil.disc(x * k, y * k, 4.5 * k), "#ff2a1f")


def _camera(_: scene.SeenThrough, canvas: Canvas) -> None:
    """Show a recording: lines of a screen, corners, the red dot of what is being recorded."""
    k = canvas.scale
    rows = np.arange(canvas.height, dtype=np.float32)[:, None] / k
    lines: Floats = np.broadcast_to(0.10 * (rows % 6 < 3), (canvas.height, canvas.width))  # noqa: PLR2004 - every other line
    canvas.dim(np.ascontiguousarray(lines, dtype=np.float32))
    wide, high = UNITS
    for left in (36.0, wide - 36 - 90):
        for top in (32.0, high - 32 - 70):
            x = left if left < wide / 2 else left + 84
            y = top if top < high / 2 else top + 64
            for box in ((left, y, left + 90, y + 6), (x, top, x + 6, top + 70)):
                canvas.fill(Stencil.rounded(tuple(v * k for v in box), 0), "#ffffff", 0.85)  # type: ignore[arg-type]  # four of them
    dot = Stencil.disc(84 * k, 82 * k, 15 * k)
    canvas.shine(dot.blurred(12 * k), "#ff2a1f", 0.8)
    canvas.fill(dot, "#ff2a1f")


def _seen_through(layer: scene.SeenThrough, canvas: Canvas, _: PaintContext) -> None:
    {"window": _window, "cage": _cage, "camera": _camera}.get(layer.what, _opening)(layer, canvas)


PAINTERS: dict[str, Callable[..., Any]] = {"seen through": _seen_through}
