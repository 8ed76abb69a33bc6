"""Effects over a photo: steam, smoke, flames, confetti, petals, bubbles, splatters."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageDraw

from thumbnb.render.painters.backgrounds import SOFT
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
    from thumbnb.render.scene import Box


def _plume(layer: scene.Plume, canvas: Canvas, _: PaintContext) -> None:
    if layer.dense:
        _smoke(layer, canvas)
    else:
        _steam(layer, canvas)


def _steam(layer: scene.Plume, canvas: Canvas) -> None:
    """Draw wisps that sway and widen as they rise, thin at both ends."""
    rng = np.random.default_rng(layer.seed)
    x, y = canvas.grid(SOFT)
    up = np.clip((layer.at[1] - y) / layer.height, 0, 1)
    fade = ease(up * 5) * (1 - up) ** 1.1 * (y <= layer.at[1])
    total = np.zeros((y.shape[0], x.shape[1]), np.float32)
    for i in range(_WISPS):
        aside = (i - (_WISPS - 1) / 2) / _WISPS * 0.7 * layer.width
        phase, turns = rng.uniform(0, 2 * np.pi), rng.uniform(0.7, 1.2)
        sway = np.sin(phase + up * turns * 2 * np.pi) * (0.03 + 0.14 * up) * layer.width
        reach = (0.07 + 0.13 * up) * layer.width
        wisp = np.exp(-(((x - layer.at[0] - aside * (0.5 + up) - sway) / reach) ** 2))
        total += wisp * fade * rng.uniform(0.55, 1.0)
    torn = noise_field(total.shape[::-1], 90 / UNITS[1] * total.shape[0], rng)
    light = np.clip(total * (0.5 + 0.75 * torn) * layer.strength, 0, 0.85)
    canvas.mix(layer.colour, canvas.enlarged(light.astype(np.float32)))


_WISPS = 4


def _smoke(layer: scene.Plume, canvas: Canvas) -> None:
    """Pile up noise of three sizes within a shape that widens as it rises, lit from above."""
    rng = np.random.default_rng(layer.seed)
    x, y = canvas.grid(SOFT)
    size = (x.shape[1], y.shape[0])
    field = sum(
        share * noise_field(size, cell / UNITS[1] * y.shape[0], rng)
        for share, cell in ((0.55, 210), (0.3, 90), (0.15, 42))
    )
    up = np.clip((layer.at[1] - y) / layer.height, -0.2, 1)
    reach = (0.34 + 0.5 * np.clip(up, 0, 1) ** 0.8) * layer.width
    shape = 1 - np.abs(x - layer.at[0]) / reach
    shape = np.minimum(np.clip(shape, -1, 0.7), np.clip(1.4 * (1 - up), -1, 1))
    dense = ease(np.clip((field + 0.75 * shape - 0.62) * 2.8, 0, 1))
    lit = canvas.enlarged(np.clip((field - np.roll(field, 4, axis=0)) * 5 + 0.45, 0, 1))
    cover = np.clip(canvas.enlarged(dense * layer.strength), 0, 0.94)
    bright = floats(layer.colour)
    for rows, part in canvas.bands():
        for i in range(3):
            tone = bright[i] * (0.42 + 0.58 * lit[rows])
            part[..., i] += (tone - part[..., i]) * cover[rows]


_FIRE = ((0.0, "#5c0b02"), (0.28, "#d2330a"), (0.55, "#ff8a12"), (0.8, "#ffd24a"), (1.0, "#fff3c4"))
"""The colours of flames, from their tips to their heart."""


def _flames(layer: scene.Flames, canvas: Canvas, _context: PaintContext) -> None:
    """Stretch noise upwards: tongues that taper, hot below, red at their tips."""
    rng = np.random.default_rng(layer.seed)
    x, y = canvas.grid(_FIRE_STEP)
    cols, rows = x.shape[1], y.shape[0]
    stretched = (cols, max(2, round(rows / 2.6)))

    def noise(cell: float) -> Floats:
        low = noise_field(stretched, cell / UNITS[0] * cols, rng)
        image = Image.fromarray(low.astype(np.float32)).resize(
            (cols, rows), Image.Resampling.BICUBIC
        )
        return np.asarray(image, dtype=np.float32)

    sway = (noise(210) - 0.5) * 70
    high = np.full_like(x, layer.height) * (0.62 + 0.76 * _line(cols, 9, rng))
    if layer.kept is not None:
        left, wide = layer.kept[0], layer.kept[2]
        off = np.abs(x - left - wide / 2) / max(wide / 2, 1.0)
        high = high * np.clip(0.34 + 0.66 * (off - 0.55) / 0.7, 0.34, 1.0)
    columns = np.clip((x + sway) / UNITS[0] * cols, 0, cols - 1).astype(int)
    tall = np.take(high[0], columns)
    up = (UNITS[1] - y) / tall
    heat = 1.25 - 1.15 * up + (noise(120) - 0.5) * 1.15 * np.clip(0.3 + up, 0, 1.1)
    heat += (noise(46) - 0.5) * 0.5
    cover = canvas.enlarged(ease(np.clip(heat * 2.6, 0, 1)).astype(np.float32) * layer.strength)
    heat = canvas.enlarged(np.clip(heat * 0.86, 0, 1).astype(np.float32))
    glow = np.clip(1 - (UNITS[1] - y) / (2.1 * layer.height), 0, 1) ** 2 * np.ones_like(x)
    canvas.screen(canvas.enlarged((glow * 0.55 * layer.strength).astype(np.float32)), "#ff6a1a")
    stops = [stop for stop, _colour in _FIRE]
    for i in range(3):
        channel = [floats(colour)[i] for _stop, colour in _FIRE]
        for part_rows, part in canvas.bands():
            tone = np.interp(heat[part_rows], stops, channel)
            part[..., i] += (tone - part[..., i]) * np.clip(cover[part_rows], 0, 1)


_FIRE_STEP = 2


def _line(count: int, knots: int, rng: np.random.Generator) -> Floats:
    """Return a smooth random line of so many values, 0..1."""
    at = np.linspace(0, knots - 1, count)
    return np.asarray(np.interp(at, np.arange(knots), rng.random(knots))[None, :], np.float32)


def _flying(layer: scene.Flying, canvas: Canvas, _: PaintContext) -> None:
    rng = np.random.default_rng(layer.seed)
    k = canvas.scale
    for share, size, soft in ((0.6, 13.0, 0.5), (0.32, 24.0, 0.8), (0.08, 46.0, 5.0)):
        for colour in layer.colours:
            mask = Image.new("L", canvas.size)
            pen = ImageDraw.Draw(mask)
            for _i in range(max(1, int(layer.count * share / len(layer.colours)))):
                at = (rng.uniform(0, UNITS[0]), rng.uniform(0, UNITS[1]))
                long, angle = size * rng.uniform(0.7, 1.4), rng.uniform(0, np.pi)
                flat, bright = rng.uniform(0.25, 0.7), int(255 * rng.uniform(0.75, 1))
                if not any(_holds(box, at, long) for box in layer.kept):
                    shape = (at[0] * k, at[1] * k, long * k, flat)
                    _draw_flying(pen, layer.shape, shape, angle, bright)
            stencil = Stencil(blur(mask, soft * k))
            if layer.shape == "bubbles":
                canvas.shine(stencil, colour, 0.7)
            else:
                canvas.fill(stencil, colour, 0.95)


def _holds(box: Box, at: tuple[float, float], reach: float) -> bool:
    x, y, w, h = box
    return x - reach < at[0] < x + w + reach and y - reach < at[1] < y + h + reach


def _draw_flying(
    pen: ImageDraw.ImageDraw,
    kind: str,
    shape: tuple[float, float, float, float],
    angle: float,
    bright: int,
) -> None:
    """Draw one small thing: a strip of paper, a petal, or the rim of a bubble."""
    x, y, long, flat = shape
    if kind == "bubbles":
        r = long * 0.8
        pen.ellipse((x - r, y - r, x + r, y + r), outline=bright, width=max(1, round(r / 7)))
        pen.ellipse((x - r / 2, y - r / 1.8, x - r / 5, y - r / 4), fill=bright)
        return
    cos, sin = math.cos(angle), math.sin(angle)
    outline = ((-1, -1), (1, -1), (1, 1), (-1, 1)) if kind == "confetti" else _PETAL
    points = [
        (x + 0.5 * long * (a * cos - b * flat * sin), y + 0.5 * long * (a * sin + b * flat * cos))
        for a, b in outline
    ]
    pen.polygon(points, fill=bright)


_PETAL = tuple(
    (math.cos(t) * (1.0 if math.cos(t) < 0 else 0.8), math.sin(t))
    for t in np.linspace(0, 2 * np.pi, 18, endpoint=False)
)


def _splatter(layer: scene.Splatter, canvas: Canvas, _: PaintContext) -> None:
    """Draw a jagged splash and drops that fly from it, darker where they are thick."""
    rng = np.random.default_rng(layer.seed)
    k = canvas.scale
    mask = Image.new("L", canvas.size)
    pen = ImageDraw.Draw(mask)
    for x, y in layer.at:
        turns = np.linspace(0, 2 * np.pi, 40, endpoint=False)
        reach = layer.radius * (0.32 + 0.5 * rng.random(40) ** 3)
        pen.polygon(
            [
                ((x + r * math.cos(t)) * k, (y + r * math.sin(t)) * k)
                for t, r in zip(turns, reach, strict=True)
            ],
            fill=255,
        )
        for _i in range(46):
            t, far = rng.uniform(0, 2 * np.pi), layer.radius * rng.uniform(0.5, 1.9)
            r = layer.radius * 0.09 * rng.random() ** 2 + 2
            a, b = (x + far * math.cos(t)) * k, (y + far * math.sin(t)) * k
            pen.ellipse((a - r * k, b - r * k, a + r * k, b + r * k), fill=255)
    soft = blur(mask, 2.2 * k)
    mask = soft.point([0 if v < 96 else min(255, (v - 96) * 4) for v in range(256)])  # noqa: PLR2004
    stencil = Stencil(mask)
    canvas.shade(stencil.moved(3 * k, 4 * k).blurred(5 * k), 0.45)
    canvas.fill(stencil, layer.colour, 0.94)
    inner = Stencil(blur(mask, 7 * k).point([max(0, (v - 170) * 3) for v in range(256)]))
    canvas.shade(inner, 0.35)


PAINTERS: dict[str, Callable[..., Any]] = {
    "plume": _plume,
    "flames": _flames,
    "flying": _flying,
    "splatter": _splatter,
}
