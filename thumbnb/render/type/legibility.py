"""Legibility: a headline is made readable on what lies behind it, before it is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thumbnb.imaging.srgb import from_linear, pixel_luminance
from thumbnb.render.colour import palette

if TYPE_CHECKING:
    from thumbnb.render.colour.mixing import Floats
    from thumbnb.render.raster.canvas import Canvas
    from thumbnb.render.raster.stencil import Stencil
    from thumbnb.render.scene import Effects, Words

_AIM = 5.2
"""What is aimed at: edges and grain take a little of it away again."""

_FIRM = 6.0
"""What ground of the letters' own (a plate, a stroke) is given: its colour is free to choose."""

_BESIDE = 3.0
"""What the depth of letters drawn as blocks is given: it lies on one side of them only."""

_NEAR = 0.4
"""The share of a glow's strength that lies right beside the letters."""

_STROKE = 0.035
"""A stroke at least this wide (font sizes) is ground enough by itself."""

_STEP = 40
"""Contrast is looked at in squares this large (units)."""


def ensure_legible(layer: Words, canvas: Canvas, ink: Stencil, strong: Stencil | None) -> Words:
    """Give a headline the veil, and its stressed words the colour, that it takes to be read.

    ``ink`` are all its letters, ``strong`` the stressed ones, on the canvas.
    """
    effects = layer.effects
    plated, stroked = effects.plate != "none", effects.stroke >= _STROKE
    every = (*effects.fill, *effects.stress)
    on_plate = effects.stress if effects.plate == "word" else every if plated else ()
    bare = effects.fill if effects.plate == "word" else () if plated else every
    changes = _own_backgrounds(effects, on_plate, every)
    if stroked and bare:
        changes |= _with_stroke(effects, bare, plated=plated)
    if stroked or not bare:
        return _with_effects(layer, changes)
    parts = [("fill", ink, effects.fill)]
    if strong is not None and not plated:
        parts.append(("stress", strong, effects.stress))
    return _veiled_layer(layer, canvas, parts, changes)


def _own_backgrounds(
    effects: Effects, on_plate: tuple[str, ...], every: tuple[str, ...]
) -> dict[str, object]:
    """Give the plate and the depth of letters colours that stand off from the letters."""
    changes: dict[str, object] = {}
    if effects.plate != "none":
        changes["plate_colour"] = _contrasting(effects.plate_colour, on_plate)
    if effects.depth:
        changes["depth"] = (_contrasting(effects.depth[0], every, _BESIDE), effects.depth[1])
    return changes


def _with_stroke(effects: Effects, bare: tuple[str, ...], *, plated: bool) -> dict[str, object]:
    """Give the stroke a colour that stands off from the letters, and the letters from it."""
    stroke = _contrasting(effects.stroke_colour, bare)
    changes: dict[str, object] = {
        "stroke_colour": stroke,
        "fill": tuple(palette.readable_on(c, stroke) for c in effects.fill),
    }
    if not plated:
        changes["stress"] = tuple(palette.readable_on(c, stroke) for c in effects.stress)
    return changes


def _veiled_layer(
    layer: Words,
    canvas: Canvas,
    parts: list[tuple[str, Stencil, tuple[str, ...]]],
    changes: dict[str, object],
) -> Words:
    """Lay the weakest veil that suffices behind letters, and adjust their colours to it."""
    under = [(name, _background_luminance(canvas, ink), colours) for name, ink, colours in parts]

    def suffices(veil: float) -> bool:
        return all(
            _lowest_contrast(colours, _veiled(behind, veil, layer)) >= _AIM
            for _, behind, colours in under
        )

    veil = next(filter(suffices, _VEILS), _VEILS[-1])
    # Under the strongest veil letters may still be too dim: they get lighter, or darker.
    for name, behind, colours in under:
        changes[name] = _readable_colours(colours, _veiled(behind, veil, layer), layer)
    return _with_effects(layer, changes, veil=veil)


def _readable_colours(colours: tuple[str, ...], behind: Floats, layer: Words) -> tuple[str, ...]:
    """Give letters the colours they can be read in on the worst tenth of what lies behind."""
    dim = palette.luminance(layer.veil_colour) < 0.2  # noqa: PLR2004
    level = int(255 * float(from_linear(np.percentile(behind, 90 if dim else 10))))
    return tuple(
        palette.readable_on(c, f"#{level:02x}{level:02x}{level:02x}", _AIM) for c in colours
    )


def _contrasting(ground: str, letters: tuple[str, ...], least: float = _FIRM) -> str:
    """Give a colour beneath letters, darker or lighter until all of them can be read on it."""
    for colour in letters:
        ground = palette.readable_on(ground, colour, least)
    return ground


_VEILS = (0.0, 0.25, 0.45, 0.6, 0.72, 0.82, 0.9)

VEIL_GROWN, VEIL_SOFT = 0.26, 0.24
"""How far a veil reaches beyond the letters, and how soft its edge is, in font sizes."""

_COVER = 0.77
"""The share of a veil that lies just beside the outermost letters."""


def _veiled(behind: Floats, veil: float, layer: Words) -> Floats:
    """Give what the luminance behind becomes under a veil and the letters' own glow.

    Both mix colours, not light.
    """
    # It is laid on twice; see ``painters.letters``.
    veil = 1 - (1 - (1 - (1 - veil) ** 0.5) * _COVER) ** 2
    mixed = np.sqrt(behind) * (1 - veil) + palette.luminance(layer.veil_colour) ** 0.5 * veil
    if layer.effects.glow:
        colour, _, strength = layer.effects.glow
        mixed += (1 - mixed) * palette.luminance(colour) ** 0.5 * strength * _NEAR
    return np.asarray(mixed**2, dtype=np.float32)


def _with_effects(layer: Words, effects: dict[str, object], veil: float = 0.0) -> Words:
    return layer.model_copy(
        update={
            "effects": layer.effects.model_copy(update=effects),
            "veil": veil,
            "legibility_ensured": True,
        }
    )


def _background_luminance(canvas: Canvas, ink: Stencil) -> Floats:
    """Give the luminance of each square that letters will lie on."""
    left, top, right, bottom = ink.box
    light = pixel_luminance(canvas.part((left, top, right, bottom))[::2, ::2])
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


def _lowest_contrast(letters: tuple[str, ...], behind: Floats) -> float:
    """Give the contrast at the worst tenth of places, of the colour that is hardest to read."""
    return min(
        float(np.percentile((np.maximum(behind, k) + 0.05) / (np.minimum(behind, k) + 0.05), 10))
        for k in map(palette.luminance, letters)
    )
