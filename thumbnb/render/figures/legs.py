"""Legs: of people who are seen from head to foot."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from thumbnb.render.figures.hands import capsule, placed
from thumbnb.render.raster.sketch import blend, points, smooth

if TYPE_CHECKING:
    from thumbnb.render.figures.limbs import Leg, Pose
    from thumbnb.render.figures.pen import Recorder

_THIGH, _KNEE, _ANKLE = 74.0, 56.0, 38.0
"""How thick a leg is, half across (units)."""


def draw_legs(s: Recorder, pose: Pose, side: int, dress: tuple[str, str, float]) -> None:
    """Draw the legs of a pose, the one behind first.

    ``dress`` is the colour of the trousers, the skin, and how thick the legs are.
    """
    if pose.crossed:
        s.oval(0, 540, 110, 62, blend(dress[0], "#000000", 0.2), blend(dress[0], "#000000", 0.45))
    for leg, way in zip(pose.legs, (-side, side), strict=True):
        _leg(s, leg, way, dress)


def draw_skirt(s: Recorder, cloth: str) -> None:
    """Draw the skirt of a dress over the thighs."""
    hem = "-128,430 128,430 176,600 206,716 120,738 0,744 -120,738 -206,716 -176,600"
    shape = s.shape(smooth(points(hem)))
    s.shadow(shape, 0, 8, 10, 0.35)
    s.paint(shape, blend(cloth, "#ffffff", 0.16), cloth, blend(cloth, "#000000", 0.3))
    for x in (-84, -28, 30, 88):
        fold = smooth([(x * 0.7, 470), (x, 600), (x * 1.4, 726)], closed=False)
        s.line(fold, blend(cloth, "#000000", 0.3), 5.0, opacity=0.4)


def _leg(s: Recorder, leg: Leg, way: int, dress: tuple[str, str, float]) -> None:
    trousers, skin, thick = dress
    hip, knee, ankle = ((way * x, y) for x, y in (leg.hip, leg.knee, leg.ankle))
    shape = s.shapes(
        [
            capsule(hip, knee, _THIGH * thick, _KNEE * thick),
            capsule(knee, ankle, _KNEE * thick, _ANKLE * thick),
        ]
    )
    _foot(s, ankle, leg.foot if way > 0 else 180 - leg.foot, skin, barefoot=leg.barefoot)
    s.shadow(shape, 0, 6, 10, 0.35)
    s.paint(shape, blend(trousers, "#ffffff", 0.12), trousers, blend(trousers, "#000000", 0.3))
    shin = capsule((knee[0] + 26, knee[1]), (ankle[0] + 18, ankle[1]), 30, 20)
    s.inside(shape, shin, "#000000", 0.18, soft=9)
    thigh = capsule((hip[0], hip[1] + 44), (knee[0], knee[1] + 36), 26, 20)
    s.inside(shape, thigh, "#000000", 0.16, soft=9)


def _foot(
    s: Recorder, ankle: tuple[float, float], turn: float, skin: str, *, barefoot: bool
) -> None:
    place = placed(ankle, math.radians(turn), flip=math.cos(math.radians(turn)) < 0)
    sole = "-34,-26 10,-34 74,-22 104,4 96,26 -20,30 -42,8"
    colour = skin if barefoot else "#f4f6fa"
    shape = s.fill(place(smooth(points(sole))), blend(colour, "#ffffff", 0.2), colour,
                   blend(colour, "#000000", 0.25))  # fmt: skip
    if not barefoot:
        s.inside(shape, place(points("-44,14 110,14 110,34 -44,34")), "#3a3f4c")
        s.inside(shape, place(points("20,-40 40,-40 56,14 34,14")), "#e4484c")
