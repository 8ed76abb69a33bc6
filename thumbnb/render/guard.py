"""Making sure a headline can be read on what lies behind it, before it is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thumbnb.render import palette
from thumbnb.render.canvas import floats

if TYPE_CHECKING:
    from thumbnb.render.canvas import Canvas
    from thumbnb.render.colour import Floats
    from thumbnb.render.scene import Words
    from thumbnb.render.stencil import Stencil

LEAST = 4.5
"""The least WCAG contrast of letters to what is around them."""

_AIM = 5.2
"""What is aimed at: edges and grain take a little of it away again."""

_STROKE = 0.035
"""A stroke at least this wide (font sizes) is ground enough by itself."""

_STEP = 40
"""Contrast is looked at in squares this large (units)."""


def luminance(pixels: Floats) -> Floats:
    """Relative luminance of pixels in 0..1."""
    p = np.clip(pixels, 0, 1)
    linear = np.where(p <= 0.04045, p / 12.92, ((p + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004 - sRGB's knee
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]), dtype=np.float32)


def secured(layer: Words, canvas: Canvas, ink: Stencil, strong: Stencil | None) -> Words:
    """Give a headline the veil, and its stressed words the colour, that it takes to be read.

    ``ink`` are all its letters, ``strong`` the stressed ones, on the canvas.
    """
    e = layer.effects
    changes: dict[str, object] = {}
    if e.plate != "none":
        letters = [*e.stress, *(e.fill if e.plate != "word" else ())]
        plate = e.plate_colour
        for colour in letters:
            plate = palette.readable_on(plate, colour)
        changes["plate_colour"] = plate
        if e.plate != "word":
            return _with(layer, changes)
    if e.stroke >= _STROKE:
        changes["fill"] = tuple(palette.readable_on(c, e.stroke_colour) for c in e.fill)
        if e.plate != "word":
            changes["stress"] = tuple(palette.readable_on(c, e.stroke_colour) for c in e.stress)
        return _with(layer, changes)
    parts = [(ink, min(e.fill, key=lambda c: _distance(c, layer.veil_colour)))]
    if strong is not None and e.plate != "word":
        parts.append((strong, min(e.stress, key=lambda c: _distance(c, layer.veil_colour))))
    under = [(_behind(canvas, shape), palette.luminance(colour)) for shape, colour in parts]
    veil = next(
        (v for v in _VEILS if all(_worst(k, _veiled(b, v, layer)) >= _AIM for b, k in under)),
        _VEILS[-1],
    )
    if len(parts) > 1:
        # Under the strongest veil a stressed word may still be too dim: it gets lighter.
        behind = _veiled(under[1][0], veil, layer)
        dim = palette.luminance(layer.veil_colour) < 0.2  # noqa: PLR2004
        ground = _gamma(float(np.percentile(behind, 90 if dim else 10)))
        grey = "#{0:02x}{0:02x}{0:02x}".format(int(255 * ground))
        changes["stress"] = tuple(palette.readable_on(c, grey, LEAST) for c in e.stress)
    return _with(layer, changes, veil=veil)


_VEILS = (0.0, 0.25, 0.45, 0.6, 0.72, 0.82)


def _veiled(behind: Floats, veil: float, layer: Words) -> Floats:
    """Give what the luminance behind becomes under a veil, which mixes colours, not light."""
    mixed = np.sqrt(behind) * (1 - veil) + palette.luminance(layer.veil_colour) ** 0.5 * veil
    return np.asarray(mixed**2, dtype=np.float32)


def _with(layer: Words, effects: dict[str, object], veil: float = 0.0) -> Words:
    return layer.model_copy(
        update={"effects": layer.effects.model_copy(update=effects), "veil": veil, "secured": True}
    )


def _gamma(light: float) -> float:
    return light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055  # noqa: PLR2004


def _distance(a: str, b: str) -> float:
    return float(np.abs(floats(a) - floats(b)).sum())


def _behind(canvas: Canvas, ink: Stencil) -> Floats:
    """Give the luminance of each square that letters will lie on."""
    left, top, right, bottom = ink.box
    light = luminance(canvas.part((left, top, right, bottom))[::2, ::2])
    step = max(2, round(_STEP * canvas.scale / 2))
    mask = np.asarray(ink.mask)[max(0, -top) :: 2, max(0, -left) :: 2][
        : light.shape[0], : light.shape[1]
    ]
    out = [
        float(np.mean(light[y : y + step, x : x + step]))
        for y in range(0, light.shape[0], step)
        for x in range(0, light.shape[1], step)
        if mask[y : y + step, x : x + step].mean() > 25  # noqa: PLR2004 - a tenth of it is letters
    ]
    return np.array(out or [0.2], dtype=np.float32)


def _worst(letters: float, behind: Floats) -> float:
    """Give the contrast at the worst tenth of places."""
    low, high = np.minimum(behind, letters), np.maximum(behind, letters)
    return float(np.percentile((high + 0.05) / (low + 0.05), 10))
