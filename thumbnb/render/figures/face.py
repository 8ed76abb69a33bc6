"""Heads and faces: features, and what a feeling does to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from thumbnb.render.figures.mouth import mouth
from thumbnb.render.figures.pen import shade
from thumbnb.render.raster.sketch import blend, oval, points, smooth

if TYPE_CHECKING:
    from thumbnb.render.figures.pen import Recorder
    from thumbnb.render.raster.sketch import Point


@dataclass(frozen=True, slots=True)
class Expression:
    """What moves in a face: brows up and inward, how open the eyes are, the iris, the mouth."""

    brow: float
    frown: float
    eye: float
    iris: float
    mouth: str
    cheeks: float = 0.25
    tears: bool = False


EXPRESSIONS = {
    "neutral": Expression(0, 0, 1.0, 1.0, "slight"),
    "happy": Expression(5, -1, 0.92, 1.0, "smile", 0.5),
    "excited": Expression(15, -2, 1.18, 0.98, "laugh", 0.55),
    "surprised": Expression(24, -5, 1.42, 0.78, "gasp", 0.3),
    "serious": Expression(-5, 10, 0.80, 1.0, "flat", 0.1),
    "worried": Expression(9, -13, 1.12, 0.92, "frown", 0.1),
    "scared": Expression(20, -15, 1.46, 0.66, "cry", 0.05),
    "angry": Expression(-7, 19, 0.86, 0.92, "shout", 0.45),
    "sad": Expression(4, -17, 0.82, 1.0, "frown", 0.2),
    "confident": Expression(4, 5, 0.84, 1.0, "smirk", 0.25),
    "crying": Expression(8, -20, 0.7, 1.0, "cry", 0.45, tears=True),
    "disgusted": Expression(-4, 12, 0.56, 0.94, "yuck", 0.1),
    "evil": Expression(-10, 23, 0.8, 0.86, "grin", 0.1),
    "tired": Expression(2, -13, 0.46, 1.0, "frown", 0.08),
    "asleep": Expression(2, -4, 0.0, 1.0, "snore", 0.3),
}


@dataclass(frozen=True, slots=True)
class Look:
    """What a face is like whatever it feels: tones, lashes, where the eyes look, whose it is.

    ``gaze`` is -1 to 1 across and down; ``sex`` "male", "female" or empty; ``shape`` one of
    ``HEADS``.
    """

    skin: str
    hair: str
    lashes: bool = False
    gaze: tuple[float, float] = (0.0, 0.0)
    sex: str = ""
    shape: str = ""
    old: bool = False


HEADS = {
    "": "0,-128 58,-116 93,-66 97,0 88,54 58,100 22,124",
    "male": "0,-128 60,-116 94,-66 97,0 92,58 70,104 34,128",
    "female": "0,-128 58,-116 93,-66 96,-2 86,48 53,97 19,124",
    "child": "0,-126 60,-115 95,-64 99,10 95,60 66,100 27,116",
    "heavy": "0,-128 60,-116 96,-64 103,6 107,64 88,112 42,136",
    "thin": "0,-128 56,-116 89,-66 91,-4 79,50 52,100 24,128",
}
"""The right half of each outline, from the top; its chin is as far down as the last point."""


def head(s: Recorder, skin: str, shape: str = "", turn: float = 0.0) -> None:
    """Draw a head and its ears; one of them goes out of sight where the head is turned."""
    for side in (-1, 1):
        hidden = max(0.0, side * turn) * 17
        x = side * (99 - hidden)
        s.oval(x, 14, 19, 30, skin, shade(skin, 0.14))
        s.oval(x + side, 15, 9, 18, shade(skin, 0.22), opacity=0.7)
    outline = _outline(shape)
    face = s.fill(outline, blend(skin, "#ffffff", 0.10), skin, shade(skin, 0.06))
    # Light from the upper left: the far side and the jaw are darker.
    s.inside(
        face,
        smooth(points("46,-140 110,-120 120,60 60,150 20,150 66,80 78,0")),
        shade(skin, 0.5),
        0.30,
        soft=14,
    )
    s.inside(
        face,
        smooth(points("-100,70 -50,112 0,124 50,112 100,70 80,160 -80,160")),
        shade(skin, 0.5),
        0.22,
        soft=12,
    )
    s.inside(face, oval(-34, -64, 46, 30), "#ffffff", 0.24, soft=16)
    if shape == "heavy":
        chin = smooth(points("-46,112 -20,126 0,129 20,126 46,112"), closed=False)
        s.line(chin, shade(skin, 0.4), 4.0, opacity=0.6)
    if shape == "thin":
        for side in (-1, 1):
            hollow = s.shape(smooth(points("58,36 74,48 62,84 46,74", side))).blurred(6 * s.k)
            s.canvas.fill(hollow, shade(skin, 0.6), 0.32)


def _outline(shape: str) -> list[Point]:
    right = points(HEADS[shape])
    x, y = right[-1]
    chin = (0.0, y + (4.0 if x < 30 else 3.0))  # noqa: PLR2004 - a wide chin is flatter
    left = [(-px, py) for px, py in right[1:]]
    return smooth([right[0], *left, chin, *right[:0:-1]])


def features(s: Recorder, expression: Expression, look: Look) -> None:
    """Draw the features of a face in an ``expression``."""
    skin, male = look.skin, look.sex == "male"
    dark = shade(skin, 0.62)
    blush = blend(skin, "#ff4d5a", 0.55)
    k = s.k
    for side in (-1, 1):
        cheek = s.shape(oval(side * 56, 46, 26, 17)).blurred(9 * k)
        s.canvas.fill(cheek, blush, expression.cheeks)
    # The nose: a soft side and a round tip.
    s.canvas.fill(
        s.shape(smooth(points("4,-6 13,26 16,40 4,46 6,26"))).blurred(3.2 * k),
        dark,
        0.30,
    )
    s.line(smooth(points("-12,42 -3,47 6,46 13,41"), closed=False), dark, 3.6, opacity=0.75)
    for side in (-1, 1):
        _eye(s, side, expression, look)
        x, lift = side * 43, expression.brow
        inner, outer = (
            (side * 19, -49 - lift + expression.frown * 0.9),
            (side * 72, -47 - lift - expression.frown * 0.25),
        )
        peak = (
            x + side * 4,
            -63 - lift - (2 if expression.mouth == "smirk" and side > 0 else 0) * 5,
        )
        brow = smooth([inner, peak, outer], closed=False, steps=8)
        thick = {"male": 1.32, "female": 0.84}.get(look.sex, 1.0)
        width = np.linspace(8.4 * thick, 3.6 * thick, len(brow))
        up = [(px, py - w) for (px, py), w in zip(brow, width, strict=True)]
        s.fill(
            [
                *up,
                *[(px, py + w * 0.5) for (px, py), w in zip(brow[::-1], width[::-1], strict=True)],
            ],
            _brow(look.hair),
        )
    if expression.tears:
        _tears(s)
    mouth(s, expression.mouth, skin, red=0.36 if male else 0.55)


_HEAVY = 0.5
"""Below this openness of eyes, bags are under them."""

_ASIDE, _DOWNWARDS = 14.5, 9.0
"""How far pupils go to the side and down where somebody looks there all the way."""


def _brow(hair: str) -> str:
    return blend(hair, "#1a0f0c", 0.35)


def _tears(s: Recorder) -> None:
    """Draw a stream of tears under each eye, and a drop at its end."""
    for side in (-1, 1):
        stream = s.shape(smooth(points("34,6 60,4 66,40 64,78 54,86 46,76 40,40", side)))
        s.canvas.fill(stream, "#7cc8f5", 0.62)
        s.inside(stream, smooth(points("44,10 50,10 54,60 50,70 46,50", side)), "#ffffff", 0.7)
        drop = smooth(points("57,92 70,114 57,126 44,114", side))
        s.fill(drop, "#b9e4ff", "#6fbdf0", "#3f93cf")


def _closed_eye(s: Recorder, side: int, look: Look) -> None:
    """Draw an eye that is closed: the lid down to its lashes."""
    x, y = side * 45.0, -4.0
    lid = [(x - 30, y - 4), (x - 14, y + 8), (x + 14, y + 8), (x + 30, y - 4)]
    s.fill(smooth([(x - 30, y - 5), (x, y - 24), (x + 30, y - 5), (x, y + 10)]),
           shade(look.skin, 0.1), shade(look.skin, 0.24))  # fmt: skip
    s.line(smooth(lid, closed=False), "#22110d", 5.6)
    for across in (-16, 0, 16):
        s.line([(x + across, y + 7), (x + across * 1.2, y + 15)], "#22110d", 3.0)


def _eye(s: Recorder, side: int, expression: Expression, look: Look) -> None:
    if not expression.eye:
        _closed_eye(s, side, look)
        return
    x, y = side * 45.0, -8.0
    skin = look.skin
    tall = 19.0 * expression.eye * {"male": 0.93, "female": 1.04}.get(look.sex, 1.0)
    white = s.shape(
        smooth(
            [
                (x - 30, y + 1),
                (x - 15, y - tall * 0.86),
                (x + 6, y - tall),
                (x + 29, y - 2),
                (x + 12, y + tall * 0.72),
                (x - 14, y + tall * 0.70),
            ]
        )
    )
    s.canvas.fill(white.grown(3 * s.k), shade(skin, 0.35), 0.5)
    s.canvas.fill(white, "#ffffff")
    r = 16.2 * expression.iris
    eye, x, y = x, x + look.gaze[0] * _ASIDE, y + look.gaze[1] * min(_DOWNWARDS, tall * 0.45)
    for radius, colour in ((r, "#3b2313"), (r * 0.86, "#7a4a24"), (r * 0.46, "#140b08")):
        s.inside(white, oval(x + 1, y + 0.5, radius, radius), colour)
    s.inside(white, oval(x - 5, y - 6.5, 5.6, 5.6), "#ffffff")
    s.inside(white, oval(x + 6.5, y + 6, 2.6, 2.6), "#ffffff", 0.8)
    x, y = eye, -8.0
    s.inside(
        white,
        [(x - 40, y - 40), (x + 40, y - 40), (x + 40, y - tall * 0.5), (x - 40, y - tall * 0.55)],
        "#30140f",
        0.22,
        soft=3,
    )
    lid = smooth(
        [(x - 31, y + 2), (x - 15, y - tall * 0.90), (x + 6, y - tall * 1.04), (x + 30, y - 2)],
        closed=False,
    )
    s.line(lid, "#22110d", 5.0)
    if expression.eye < _HEAVY:
        bag = [(x - 24, y + tall + 7), (x, y + tall + 13), (x + 24, y + tall + 7)]
        s.line(smooth(bag, closed=False), shade(skin, 0.5), 4.0, opacity=0.55)
    out = x + side * 30
    if look.lashes:
        if look.sex == "female":
            s.line([(out - side * 4, y - 6), (out + side * 3, y - 15)], "#22110d", 3.4)
        s.line([(out, y - 1), (out + side * 6, y - 7)], "#22110d", 4.0)
    s.line(
        smooth([(x - 22, y - tall - 8), (x, y - tall - 13), (x + 22, y - tall - 7)], closed=False),
        shade(skin, 0.45),
        2.6,
        opacity=0.6,
    )
