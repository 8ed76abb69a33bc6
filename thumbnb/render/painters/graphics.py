"""Devices: arrows, bursts, rules, tape, frames."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from thumbnb.render.raster.stencil import Stencil

if TYPE_CHECKING:
    from collections.abc import Callable

    from thumbnb.render import scene
    from thumbnb.render.painters.context import PaintContext
    from thumbnb.render.raster.canvas import Canvas


def _arrow(layer: scene.Arrow, canvas: Canvas, _: PaintContext) -> None:
    k = canvas.scale
    p0, p1 = np.array(layer.start) * k, np.array(layer.end) * k
    way = p1 - p0
    bow = (p0 + p1) / 2 + np.array([-way[1], way[0]]) * layer.bend
    t = np.linspace(0, 1, 60)[:, None]
    path = (1 - t) ** 2 * p0 + 2 * t * (1 - t) * bow + t**2 * p1
    head = layer.width * k * 2.3
    run = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
    shaft = path[run < run[-1] - head * 0.85]
    if len(shaft) < 3:  # noqa: PLR2004 - too short to be an arrow
        return
    along = np.gradient(shaft, axis=0)
    along /= np.hypot(*along.T)[:, None]
    across = np.stack([-along[:, 1], along[:, 0]], axis=1)
    half = np.linspace(0.45, 1, len(shaft))[:, None] * layer.width * k / 2
    body = np.concatenate([shaft + across * half, (shaft - across * half)[::-1]])
    neck, point = shaft[-1], path[-1]
    aim = (point - neck) / np.hypot(*(point - neck))
    side = np.array([-aim[1], aim[0]])
    tip = [
        neck + side * head * 0.72 - aim * head * 0.12,
        point,
        neck - side * head * 0.72 - aim * head * 0.12,
        neck + aim * head * 0.05,
    ]
    shape = Stencil.polygon([tuple(p) for p in body]).joined(
        Stencil.polygon([tuple(p) for p in tip])
    )
    outline = shape.grown(7 * k)
    canvas.shade(outline.moved(4 * k, 8 * k).blurred(10 * k), 0.5)
    canvas.fill(outline, layer.outline)
    canvas.fill(shape, layer.colour)


def _ring(layer: scene.Ring, canvas: Canvas, _: PaintContext) -> None:
    k = canvas.scale
    x, y, w, h = (side * k for side in layer.box)
    # By hand the stroke goes round a little more than once, and ends outside where it began.
    t = np.linspace(0, 1, 120)[:, None]
    turn = np.radians(-118 + 392 * t)
    wide = 0.98 + 0.08 * t
    at = np.concatenate(
        [x + w / 2 + w / 2 * wide * np.cos(turn), y + h / 2 + h / 2 * wide * np.sin(turn)], axis=1
    )
    along = np.gradient(at, axis=0)
    along /= np.maximum(np.hypot(*along.T), 1e-9)[:, None]
    across = np.stack([-along[:, 1], along[:, 0]], axis=1)
    half = layer.width * k / 2 * (0.62 + 0.38 * np.sin(np.pi * np.clip(t, 0.06, 0.94)))
    edges = at + across * half, at - across * half
    pieces = [
        [tuple(p) for p in (*edges[0][i : i + 9], *edges[1][i : i + 9][::-1])]
        for i in range(0, len(at) - 1, 8)
    ]
    stroke = Stencil.polygons(pieces)
    canvas.shade(stroke.moved(3 * k, 6 * k).blurred(8 * k), 0.55)
    canvas.fill(stroke, layer.colour)


def _cross(layer: scene.Cross, canvas: Canvas, _: PaintContext) -> None:
    k = canvas.scale
    x, y, w, h = (side * k for side in layer.box)
    half = layer.width * k / 2
    strokes = []
    for start, end in (((x, y), (x + w, y + h)), ((x + w, y + 0.03 * h), (x, y + 0.98 * h))):
        way = np.array(end) - np.array(start)
        aside = np.array([-way[1], way[0]]) / max(float(np.hypot(*way)), 1e-9) * half
        bow = np.array(start) + way / 2 + aside * 0.4
        # As a brush draws it: thin where it begins, thick where it is pressed.
        strokes.append(
            [
                tuple(np.array(start) + aside * 0.5), tuple(bow + aside),
                tuple(np.array(end) + aside * 0.8), tuple(np.array(end) - aside * 0.7),
                tuple(bow - aside), tuple(np.array(start) - aside * 0.5),
            ]
        )  # fmt: skip
    cross = Stencil.polygons(strokes)
    canvas.shade(cross.moved(5 * k, 9 * k).blurred(11 * k), 0.6)
    canvas.fill(cross.grown(6 * k), "#ffffff")
    canvas.fill(cross, layer.colour)


def _burst(layer: scene.Burst, canvas: Canvas, _: PaintContext) -> None:
    k = canvas.scale
    x, y = layer.at[0] * k, layer.at[1] * k
    for i in range(layer.count):
        angle = math.radians(-168 + 156 * i / (layer.count - 1))
        inner = layer.radius * k * (1.06 if i % 2 else 1.0)
        outer = inner + layer.radius * k * (0.26 if i % 2 else 0.42)
        dx, dy = math.cos(angle), math.sin(angle)
        half = layer.width * k
        shape = [
            (x + dx * inner, y + dy * inner),
            (x + dx * outer - dy * half, y + dy * outer + dx * half),
            (x + dx * outer + dy * half, y + dy * outer - dx * half),
        ]
        stroke = Stencil.polygon(shape)
        canvas.shade(stroke.moved(3 * k, 5 * k).blurred(6 * k), 0.4)
        canvas.fill(stroke, layer.colour)


def _streaks(layer: scene.Streaks, canvas: Canvas, _: PaintContext) -> None:
    k = canvas.scale
    for line in layer.lines:
        x0, y0, x1, y1 = (each * k for each in line)
        far = math.hypot(x1 - x0, y1 - y0) or 1.0
        half = layer.width * k / 2
        ox, oy = -(y1 - y0) / far * half, (x1 - x0) / far * half
        shape = Stencil.polygon([(x0, y0), (x1 + ox, y1 + oy), (x1 - ox, y1 - oy)])
        canvas.shade(shape.blurred(5 * k), 0.3)
        canvas.fill(shape, layer.colour, layer.opacity)


def _rule(layer: scene.Rule, canvas: Canvas, _: PaintContext) -> None:
    k = canvas.scale
    x, y, w, h = layer.box
    canvas.fill(Stencil.rounded((x * k, y * k, (x + w) * k, (y + h) * k), 0), layer.colour)


def _frame(layer: scene.Frame, canvas: Canvas, _: PaintContext) -> None:
    k = canvas.scale
    a, w = layer.inset, layer.width
    for box in (
        (a, a, 1280 - a, a + w),
        (a, 720 - a - w, 1280 - a, 720 - a),
        (a, a, a + w, 720 - a),
        (1280 - a - w, a, 1280 - a, 720 - a),
    ):
        left, top, right, bottom = (v * k for v in box)
        canvas.fill(Stencil.rounded((left, top, right, bottom), 0), layer.colour)


def _tape(layer: scene.Tape, canvas: Canvas, _: PaintContext) -> None:
    k = canvas.scale
    centre = (640 * k, layer.y * k)
    top, bottom = (layer.y - layer.height / 2) * k, (layer.y + layer.height / 2) * k
    band = Stencil.rounded((-60 * k, top, 1340 * k, bottom), 0).turned(layer.turn, centre)
    canvas.shade(band.moved(0, 4 * k).blurred(8 * k), 0.5)
    canvas.fill(band, layer.colours[0])
    step = layer.height * 1.5 * k
    for i in range(math.ceil(1400 * k / step)):
        x = -60 * k + i * step
        lean = layer.height * 0.8 * k
        bar = [(x + lean, top), (x + lean + step / 2, top), (x + step / 2, bottom), (x, bottom)]
        canvas.fill(Stencil.polygon(bar).turned(layer.turn, centre), layer.colours[1])


PAINTERS: dict[str, Callable[..., Any]] = {
    "arrow": _arrow,
    "burst": _burst,
    "ring": _ring,
    "cross": _cross,
    "streaks": _streaks,
    "rule": _rule,
    "frame": _frame,
    "tape": _tape,
}
