"""Costumes of the stage, of tales, of sport and of the counter: body, hat and sleeves."""
# ruff: noqa: ARG001 - all costumes take the same, also those that need less of it

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.figures.hands import RED_GLOVE
from thumbnb.render.figures.wardrobe.costumes import Costume
from thumbnb.render.raster.sketch import blend, oval, points, smooth

if TYPE_CHECKING:
    from thumbnb.render.figures.pen import Recorder
    from thumbnb.render.raster.stencil import Stencil

_GOLD, _WHITE = "#e8b23a", "#fbfaf7"


def _dark(colour: str, amount: float = 0.32) -> str:
    return blend(colour, "#000000", amount)


def _neck(s: Recorder, colour: str) -> None:
    edge = "-80,174 -64,218 0,254 64,218 80,174 66,170 52,206 0,232 -52,206 -66,170"
    s.fill(smooth(points(edge)), colour)


def _clown(s: Recorder, body: Stencil, cloth: str) -> None:
    s.inside(body, points("0,170 300,170 300,820 0,820"), "#3f7bd8")
    for x, y, colour in (
        (-120, 300, "#e4484c"), (-60, 400, "#2fa35a"), (120, 300, "#ffd93b"), (70, 410, "#e4484c"),
        (-150, 430, "#3f7bd8"), (160, 430, "#ff8ac0"),
    ):  # fmt: skip
        s.inside(body, smooth(oval(x, y, 24, 24)), colour)
    for x in range(-120, 121, 30):
        s.oval(x, 214 - abs(x) * 0.16, 27, 30, "#ffffff", "#dfe5ee")
    for y in (300, 370, 440):
        s.oval(0, y, 17, 17, "#ff8a80", "#e0242c")


def _evening_cape(s: Recorder, body: Stencil, cloth: str) -> None:
    """Wear a black cape with a high red collar over a white shirt."""
    s.inside(body, points("-50,170 50,170 60,820 -60,820"), _WHITE)
    s.inside(body, points("-64,180 0,330 64,180 80,820 -80,820 -26,360"), "#2a2630", 0.0)
    for side in (-1, 1):
        s.inside(body, points("54,178 150,196 260,320 280,820 70,820 44,330", side), cloth)
        collar = s.shape(points("58,176 120,70 176,40 168,140 128,214 40,300", side))
        s.shadow(collar, 0, 6, 7, 0.4)
        s.paint(collar, "#d8323c", "#8d161c")
    s.oval(0, 262, 15, 15, "#ff8a80", "#b3121c")


def _long_coat(s: Recorder, body: Stencil, cloth: str) -> None:
    """Wear a black coat to the neck with a short cape over it."""
    s.line(points("0,220 0,820"), _dark(cloth), 6)
    for y in range(290, 480, 50):
        s.oval(0, y, 8, 8, "#c9b27a", "#6d5526")
    cape = "-70,166 -150,200 -236,330 -120,374 0,392 120,374 236,330 150,200 70,166 0,208"
    shape = s.shape(smooth(points(cape)))
    s.shadow(shape, 0, 8, 8, 0.4)
    s.paint(shape, blend(cloth, "#ffffff", 0.16), cloth, _dark(cloth))


def _bridal(s: Recorder, body: Stencil, cloth: str) -> None:
    lace = points("-90,178 -54,250 0,282 54,250 90,178 130,206 96,300 0,332 -96,300 -130,206")
    s.inside(body, lace, "#e6dfe6", 0.8)
    for x, y in ((-70, 256), (-36, 286), (0, 300), (36, 286), (70, 256), (-92, 224), (92, 224)):
        s.oval(x, y, 6, 6, "#ffffff", "#cfc4d2")
    s.line(smooth(points("-44,190 -24,222 0,232 24,222 44,190"), closed=False), "#f4ecf0", 8)
    s.inside(body, points("-200,400 200,400 200,426 -200,426"), "#e8dce6")


