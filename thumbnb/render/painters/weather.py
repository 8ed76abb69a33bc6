"""Weather: clouds, lightning, rain, snow."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageDraw

from thumbnb.render.painters.backgrounds import SOFT, away
from thumbnb.render.raster.brushes import noise_field
from thumbnb.render.raster.canvas import UNITS, ease, floats
from thumbnb.render.raster.filters import blur
from thumbnb.render.raster.stencil import Stencil

if TYPE_CHECKING:
    from collections.abc import Callable

    from thumbnb.render import scene
    from thumbnb.render.colour.mixing import Floats
    from thumbnb.render.painters.context import PaintContext
    from thumbnb.render.raster.canvas import Canvas


def _lightning(layer: scene.Lightning, canvas: Canvas, _: PaintContext) -> None:
    """Break the way in two again and again, each middle moved aside; branches leave it."""
    rng = np.random.default_rng(layer.seed)
    k = canvas.scale
    main = _bolt(np.array(layer.start) * k, np.array(layer.end) * k, 0.16, rng)
    middle = ((layer.start[0] + layer.end[0]) / 2, (layer.start[1] + layer.end[1]) / 2)
    lit = np.clip(1 - away(canvas, middle) * UNITS[1] / 620, 0, 1) ** 2 * 0.5 * layer.strength
    canvas.screen(canvas.enlarged(lit), layer.colour)
    mask = Image.new("L", canvas.size)
    pen = ImageDraw.Draw(mask)
    length = float(np.hypot(*(main[-1] - main[0])))
    for _i in range(4):
        at = int(rng.integers(len(main) // 5, len(main) * 3 // 4))
        aside = np.array([rng.uniform(-0.34, 0.34), rng.uniform(0.14, 0.3)]) * length
        _draw_bolt(pen, _bolt(main[at], main[at] + aside, 0.18, rng), 4.5 * k, 170)
    _draw_bolt(pen, main, 9 * k, 255)
    bolt = Stencil(blur(mask, 0.7 * k))
    canvas.shine(bolt.blurred(22 * k), "#7ea2ff", layer.strength)
    canvas.shine(bolt.blurred(7 * k), layer.colour, layer.strength)
    canvas.fill(bolt, "#ffffff", layer.strength)


def _bolt(start: Floats, end: Floats, jag: float, rng: np.random.Generator) -> list[Floats]:
    """Return the corners of a bolt: the middle of each part is moved aside, six times over."""
    points = [start, end]
    for _i in range(6):
        finer = [points[0]]
        for a, b in pairwise(points):
            across = np.array([a[1] - b[1], b[0] - a[0]])
            finer += [(a + b) / 2 + across * rng.normal(0, jag), b]
        points = finer
    return points


def _draw_bolt(pen: ImageDraw.ImageDraw, points: list[Floats], wide: float, level: int) -> None:
    """Draw a bolt that grows thinner to its end."""
    for i, (a, b) in enumerate(pairwise(points)):
        width = max(1, round(wide * (1 - 0.75 * i / len(points))))
        pen.line((*a, *b), fill=level, width=width)


def _rain(layer: scene.Rain, canvas: Canvas, _: PaintContext) -> None:
    rng = np.random.default_rng(layer.seed)
    k = canvas.scale
    for share, size in ((0.7, 0.6), (0.3, 1.25)):
        mask = Image.new("L", canvas.size)
        pen = ImageDraw.Draw(mask)
        for _i in range(int(layer.count * share)):
            x, y = rng.uniform(-0.1, 1.1) * canvas.width, rng.uniform(-0.1, 1) * canvas.height
            long = layer.length * size * k * rng.uniform(0.6, 1.4)
            bright = int(255 * rng.uniform(0.3, 1) * min(1.0, size))
            pen.line((x, y, x - long * layer.lean, y + long), bright, max(1, round(2.2 * size * k)))
        stencil = Stencil(blur(mask, 0.6 * size * k))
        canvas.shine(stencil, layer.colour, layer.strength)


def _snowfall(layer: scene.Snowfall, canvas: Canvas, _: PaintContext) -> None:
    rng = np.random.default_rng(layer.seed)
    k = canvas.scale
    for share, size, soft in ((0.75, 4.0, 1.0), (0.25, 10.0, 3.0)):
        mask = Image.new("L", canvas.size)
        pen = ImageDraw.Draw(mask)
        for _i in range(int(layer.count * share)):
            x, y = rng.uniform(0, 1) * canvas.width, rng.uniform(0, 1) * canvas.height
            r = size * k * rng.uniform(0.5, 1.3) / 2
            pen.ellipse((x - r, y - r, x + r, y + r), fill=int(255 * rng.uniform(0.5, 1)))
        canvas.fill(Stencil(blur(mask, soft * k)), "#ffffff", layer.strength)


def _clouds(layer: scene.StormClouds, canvas: Canvas, _: PaintContext) -> None:
    """Pile up noise of three sizes, dense above, torn below; its upper edges catch light."""
    rng = np.random.default_rng(layer.seed)
    x, y = canvas.grid(SOFT)
    size = (x.shape[1], y.shape[0])
    field = sum(
        share * noise_field(size, cell / UNITS[1] * y.shape[0], rng)
        for share, cell in ((0.55, 300), (0.3, 130), (0.15, 60))
    )
    above = np.clip((layer.bottom - y) / 260 + 0.35, 0, 1)
    dense = ease(np.clip((field + above - 0.78) * 2.6, 0, 1)) * (y < layer.bottom + 240)
    lit = np.clip((field - np.roll(field, 5, axis=0)) * 5 + 0.32, 0, 1)
    lightness = canvas.enlarged(lit)
    cover = np.clip(canvas.enlarged(dense * layer.strength), 0, 1)
    dark, light = floats(layer.dark), floats(layer.light)
    for rows, part in canvas.bands():
        for i in range(3):
            tone = dark[i] + (light[i] - dark[i]) * lightness[rows]
            part[..., i] += (tone - part[..., i]) * cover[rows]


PAINTERS: dict[str, Callable[..., Any]] = {
    "lightning": _lightning,
    "rain": _rain,
    "snowfall": _snowfall,
    "clouds": _clouds,
}
