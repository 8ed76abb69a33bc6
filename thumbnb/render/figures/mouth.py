"""Mouths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.figures.pen import shade
from thumbnb.render.raster.sketch import blend, oval, points, rounded, smooth

if TYPE_CHECKING:
    from thumbnb.render.figures.pen import Recorder


def mouth(s: Recorder, kind: str, skin: str, red: float = 0.55) -> None:
    """Draw a mouth of this ``kind``; ``red`` is how much of their own colour lips have."""
    lip = blend(skin, "#b3202e", red)
    line = blend(skin, "#4a0f14", 0.8)
    shadow = s.shape(oval(0, 100, 30, 8)).blurred(5 * s.k)
    s.canvas.fill(shadow, shade(skin, 0.5), 0.28)
    if kind in _CLOSED:
        _closed(s, kind, lip, line)
    else:
        _open(s, kind, lip, line)


_CLOSED = {
    "slight": (74, 80, 71),
    "flat": (75, 75, 76),
    "smirk": (78, 79, 62),
    "frown": (86, 72, 86),
}
"""The heights of lips that touch: left, middle, right."""

_OPEN = {
    "gasp": points("0,58 -19,66 -25,88 -14,110 0,114 14,110 25,88 19,66"),
    "laugh": points("-47,60 -20,65 0,66 20,65 47,60 38,92 18,111 0,114 -18,111 -38,92"),
    "cry": points("0,66 -24,70 -37,86 -42,106 -20,103 0,100 20,103 42,106 37,86 24,70"),
    "shout": points("0,62 -26,62 -41,68 -44,92 -34,108 0,102 34,108 44,92 41,68 26,62"),
    "snore": points("0,70 -12,74 -14,86 -8,96 0,98 8,96 14,86 12,74"),
    "grin": points("-50,58 -24,70 0,73 26,68 54,48 44,84 20,98 0,100 -20,97 -40,84"),
    "yuck": points("-40,86 -22,70 0,72 22,66 42,76 34,92 14,90 0,96 -20,92 -34,98"),
    "smile": points("-45,62 -20,68 0,70 20,68 45,62 32,86 0,98 -32,86"),
}


def _closed(s: Recorder, kind: str, lip: str, line: str) -> None:
    left, low, right = _CLOSED[kind]
    way = smooth([(-32, left), (-4, low), (33, right)], closed=False)
    s.fill(
        [*way, *smooth([(33, right), (2, low + 12), (-32, left)], closed=False)],
        lip,
        opacity=0.75,
    )
    s.line(way, line, 4.6)
    if kind == "smirk":
        s.line(smooth([(40, 52), (46, 60), (43, 68)], closed=False), line, 3, opacity=0.6)


def _open(s: Recorder, kind: str, lip: str, line: str) -> None:
    inside = s.shape(smooth(_OPEN[kind]))
    s.canvas.fill(inside.grown(4.6 * s.k), lip)
    s.canvas.fill(inside, "#5a0f17")
    if kind == "gasp":
        s.inside(inside, oval(0, 104, 15, 14), "#e2606b", soft=1)
        s.inside(inside, rounded(-15, 50, 30, 15, 5), "#fffdf8")
        return
    if kind == "snore":
        return
    if kind == "yuck":
        s.fill(smooth(points("-8,84 18,82 22,112 8,122 -6,112")), "#f08a93", "#d85b68")
        s.line([(6, 90), (8, 108)], "#a83a48", 3.0, opacity=0.7)
        return
    if kind == "grin":
        s.inside(inside, smooth(points("-54,50 0,62 58,40 50,86 0,106 -46,92")), "#fffdf8")
        for x in (-30, -12, 6, 24):
            s.inside(inside, points(f"{x},54 {x + 3},54 {x + 2},104 {x - 1},104"), "#b9a9a4", 0.6)
        s.line(smooth([(55, 40), (61, 48), (58, 58)], closed=False), line, 3, opacity=0.6)
        return
    if kind in {"cry", "shout"}:
        row = [(-44, 54), (0, 58), (44, 54), (38, 76), (0, 78), (-38, 76)]
        s.inside(inside, smooth(row), "#fffdf8")
        if kind == "shout":
            s.inside(inside, smooth(points("-40,112 0,94 40,112 30,122 -30,122")), "#fffdf8")
        return
    tongue, edge = (104, 82) if kind == "laugh" else (98, 86)
    s.inside(inside, oval(0, tongue, 26, 14), "#e2606b", soft=1)
    row = [(-50, 52), (0, 58), (50, 52), (44, 72), (0, edge), (-44, 72)]
    s.inside(inside, smooth(row), "#fffdf8")
    for side in (-1, 1):
        crease = smooth(points("52,48 58,58 55,68", side), closed=False)
        s.line(crease, line, 2.8, opacity=0.2)