def _pelt(s: Recorder, body: Stencil, cloth: str) -> None:
    """Leave one shoulder out of a pelt with spots and a ragged edge."""
    for x, y, r in ((-60, 300, 18), (20, 350, 22), (90, 300, 14), (-110, 380, 20), (110, 400, 18)):
        s.inside(body, smooth(oval(x, y, r, r * 0.8)), _dark(cloth, 0.55))
    edge = [(-150.0 + 26 * i, 250.0 - 6 * i + (16 if i % 2 else 0)) for i in range(11)]
    s.line(edge, _dark(cloth, 0.3), 8)
    for x in range(-50, 51, 20):
        s.fill(points(f"{x - 7},{232 + abs(x) * -0.4} {x + 7},{232 + abs(x) * -0.4} {x},{264}"),
               "#fff8e6")  # fmt: skip


def _broad_collar(s: Recorder, body: Stencil, cloth: str) -> None:
    """Lay the broad collar of a pharaoh over white linen."""
    for wide, low, colour in (
        (176, 330, "#27508f"), (154, 306, _GOLD), (130, 284, "#2fa3a3"), (106, 264, _GOLD),
        (84, 246, "#c1272d"),
    ):  # fmt: skip
        half = f"-{wide},190 -{wide * 0.7:.0f},{low - 34} 0,{low}"
        way = f"{half} {wide * 0.7:.0f},{low - 34} {wide},190 70,174 0,226 -70,174"
        s.inside(body, smooth(points(way)), colour)


def _wetsuit(s: Recorder, body: Stencil, cloth: str) -> None:
    for side in (-1, 1):
        s.inside(body, smooth(points("96,190 150,214 172,330 160,820 110,820 122,330", side)),
                 "#ffb02e")  # fmt: skip
        s.line(points("150,200 166,330 162,470", side), "#39404f", 22)
    s.line(points("0,226 0,820"), "#8d97a8", 7)
    _neck(s, "#11131a")


def _boxer(s: Recorder, body: Stencil, cloth: str) -> None:
    """Leave a chest bare over shiny shorts."""
    for side in (-1, 1):
        s.inside(body, smooth(points("10,300 70,346 140,320 130,362 64,376 10,352", side)),
                 "#3a0d1e", 0.22, soft=8)  # fmt: skip
        s.line(smooth(points("24,236 70,226 120,214", side), closed=False), "#3a0d1e", 4,
               opacity=0.3)  # fmt: skip
    s.line(points("0,330 0,440"), "#3a0d1e", 4, opacity=0.25)
    shorts = "#c1272d" if cloth == RED_GLOVE else cloth
    s.inside(body, points("-260,456 260,456 260,820 -260,820"), shorts)
    s.inside(body, points("-260,450 260,450 260,480 -260,480"), "#ffffff")


def _smock(s: Recorder, body: Stencil, cloth: str) -> None:
    """Wear a smock with spots of paint, a scarf around the neck."""
    for x, y, r, colour in (
        (-110, 320, 20, "#e4484c"), (70, 300, 16, "#3f7bd8"), (-30, 380, 24, "#ffd93b"),
        (120, 400, 22, "#2fa35a"), (-150, 430, 18, "#7b4bd0"),
    ):  # fmt: skip
        s.inside(body, smooth(oval(x, y, r, r * 0.8)), colour, 0.9)
        s.inside(body, smooth(oval(x + r * 0.5, y + r * 1.3, r * 0.3, r * 0.4)), colour, 0.9)
    scarf = s.shape(smooth(points("-80,164 -44,214 0,228 44,214 80,164 58,232 0,268 -58,232")))
    s.shadow(scarf, 0, 5, 5, 0.3)
    s.paint(scarf, "#e4484c", "#a3202a")


def _apron(s: Recorder, body: Stencil, cloth: str) -> None:
    """Wear an apron over a shirt with its sleeves."""
    for side in (-1, 1):
        s.inside(body, points("60,176 82,186 96,330 74,330", side), "#4a3426")
    bib = s.shape(smooth(points("-104,318 104,318 118,360 130,820 -130,820 -118,360")))
    s.shadow(bib, 0, 4, 6, 0.3)
    s.inside(body, points("-102,318 102,318 128,820 -128,820"), "#5b4030")
    s.inside(body, points("-102,318 102,318 104,332 -104,332"), "#7a5a44")
    for side in (-1, 1):
        collar = s.shape(points("60,166 4,252 34,290 90,200", side))
        s.shadow(collar, 0, 5, 6, 0.3)
        s.paint(collar, "#ffffff", cloth)


