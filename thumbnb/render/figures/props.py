"""Props: what somebody sits at whose hands are on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.raster.sketch import oval, points, rounded

if TYPE_CHECKING:
    from thumbnb.render.figures.pen import Recorder
    from thumbnb.render.raster.sketch import Point


def draw_behind_hands(s: Recorder, gesture: str) -> None:
    """Draw what hands lie on: a table, a steering wheel."""
    if gesture == "type":
        _table(s)
    elif gesture == "drive":
        _steering_wheel(s)


def draw_before_hands(s: Recorder, gesture: str) -> None:
    """Draw what hides hands: the lid of a laptop."""
    if gesture == "type":
        _laptop_lid(s)


def _table(s: Recorder) -> None:
    top = s.fill(points("-328,372 328,372 346,440 -346,440"), "#b98153", "#8a5a34")
    s.inside(top, points("-328,372 328,372 330,380 -330,380"), "#ffffff", 0.25)
    s.fill(points("-334,440 334,440 334,900 -334,900"), "#7a4d2b", "#4a2d18")


def _laptop_lid(s: Recorder) -> None:
    s.fill(rounded(-150, 410, 300, 18, 8), "#c3cad6", "#8a94a6")
    lid = s.shape(rounded(-136, 226, 272, 188, 16))
    s.shadow(lid, 0, 8, 9, 0.35)
    s.paint(lid, "#eef1f6", "#c9d0dc", "#9aa5b6")
    s.inside(lid, points("-150,220 10,220 -90,420 -150,420"), "#ffffff", 0.3)
    s.oval(0, 318, 20, 20, "#ffffff", "#aeb8c8")


def _steering_wheel(s: Recorder) -> None:
    ring = s.shape(_ring(0, 408, 176, 150, 34))
    s.shadow(ring, 2, 9, 8, 0.4)
    for way in ("-150,412 -40,404", "150,412 40,404", "0,540 0,440"):
        s.line(points(way), "#3a3f4c", 26)
    s.paint(ring, "#4a5061", "#20242e", "#14171e")
    s.inside(ring, _ring(0, 405, 166, 140, 7), "#7d879a", 0.5)
    s.oval(0, 416, 56, 48, "#4a5061", "#20242e")
    s.oval(0, 416, 20, 18, "#c3cad6", "#7d879a")


def _ring(x: float, y: float, rx: float, ry: float, wide: float) -> list[Point]:
    outer, inner = oval(x, y, rx, ry), oval(x, y, rx - wide, ry - wide)
    return [*outer, outer[0], inner[0], *inner[::-1]]
