"""Grounds: gradients, painted subjects, patterns."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from thumbnb.imaging.power import raise_power
from thumbnb.render.painters.halves import show_half
from thumbnb.render.raster.canvas import UNITS, Canvas, ease, floats, mix_in
from thumbnb.render.raster.heap import give_back_free_memory
from thumbnb.render.raster.stencil import Stencil
from thumbnb.render.subjects.placement import paint_subject

if TYPE_CHECKING:
    from collections.abc import Callable

    from thumbnb.render import scene
    from thumbnb.render.colour.mixing import Floats
    from thumbnb.render.painters.context import PaintContext

SOFT = 4
"""Smooth fields are reckoned at a quarter of the size."""


def away(canvas: Canvas, at: tuple[float, float]) -> Floats:
    """Distance from a point in sheet heights, of every ``SOFT``-th pixel: to be enlarged."""
    x, y = canvas.grid(SOFT)
    return np.asarray(np.hypot(x - at[0], y - at[1]) / UNITS[1], dtype=np.float32)


def _radial(layer: scene.Radial, canvas: Canvas, _: PaintContext) -> None:
    d = raise_power(np.clip(away(canvas, layer.at) / layer.radius, 0, 1), layer.power)
    d = canvas.enlarged(d)
    inner, outer = floats(layer.inner), floats(layer.outer)
    for i in range(3):
        np.multiply(d, outer[i] - inner[i], out=canvas.pixels[..., i])
    canvas.pixels += inner


def _linear(layer: scene.Linear, canvas: Canvas, _: PaintContext) -> None:
    x, y = canvas.grid(SOFT)
    a = math.radians(layer.angle)
    along = (x / UNITS[0] - 0.5) * math.cos(a) + (y / UNITS[1] - 0.5) * math.sin(a)
    along = along / (abs(math.cos(a)) + abs(math.sin(a))) + 0.5
    stops = np.stack([floats(c) for c in layer.colours])
    places = np.linspace(0, 1, len(stops))
    for i in range(3):
        canvas.pixels[..., i] = canvas.enlarged(
            np.interp(along, places, stops[:, i]).astype(np.float32)
        )


def _painting(layer: scene.Painting, canvas: Canvas, _: PaintContext) -> None:
    image = paint_subject(layer, canvas.size)
    if canvas.is_large:
        give_back_free_memory()
    if layer.half is None:
        canvas.put(image)
        return
    other = Canvas(canvas.size)
    away = round(canvas.size[0] / 4) * (-1 if layer.half == "left" else 1)
    other.put(Image.fromarray(np.roll(np.asarray(image), away, axis=1)))
    show_half(canvas, other, layer.half)


def _sunburst(layer: scene.Sunburst, canvas: Canvas, _: PaintContext) -> None:
    x, y = canvas.grid()
    across = x - layer.at[0]
    a, b = floats(layer.colours[0]), floats(layer.colours[1])
    for rows, p in canvas.bands():
        down = y[rows] - layer.at[1]
        turns = np.arctan2(down, across) * (layer.rays / (2 * math.pi)) + layer.turn
        # Edges as wide as a pixel far from the middle, wider where rays meet.
        radius = np.maximum(np.sqrt(across * across + down * down), 1)
        soft = np.maximum(0.02, layer.rays * 1.2 / (2 * math.pi) / radius)
        m = np.clip((np.abs(turns - np.floor(turns) - 0.5) - 0.25) / soft + 0.5, 0, 1)
        for i in range(3):
            ray, band = b[i] + (a[i] - b[i]) * m, p[..., i]
            if not layer.solid:
                ray = (1 - 2 * ray) * band * band + 2 * ray * band
            band += (ray - band) * layer.strength


def _halftone(layer: scene.Halftone, canvas: Canvas, _: PaintContext) -> None:
    x, y = canvas.grid()
    cos, sin = math.cos(math.radians(layer.angle)), math.sin(math.radians(layer.angle))
    s = layer.step
    grow = np.clip((away(canvas, layer.at) - layer.near) / (layer.far - layer.near), 0, 1)
    grow = canvas.enlarged(grow)
    colour = floats(layer.colour)
    for rows, part in canvas.bands():
        if grow[rows].max() <= 0:
            continue
        u, v = (x * cos + y[rows] * sin) / s, (y[rows] * cos - x * sin) / s
        u -= np.floor(u) + 0.5
        v -= np.floor(v) + 0.5
        d = np.sqrt(u * u + v * v) * s
        m = np.clip((grow[rows] * (s * 0.58) - d) * canvas.scale + 0.5, 0, 1) * layer.strength
        mix_in(part, colour, m[..., None])


def _slashes(layer: scene.Slashes, canvas: Canvas, _: PaintContext) -> None:
    k, lean = canvas.scale, layer.lean
    for x, width, colour, opacity in layer.bars:
        shape = [(x, -4), (x + width, -4), (x + width - lean, 724), (x - lean, 724)]
        stencil = Stencil.polygon([(px * k, py * k) for px, py in shape], canvas.size)
        canvas.fill(stencil, colour, opacity)


def _wedge(layer: scene.Wedge, canvas: Canvas, _: PaintContext) -> None:
    k = canvas.scale
    end = 1290 if layer.side == "right" else -10
    top, bottom = layer.top, layer.bottom
    if layer.side == "left":
        top, bottom = 1280 - layer.top, 1280 - layer.bottom
    shape = [(top, -4), (end, -4), (end, 724), (bottom, 724)]
    canvas.fill(
        Stencil.polygon([(x * k, y * k) for x, y in shape], canvas.size),
        layer.colour,
        layer.opacity,
    )
    if layer.edge:
        w = layer.edge_width * (1 if layer.side == "right" else -1)
        band = [(top + w, -4), (top + 2 * w, -4), (bottom + 2 * w, 724), (bottom + w, 724)]
        canvas.fill(
            Stencil.polygon([(x * k, y * k) for x, y in band], canvas.size), layer.edge, 0.8
        )


def _grid(layer: scene.Grid, canvas: Canvas, _: PaintContext) -> None:
    x, y = (_lines(along, layer.step) for along in canvas.grid())
    canvas.mix(layer.colour, np.maximum(x, y) * np.float32(layer.strength))


def _lines(along: Floats, step: float) -> Floats:
    """Return how much of a line lies at each place along an edge, one to a step."""
    return np.asarray(np.clip(1.1 - np.abs((along + step / 2) % step - step / 2), 0, 1))


def _wash(layer: scene.Wash, canvas: Canvas, _: PaintContext) -> None:
    if layer.multiply:
        canvas.pixels *= 1 + (floats(layer.colour) - 1) * layer.strength
    else:
        canvas.mix(layer.colour, layer.strength)


def _scrim(layer: scene.Scrim, canvas: Canvas, _: PaintContext) -> None:
    x, y = canvas.grid(SOFT)
    t = {
        "left": x / UNITS[0],
        "right": 1 - x / UNITS[0],
        "top": y / UNITS[1],
        "bottom": 1 - y / UNITS[1],
    }
    fall = ease(1 - t[layer.side] / layer.reach) * layer.strength
    whole = np.broadcast_to(fall, (y.shape[0], x.shape[1]))
    canvas.mix(layer.colour, canvas.enlarged(np.ascontiguousarray(whole)))


PAINTERS: dict[str, Callable[..., Any]] = {
    "radial": _radial,
    "linear": _linear,
    "painting": _painting,
    "sunburst": _sunburst,
    "halftone": _halftone,
    "slashes": _slashes,
    "wedge": _wedge,
    "grid": _grid,
    "wash": _wash,
    "scrim": _scrim,
}