def _waistcoat(s: Recorder, body: Stencil, cloth: str) -> None:
    """Wear a black waistcoat with a bow tie over a white shirt."""
    s.inside(body, points("-12,250 12,250 12,820 -12,820"), "#e6e9ef")
    for side in (-1, 1):
        s.inside(body, points("74,178 128,202 150,330 150,820 8,820 4,400 60,290", side), "#23262f")
        s.fill(points("4,250 44,228 46,282 4,262", side), "#17181d", "#2b2e38")
    for y in (420, 470):
        s.oval(22, y, 6, 6, "#aeb8c8")


def _jersey(s: Recorder, body: Stencil, cloth: str) -> None:
    """Wear the jersey of a team with its number."""
    for x in (-150, -50, 50, 150):
        s.inside(body, points(f"{x - 24},170 {x + 24},170 {x + 24},820 {x - 24},820"),
                 _dark(cloth, 0.2))  # fmt: skip
    s.line(points("-26,316 -6,300 -6,420"), "#ffffff", 20)
    s.line(smooth(points("24,306 66,300 74,340 24,372 34,418 78,408")), "#ffffff", 16)
    _neck(s, "#ffffff")


def _racing_suit(s: Recorder, body: Stencil, cloth: str) -> None:
    for side in (-1, 1):
        s.inside(body, points("118,190 164,214 140,820 96,820", side), "#ffffff")
    s.inside(body, points("-76,300 76,300 76,340 -76,340"), "#ffffff")
    s.line(points("-60,320 60,320"), _dark(cloth), 10)
    s.line(points("0,240 0,300"), "#ffffff", 6)
    _neck(s, _dark(cloth, 0.5))


def _scrubs(s: Recorder, body: Stencil, cloth: str) -> None:
    """Wear the tunic of a nurse, a watch and a cross on it."""
    for side in (-1, 1):
        s.inside(body, points("58,172 4,276 24,290 90,190", side), blend(cloth, "#ffffff", 0.28))
    s.inside(body, points("62,330 132,330 132,400 62,400"), _dark(cloth, 0.14))
    s.fill(points("-112,312 -52,312 -52,372 -112,372"), "#ffffff")
    s.fill(points("-90,322 -74,322 -74,362 -90,362"), "#e0242c")
    s.fill(points("-102,334 -62,334 -62,350 -102,350"), "#e0242c")


def _tights(s: Recorder, body: Stencil, cloth: str) -> None:
    """Wear red with a collar of flames."""
    for x in range(-120, 121, 40):
        s.fill(points(f"{x - 22},240 {x},150 {x + 22},240"), "#ffb02e", "#e0242c")
    _neck(s, _dark(cloth))


def _belted_tunic(s: Recorder, body: Stencil, cloth: str) -> None:
    """Wear a tunic with a jagged collar, and a belt."""
    for x in range(-110, 111, 44):
        low = 262 - abs(x) * 0.3
        s.fill(points(f"{x - 26},{low - 50} {x + 26},{low - 50} {x},{low + 26}"), "#d8342c")
    s.inside(body, points("-260,440 260,440 260,476 -260,476"), "#5b3a22")
    s.fill(points("-26,436 26,436 26,480 -26,480"), "#fff0b0", _GOLD)


def _travellers_cloak(s: Recorder, body: Stencil, cloth: str) -> None:
    """Wear a cloak with a clasp over a leather jerkin, the strap of a quiver across it."""
    s.inside(body, points("-90,190 90,190 110,820 -110,820"), "#7a5232")
    for y in (290, 340, 390, 440):
        s.line(points(f"-16,{y - 14} 16,{y + 14}"), "#e8d2a0", 5)
        s.line(points(f"16,{y - 14} -16,{y + 14}"), "#e8d2a0", 5)
    s.inside(body, points("-150,200 -116,196 120,420 108,460"), "#4a2f1c")
    for side in (-1, 1):
        cape = s.shape(smooth(points("30,176 96,170 206,222 256,340 268,520 196,520 170,380 "
                                     "120,280 60,226", side)))  # fmt: skip
        s.shadow(cape, 0, 6, 7, 0.35)
        s.paint(cape, blend(cloth, "#ffffff", 0.16), cloth, _dark(cloth))
    s.oval(0, 222, 20, 18, "#fff0b0", _GOLD)


