"""The SVG of a place, filled in: the sky of the hour, and every colour as it looks in that light.

A file is 1280 x 720 units. Besides plain SVG it may say

- ``url(#sky)``: the sky, from the zenith to the horizon;
- ``$light``, ``$land``, ``$accent``: colours of the light, which no hour changes;
- ``url(#a98563-7a5c3e)``: the first colour above, the second below;
- ``url(#glow-ffd27a)``: that colour, fading to nothing outwards; it shines, so no hour dims it;
- ``url(#soft6)``: blurred by 6 units.

What is see-through says ``fill-opacity`` or ``stroke-opacity``: ``opacity`` makes a layer as large
as the image, which costs 10 ms.

Its ``<metadata>`` is TOML: what ``place_files.PlaceFile`` names.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from thumbnb.render.colour.mixing import as_rgb, from_oklab, rgb, to_oklab
from thumbnb.render.colour.palette import to_hex
from thumbnb.render.objects.filters import filter_element

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from thumbnb.render.colour.mixing import Palette

SHEET = (1280, 720)
"""The units a place is drawn in."""

_METADATA = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)
_HEX = re.compile(r"(?<!url\()#[0-9a-f]{6}\b")
_PAIR = re.compile(r"url\(#([0-9a-f]{6})-([0-9a-f]{6})\)")
_GLOW = re.compile(r"url\(#glow-([0-9a-f]{6}|light|accent)\)")
_SOFT = re.compile(r"url\(#soft(\d+)\)")
_SLOT = re.compile(r"\$(light|land|accent)\b")

_DARKEST, _LIGHTEST = 0.46, 1.06
"""How much an hour dims or lifts what it falls on, at the most."""

_INDOORS = 0.45
"""How much of that is seen in a room: its lamps are on."""

_KEPT, _CAST = 0.85, 0.42
"""How much of its own chroma a thing keeps in another light, how much of the light's it takes."""


def fill_in(text: str, drawn: Palette, wanted: Palette, *, indoors: bool = False) -> str:
    """Return the plain SVG of a place drawn in the light ``own``, in the light ``asked``."""
    body = _METADATA.sub("", text)
    body = body[body.index(">") + 1 : body.rindex("</svg>")]
    relit = cache(_light_of(drawn, wanted, _INDOORS if indoors else 1.0))
    parts = [_gradient("sky", [to_hex(c) for c in wanted.sky])]
    parts += [
        _gradient(f"{a}-{b}", [relit(f"#{a}"), relit(f"#{b}")])
        for a, b in sorted(set(_PAIR.findall(body)))
    ]
    slots = {"light": wanted.light, "land": wanted.land, "accent": wanted.accent}
    parts += [
        _glow(name, to_hex(slots[name]) if name in slots else f"#{name}")
        for name in sorted(set(_GLOW.findall(body)))
    ]
    parts += [filter_element("soft", int(size)) for size in sorted(set(_SOFT.findall(body)))]
    body = _HEX.sub(lambda match: relit(match[0]), body)
    body = _SLOT.sub(lambda match: to_hex(slots[match[1]]), body)
    wide, high = SHEET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}">'
        f"<defs>{''.join(parts)}</defs>{body}</svg>"
    )


def _light_of(drawn: Palette, wanted: Palette, share: float) -> Callable[[str], str]:
    """Return what turns a ``#rrggbb`` seen in one light into the same in another."""
    before, after = _mean(drawn), _mean(wanted)
    dimmed = min(max(float(after[0] / before[0]), _DARKEST), _LIGHTEST)
    dimmed = 1 + (dimmed - 1) * share
    # What is dim has less colour; the light's own colour counts for more than the lost one's.
    kept = 1 + (_KEPT * min(1.0, dimmed) ** 0.5 - 1) * share
    cast = (after[1:] - before[1:] / 2) * _CAST * share

    def relit(colour: str) -> str:
        if drawn == wanted:
            return colour
        lab = to_oklab([rgb(colour)])[0]
        lab[0] = min(0.99, lab[0] * dimmed)
        lab[1:] = lab[1:] * kept + cast
        return to_hex(as_rgb(from_oklab(lab)))

    return relit


def _mean(palette: Palette) -> npt.NDArray[np.float64]:
    return np.asarray(to_oklab(list(palette.sky)).mean(axis=0))


def _gradient(name: str, colours: list[str]) -> str:
    last = max(1, len(colours) - 1)
    stops = "".join(
        f'<stop offset="{i / last:.3g}" stop-color="{colour}"/>' for i, colour in enumerate(colours)
    )
    return f'<linearGradient id="{name}" x1="0" y1="0" x2="0" y2="1">{stops}</linearGradient>'


def _glow(name: str, colour: str) -> str:
    return (
        f'<radialGradient id="glow-{name}"><stop offset="0" stop-color="{colour}"/>'
        f'<stop offset=".35" stop-color="{colour}" stop-opacity=".42"/>'
        f'<stop offset="1" stop-color="{colour}" stop-opacity="0"/></radialGradient>'
    )
