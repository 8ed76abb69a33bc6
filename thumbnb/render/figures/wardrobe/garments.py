"""Everyday clothes: of people whose work gives them no costume."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.figures.pen import shade
from thumbnb.render.raster.sketch import blend, points, smooth

if TYPE_CHECKING:
    from collections.abc import Callable

    from thumbnb.render.figures.pen import Recorder
    from thumbnb.render.raster.stencil import Stencil

_WHITE = "#fbfaf7"


def _dark(colour: str, amount: float = 0.3) -> str:
    return blend(colour, "#000000", amount)


def _hoodie(s: Recorder, body: Stencil, cloth: str, _: str) -> None:
    hood = points(
        "-84,176 -122,196 -112,238 -50,268 0,276 50,268 112,238 122,196 84,176 62,212 0,240 -62,212"
    )
    shape = s.shape(smooth(hood))
    s.shadow(shape, 0, 8, 8, 0.35)
    s.paint(shape, blend(cloth, "#ffffff", 0.18), cloth, _dark(cloth, 0.34))
    for side in (-1, 1):
        s.line(smooth(points("30,262 34,310 28,352", side), closed=False), "#fff8f0", 6.4)
        s.oval(side * 28, 354, 4.6, 8, "#d8d0c8")
    pocket = points("-110,430 110,430 150,520 150,800 -150,800 -150,520")
    s.inside(body, pocket, _dark(cloth, 0.16), 0.6)


def _round_neck(s: Recorder, body: Stencil, cloth: str, skin: str) -> None:
    """Cut a round neck out of a T-shirt, with its seam."""
    s.inside(body, smooth(points("-66,160 -58,206 0,244 58,206 66,160")), shade(skin, 0.12))
    edge = points("-78,176 -64,216 0,252 64,216 78,176 66,172 54,206 0,234 -54,206 -66,172")
    s.inside(body, smooth(edge), blend(cloth, "#000000", 0.14))


def _t_shirt(s: Recorder, body: Stencil, cloth: str, skin: str) -> None:
    _round_neck(s, body, cloth, skin)
    for side in (-1, 1):
        fold = smooth(points("150,300 120,340 112,400", side), closed=False)
        s.line(fold, _dark(cloth), 5, opacity=0.35)


def _sweater(s: Recorder, body: Stencil, cloth: str, _: str) -> None:
    for step in range(3):
        y = 296 + 40 * step
        zig = [(-240.0 + 30 * i, y + (14 if i % 2 else 0)) for i in range(17)]
        band = [*zig, *[(px, py + 15) for px, py in zig[::-1]]]
        s.inside(body, band, blend(cloth, "#ffffff", 0.55 if step % 2 else 0.35), 0.8)
    roll = s.shape(smooth(points("-70,158 -78,196 -50,226 0,236 50,226 78,196 70,158 0,180")))
    s.shadow(roll, 0, 6, 6, 0.3)
    s.paint(roll, blend(cloth, "#ffffff", 0.25), cloth, _dark(cloth, 0.2))
    for x in (-50, -25, 0, 25, 50):
        s.line([(x, 190), (x * 0.96, 226)], _dark(cloth), 3, opacity=0.4)


def _shirt(s: Recorder, body: Stencil, cloth: str, skin: str) -> None:
    s.inside(body, points("-40,170 0,262 40,170"), shade(skin, 0.14))
    s.inside(body, points("-13,262 13,262 13,800 -13,800"), blend(cloth, "#ffffff", 0.16))
    for y in range(290, 700, 56):
        s.oval(0, y, 6, 6, "#ffffff", "#cfd4dc")
    _collar(s, cloth)
    s.inside(body, points("62,320 130,320 130,388 96,402 62,388"), _dark(cloth, 0.12))
    s.inside(body, points("62,320 130,320 130,330 62,330"), _dark(cloth, 0.26))


def _checks(s: Recorder, body: Stencil, cloth: str, skin: str) -> None:
    for top in range(200, 760, 64):
        s.inside(body, points(f"-280,{top} 280,{top} 280,{top + 24} -280,{top + 24}"),
                 "#ffffff", 0.28)  # fmt: skip
    for x in range(-224, 225, 64):
        s.inside(body, points(f"{x},170 {x + 22},170 {x + 22},800 {x},800"), "#14121a", 0.2)
    _shirt(s, body, cloth, skin)


def _collar(s: Recorder, colour: str) -> None:
    for side in (-1, 1):
        shape = s.shape(points("60,166 4,252 34,290 90,200", side))
        s.shadow(shape, 0, 5, 6, 0.3)
        s.paint(shape, blend(colour, "#ffffff", 0.24), colour)


def _jacket(s: Recorder, body: Stencil, cloth: str, skin: str) -> None:
    """Put an open jacket over a white T-shirt."""
    s.inside(body, points("-70,170 70,170 66,800 -66,800"), _WHITE)
    s.inside(body, smooth(points("-54,160 -46,200 0,232 46,200 54,160")), shade(skin, 0.12))
    for side in (-1, 1):
        front = s.shape(points("76,170 130,196 108,262 66,300 70,800 54,800 44,330 48,230", side))
        front = front.clipped(body)  # above legs, it ends with the body
        s.shadow(front, 0, 4, 7, 0.35)
        s.paint(front, blend(cloth, "#ffffff", 0.24), cloth)
        s.inside(body, points("120,360 178,350 180,360 122,370", side), _dark(cloth), 0.7)


def _bomber(s: Recorder, body: Stencil, cloth: str, _: str) -> None:
    """Close a jacket with a zip and a band around the neck."""
    s.inside(body, points("-4,250 4,250 4,800 -4,800"), "#e9d9a8")
    neck = s.shape(smooth(points("-74,162 -86,196 -52,238 0,250 52,238 86,196 74,162 0,186")))
    s.shadow(neck, 0, 6, 6, 0.3)
    s.paint(neck, _dark(cloth, 0.2), _dark(cloth, 0.45))
    for side in (-1, 1):
        s.inside(body, points("110,380 160,330 170,338 120,390", side), _dark(cloth), 0.7)


def _blouse(s: Recorder, body: Stencil, cloth: str, skin: str) -> None:
    """Cut a low round neck out of a blouse, and put a fine chain there."""
    s.inside(body, smooth(points("-92,160 -84,220 0,290 84,220 92,160")), shade(skin, 0.06))
    edge = "-104,176 -92,232 0,304 92,232 104,176 92,170 80,222 0,288 -80,222 -92,170"
    s.inside(body, smooth(points(edge)), blend(cloth, "#ffffff", 0.3))
    s.line(smooth(points("-46,196 -26,240 0,256 26,240 46,196"), closed=False), "#f0d48a", 3.2)
    s.oval(0, 258, 7, 8, "#fff1c0", "#d9ab4a")


def _dress(s: Recorder, body: Stencil, cloth: str, skin: str) -> None:
    """Leave the shoulders of a dress bare but for its straps."""
    for side in (-1, 1):
        bare = points("40,150 80,176 130,190 260,230 270,330 176,330 150,300 96,262 0,286", side)
        s.inside(body, bare, skin)
        s.inside(body, points("84,176 104,186 112,280 92,272", side), blend(cloth, "#ffffff", 0.1))
        s.line(smooth(points("22,226 70,218 116,206", side), closed=False), shade(skin, 0.4), 3.6,
               opacity=0.5)  # fmt: skip
    s.inside(body, points("-170,398 170,398 170,424 -170,424"), _dark(cloth, 0.3))


GARMENTS: dict[str, tuple[Callable[[Recorder, Stencil, str, str], None], str]] = {
    "hoodie": (_hoodie, "long"),
    "t-shirt": (_t_shirt, "short"),
    "sweater": (_sweater, "long"),
    "shirt": (_shirt, "long"),
    "checked shirt": (_checks, "long"),
    "jacket": (_jacket, "long"),
    "bomber": (_bomber, "long"),
    "blouse": (_blouse, "long"),
    "dress": (_dress, "none"),
}
"""By name, as ``Figure.garment`` has them: how each is drawn, and how long its sleeves are."""
