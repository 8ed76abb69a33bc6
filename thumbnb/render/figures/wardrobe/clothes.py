"""Necks, shoulders, and what is worn on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.figures.arm import Sleeve
from thumbnb.render.figures.pen import shade
from thumbnb.render.figures.physique import PREGNANT, neck, outline
from thumbnb.render.figures.tones import SKINS
from thumbnb.render.figures.wardrobe.all_costumes import COSTUMES
from thumbnb.render.figures.wardrobe.garments import GARMENTS
from thumbnb.render.raster.sketch import blend, oval, points, smooth

if TYPE_CHECKING:
    from thumbnb.render.figures.pen import Recorder
    from thumbnb.render.raster.stencil import Stencil
    from thumbnb.render.scene import Figure


def body(
    s: Recorder, figure: Figure, build: float, off: tuple[bool, bool], *, to_hips: bool = False
) -> None:
    """Draw the neck and the shoulders, dressed; ``build`` is how broad these are.

    ``off`` is whether the left and the right arm are drawn on their own, ``to_hips`` whether
    legs are drawn.
    """
    clothes, cloth, skin = figure.clothes, figure.cloth, SKINS[figure.skin]
    dark, pale = blend(cloth, "#000000", 0.34), blend(cloth, "#ffffff", 0.18)
    torso = outline(figure, off, build, to_hips=to_hips)
    bare = clothes in {"sleeveless", "boxer"}
    if bare:
        pale, cloth_or_skin, dark = blend(skin, "#ffffff", 0.1), skin, shade(skin, 0.3)
    else:
        cloth_or_skin = cloth
    shape = s.fill(torso, pale, cloth_or_skin, dark)
    s.inside(
        shape,
        smooth(points("110,190 240,240 290,480 150,480 170,330")),
        "#000000",
        0.24,
        soft=22,
    )
    for side, apart in zip((-1, 1), off, strict=True):
        if apart:
            continue
        s.inside(
            shape,
            smooth(points("148,330 156,400 150,500 162,500 168,400", side)),
            "#000000",
            0.22,
            soft=4,
        )
    throat = s.fill(
        smooth(points(neck(figure))),
        shade(skin, 0.16),
        shade(skin, 0.08),
    )
    s.inside(
        throat,
        smooth(points("-60,96 0,150 60,96 58,156 0,178 -58,156")),
        shade(skin, 0.5),
        0.5,
        soft=9,
    )
    _dress(s, shape, figure)
    _round_belly(s, shape, figure)


def _dress(s: Recorder, shape: Stencil, figure: Figure) -> None:
    """Put clothes on a body of this shape."""
    clothes, cloth, skin = figure.clothes, figure.cloth, SKINS[figure.skin]
    if clothes in COSTUMES:
        COSTUMES[clothes].body(s, shape, cloth)
        if clothes == "boxer" and figure.sex == "female":
            s.inside(shape, points(_SPORTS_TOP), "#c1272d")
    elif clothes == "elegant" and figure.sex == "female":
        GARMENTS["dress"][0](s, shape, cloth, skin)
    elif clothes in {"professional", "elegant"}:
        _suit(s, shape, cloth, blend(cloth, "#000000", 0.34), elegant=clothes == "elegant")
    elif clothes in {"medical", "laboratory"}:
        _white_coat(s, shape, cloth, stethoscope=clothes == "medical")
    elif clothes == "sleeveless":
        _tank_top(s, shape, skin, cloth)
    elif clothes == "sporty":
        _jersey(s, shape)
    else:
        GARMENTS[figure.garment][0](s, shape, cloth, skin)


_SPORTS_TOP = (
    "-96,186 -70,180 -62,250 0,292 62,250 70,180 96,186 116,300 180,330 180,404 -180,404 "
    "-180,330 -116,300"
)


def _jersey(s: Recorder, shape: Stencil) -> None:
    collar = "-80,186 -40,224 0,234 40,224 80,186 92,204 44,246 0,256 -44,246 -92,204"
    s.fill(smooth(points(collar)), "#ffffff")
    for side in (-1, 1):
        stripe = points("140,196 198,250 226,380 208,380 182,262 128,208", side)
        s.inside(shape, smooth(stripe), "#ffffff", 0.95)


def _round_belly(s: Recorder, shape: Stencil, figure: Figure) -> None:
    physique, cloth = figure.physique, figure.cloth
    if physique == "heavy":
        s.inside(shape, smooth(oval(-10, 520, 200, 150)), "#ffffff", 0.12, soft=30)
    elif physique == PREGNANT:
        belly = s.shape(smooth(oval(0, 480, 146, 140))).clipped(shape)
        s.shadow(belly, 10, 22, 16, 0.4)
        s.paint(belly, blend(cloth, "#ffffff", 0.24), cloth, blend(cloth, "#000000", 0.3))
        s.inside(belly, smooth(oval(-44, 420, 60, 44)), "#ffffff", 0.22, soft=14)


def has_skirt(figure: Figure) -> bool:
    """Whether somebody wears a dress."""
    elegant = figure.clothes == "elegant" and figure.sex == "female"
    dress = figure.clothes == "casual" and figure.garment == "dress"
    return elegant or dress or figure.clothes == "bride"


def trousers(figure: Figure) -> str:
    """Return the colour of somebody's trousers."""
    clothes = figure.clothes
    if has_skirt(figure):
        return SKINS[figure.skin]
    if clothes in COSTUMES or clothes in {"professional", "elegant"}:
        return blend(figure.cloth, "#000000", 0.35)
    return "#2a2d3a" if clothes in {"sporty", "sleeveless", "streetwear"} else "#34507d"


