"""One arm: from the shoulder over the elbow to the wrist, in a sleeve or bare."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thumbnb.render.figures.hands import capsule, placed
from thumbnb.render.figures.pen import shade
from thumbnb.render.raster.sketch import blend, points, smooth

if TYPE_CHECKING:
    from thumbnb.render.figures.pen import Recorder
    from thumbnb.render.raster.sketch import Point


@dataclass(frozen=True, slots=True)
class Sleeve:
    """What an arm is dressed in: its colour, and how far it goes: "long", "short" or "none"."""

    colour: str
    length: str = "long"
    cuff: str = ""


@dataclass(frozen=True, slots=True)
class Girth:
    """How thick an arm is, half across: at the shoulder, the elbow and the wrist (units)."""

    shoulder: float = 52.0
    elbow: float = 45.0
    wrist: float = 36.0
    muscle: float = 0.0


GIRTHS = {
    "": Girth(),
    "male": Girth(54.0, 47.0, 38.0),
    "female": Girth(46.0, 40.0, 32.0),
    "child": Girth(40.0, 35.0, 30.0),
    "thin": Girth(44.0, 34.0, 28.0),
    "heavy": Girth(62.0, 56.0, 42.0),
    "muscular": Girth(70.0, 54.0, 44.0, 20.0),
}

_SHORT = 0.6
"""How far down the upper arm a short sleeve reaches."""


def draw_arm(
    s: Recorder,
    joints: tuple[Point, Point, Point],
    side: int,
    dress: tuple[str, Sleeve, Girth],
) -> None:
    """Draw an arm through its ``joints`` (shoulder, elbow, wrist); ``side`` 1 is on the right.

    ``dress`` is the skin, the sleeve and how thick the arm is.
    """
    skin, sleeve, girth = dress
    shoulder, elbow, wrist = joints
    bare = sleeve.length != "long"
    colour = skin if bare else sleeve.colour
    wide = 0.86 if bare else 1.0
    parts = [
        capsule(shoulder, elbow, girth.shoulder * wide, girth.elbow * wide),
        capsule(elbow, wrist, girth.elbow * wide, girth.wrist * wide * (0.8 if bare else 1.0)),
    ]
    if girth.muscle:
        parts.append(_muscle(shoulder, elbow, girth))
    shape = s.shapes(parts)
    s.shadow(shape, -side * 6, 6, 11, 0.4)
    dark = shade(skin, 0.3) if bare else blend(colour, "#000000", 0.32)
    s.paint(shape, blend(colour, "#ffffff", 0.15), colour, dark)
    # The edge away from the light, and the fold at the elbow.
    for a, b, ra, rb in (
        (shoulder, elbow, girth.shoulder, girth.elbow),
        (elbow, wrist, girth.elbow, girth.wrist),
    ):
        lower = capsule(_off(a, b, ra * 0.75), _off(a, b, ra * 0.75, end=True), ra * 0.6, rb * 0.6)
        s.inside(shape, lower, "#000000" if not bare else shade(skin, 0.9), 0.17, soft=8)
    if not bare:
        _folds(s, joints, colour)
        _cuff(s, elbow, wrist, sleeve.cuff or colour, girth.wrist)
    elif sleeve.length == "short":
        at = _between(shoulder, elbow, _SHORT)
        hem = girth.shoulder + (girth.elbow - girth.shoulder) * _SHORT
        cover = s.shape(_sleeve(shoulder, at, girth.shoulder + 2, hem + 5))
        s.shadow(cover, 0, 6, 6, 0.3)
        s.paint(cover, blend(sleeve.colour, "#ffffff", 0.15), sleeve.colour,
                blend(sleeve.colour, "#000000", 0.25))  # fmt: skip


def _between(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def _off(a: Point, b: Point, by: float, *, end: bool = False) -> Point:
    """Return a point beside a limb, on its lower or right side."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    far = math.hypot(dx, dy) or 1.0
    nx, ny = -dy / far, dx / far
    if ny < 0 or (abs(ny) < 0.3 and nx < 0):  # noqa: PLR2004 - nearly upright: the right side
        nx, ny = -nx, -ny
    x, y = b if end else a
    return x + nx * by, y + ny * by


def _muscle(shoulder: Point, elbow: Point, girth: Girth) -> list[Point]:
    """Return the outline of a large upper arm, thickest in its middle."""
    middle = _between(shoulder, elbow, 0.52)
    r = girth.elbow + girth.muscle
    return capsule(_between(shoulder, middle, 0.6), _between(middle, elbow, 0.3), r + 4, r - 4)


def _sleeve(a: Point, b: Point, ra: float, rb: float) -> list[Point]:
    """Return the outline of a short sleeve: round at the shoulder, straight at its hem."""
    turn = math.atan2(b[1] - a[1], b[0] - a[0])
    cap = [
        (a[0] + ra * math.cos(turn + math.pi / 2 + math.pi * i / 12),
         a[1] + ra * math.sin(turn + math.pi / 2 + math.pi * i / 12))
        for i in range(13)
    ]  # fmt: skip
    across = (math.cos(turn - math.pi / 2) * rb, math.sin(turn - math.pi / 2) * rb)
    return [*cap, (b[0] + across[0], b[1] + across[1]), (b[0] - across[0], b[1] - across[1])]


def _folds(s: Recorder, joints: tuple[Point, Point, Point], colour: str) -> None:
    shoulder, elbow, wrist = joints
    inner = _between(_between(shoulder, wrist, 0.5), elbow, 0.72)
    for share in (0.24, 0.36):
        way = smooth([inner, _between(inner, _between(elbow, wrist, share), 0.8)], closed=False)
        s.line(way, blend(colour, "#000000", 0.4), 4.0, opacity=0.45)


def _cuff(s: Recorder, elbow: Point, wrist: Point, colour: str, half: float) -> None:
    place = placed(wrist, math.atan2(wrist[1] - elbow[1], wrist[0] - elbow[0]), size=half / 42)
    band = s.shape(place(smooth(points("-30,-45 4,-46 10,-18 10,18 4,46 -30,45 -24,18 -24,-18"))))
    s.shadow(band, 0, 4, 5, 0.25)
    s.paint(band, blend(colour, "#ffffff", 0.22), colour, blend(colour, "#000000", 0.2))
