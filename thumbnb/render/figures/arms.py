"""Arms and hands: what somebody does beside standing there."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from thumbnb.render.figures.accessories import HANDS_ON_BAR
from thumbnb.render.figures.pen import shade
from thumbnb.render.raster.sketch import blend, points, smooth

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from thumbnb.render.figures.pen import Recorder
    from thumbnb.render.raster.sketch import Point, Sketch

    Place = Callable[[Sequence[Point]], list[Point]]

GESTURES = ("rest", "hold", "point", "cheeks", "up")
"""What hands do: nothing that is seen, hold something at the side, point at it, touch the cheeks,
point upwards."""


@dataclass(frozen=True, slots=True)
class _Reach:
    """Where an arm goes: elbow and wrist, in units from the middle of the face, to the right."""

    elbow: Point
    wrist: Point


_REACHES = {
    "hold": _Reach((150.0, 520.0), (202.0, 318.0)),
    "point": _Reach((170.0, 500.0), (212.0, 286.0)),
    "up": _Reach((214.0, 520.0), (226.0, 226.0)),
    "cheeks": _Reach((206.0, 480.0), (142.0, 206.0)),
}

HOLDING = (202.0, 268.0)
"""Where the middle of a hand is that holds something, in the same units."""


def arms(
    s: Recorder, gesture: str, side: int, skin: str, sleeve: str, *, raised: float = 0.0
) -> None:
    """Draw the arms of a gesture; ``side`` is -1 for what is on the left, 1 on the right.

    A hand that holds something is ``raised`` by so many units.
    """
    reach = _REACHES.get(gesture)
    if reach is None:
        return
    if gesture in {"hold", "point"}:
        reach = replace(reach, wrist=(reach.wrist[0], reach.wrist[1] - raised))
    for which in (-1, 1) if gesture == "cheeks" else (side,):
        _arm(s, reach, which, sleeve)
        _HANDS[gesture](s, reach.wrist, which, skin)


def lifting_arms(s: Recorder, skin: str, sleeve: str) -> None:
    """Draw both arms up to a bar before the chest, and the fists around it."""
    for side, (x, y) in zip((-1, 1), HANDS_ON_BAR, strict=True):
        _arm(s, _Reach((178.0, y + 190), (abs(x), y + 26)), side, sleeve)
        place = _placed((x, y + 8), -math.pi / 2, flip=side < 0)
        _palm(s, place, "-26,-40 10,-48 34,-40 38,0 34,40 10,48 -26,40", skin)
        for number in range(4):
            across = (number - 1.5) * 22.0
            _digit(s, (x + across, y - 24), (x + across, y + 20), 11.5, skin)
        _digit(s, (x - side * 40, y + 22), (x - side * 2, y + 32), 12.0, skin)


def fingers(s: Sketch, side: int, skin: str) -> None:
    """Draw the fingers of a hand that holds something, over its edge: (0, 0) is their middle.

    ``side`` is where the person is: -1 on the left of what is held, 1 on the right.
    """
    for number, (reach, half) in enumerate(((60, 14.5), (68, 15.5), (64, 14.5), (52, 12.5))):
        y = (number - 1.5) * 27.0
        tip, root = (-side * reach * 0.55, y - 3), (side * reach * 0.72, y + 5)
        shape = s.shape(_capsule(root, tip, half * 1.08, half))
        s.shadow(shape, 0, 5, 6, 0.34)
        _digit(s, root, tip, half, skin)


def _arm(s: Recorder, reach: _Reach, side: int, sleeve: str) -> None:
    (ex, ey), (wx, wy) = reach.elbow, reach.wrist
    elbow, wrist = (side * ex, ey), (side * wx, wy)
    pale, dark = blend(sleeve, "#ffffff", 0.16), blend(sleeve, "#000000", 0.36)
    shape = s.shape(_capsule(elbow, wrist, 74, 46))
    s.shadow(shape, -side * 8, 6, 13, 0.42)
    s.paint(shape, pale, sleeve, dark)
    # The side away from the light, and the fold at the elbow.
    away = (12.0 if side > 0 else 20.0) + 12
    s.inside(
        shape, _capsule((ex * side + away + 30, ey), (wx * side + away, wy), 62, 34), "#000000",
        0.2, soft=13,
    )  # fmt: skip
    s.inside(
        shape, _capsule((ex * side - 44, ey), (wx * side - 24, wy + 20), 12, 8), "#ffffff", 0.16,
        soft=8,
    )  # fmt: skip
    # The cuff, around the end of the sleeve.
    turn = math.atan2(wy - ey, side * (wx - ex))
    cuff = _placed((wx * side, wy), turn)
    band = s.shape(cuff(smooth(points("-34,-49 4,-50 10,-20 10,20 4,50 -34,49 -28,20 -28,-20"))))
    s.shadow(band, 0, 4, 5, 0.25)
    s.paint(band, blend(sleeve, "#ffffff", 0.24), sleeve, blend(sleeve, "#000000", 0.2))


def _placed(at: Point, turn: float, *, flip: bool = False) -> Place:
    """Return what puts points of a hand (x: forwards, y: to its right) where that hand is."""
    cos, sin, way = math.cos(turn), math.sin(turn), -1 if flip else 1

    def place(some: Sequence[Point]) -> list[Point]:
        return [(at[0] + x * cos - way * y * sin, at[1] + x * sin + way * y * cos) for x, y in some]

    return place


def _capsule(a: Point, b: Point, ra: float, rb: float) -> list[Point]:
    """Give the outline of a limb from one round end to another."""
    turn = math.atan2(b[1] - a[1], b[0] - a[0])
    ends = ((a, ra, turn + math.pi / 2), (b, rb, turn - math.pi / 2))
    return [
        (x + r * math.cos(first + math.pi * i / 12), y + r * math.sin(first + math.pi * i / 12))
        for (x, y), r, first in ends
        for i in range(13)
    ]


def _digit(s: Sketch, root: Point, tip: Point, half: float, skin: str) -> None:
    """Draw a finger: its edge, itself, the light along it, the nail."""
    s.fill(_capsule(root, tip, half * 1.08 + 2.4, half + 2.4), shade(skin, 0.46))
    shape = s.fill(
        _capsule(root, tip, half * 1.08, half), blend(skin, "#ffffff", 0.14), skin, shade(skin, 0.2)
    )
    dx, dy = tip[0] - root[0], tip[1] - root[1]
    far = math.hypot(dx, dy) or 1.0
    along = (dx / far, dy / far)
    nail = (tip[0] + along[0] * half * 0.16, tip[1] + along[1] * half * 0.16 - half * 0.12)
    end = (nail[0] + along[0] * half * 0.34, nail[1] + along[1] * half * 0.34)
    s.inside(shape, _capsule(nail, end, half * 0.5, half * 0.5), blend(skin, "#fff2ee", 0.55), 0.8)


def _palm(s: Sketch, place: Place, outline: str, skin: str) -> None:
    shape = smooth(points(outline))
    s.fill(place([(x * 1.05, y * 1.06) for x, y in shape]), shade(skin, 0.46))
    s.fill(place(shape), blend(skin, "#ffffff", 0.1), skin, shade(skin, 0.18))


def _pointing(
    s: Recorder, wrist: Point, side: int, skin: str, turn: float, *, thumb_up: bool
) -> None:
    """Draw a fist with its index finger out."""
    place = _placed((side * wrist[0], wrist[1]), turn, flip=(side < 0) is thumb_up)
    _palm(s, place, "-26,-36 14,-44 50,-38 64,-4 56,36 16,46 -26,38", skin)
    for (ax, ay), (bx, by), half in (
        ((40, -26), (132, -34), 15.5),
        ((42, 0), (66, 0), 15.5),
        ((36, 22), (58, 23), 14.0),
        ((26, 40), (44, 41), 12.0),
    ):
        root, tip = place([(ax, ay), (bx, by)])
        _digit(s, root, tip, half, skin)
    root, tip = place([(4, -30), (48, -12)])
    _digit(s, root, tip, 14.5, skin)


def _point(s: Recorder, wrist: Point, side: int, skin: str) -> None:
    turn = math.radians(-24 if side > 0 else 204)
    hand = (wrist[0] + 6, wrist[1] - 40)
    _pointing(s, hand, side, skin, turn, thumb_up=True)


def _up(s: Recorder, wrist: Point, side: int, skin: str) -> None:
    _pointing(s, (wrist[0], wrist[1] - 22), side, skin, math.radians(-90), thumb_up=True)


def _hold(s: Recorder, wrist: Point, side: int, skin: str) -> None:
    """Draw the palm behind what is held; its fingers come over the edge of that."""
    place = _placed((side * wrist[0], wrist[1] - 30), -math.pi / 2)
    _palm(s, place, "-30,-34 10,-46 56,-44 76,-10 70,30 30,46 -30,36", skin)


def _cheek(s: Recorder, wrist: Point, side: int, skin: str) -> None:
    """Lay a hand along a cheek: the fingers up, the mouth and the eyes left free."""
    x, y = side * wrist[0], wrist[1]
    place = _placed((x - side * 8, y - 24), -math.pi / 2 - side * 0.16)
    _palm(s, place, "-28,-32 10,-42 50,-40 64,0 50,40 10,42 -28,32", skin)
    for across, reach, half in (
        (34, 96, 12.5),
        (12, 116, 14.0),
        (-11, 118, 14.5),
        (-33, 104, 13.5),
    ):
        root, tip = place([(36, side * across), (reach, side * across * 1.16)])
        _digit(s, root, tip, half, skin)
    root, tip = place([(12, -side * 38), (62, -side * 62)])
    _digit(s, root, tip, 13.5, skin)


_FINGERS = ((34, 96, 12.5), (12, 116, 14.0), (-11, 118, 14.5), (-33, 104, 13.5))
"""Of each finger of an open hand: how far across it is, how far it reaches, half its width."""

_HANDS: dict[str, Callable[[Recorder, Point, int, str], None]] = {
    "hold": _hold,
    "point": _point,
    "cheeks": _cheek,
    "up": _up,
}
