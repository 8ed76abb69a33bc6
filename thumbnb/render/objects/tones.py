"""The steps of a colour ramp: lighter turns warm, darker turns cool."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from thumbnb.render.colour.mixing import as_rgb, from_oklab, rgb, to_oklab

# Angles in OKLab: where light pulls a hue to (yellow), and where shade does (violet).
_LIT = 1.75
_SHADED = -1.2
_TURN = 0.075
"""How far a hue turns with one step, in radians."""
_RICHEST_STEP = -3
"""Down to this step a shade keeps its colour; below it greys a little."""


@lru_cache(maxsize=4096)
def tone(colour: str, step: int) -> str:
    """Return a colour (``#rrggbb``) lighter (+) or darker (-) by steps, as it looks to the eye."""
    if not step:
        return colour
    lightness, a, b = (float(v) for v in to_oklab([rgb(colour)])[0])
    chroma, hue = np.hypot(a, b), np.arctan2(b, a)
    if step > 0:
        lightness += (1 - lightness) * (1 - 0.74**step)
        chroma *= 0.9**step
        goal = _LIT
    else:
        lightness *= 0.865**-step
        chroma *= 1.0 if step >= _RICHEST_STEP else 0.92
        goal = _SHADED
    turn = (goal - hue + np.pi) % (2 * np.pi) - np.pi
    hue += np.clip(turn, -_TURN * abs(step), _TURN * abs(step))
    lab = np.array([lightness, chroma * np.cos(hue), chroma * np.sin(hue)])
    return "#{:02x}{:02x}{:02x}".format(*as_rgb(from_oklab(lab)))
