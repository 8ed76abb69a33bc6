"""Costumes: what people wear at work and wore in times past, body and hat."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from thumbnb.render.raster.sketch import blend, oval, points, smooth

if TYPE_CHECKING:
    from collections.abc import Callable

    from thumbnb.render.figures.pen import Recorder
    from thumbnb.render.raster.stencil import Stencil

_GOLD, _STEEL, _WHITE = "#e8b23a", "#aeb8c8", "#fbfaf7"


def _dark(colour: str, amount: float = 0.32) -> str:
    return blend(colour, "#000000", amount)


def _collar(s: Recorder, colour: str, wide: float = 84) -> None:
    """Draw a turned-down collar around the neck."""
    for side in (-1, 1):
        shape = s.shape(points(f"{wide - 22},172 2,250 28,292 {wide + 4},206", side))
        s.shadow(shape, 0, 5, 6, 0.3)
        s.paint(shape, blend(colour, "#ffffff", 0.2), colour)


def _band(s: Recorder, body: Stencil, top: float, high: float, colour: str) -> None:
    s.inside(body, points(f"-260,{top} 260,{top} 260,{top + high} -260,{top + high}"), colour)


def _chef(s: Recorder, body: Stencil, cloth: str) -> None:
    s.inside(body, points("-74,176 0,250 120,188 96,500 -30,500"), "#ffffff", 0.9)
    s.line(smooth(points("-62,196 -20,262 -26,360 -24,500"), closed=False), "#b9c2d0", 3)
    for x, y in ((-8, 300), (-6, 352), (-6, 404), (60, 292), (64, 344), (66, 396)):
        s.oval(x, y, 8, 8, "#5a6478", "#2b3346")
    _collar(s, cloth)
    scarf = s.shape(smooth(points("-78,168 -40,214 0,232 40,214 78,168 60,226 0,262 -60,226")))
    s.shadow(scarf, 0, 5, 5, 0.3)
    s.paint(scarf, "#e4484c", "#b3262c")


def _uniform(s: Recorder, body: Stencil, cloth: str) -> None:
    s.inside(body, points("-14,246 14,246 22,480 0,500 -22,480"), "#161a24")
    _collar(s, cloth)
    s.fill(points("-13,252 13,252 9,280 -9,280"), "#242a38")
    for side in (-1, 1):
        strap = points("118,192 196,228 204,250 112,214", side)
        s.inside(body, strap, _dark(cloth, 0.5))
        s.oval(side * 176, 232, 7, 7, _GOLD)
        s.inside(body, points("62,330 132,330 132,338 62,338", side), _dark(cloth, 0.45))
    s.fill(smooth(points("-98,286 -78,296 -82,328 -98,342 -114,328 -118,296")), "#fff0b0", _GOLD)


def _turnout(s: Recorder, body: Stencil, cloth: str) -> None:
    for top in (322, 430):
        _band(s, body, top, 34, "#ffd93b")
        _band(s, body, top + 11, 12, "#e9eef5")
    s.line(points("0,256 0,500"), _dark(cloth, 0.5), 6)
    for y in (286, 384):
        s.fill(points(f"-20,{y} 20,{y} 20,{y + 16} -20,{y + 16}"), "#e9eef5", "#8a94a4")
    _collar(s, _dark(cloth, 0.2), 92)


def _vest(s: Recorder, body: Stencil, cloth: str) -> None:
    shirt = "#35507c"
    s.inside(body, points("-70,176 0,300 70,176 30,210 -30,210"), shirt)
    for side in (-1, 1):
        s.inside(body, points("240,216 178,250 168,500 300,500", side), shirt)
        s.inside(body, points("108,186 142,206 120,330 112,500 84,500 92,330", side), "#f3f6fa")
        s.inside(body, points("100,330 112,500 104,500 92,330", side), "#ffe14d")
    _band(s, body, 396, 30, "#f3f6fa")
    for side in (-1, 1):
        s.inside(body, points("240,216 178,250 168,500 300,500", side), shirt)
        s.inside(body, points("70,170 0,296 14,330 96,196", side), _dark(cloth, 0.12))
    _collar(s, shirt, 78)


def _overalls(s: Recorder, body: Stencil, cloth: str) -> None:
    denim, seam = "#35598f", "#f0c878"
    bib = points("-104,322 104,322 118,500 -118,500")
    s.inside(body, bib, denim)
    s.inside(body, points("-104,322 104,322 105,330 -105,330"), seam)
    s.inside(body, points("-46,378 46,378 42,440 -42,440"), _dark(denim, 0.2))
    for side in (-1, 1):
        s.inside(body, points("96,186 132,204 108,340 72,340", side), blend(denim, "#ffffff", 0.08))
        s.oval(side * 90, 330, 14, 14, "#fff0b0", "#b98a2c")
    _collar(s, cloth)


_SPOT = ((-1, 0), (-0.3, -0.6), (0.5, -0.3), (1, 0.2), (0.2, 0.6), (-0.6, 0.4))


def _camouflage(s: Recorder, body: Stencil, cloth: str) -> None:
    spots = ((-150, 280, 50), (-60, 350, 44), (60, 300, 52), (150, 350, 48), (-120, 420, 46),
             (20, 430, 54), (130, 440, 40), (-190, 380, 36))  # fmt: skip
    for i, (x, y, r) in enumerate(spots):
        colour = ("#3c4526", "#8a8256", "#2d3320")[i % 3]
        way = [(x + r * across, y + r * down) for across, down in _SPOT]
        s.inside(body, smooth(way), colour, 0.85)
    s.line(points("0,256 0,500"), "#2d3320", 4)
    _collar(s, cloth)


def _robe(s: Recorder, body: Stencil, cloth: str) -> None:
    for x in (-120, -70, 70, 120):
        s.inside(
            body,
            points(f"{x},220 {x + 8},220 {x * 1.5 + 6},500 {x * 1.5 - 6},500"),
            _dark(cloth, 0.5),
        )
    s.inside(body, points("-66,178 0,262 66,178 20,220 -20,220"), _WHITE)
    for side in (-1, 1):
        s.fill(points("2,248 30,262 24,360 4,346", side), "#ffffff", "#d5dbe4")


def _hooded_robe(s: Recorder, body: Stencil, cloth: str) -> None:
    for x in (-120, -60, 60, 120):
        s.inside(
            body,
            points(f"{x},240 {x + 8},240 {x * 1.4 + 6},500 {x * 1.4 - 6},500"),
            _dark(cloth, 0.5),
        )
    for side in (-1, 1):
        lapel = s.shape(smooth(points("76,170 126,200 96,260 0,330 -4,280 50,230", side)))
        s.shadow(lapel, 0, 6, 6, 0.35)
        s.paint(lapel, blend(cloth, "#ffffff", 0.24), cloth)


def _ermine(s: Recorder, body: Stencil, cloth: str) -> None:
    s.inside(body, points("-60,178 0,320 60,178 60,500 -60,500"), _dark(cloth, 0.4))
    for side in (-1, 1):
        fur = s.shape(
            smooth(points("62,168 150,194 132,262 84,340 60,500 10,500 30,330 70,240", side))
        )
        s.shadow(fur, 0, 6, 7, 0.35)
        s.paint(fur, "#ffffff", "#e6e2d8")
        for x, y in ((108, 222), (88, 276), (58, 340), (46, 410), (40, 470)):
            s.oval(side * x, y, 5, 10, "#2a2430")
    s.oval(0, 330, 22, 22, "#fff0b0", _GOLD)


def _armour(s: Recorder, body: Stencil, cloth: str) -> None:
    s.inside(
        body,
        smooth(points("-60,230 60,230 120,330 96,500 -96,500 -120,330")),
        "#ffffff",
        0.28,
        soft=14,
    )
    s.line(points("0,262 0,500"), _dark(cloth), 5)
    gorget = s.shape(smooth(points("-92,168 -40,222 0,234 40,222 92,168 100,226 0,276 -100,226")))
    s.shadow(gorget, 0, 8, 7, 0.4)
    s.paint(gorget, "#f4f7fb", cloth, _dark(cloth))
    for side in (-1, 1):
        for step in range(3):
            y = 214 + 46 * step
            plate = points(f"124,{y} 200,{y + 8} 246,{y + 56} 240,{y + 86} 150,{y + 58}", side)
            shape = s.shape(smooth(plate))
            s.shadow(shape, 0, 6, 5, 0.35)
            s.paint(shape, "#f4f7fb", cloth, _dark(cloth))
        s.oval(side * 150, 236, 7, 7, _GOLD)


def _fur(s: Recorder, body: Stencil, cloth: str) -> None:
    s.inside(body, points("-70,230 70,230 60,500 -60,500"), _dark(cloth, 0.14))
    for y in (330, 400):
        s.line(points(f"-58,{y - 20} 58,{y + 20}"), "#d9b27a", 6)
        s.line(points(f"58,{y - 20} -58,{y + 20}"), "#d9b27a", 6)
    tone = "#8d7458"
    for i in range(15):
        x = -182 + i * 26
        low = 196 + abs(x) * 0.28 + (14 if i % 2 else 0)
        s.oval(x, low, 30, 34, blend(tone, "#ffffff", 0.25), tone, _dark(tone))


def _legion(s: Recorder, body: Stencil, cloth: str) -> None:
    for step in range(6):
        y = 262 + 44 * step
        s.inside(body, points(f"-150,{y} 150,{y} 146,{y + 36} -146,{y + 36}"), _STEEL)
        s.inside(body, points(f"-150,{y} 150,{y} 150,{y + 8} -150,{y + 8}"), "#eef2f7", 0.8)
    for side in (-1, 1):
        cape = s.shape(
            smooth(points("40,232 92,182 200,226 240,330 244,500 168,500 160,330 120,262", side))
        )
        s.shadow(cape, 0, 6, 7, 0.35)
        s.paint(cape, blend(cloth, "#ffffff", 0.12), cloth, _dark(cloth))
    s.oval(-60, 238, 18, 18, "#fff0b0", _GOLD)


def _lacquer(s: Recorder, body: Stencil, cloth: str) -> None:
    for step in range(5):
        y = 268 + 48 * step
        s.inside(body, points(f"-130,{y} 130,{y} 130,{y + 40} -130,{y + 40}"), "#8d1d24")
        for x in range(-110, 111, 44):
            s.inside(body, points(f"{x},{y} {x + 8},{y} {x + 8},{y + 40} {x},{y + 40}"), _GOLD, 0.8)
    for side in (-1, 1):
        plate = s.shape(smooth(points("112,196 214,226 246,330 238,400 150,380 132,280", side)))
        s.shadow(plate, 0, 6, 6, 0.35)
        s.paint(plate, "#4a4a5c", cloth, _dark(cloth))
        for y in (280, 330):
            s.line(points(f"140,{y} 240,{y + 20}", side), "#c1272d", 5)
    _collar(s, "#8d1d24")


def _spacesuit(s: Recorder, body: Stencil, cloth: str) -> None:
    for side in (-1, 1):
        s.inside(body, points("150,300 240,300 240,322 154,322", side), "#d8342c")
        s.inside(body, points("120,200 132,206 118,500 104,500", side), "#b9c2d0")
    box = s.fill(points("-64,336 64,336 64,420 -64,420"), "#ffffff", "#c5cedb")
    for x, colour in ((-36, "#d8342c"), (0, "#3f7bd8"), (36, "#2fa35a")):
        s.inside(box, smooth(oval(x, 366, 11, 11)), colour)
    s.inside(box, points("-44,390 44,390 44,404 -44,404"), "#5a6478")
    ring = s.shape(smooth(oval(0, 206, 134, 44)))
    s.shadow(ring, 0, 8, 7, 0.35)
    s.paint(ring, "#eef2f7", "#9aa6b8")
    s.fill(smooth(oval(0, 196, 104, 28)), _dark(cloth, 0.55))


def _jumpsuit(s: Recorder, body: Stencil, cloth: str) -> None:
    s.inside(body, points("-60,178 0,280 60,178 20,214 -20,214"), "#ffffff")
    s.line(points("0,276 0,500"), _dark(cloth, 0.4), 5)
    s.fill(points("64,306 138,306 138,340 64,340"), "#ffffff", "#e3e7ee")
    for y in (316, 328):
        s.line(points(f"72,{y} 130,{y}"), "#3a3f4a", 3)
    _collar(s, cloth)


def _stripes(s: Recorder, body: Stencil, cloth: str) -> None:
    for top in range(212, 500, 56):
        _band(s, body, top, 26, "#23262f")
    s.fill(
        smooth(points("-80,180 -40,222 0,232 40,222 80,180 90,202 44,246 0,256 -44,246 -90,202")),
        cloth,
    )


def _plaid(s: Recorder, body: Stencil, cloth: str) -> None:
    for top in range(220, 500, 60):
        s.inside(
            body, points(f"-260,{top} 260,{top} 260,{top + 22} -260,{top + 22}"), "#1f1418", 0.42
        )
    for x in range(-210, 211, 60):
        s.inside(body, points(f"{x},170 {x + 20},170 {x + 20},500 {x},500"), "#1f1418", 0.42)
    s.line(points("0,256 0,500"), _dark(cloth), 4)
    _collar(s, cloth)


def _western(s: Recorder, body: Stencil, cloth: str) -> None:
    for side in (-1, 1):
        s.inside(body, points("92,186 150,214 160,500 52,500 40,340", side), "#6a4526")
    s.line(points("0,256 0,500"), _dark(cloth), 4)
    scarf = s.shape(smooth(points("-88,168 -40,216 0,230 40,216 88,168 60,238 0,322 -60,238")))
    s.shadow(scarf, 0, 6, 6, 0.35)
    s.paint(scarf, "#e4484c", "#a3202a")


def _cape(s: Recorder, body: Stencil, cloth: str) -> None:
    s.fill(points("-66,282 66,282 50,352 0,400 -50,352"), _GOLD)
    s.fill(
        points("0,294 14,322 44,324 22,344 30,374 0,358 -30,374 -22,344 -44,324 -14,322"), "#c1272d"
    )
    for side in (-1, 1):
        cape = s.shape(
            smooth(points("60,190 110,176 206,214 250,330 262,500 206,500 190,330 130,240", side))
        )
        s.shadow(cape, 0, 6, 7, 0.35)
        s.paint(cape, "#e4484c", "#a3202a")
    s.inside(body, points("-60,178 0,236 60,178 0,214"), _dark(cloth))


class Costume(NamedTuple):
    """What somebody wears: how the body is dressed, in which colour, the hat, the sleeves.

    ``sleeve`` is their colour where it differs, ``sleeves`` "long", "short" or "none",
    ``gloves`` the colour of gloves.
    """

    body: Callable[[Recorder, Stencil, str], None]
    cloth: str
    hat: str = ""
    sleeve: str = ""
    sleeves: str = "long"
    gloves: str = ""


COSTUMES: dict[str, Costume] = {
    "chef": Costume(_chef, "#f2f4f8", "toque"),
    "police": Costume(_uniform, "#2b3f73", "police cap"),
    "pilot": Costume(_uniform, "#f2f4f8", "pilot cap"),
    "firefighter": Costume(_turnout, "#3a3f4e", "fire helmet"),
    "builder": Costume(_vest, "#ff7a1a", "hard hat", "#35507c"),
    "mechanic": Costume(_overalls, "#b9c2d0"),
    "farmer": Costume(_overalls, "#b9423a", "straw hat"),
    "lumberjack": Costume(_plaid, "#b9322f", "beanie"),
    "soldier": Costume(_camouflage, "#66713f", "combat helmet"),
    "judge": Costume(_robe, "#262430"),
    "monk": Costume(_hooded_robe, "#8a4a22"),
    "wizard": Costume(_hooded_robe, "#3a3fa8", "wizard hat"),
    "witch": Costume(_hooded_robe, "#3d2a52", "witch hat"),
    "king": Costume(_ermine, "#a3202a", "crown"),
    "knight": Costume(_armour, _STEEL, "knight helmet", gloves="#98a3b5"),
    "viking": Costume(_fur, "#7a5a3c", "horned helmet"),
    "legionary": Costume(_legion, "#b0242b", "crested helmet"),
    "samurai": Costume(_lacquer, "#2b2b38", "samurai helmet"),
    "ninja": Costume(_hooded_robe, "#22242c", "hood", gloves="#2b2e38"),
    "pirate": Costume(_western, "#efe6d2", "pirate hat"),
    "cowboy": Costume(_western, "#d9c49a", "cowboy hat"),
    "detective": Costume(_hooded_robe, "#b59a6c", "fedora"),
    "thief": Costume(_stripes, "#f2f4f8", "burglar mask", gloves="#23262f"),
    "prisoner": Costume(_jumpsuit, "#f0761f"),
    "astronaut": Costume(_spacesuit, "#eef1f6", "space helmet", gloves="#cfd6e2"),
    "santa": Costume(_ermine, "#c8262b", "santa hat", gloves="#2b2e38"),
    "graduate": Costume(_robe, "#23242e", "mortarboard"),
    "superhero": Costume(_cape, "#2450b8", gloves="#c8262b"),
}
"""By name, as ``Figure.clothes`` names them."""