def hands(figure: Figure) -> str:
    """Return the colour of somebody's hands: their skin, or that of their gloves."""
    costume = COSTUMES.get(figure.clothes)
    return (costume.gloves if costume else "") or SKINS[figure.skin]


def sleeve(figure: Figure) -> Sleeve:
    """Return what the arms are dressed in."""
    clothes, cloth = figure.clothes, figure.cloth
    if clothes in {"medical", "laboratory"}:
        return Sleeve("#f1f4f9")
    if clothes in COSTUMES:
        costume = COSTUMES[clothes]
        return Sleeve(costume.sleeve or cloth, costume.sleeves)
    if clothes == "elegant" and figure.sex == "female":
        return Sleeve(cloth, "none")
    if clothes == "professional":
        return Sleeve(cloth, cuff="#fbfaf7")
    if clothes == "casual":
        return Sleeve(cloth, GARMENTS[figure.garment][1])
    return Sleeve(cloth, {"sporty": "short", "sleeveless": "none"}.get(clothes, "long"))


def _tank_top(s: Recorder, body: Stencil, skin: str, cloth: str) -> None:
    """Put a top without sleeves over bare shoulders and the muscles of a chest."""
    for side in (-1, 1):
        s.inside(body, smooth(points("120,206 206,236 236,330 190,318 150,262", side)), "#ffffff",
                 0.16, soft=10)  # fmt: skip
        s.inside(body, smooth(points("160,270 176,340 168,500 150,500 152,350", side)),
                 shade(skin, 0.5), 0.5, soft=6)  # fmt: skip
    top = points("-96,186 -70,180 -62,250 0,300 62,250 70,180 96,186 116,300 150,352 156,520 "
                 "-156,520 -150,352 -116,300")  # fmt: skip
    s.inside(body, top, cloth)
    for side in (-1, 1):
        s.inside(body, points("70,180 96,186 116,300 150,352 144,362 106,306 84,190", side),
                 blend(cloth, "#ffffff", 0.25))  # fmt: skip
        # The collarbones, and the chest under the cloth.
        s.line(smooth(points("24,236 70,226 120,214", side), closed=False), shade(skin, 0.4), 4.0,
               opacity=0.6)  # fmt: skip
        s.inside(body, smooth(points("8,330 60,372 128,350 120,388 60,400 8,372", side)),
                 "#000000", 0.2, soft=9)  # fmt: skip


