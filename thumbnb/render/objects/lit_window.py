"""A building in the dark with a single window lit."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from thumbnb.render.objects.looks import image_of, pixels_of

ONE_LIT = "one lit window"
"""The state of such a building, as ``ObjectLayer`` names it."""

WINDOWS = {
    "barn": (0.41, 0.29, 0.18, 0.18),
    "castle": (0.473, 0.375, 0.05, 0.085),
    "church": (0.778, 0.735, 0.092, 0.162),
    "haunted-house": (0.43, 0.32, 0.1, 0.135),
    "house": (0.644, 0.567, 0.158, 0.18),
    "lighthouse": (0.472, 0.535, 0.052, 0.06),
    "log-cabin": (0.228, 0.577, 0.163, 0.18),
    "skyscraper": (0.579, 0.468, 0.068, 0.05),
}
"""Where the window is in a drawing: left, top, width and height, in shares of its own box."""

_DIMMED = (0.34, 0.38, 0.52)
_LAMP, _GLOW = (255, 214, 110, 235), (255, 176, 64, 190)


def with_one_lit(image: Image.Image, name: str) -> Image.Image:
    """Return a drawing (RGBA) by night, light in one of its windows."""
    rgb, alpha = pixels_of(image)
    dimmed = np.array(_DIMMED, dtype=np.float32)
    # Other lamps are off: what is warm and bright is as dark as the rest.
    warm = np.clip((rgb[..., :1] - rgb[..., 2:] - 0.25) * 4, 0, 1)
    dark = image_of(rgb * dimmed * (1 - 0.75 * warm), alpha)
    wide, high = image.size
    x, y, w, h = WINDOWS[name]
    left, top, right, foot = x * wide, y * high, (x + w) * wide, (y + h) * high
    glow = Image.new("RGBA", image.size, (*_GLOW[:3], 0))
    reach = 0.5 * max(w * wide, h * high)
    halo = (left - reach, top - reach, right + reach, foot + reach)
    ImageDraw.Draw(glow).ellipse(halo, fill=_GLOW)
    lit = Image.alpha_composite(dark, glow.filter(ImageFilter.GaussianBlur(0.7 * reach)))
    pane = Image.new("RGBA", image.size, (*_LAMP[:3], 0))
    pen = ImageDraw.Draw(pane)
    pen.rectangle((left, top, right, foot), fill=_LAMP)
    bar, middle = max(1, round(0.06 * w * wide)), (left + right) / 2
    pen.line((middle, top, middle, foot), fill=(74, 44, 20, 255), width=bar)
    across = top + 0.45 * (foot - top)
    pen.line((left, across, right, across), fill=(74, 44, 20, 255), width=bar)
    lit = Image.alpha_composite(lit, pane)
    lit.putalpha(alpha)
    return lit
