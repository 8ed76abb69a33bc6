"""Hair: what hangs behind the head, and what frames the face."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from thumbnb.render.raster.sketch import blend, points, smooth

if TYPE_CHECKING:
    from thumbnb.render.figures.pen import Recorder
    from thumbnb.render.raster.sketch import Point


_BEHIND = {
    "long": points(
        "0,-160 -92,-136 -126,-50 -130,70 -146,190 -96,226 -40,200 40,200 "
        "96,226 146,190 130,70 126,-50 92,-136"
    ),
    "bob": points(
        "0,-156 -96,-130 -124,-40 -128,60 -104,112 -60,92 60,92 104,112 128,60 124,-40 96,-130"
    ),
    "bun": points("0,-150 -88,-122 -106,-40 -96,30 96,30 106,-40 88,-122"),
}

_FRONT = {
    "short": points(
        "-103,0 -110,-62 -86,-128 -26,-158 46,-154 96,-116 110,-52 103,0 "
        "94,-34 82,-70 40,-86 -20,-78 -66,-92 -88,-60 -95,-30"
    ),
    "quiff": points(
        "-102,-6 -108,-66 -92,-120 -70,-168 -4,-196 70,-184 112,-138 "
        "108,-62 102,-6 94,-30 88,-58 52,-74 8,-84 -40,-72 -82,-52 -94,-26"
    ),
    "long": points(
        "-112,60 -118,-40 -92,-128 -30,-162 40,-160 98,-124 120,-40 112,60 "
        "98,0 88,-54 40,-92 -6,-112 -52,-76 -88,-40 -98,10"
    ),
    "bob": points(
        "-114,70 -120,-40 -94,-126 -30,-160 40,-158 98,-122 120,-40 114,70 "
        "98,20 92,-42 60,-66 0,-74 -60,-66 -92,-42 -98,20"
    ),
    "curly": points(
        "-104,0 -116,-70 -84,-132 -24,-164 40,-162 92,-128 116,-70 104,0 "
        "94,-40 72,-80 30,-74 -8,-90 -44,-76 -78,-72 -94,-36"
    ),
    "bun": points(
        "-101,-6 -108,-60 -84,-126 -26,-154 36,-153 88,-124 108,-60 101,-6 "
        "94,-34 72,-70 14,-92 -40,-80 -78,-52 -93,-28"
    ),
}


USUAL_TOP = 1.3
"""How far above the middle of a face hair reaches, in face widths."""

TOPS = {"bun": 1.4}
"""The same of styles that reach higher."""


def behind(s: Recorder, style: str, hair: str) -> None:
    """Draw the hair that lies behind the head and shoulders."""
    deep = blend(hair, "#000000", 0.38)
    if style == "curly":
        for i in range(17):
            a = math.radians(-205 + i * 14.4)
            s.oval(128 * math.cos(a), -46 + 118 * math.sin(a), 46, 46, deep)
    if style == "bun":
        s.oval(0, -176, 52, 48, blend(hair, "#ffffff", 0.08), deep)
    if style in _BEHIND:
        end = deep if style == "bun" else blend(deep, hair, 0.4)
        s.fill(smooth(_BEHIND[style]), deep, end)


def front(s: Recorder, style: str, hair: str) -> None:
    """Draw the hair on the head."""
    light, deep = blend(hair, "#ffffff", 0.14), blend(hair, "#000000", 0.22)
    shape = s.fill(smooth(_FRONT[style]), light, hair, deep)
    s.inside(
        shape,
        smooth(points("-70,-128 -20,-150 40,-146 20,-132 -30,-132 -66,-108")),
        "#ffffff",
        0.24,
        soft=6,
    )
    s.inside(
        shape,
        smooth(points("60,-150 120,-110 130,20 100,20 96,-60 70,-110")),
        "#000000",
        0.25,
        soft=9,
    )
    for strand in (-60, -24, 16, 54):
        s.inside(shape, _strand(strand), deep, 0.35)
    if style == "curly":
        for i in range(12):
            a = math.radians(-190 + i * 18)
            x, y = 104 * math.cos(a), -72 + 74 * math.sin(a)
            s.oval(x, y, 33, 31, blend(hair, light, 0.6 - i * 0.04), deep)


def _strand(x: float) -> list[Point]:
    way = smooth([(x * 0.7, -170), (x, -130), (x * 1.15, -84)], closed=False)
    return [*[(px - 1.6, py) for px, py in way], *[(px + 1.6, py) for px, py in way[::-1]]]