def _suit(s: Recorder, body: Stencil, cloth: str, dark: str, *, elegant: bool) -> None:
    shirt = "#fbfaf7" if not elegant else blend(cloth, "#000000", 0.6)
    s.inside(body, points("-66,178 0,250 66,178 40,480 -40,480"), shirt)
    for side in (-1, 1):
        s.inside(
            body,
            points("62,172 2,250 30,288 84,196", side),
            "#ffffff" if not elegant else blend(shirt, "#ffffff", 0.1),
        )
        lapel = points("80,180 128,206 112,262 132,276 34,470 14,470 34,300", side)
        s.inside(body, lapel, blend(cloth, "#ffffff", 0.10))
        s.inside(
            body,
            points("80,180 34,300 14,470 8,470 28,296", side),
            dark,
            0.8,
        )
    if not elegant:
        s.inside(body, points("-15,256 15,256 10,282 -10,282"), "#a8202e")
        s.inside(body, points("-10,282 10,282 22,470 -22,470"), "#c42a3a")
    else:
        s.line(
            smooth(points("-50,190 -20,240 0,252 20,240 50,190"), closed=False),
            "#f0d48a",
            3.4,
        )
        s.oval(0, 256, 8, 9, "#fff1c0", "#d9ab4a")


def _white_coat(s: Recorder, body: Stencil, cloth: str, *, stethoscope: bool) -> None:
    """Put a white coat over a tunic of cloth; doctors wear a stethoscope around the neck."""
    coat, fold = "#f7f9fc", "#c9d3e2"
    for side in (-1, 1):
        front = smooth(points("52,168 140,196 196,236 224,320 240,500 30,500 22,330", side))
        s.inside(body, front, coat)
        s.inside(body, points("30,500 22,330 36,286 44,330 42,500", side), fold, 0.9, soft=5)
        s.inside(
            body, smooth(points("150,330 158,400 152,500 166,500 172,400", side)), fold, 0.9, soft=5
        )
    s.inside(
        body, smooth(points("128,200 240,240 290,480 176,480 180,330")), "#5d6c86", 0.22, soft=20
    )
    # The neck of the tunic is a V; the skin above it is that of the neck.
    for side in (-1, 1):
        s.inside(body, points("70,174 2,262 0,282 84,192", side), blend(cloth, "#ffffff", 0.3))
        lapel = s.shape(points("76,176 132,204 108,264 132,278 30,410 26,330", side))
        s.shadow(lapel, 0, 5, 6, 0.25)
        s.paint(lapel, "#ffffff", "#e4eaf3")
    if stethoscope:
        _stethoscope(s)


def _stethoscope(s: Recorder) -> None:
    """Hang a stethoscope around the neck: its tube joins on the chest, its disc on one side."""
    tube, shine = "#2b3346", "#6c7a96"
    for side, end in ((-1, "-34,330 -10,352 0,366"), (1, "34,330 10,352 0,366")):
        way = smooth(points(f"{side * 66},180 {side * 80},232 {side * 66},290 {end}"), closed=False)
        s.line(way, tube, 12.0)
        s.line([(x - 1.6, y - 1.6) for x, y in way], shine, 3.0)
    s.line(smooth(points("0,364 16,392 58,398 82,376"), closed=False), tube, 12.0)
    s.oval(88, 370, 23, 23, "#e8edf5", "#7d889e")
    s.oval(88, 370, 13, 13, "#aeb8ca", "#eef2f8")


def cap(s: Recorder, cloth: str) -> None:
    """Put a cap on the head."""
    pale, dark = blend(cloth, "#ffffff", 0.16), blend(cloth, "#000000", 0.4)
    dome = s.fill(
        smooth(points("-108,-64 -104,-128 -60,-176 0,-190 60,-176 104,-128 108,-64 0,-84")),
        pale,
        cloth,
        dark,
    )
    s.inside(dome, smooth(points("-6,-190 6,-190 5,-80 -5,-80")), dark, 0.5)
    brim = s.shape(smooth(points("-98,-84 0,-104 98,-84 112,-58 62,-34 0,-26 -62,-34 -112,-58")))
    s.shadow(brim, 0, 10, 7, 0.4)
    s.paint(brim, cloth, dark)
    s.oval(0, -192, 8, 6, dark)
