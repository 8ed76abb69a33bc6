"""The main colour of a flat drawing replaced: the kite of the long tail is blue, a red one red."""

from __future__ import annotations

import colorsys
import re
from collections import Counter

TINT = "tint"
"""The slot of the main colour of a drawing of the long tail."""

_FILL = re.compile(r'(?<=fill=")#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})(?=")')
_GREY = 0.18
"""Colours less saturated than this have no hue to replace."""

_ALIKE = 0.11
"""Hues (of 1) so near the main one are shades of it."""

_Hls = tuple[float, float, float]


def tinted(svg: str, colour: str) -> str:
    """Return a flat SVG with its main hue, shades included, replaced by that of ``#rrggbb``."""
    fills = _FILL.findall(svg)
    hues = Counter(round(hue * 24) % 24 for fill in fills if (hue := _hue(fill)) is not None)
    if not hues:
        return svg
    main = hues.most_common(1)[0][0] / 24
    alike = [fill for fill in fills if (hue := _hue(fill)) is not None and _near(hue, main)]
    middle = sum(_hls(fill)[1] for fill in alike) / len(alike)
    wanted = _hls(colour)

    def replaced(match: re.Match[str]) -> str:
        hue = _hue(match[0])
        if hue is None or not _near(hue, main):
            return match[0]
        lightness = min(0.96, max(0.06, wanted[1] + _hls(match[0])[1] - middle))
        return _hex((wanted[0], lightness, wanted[2]))

    return _FILL.sub(replaced, svg)


def _near(one: float, other: float) -> bool:
    far = abs(one - other)
    return min(far, 1 - far) <= _ALIKE


def _hue(colour: str) -> float | None:
    hue, _, saturation = _hls(colour)
    return hue if saturation > _GREY else None


def _hls(colour: str) -> _Hls:
    digits = colour[1:]
    if len(digits) == 3:  # noqa: PLR2004 - as CSS shortens colours
        digits = "".join(2 * digit for digit in digits)
    red, green, blue = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return colorsys.rgb_to_hls(red, green, blue)


def _hex(hls: _Hls) -> str:
    return "#{:02x}{:02x}{:02x}".format(*(round(255 * v) for v in colorsys.hls_to_rgb(*hls)))
