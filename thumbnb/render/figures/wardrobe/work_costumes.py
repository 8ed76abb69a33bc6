"""Costumes of people at work who are known by what protects them: body, hat and gloves."""
# ruff: noqa: ARG001 - all costumes take the same, also those that need less of it

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.figures.wardrobe.costumes import Costume
from thumbnb.render.raster.sketch import blend, points, smooth

if TYPE_CHECKING:
    from thumbnb.render.figures.pen import Recorder
    from thumbnb.render.raster.stencil import Stencil


def _dark(colour: str, amount: float = 0.32) -> str:
    return blend(colour, "#000000", amount)


def _bee_suit(s: Recorder, body: Stencil, cloth: str) -> None:
    """Wear a loose suit with a zip, pockets on the chest and elastic around the waist."""
    for x in (-130, -76, 76, 130):
        fold = f"{x},230 {x + 7},230 {x * 1.3 + 5},820 {x * 1.3 - 5},820"
        s.inside(body, points(fold), _dark(cloth, 0.22), 0.5)
    s.line(points("0,226 0,820"), "#b9892f", 9)
    s.line(points("0,226 0,820"), "#f2d58a", 3)
    for side in (-1, 1):
        pocket = s.shape(points("44,310 128,310 124,392 50,392", side))
        s.shadow(pocket, 0, 4, 5, 0.22)
        s.paint(pocket, "#ffffff", cloth)
        s.fill(points("40,304 132,304 132,326 40,326", side), _dark(cloth, 0.1))
    s.inside(body, points("-260,474 260,474 260,500 -260,500"), _dark(cloth, 0.18))
    ring = "-104,172 -60,226 0,238 60,226 104,172 110,196 60,252 0,264 -60,252 -110,196"
    s.fill(smooth(points(ring)), "#ffffff", _dark(cloth, 0.16))


def _surgical_gown(s: Recorder, body: Stencil, cloth: str) -> None:
    """Wear the tunic of an operating room with a deep neck and a pocket."""
    neck = points("-62,172 62,172 0,286")
    s.inside(body, neck, _dark(cloth, 0.42))
    for side in (-1, 1):
        s.inside(body, points("58,170 0,288 22,308 92,188", side), blend(cloth, "#ffffff", 0.2))
        s.inside(body, points("150,230 158,230 168,820 156,820", side), _dark(cloth, 0.3), 0.6)
    s.inside(body, points("52,334 134,334 134,414 52,414"), _dark(cloth, 0.16))
    s.inside(body, points("52,334 134,334 134,346 52,346"), blend(cloth, "#ffffff", 0.24))


def _referee_shirt(s: Recorder, body: Stencil, cloth: str) -> None:
    """Wear the striped shirt of referees, with a whistle on a cord."""
    for x in range(-232, 240, 58):
        s.inside(body, points(f"{x},150 {x + 29},150 {x + 29},820 {x},820"), "#1d2027")
    for side in (-1, 1):
        collar = s.shape(points("60,168 4,250 32,288 90,202", side))
        s.shadow(collar, 0, 5, 6, 0.3)
        s.paint(collar, "#4a4f5c", "#1d2027")
    s.line(smooth(points("-52,216 -30,300 0,352 30,300 52,216"), closed=False), "#e2433a", 8)
    s.fill(smooth(points("-26,350 6,338 34,356 30,392 0,404 -26,388")), "#fff0b0", "#e8b23a")
    s.fill(points("20,340 66,340 66,362 28,362"), "#fff0b0", "#e8b23a")
    s.oval(2, 370, 9, 9, "#5a4416")


WORK_COSTUMES: dict[str, Costume] = {
    "beekeeper": Costume(_bee_suit, "#f4f2ea", "bee veil", gloves="#e0b45c"),
    "surgeon": Costume(
        _surgical_gown, "#3fa58f", "surgical mask", sleeves="short", gloves="#cfe6ee"
    ),
    "referee": Costume(_referee_shirt, "#f6f7fa", sleeves="short"),
}
"""By name, as ``Figure.clothes`` names them."""
