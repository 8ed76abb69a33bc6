"""People drawn by code, for prompts that name someone and come without a portrait.

Their expression and clothes can be chosen, which a photograph's cannot.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from thumbnb.render import matte
from thumbnb.render.canvas import Canvas
from thumbnb.render.sketch import Sketch, blend, oval, rounded, smooth

if TYPE_CHECKING:
    from thumbnb.render.scene import Box, Figure
    from thumbnb.render.sketch import Point
    from thumbnb.render.stencil import Stencil

SKINS = ("#f6c9a4", "#e3a77c", "#c98756", "#9c623c", "#6f4227")
HAIRS = ("#3a2418", "#141216", "#7a4a22", "#c98f3e", "#a23b1e", "#55402f")
STYLES = ("short", "long", "curly", "bun", "bob", "quiff")
LOOKS = len(SKINS) * len(HAIRS) * len(STYLES)


@dataclass(frozen=True, slots=True)
class Expression:
    """What moves in a face: brows up and inward, how open the eyes are, the iris, the mouth."""

    brow: float
    frown: float
    eye: float
    iris: float
    mouth: str
    cheeks: float = 0.25


EXPRESSIONS = {
    "neutral": Expression(0, 0, 1.0, 1.0, "slight"),
    "happy": Expression(5, -1, 0.92, 1.0, "smile", 0.5),
    "excited": Expression(15, -2, 1.18, 0.98, "laugh", 0.55),
    "surprised": Expression(24, -5, 1.42, 0.78, "gasp", 0.3),
    "serious": Expression(-5, 10, 0.80, 1.0, "flat", 0.1),
    "confident": Expression(4, 5, 0.84, 1.0, "smirk", 0.25),
}

_SHEET = (1280, 1280)
_SIDE = 720
"""A figure is drawn on a square sheet of this many units, and pixels enough for 4K."""


class _Recorder(Sketch):
    """A sketch that remembers all it has covered."""

    covered: Stencil | None = None

    def paint(self, stencil: Stencil, *colours: str, opacity: float = 1.0) -> None:
        super().paint(stencil, *colours, opacity=opacity)
        self.covered = self.covered.joined(stencil) if self.covered else stencil


@lru_cache(maxsize=8)
def drawn(figure: Figure) -> tuple[Image.Image, Box]:
    """Draw someone: an RGBA image of head and shoulders, and the box of the face in it."""
    canvas = Canvas(_SHEET, SKINS[figure.skin])
    s = _Recorder(canvas, (360, 292), 1.0)
    skin = SKINS[figure.skin]
    hair = HAIRS[figure.hair]
    style = STYLES[figure.style]
    look = EXPRESSIONS[figure.expression]
    _hair_behind(s, style, hair)
    s.origin = (360, 266)
    _body(s, figure.clothes, skin, figure.cloth)
    s.origin = (360, 292)
    _head(s, skin)
    _features(s, look, skin, hair, style)
    _hair_front(s, style, hair)
    if figure.clothes == "streetwear":
        _cap(s, figure.cloth)
    assert s.covered is not None  # noqa: S101 - a head was drawn
    alpha = Image.new("L", _SHEET)
    alpha.paste(s.covered.mask, (s.covered.x, s.covered.y))
    k = canvas.scale
    face = ((360 - 88) * k, (292 - 74) * k, 176 * k, 176 * k)
    return matte.cut(canvas.image(), np.asarray(alpha, dtype=np.float32) / 255, face[2]), face


def _shade(colour: str, amount: float = 0.25) -> str:
    return blend(colour, "#3a0d1e", amount)


def _head(s: _Recorder, skin: str) -> None:
    for side in (-1, 1):
        s.oval(side * 99, 14, 19, 30, skin, _shade(skin, 0.14))
        s.oval(side * 100, 15, 9, 18, _shade(skin, 0.22), opacity=0.7)
    head = s.fill(_HEAD, blend(skin, "#ffffff", 0.10), skin, _shade(skin, 0.06))
    # Light from the upper left: the far side and the jaw are darker.
    s.inside(
        head,
        smooth([(46, -140), (110, -120), (120, 60), (60, 150), (20, 150), (66, 80), (78, 0)]),
        _shade(skin, 0.5),
        0.30,
        soft=14,
    )
    s.inside(
        head,
        smooth([(-100, 70), (-50, 112), (0, 124), (50, 112), (100, 70), (80, 160), (-80, 160)]),
        _shade(skin, 0.5),
        0.22,
        soft=12,
    )
    s.inside(head, oval(-34, -64, 46, 30), "#ffffff", 0.24, soft=16)


_HEAD: list[Point] = smooth(
    [
        (0, -128),
        (-58, -116),
        (-93, -66),
        (-97, 0),
        (-88, 54),
        (-58, 100),
        (-22, 124),
        (0, 128),
        (22, 124),
        (58, 100),
        (88, 54),
        (97, 0),
        (93, -66),
        (58, -116),
    ]
)


def _features(s: _Recorder, look: Expression, skin: str, hair: str, style: str) -> None:
    dark = _shade(skin, 0.62)
    blush = blend(skin, "#ff4d5a", 0.55)
    k = s.k
    for side in (-1, 1):
        cheek = s.shape(oval(side * 56, 46, 26, 17)).blurred(9 * k)
        s.canvas.fill(cheek, blush, look.cheeks)
    # The nose: a soft side and a round tip.
    s.canvas.fill(
        s.shape(smooth([(4, -6), (13, 26), (16, 40), (4, 46), (6, 26)])).blurred(3.2 * k),
        dark,
        0.30,
    )
    s.line(smooth([(-12, 42), (-3, 47), (6, 46), (13, 41)], closed=False), dark, 3.6, opacity=0.75)
    for side in (-1, 1):
        _eye(s, side, look, skin, lashes=style not in {"short", "quiff"})
        x, lift = side * 43, look.brow
        inner, outer = (
            (side * 20, -44 - lift + look.frown * 0.9),
            (side * 68, -43 - lift - look.frown * 0.25),
        )
        peak = (x + side * 4, -57 - lift - (2 if look.mouth == "smirk" and side > 0 else 0) * 5)
        brow = smooth([inner, peak, outer], closed=False, steps=8)
        width = np.linspace(7.6, 3.4, len(brow))
        up = [(px, py - w) for (px, py), w in zip(brow, width, strict=True)]
        s.fill(
            [
                *up,
                *[(px, py + w * 0.5) for (px, py), w in zip(brow[::-1], width[::-1], strict=True)],
            ],
            _brow(hair),
        )
    _mouth(s, look.mouth, skin)


def _brow(hair: str) -> str:
    return blend(hair, "#1a0f0c", 0.35)


def _eye(s: _Recorder, side: int, look: Expression, skin: str, *, lashes: bool) -> None:
    x, y = side * 43.0, -8.0
    tall = 15.5 * look.eye
    white = s.shape(
        smooth(
            [
                (x - 26, y + 1),
                (x - 13, y - tall * 0.86),
                (x + 6, y - tall),
                (x + 25, y - 2),
                (x + 10, y + tall * 0.72),
                (x - 12, y + tall * 0.70),
            ]
        )
    )
    s.canvas.fill(white.grown(3 * s.k), _shade(skin, 0.35), 0.5)
    s.canvas.fill(white, "#ffffff")
    r = 12.6 * look.iris
    for radius, colour in ((r, "#3b2313"), (r * 0.86, "#7a4a24"), (r * 0.46, "#140b08")):
        s.inside(white, oval(x + 1, y + 0.5, radius, radius), colour)
    s.inside(white, oval(x - 4, y - 5, 4.2, 4.2), "#ffffff")
    s.inside(white, oval(x + 5.5, y + 4.5, 2.0, 2.0), "#ffffff", 0.8)
    s.inside(
        white,
        [(x - 40, y - 40), (x + 40, y - 40), (x + 40, y - tall * 0.5), (x - 40, y - tall * 0.55)],
        "#30140f",
        0.22,
        soft=3,
    )
    lid = smooth(
        [(x - 27, y + 2), (x - 13, y - tall * 0.90), (x + 6, y - tall * 1.04), (x + 26, y - 2)],
        closed=False,
    )
    s.line(lid, "#22110d", 5.0)
    out = x + side * 26
    if lashes:
        s.line([(out, y - 1), (out + side * 6, y - 7)], "#22110d", 4.0)
    s.line(
        smooth([(x - 22, y - tall - 8), (x, y - tall - 13), (x + 22, y - tall - 7)], closed=False),
        _shade(skin, 0.45),
        2.6,
        opacity=0.6,
    )


def _mouth(s: _Recorder, kind: str, skin: str) -> None:
    lip = blend(skin, "#b3202e", 0.55)
    line = blend(skin, "#4a0f14", 0.8)
    shadow = s.shape(oval(0, 100, 30, 8)).blurred(5 * s.k)
    s.canvas.fill(shadow, _shade(skin, 0.5), 0.28)
    if kind in {"slight", "flat", "smirk"}:
        ends = {"slight": (74, 71), "flat": (75, 76), "smirk": (78, 62)}[kind]
        low = {"slight": 80, "flat": 75, "smirk": 79}[kind]
        way = smooth([(-32, ends[0]), (-4, low), (33, ends[1])], closed=False)
        s.fill(
            [*way, *smooth([(33, ends[1]), (2, low + 12), (-32, ends[0])], closed=False)],
            lip,
            opacity=0.75,
        )
        s.line(way, line, 4.6)
        if kind == "smirk":
            s.line(smooth([(40, 52), (46, 60), (43, 68)], closed=False), line, 3, opacity=0.6)
        return
    if kind == "gasp":
        shape = smooth(
            [(0, 58), (-19, 66), (-25, 88), (-14, 110), (0, 114), (14, 110), (25, 88), (19, 66)]
        )
    elif kind == "laugh":
        shape = smooth(
            [
                (-47, 60),
                (-20, 65),
                (0, 66),
                (20, 65),
                (47, 60),
                (38, 92),
                (18, 111),
                (0, 114),
                (-18, 111),
                (-38, 92),
            ]
        )
    else:
        shape = smooth(
            [(-45, 62), (-20, 68), (0, 70), (20, 68), (45, 62), (32, 86), (0, 98), (-32, 86)]
        )
    mouth = s.shape(shape)
    s.canvas.fill(mouth.grown(4.6 * s.k), lip)
    s.canvas.fill(mouth, "#5a0f17")
    tongue = 104 if kind != "smile" else 98
    s.inside(mouth, oval(0, tongue, 26 if kind != "gasp" else 15, 14), "#e2606b", soft=1)
    if kind != "gasp":
        s.inside(
            mouth,
            smooth(
                [
                    (-50, 52),
                    (0, 58),
                    (50, 52),
                    (44, 72),
                    (0, 82 if kind == "laugh" else 86),
                    (-44, 72),
                ]
            ),
            "#fffdf8",
        )
        for side in (-1, 1):
            s.line(
                smooth([(side * 52, 48), (side * 58, 58), (side * 55, 68)], closed=False),
                line,
                3.2,
                opacity=0.45,
            )
    else:
        s.inside(mouth, rounded(-15, 50, 30, 15, 5), "#fffdf8")


def _hair_behind(s: _Recorder, style: str, hair: str) -> None:
    deep = blend(hair, "#000000", 0.38)
    if style == "long":
        s.fill(
            smooth(
                [
                    (0, -160),
                    (-92, -136),
                    (-126, -50),
                    (-130, 70),
                    (-146, 190),
                    (-96, 226),
                    (-40, 200),
                    (40, 200),
                    (96, 226),
                    (146, 190),
                    (130, 70),
                    (126, -50),
                    (92, -136),
                ]
            ),
            deep,
            blend(deep, hair, 0.4),
        )
    elif style == "curly":
        for i in range(17):
            a = math.radians(-205 + i * 14.4)
            s.oval(128 * math.cos(a), -46 + 118 * math.sin(a), 46, 46, deep)
    elif style == "bob":
        s.fill(
            smooth(
                [
                    (0, -156),
                    (-96, -130),
                    (-124, -40),
                    (-128, 60),
                    (-104, 112),
                    (-60, 92),
                    (60, 92),
                    (104, 112),
                    (128, 60),
                    (124, -40),
                    (96, -130),
                ]
            ),
            deep,
            blend(deep, hair, 0.4),
        )
    elif style == "bun":
        s.oval(0, -176, 52, 48, blend(hair, "#ffffff", 0.08), deep)
        s.fill(
            smooth(
                [(0, -150), (-88, -122), (-106, -40), (-96, 30), (96, 30), (106, -40), (88, -122)]
            ),
            deep,
        )


def _hair_front(s: _Recorder, style: str, hair: str) -> None:
    light, deep = blend(hair, "#ffffff", 0.14), blend(hair, "#000000", 0.22)
    shapes: dict[str, list[Point]] = {
        "short": [
            (-103, 0),
            (-110, -62),
            (-86, -128),
            (-26, -158),
            (46, -154),
            (96, -116),
            (110, -52),
            (103, 0),
            (94, -34),
            (82, -70),
            (40, -86),
            (-20, -78),
            (-66, -92),
            (-88, -60),
            (-95, -30),
        ],
        "quiff": [
            (-102, -6),
            (-108, -66),
            (-92, -120),
            (-70, -168),
            (-4, -196),
            (70, -184),
            (112, -138),
            (108, -62),
            (102, -6),
            (94, -44),
            (84, -82),
            (48, -98),
            (0, -104),
            (-48, -92),
            (-84, -76),
            (-94, -40),
        ],
        "long": [
            (-112, 60),
            (-118, -40),
            (-92, -128),
            (-30, -162),
            (40, -160),
            (98, -124),
            (120, -40),
            (112, 60),
            (98, 0),
            (88, -54),
            (40, -92),
            (-6, -112),
            (-52, -76),
            (-88, -40),
            (-98, 10),
        ],
        "bob": [
            (-114, 70),
            (-120, -40),
            (-94, -126),
            (-30, -160),
            (40, -158),
            (98, -122),
            (120, -40),
            (114, 70),
            (98, 20),
            (92, -42),
            (60, -66),
            (0, -74),
            (-60, -66),
            (-92, -42),
            (-98, 20),
        ],
        "curly": [
            (-104, 0),
            (-116, -70),
            (-84, -132),
            (-24, -164),
            (40, -162),
            (92, -128),
            (116, -70),
            (104, 0),
            (94, -40),
            (72, -80),
            (30, -74),
            (-8, -90),
            (-44, -76),
            (-78, -72),
            (-94, -36),
        ],
        "bun": [
            (-101, -6),
            (-108, -60),
            (-84, -126),
            (-26, -154),
            (36, -153),
            (88, -124),
            (108, -60),
            (101, -6),
            (94, -44),
            (66, -86),
            (10, -104),
            (-40, -96),
            (-78, -64),
            (-93, -36),
        ],
    }
    front = s.fill(smooth(shapes[style]), light, hair, deep)
    s.inside(
        front,
        smooth([(-70, -128), (-20, -150), (40, -146), (20, -132), (-30, -132), (-66, -108)]),
        "#ffffff",
        0.24,
        soft=6,
    )
    s.inside(
        front,
        smooth([(60, -150), (120, -110), (130, 20), (100, 20), (96, -60), (70, -110)]),
        "#000000",
        0.25,
        soft=9,
    )
    for strand in (-60, -24, 16, 54):
        s.inside(front, _strand(strand), deep, 0.35)
    if style == "curly":
        for i in range(12):
            a = math.radians(-190 + i * 18)
            x, y = 104 * math.cos(a), -72 + 74 * math.sin(a)
            s.oval(x, y, 33, 31, blend(hair, light, 0.6 - i * 0.04), deep)


def _strand(x: float) -> list[Point]:
    way = smooth([(x * 0.7, -170), (x, -130), (x * 1.15, -84)], closed=False)
    return [*[(px - 1.6, py) for px, py in way], *[(px + 1.6, py) for px, py in way[::-1]]]


def _body(s: _Recorder, clothes: str, skin: str, cloth: str) -> None:
    dark, pale = blend(cloth, "#000000", 0.34), blend(cloth, "#ffffff", 0.18)
    torso = smooth(
        [
            (-60, 176),
            (-136, 200),
            (-192, 236),
            (-220, 320),
            (-232, 400),
            (-238, 500),
            (238, 500),
            (232, 400),
            (220, 320),
            (192, 236),
            (136, 200),
            (60, 176),
        ]
    )
    body = s.fill(torso, pale, cloth, dark)
    s.inside(
        body,
        smooth([(110, 190), (240, 240), (290, 480), (150, 480), (170, 330)]),
        "#000000",
        0.24,
        soft=22,
    )
    for side in (-1, 1):
        s.inside(
            body,
            smooth(
                [
                    (side * 148, 330),
                    (side * 156, 400),
                    (side * 150, 500),
                    (side * 162, 500),
                    (side * 168, 400),
                ]
            ),
            "#000000",
            0.22,
            soft=4,
        )
    neck = s.fill(
        smooth([(-46, 90), (-50, 150), (-74, 196), (0, 236), (74, 196), (50, 150), (46, 90)]),
        _shade(skin, 0.16),
        _shade(skin, 0.08),
    )
    s.inside(
        neck,
        smooth([(-60, 96), (0, 150), (60, 96), (58, 156), (0, 178), (-58, 156)]),
        _shade(skin, 0.5),
        0.5,
        soft=9,
    )
    if clothes in {"professional", "elegant"}:
        _suit(s, body, cloth, dark, elegant=clothes == "elegant")
    elif clothes == "sporty":
        s.fill(
            smooth(
                [
                    (-80, 186),
                    (-40, 224),
                    (0, 234),
                    (40, 224),
                    (80, 186),
                    (92, 204),
                    (44, 246),
                    (0, 256),
                    (-44, 246),
                    (-92, 204),
                ]
            ),
            "#ffffff",
        )
        for side in (-1, 1):
            s.inside(
                body,
                smooth(
                    [
                        (side * 140, 196),
                        (side * 198, 250),
                        (side * 226, 380),
                        (side * 208, 380),
                        (side * 182, 262),
                        (side * 128, 208),
                    ]
                ),
                "#ffffff",
                0.95,
            )
    else:
        hood = [
            (-84, 176),
            (-122, 196),
            (-112, 238),
            (-50, 268),
            (0, 276),
            (50, 268),
            (112, 238),
            (122, 196),
            (84, 176),
            (62, 212),
            (0, 240),
            (-62, 212),
        ]
        shape = s.shape(smooth(hood))
        s.shadow(shape, 0, 8, 8, 0.35)
        s.paint(shape, pale, cloth, dark)
        for side in (-1, 1):
            s.line(
                smooth([(side * 30, 262), (side * 34, 310), (side * 28, 352)], closed=False),
                "#fff8f0",
                6.4,
            )
            s.oval(side * 28, 354, 4.6, 8, "#d8d0c8")


def _suit(s: _Recorder, body: Stencil, cloth: str, dark: str, *, elegant: bool) -> None:
    shirt = "#fbfaf7" if not elegant else blend(cloth, "#000000", 0.6)
    s.inside(body, [(-66, 178), (0, 250), (66, 178), (40, 480), (-40, 480)], shirt)
    for side in (-1, 1):
        s.inside(
            body,
            [(side * 62, 172), (side * 2, 250), (side * 30, 288), (side * 84, 196)],
            "#ffffff" if not elegant else blend(shirt, "#ffffff", 0.1),
        )
        lapel = [
            (side * 80, 180),
            (side * 128, 206),
            (side * 112, 262),
            (side * 132, 276),
            (side * 34, 470),
            (side * 14, 470),
            (side * 34, 300),
        ]
        s.inside(body, lapel, blend(cloth, "#ffffff", 0.10))
        s.inside(
            body,
            [
                (side * 80, 180),
                (side * 34, 300),
                (side * 14, 470),
                (side * 8, 470),
                (side * 28, 296),
            ],
            dark,
            0.8,
        )
    if not elegant:
        s.inside(body, [(-15, 256), (15, 256), (10, 282), (-10, 282)], "#a8202e")
        s.inside(body, [(-10, 282), (10, 282), (22, 470), (-22, 470)], "#c42a3a")
    else:
        s.line(
            smooth([(-50, 190), (-20, 240), (0, 252), (20, 240), (50, 190)], closed=False),
            "#f0d48a",
            3.4,
        )
        s.oval(0, 256, 8, 9, "#fff1c0", "#d9ab4a")


def _cap(s: _Recorder, cloth: str) -> None:
    pale, dark = blend(cloth, "#ffffff", 0.16), blend(cloth, "#000000", 0.4)
    dome = s.fill(
        smooth(
            [
                (-108, -64),
                (-104, -128),
                (-60, -176),
                (0, -190),
                (60, -176),
                (104, -128),
                (108, -64),
                (0, -84),
            ]
        ),
        pale,
        cloth,
        dark,
    )
    s.inside(dome, smooth([(-6, -190), (6, -190), (5, -80), (-5, -80)]), dark, 0.5)
    brim = s.shape(
        smooth(
            [
                (-112, -70),
                (0, -96),
                (112, -70),
                (136, -44),
                (60, -58),
                (0, -62),
                (-60, -58),
                (-136, -44),
            ]
        )
    )
    s.shadow(brim, 0, 10, 7, 0.4)
    s.paint(brim, cloth, dark)
    s.oval(0, -192, 8, 6, dark)