def _tailcoat(s: Recorder, body: Stencil, cloth: str) -> None:
    """Wear a red tailcoat with gold braids, a white shirt and a bow tie."""
    s.inside(body, points("-60,172 60,172 40,820 -40,820"), _WHITE)
    for side in (-1, 1):
        s.inside(body, points("64,172 116,200 92,280 40,820 26,820 20,320", side), "#1f1c24")
        s.fill(points("4,240 44,218 46,272 4,252", side), "#17181d", "#2b2e38")
        for y in (320, 370, 420):
            s.line(points(f"70,{y} 130,{y - 12}", side), _GOLD, 8)


def _officers_coat(s: Recorder, body: Stencil, cloth: str) -> None:
    """Wear the coat of an officer of old: white in front, gold at the shoulders and buttons."""
    s.inside(body, points("-76,172 76,172 64,820 -64,820"), _WHITE)
    for side in (-1, 1):
        s.inside(body, points("52,172 112,186 92,300 74,420 84,820 60,820 52,420 64,300", side),
                 "#c1272d")  # fmt: skip
        for y in (262, 312, 362, 412):
            s.oval(side * 78, y, 8, 8, "#fff0b0", _GOLD)
        knot = s.shape(smooth(points("126,186 196,202 240,236 214,250 150,232", side)))
        s.shadow(knot, 0, 5, 5, 0.3)
        s.paint(knot, "#ffe08a", _GOLD)
        for x in (170, 190, 210, 230):
            s.line([(side * x, 234), (side * (x + 3), 264)], _GOLD, 6)
    s.fill(points("-72,168 -22,240 -10,232 -30,176"), "#c1272d")
    s.fill(points("72,168 22,240 10,232 30,176"), "#c1272d")
    s.fill(smooth(points("-26,214 0,204 26,214 14,264 0,272 -14,264")), "#ffffff", "#d5dbe4")


STAGE_COSTUMES: dict[str, Costume] = {
    "clown": Costume(_clown, "#ffd93b", "clown wig", gloves="#f7f8fb"),
    "vampire": Costume(_evening_cape, "#1d1a22"),
    "plague doctor": Costume(_long_coat, "#2a272f", "plague mask", gloves="#3a3630"),
    "bride": Costume(_bridal, "#fdfbfd", "veil"),
    "caveman": Costume(_pelt, "#c98a4b", sleeves="none"),
    "pharaoh": Costume(_broad_collar, "#f6f1e4", "nemes", sleeves="none"),
    "general": Costume(_officers_coat, "#2a3f7a", "bicorne"),
    "diver": Costume(_wetsuit, "#23262f", "diving hood", gloves="#2b2e38"),
    "boxer": Costume(_boxer, RED_GLOVE, sleeves="none"),
    "painter": Costume(_smock, "#e9eef5", "beret"),
    "barista": Costume(_apron, "#f4f6fa"),
    "waiter": Costume(_waistcoat, "#fbfaf7"),
    "footballer": Costume(_jersey, "#d8323c", sleeves="short"),
    "racer": Costume(_racing_suit, "#c1272d", gloves="#2b2e38"),
    "nurse": Costume(_scrubs, "#4fb3c4", sleeves="short"),
    "devil": Costume(_tights, "#c1272d", "horns"),
    "elf": Costume(_belted_tunic, "#2f9e56", "elf hat"),
    "ranger": Costume(_travellers_cloak, "#2f5a3c", "cloak hood"),
    "magician": Costume(_tailcoat, "#a3202a", "top hat", gloves="#f7f8fb"),
}
"""By name, as ``Figure.clothes`` names them."""
