"""Beards, and what age leaves in a face."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.figures.pen import shade
from thumbnb.render.raster.sketch import blend, points, smooth

if TYPE_CHECKING:
    from thumbnb.render.figures.pen import Recorder

_ROUND_MOUTH = "98,-14 92,8 80,38 58,52 26,46 0,52 -26,46 -58,52 -80,38 -92,8 -98,-14"
"""The upper edge of a beard, from one ear over the lip to the other."""

_OUTLINES = {
    "full": f"-98,20 -93,62 -70,114 -34,146 0,153 34,146 70,114 93,62 98,20 {_ROUND_MOUTH}",
    "stubble": f"-96,20 -90,56 -66,104 -30,127 0,131 30,127 66,104 90,56 96,20 {_ROUND_MOUTH}",
    "long": f"-98,20 -98,80 -84,150 -52,218 0,252 52,218 84,150 98,80 98,20 {_ROUND_MOUTH}",
    "goatee": "-34,108 -30,138 0,150 30,138 34,108 22,116 0,119 -22,116",
}
_MOUSTACHE = "0,50 -16,45 -42,54 -60,74 -38,69 -14,66 0,62 14,66 38,69 60,74 42,54 16,45"


def beard(s: Recorder, kind: str, hair: str) -> None:
    """Draw what lies under the mouth of a beard of this ``kind``."""
    outline = _OUTLINES.get(kind)
    if outline is None:
        return
    if kind == "stubble":
        s.canvas.fill(s.shape(smooth(points(outline))).blurred(4 * s.k), hair, 0.3)
        return
    deep = blend(hair, "#000000", 0.3)
    shape = s.shape(smooth(points(outline)))
    if kind == "long":
        s.shadow(shape, 0, 8, 8, 0.3)
    s.paint(shape, blend(hair, "#000000", 0.06), hair, deep)
    for x in (-52, -18, 18, 52) if kind != "goatee" else ():
        strand = smooth([(x * 1.1, 92), (x * 0.9, 128), (x * 0.6, 170)], closed=False)
        s.inside(shape, [*strand, *[(px + 5, py) for px, py in strand[::-1]]], deep, 0.4)


def moustache(s: Recorder, kind: str, hair: str) -> None:
    """Draw the hair over the lip of a beard of this ``kind``."""
    if kind in {"full", "long", "goatee", "moustache"}:
        s.fill(smooth(points(_MOUSTACHE)), blend(hair, "#ffffff", 0.08), hair)


def wrinkles(s: Recorder, skin: str) -> None:
    """Draw the lines of an old face: on the forehead, beside the eyes, from nose to mouth."""
    line = shade(skin, 0.5)
    for y, wide in ((-100, 34), (-86, 42)):
        way = smooth([(-wide, y + 3), (0, y - 3), (wide, y + 3)], closed=False)
        s.line(way, line, 2.6, opacity=0.5)
    for side in (-1, 1):
        for down in (0, 9):
            s.line(points(f"78,{-4 + down} 90,{-8 + down * 2}", side), line, 2.4, opacity=0.5)
        s.line(smooth(points("24,36 44,52 52,74", side), closed=False), line, 3.0, opacity=0.5)
        bag = smooth(points("24,16 44,24 64,17", side), closed=False)
        s.line(bag, line, 2.4, opacity=0.45)


def freckles(s: Recorder, skin: str) -> None:
    """Draw freckles over a child's nose and cheeks."""
    for side in (-1, 1):
        for x, y in ((40, 34), (54, 28), (66, 38), (50, 44)):
            s.oval(side * x, y, 3.0, 3.0, shade(skin, 0.35), opacity=0.6)
