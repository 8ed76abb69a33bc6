"""Light, air and film: glows, mist, sparks, vignettes, grain."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageDraw

from thumbnb.render.painters.backgrounds import SOFT, away
from thumbnb.render.raster.brushes import noise_field
from thumbnb.render.raster.canvas import UNITS, ease
from thumbnb.render.raster.filters import blur
from thumbnb.render.raster.pixels import luma
from thumbnb.render.raster.stencil import Stencil

if TYPE_CHECKING:
    from collections.abc import Callable

    from thumbnb.render import scene
    from thumbnb.render.colour.mixing import Floats
    from thumbnb.render.painters.context import PaintContext
    from thumbnb.render.raster.canvas import Canvas


def _glow(layer: scene.Glow, canvas: Canvas, _: PaintContext) -> None:
    d = np.clip(1 - away(canvas, layer.at) * UNITS[1] / layer.radius, 0, 1)
    canvas.screen(canvas.enlarged(d**2 * layer.strength), layer.colour)


def _mist(layer: scene.Mist, canvas: Canvas, _: PaintContext) -> None:
    x, y = canvas.grid(SOFT)
    rng = np.random.default_rng(layer.seed)
    field = noise_field((x.shape[1], y.shape[0]), layer.cell / UNITS[1] * y.shape[0], rng)
    field = np.clip((field - 0.25) * 1.8, 0, 1)
    down = ease((y - layer.top) / 400) if layer.top else np.ones_like(y)
    amount = canvas.enlarged(field * down * layer.strength)
    np.clip(amount, 0, 1, out=amount)
    if layer.dark:
        canvas.mix(layer.colour, amount)
    else:
        canvas.screen(amount, layer.colour)


def _bokeh(layer: scene.Bokeh, canvas: Canvas, _: PaintContext) -> None:
    rng = np.random.default_rng(layer.seed)
    k = canvas.scale
    for _i in range(layer.count):
        r = rng.uniform(layer.least, layer.most) * k
        x, y = rng.uniform(-0.05, 1.05) * canvas.width, rng.uniform(-0.05, 1.05) * canvas.height
        side = int(2 * r) + 8
        mask = Image.new("L", (side, side))
        pen = ImageDraw.Draw(mask)
        body, edge = int(rng.uniform(60, 130)), int(rng.uniform(120, 200))
        pen.ellipse((4, 4, side - 5, side - 5), fill=body, outline=edge, width=max(1, int(r / 12)))
        mask = blur(mask, rng.uniform(0.8, 2) * k + r / 18)
        colour = layer.colours[int(rng.integers(len(layer.colours)))]
        canvas.shine(
            Stencil(mask, int(x - r), int(y - r)), colour, layer.strength * rng.uniform(0.5, 1.3)
        )


def _sparks(layer: scene.Sparks, canvas: Canvas, _: PaintContext) -> None:
    rng = np.random.default_rng(layer.seed)
    k = canvas.scale
    fine = 2
    sharp = Image.new("L", (canvas.width * fine, canvas.height * fine))
    pen = ImageDraw.Draw(sharp)
    for _i in range(layer.count):
        x, y = rng.uniform(0, canvas.width) * fine, rng.uniform(0, canvas.height) * fine
        size = layer.size * k * fine * (0.25 + 1.2 * rng.random() ** 3)
        bright = int(255 * rng.uniform(0.3, 1))
        if layer.streak:
            angle = -0.9 + rng.normal(0, 0.35)
            dx, dy = np.cos(angle), np.sin(angle)
            long = size * layer.streak * rng.uniform(0.1, 0.5)
            pen.line(
                (x, y, x + dx * long, y + dy * long), fill=bright, width=max(1, int(size * 0.7))
            )
        pen.ellipse((x - size / 2, y - size / 2, x + size / 2, y + size / 2), fill=bright)
    stencil = Stencil(sharp.reduce(fine))
    colour = layer.colours[0]
    canvas.shine(stencil.blurred(layer.size * 1.6 * k), colour, layer.strength * 0.9)
    canvas.shine(stencil, layer.colours[-1], layer.strength)


def _rays(layer: scene.Rays, canvas: Canvas, _: PaintContext) -> None:
    rng = np.random.default_rng(layer.seed)
    x, y = canvas.grid(SOFT)
    angle = np.arctan2(y - layer.at[1], x - layer.at[0])
    table = rng.random(48)
    table = np.convolve(np.concatenate([table, table[:3]]), [0.25, 0.5, 0.25], "valid")
    place = (angle + np.pi) / (2 * np.pi) * 220 % len(table)
    beam = np.interp(place, np.arange(len(table) + 1), [*table, table[0]])
    fall = np.clip(1.25 - np.hypot(x - layer.at[0], y - layer.at[1]) / 1000, 0, 1)
    amount = np.clip((beam - 0.35) * 1.6, 0, 1) * fall * layer.strength
    canvas.screen(canvas.enlarged(amount), layer.colour)


def _vignette(layer: scene.Vignette, canvas: Canvas, _: PaintContext) -> None:
    x, y = canvas.grid(SOFT)
    d = np.hypot((x - layer.at[0]) / UNITS[0] * 1.25, (y - layer.at[1]) / UNITS[1]) / 0.95
    shade = np.clip(d, 0, 1) ** 2.2 * layer.strength
    canvas.dim(canvas.enlarged(shade))


def _grain(layer: scene.Grain, canvas: Canvas, _: PaintContext) -> None:
    # The grain of the sheet, not of the pixels: a larger image shows the same grain larger.
    noise = canvas.enlarged((_normal_noise(layer.seed) * layer.strength).astype(np.float32))
    for rows, part in canvas.bands():
        grain = noise[rows] * (1 - np.abs(luma(part) - 0.5) * 1.2)
        np.add(part, grain[..., None], out=part)


@lru_cache(maxsize=2)
def _normal_noise(seed: int) -> Floats:
    return np.random.default_rng(seed).standard_normal((360, 640))


def _bars(layer: scene.Bars, canvas: Canvas, _: PaintContext) -> None:
    tall = round(layer.height * canvas.scale)
    canvas.pixels[:tall] = 0
    canvas.pixels[-tall:] = 0


PAINTERS: dict[str, Callable[..., Any]] = {
    "glow": _glow,
    "mist": _mist,
    "bokeh": _bokeh,
    "sparks": _sparks,
    "rays": _rays,
    "vignette": _vignette,
    "grain": _grain,
    "bars": _bars,
}
