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
    "ponytail": points(
        "0,-154 -92,-128 -110,-40 -98,34 60,20 96,40 104,120 92,196 128,214 162,150 168,40 "
        "146,-80 104,-132"
    ),
    "pigtails": points(
        "0,-154 -92,-128 -116,-60 -150,-40 -182,30 -186,120 -158,176 -128,120 -112,20 -90,40 "
        "90,40 112,20 128,120 158,176 186,120 182,30 150,-40 116,-60 92,-128"
    ),
    "balding": points("-70,-70 -108,-40 -106,30 -92,52 92,52 106,30 108,-40 70,-70"),
}

_FRONT = {
    "short": points(
        "-103,0 -110,-62 -86,-128 -26,-158 46,-154 96,-116 110,-52 103,0 "
        "94,-34 82,-70 40,-86 -20,-78 -66,-92 -88,-60 -95,-30"
    ),
    "quiff": points(
        "-102,-6 -108,-62 -98,-112 -78,-142 -30,-160 20,-182 84,-176 116,-140 "
        "110,-62 102,-6 94,-30 90,-62 60,-84 10,-92 -40,-82 -80,-66 -94,-26"
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
    "side": points(
        "-102,4 -109,-60 -96,-112 -70,-150 -10,-172 62,-166 104,-126 112,-56 102,4 "
        "95,-30 90,-62 62,-84 10,-104 -46,-112 -62,-92 -86,-56 -95,-28"
    ),
    "ponytail": points(
        "-101,-6 -108,-60 -84,-126 -26,-156 36,-155 88,-124 108,-60 101,-6 "
        "94,-40 76,-76 40,-100 -6,-104 -50,-92 -80,-60 -93,-30"
    ),
    "pigtails": points(
        "-103,0 -110,-60 -86,-126 -28,-158 38,-157 90,-124 110,-60 103,0 "
        "95,-36 70,-62 30,-66 0,-72 -30,-66 -70,-62 -94,-36"
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
    if style == "curls":
        _curls(s, hair)
        return
    light, deep = blend(hair, "#ffffff", 0.14), blend(hair, "#000000", 0.22)
    if style == "balding":
        _fringe(s, hair, deep)
        return
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


def _curls(s: Recorder, hair: str) -> None:
    """Draw short curls that leave the ears free."""
    light, deep = blend(hair, "#ffffff", 0.16), blend(hair, "#000000", 0.3)
    s.fill(smooth(points("-100,-14 -106,-80 -70,-136 0,-152 70,-136 106,-80 100,-14 90,-62 "
                         "40,-92 -40,-92 -90,-62")), hair, deep)  # fmt: skip
    for i in range(11):
        a = math.radians(-192 + i * 20.4)
        x, y = 92 * math.cos(a), -84 + 62 * math.sin(a)
        s.oval(x, y, 27, 25, blend(light, hair, i * 0.09), deep)
    for x in (-58, -20, 20, 58):
        s.oval(x, -102 + abs(x) * 0.12, 25, 21, light, hair)


def _fringe(s: Recorder, hair: str, deep: str) -> None:
    """Leave hair above the ears, and none on a shining crown."""
    for side in (-1, 1):
        s.fill(smooth(points("84,-76 104,-70 110,-30 104,16 95,2 92,-34", side)), hair, deep)
    crown = s.shape(smooth(points("-44,-116 -8,-122 16,-112 -4,-104 -34,-102"))).blurred(5 * s.k)
    s.canvas.fill(crown, "#ffffff", 0.35)


def _strand(x: float) -> list[Point]:
    way = smooth([(x * 0.7, -170), (x, -130), (x * 1.15, -84)], closed=False)
    return [*[(px - 1.6, py) for px, py in way], *[(px + 1.6, py) for px, py in way[::-1]]]
