"""Hands, each drawn at its wrist: x goes forwards along the forearm, y towards the thumb."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from thumbnb.render.figures.pen import shade
from thumbnb.render.raster.sketch import blend, points, smooth

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from thumbnb.render.raster.sketch import Point, Sketch

    Place = Callable[[Sequence[Point]], list[Point]]

RED_GLOVE = "#d8232c"
"""The colour of boxing gloves of which nothing else is said."""

_SIZE = 0.9
"""How large hands are, of the units they are drawn in."""


def capsule(a: Point, b: Point, ra: float, rb: float) -> list[Point]:
    """Give the outline of a limb from one round end to another."""
    turn = math.atan2(b[1] - a[1], b[0] - a[0])
    ends = ((a, ra, turn + math.pi / 2), (b, rb, turn - math.pi / 2))
    return [
        (x + r * math.cos(first + math.pi * i / 12), y + r * math.sin(first + math.pi * i / 12))
        for (x, y), r, first in ends
        for i in range(13)
    ]


def placed(at: Point, turn: float, *, flip: bool = False, size: float = 1.0) -> Place:
    """Return what puts points of a hand where that hand is; ``turn`` in radians."""
    cos, sin, way = math.cos(turn) * size, math.sin(turn) * size, -1 if flip else 1

    def place(some: Sequence[Point]) -> list[Point]:
        return [(at[0] + x * cos - way * y * sin, at[1] + x * sin + way * y * cos) for x, y in some]

    return place


def digit(s: Sketch, root: Point, tip: Point, half: float, skin: str) -> None:
    """Draw a finger: its edge, itself, the nail."""
    s.fill(capsule(root, tip, half * 1.08 + 2.4, half + 2.4), shade(skin, 0.46))
    shape = s.fill(
        capsule(root, tip, half * 1.08, half), blend(skin, "#ffffff", 0.14), skin, shade(skin, 0.2)
    )
    dx, dy = tip[0] - root[0], tip[1] - root[1]
    far = math.hypot(dx, dy) or 1.0
    along = (dx / far, dy / far)
    nail = (tip[0] + along[0] * half * 0.16, tip[1] + along[1] * half * 0.16 - half * 0.12)
    end = (nail[0] + along[0] * half * 0.34, nail[1] + along[1] * half * 0.34)
    s.inside(shape, capsule(nail, end, half * 0.5, half * 0.5), blend(skin, "#fff2ee", 0.55), 0.8)


def palm(s: Sketch, place: Place, outline: str, skin: str) -> None:
    """Draw the palm or the back of a hand."""
    shape = smooth(points(outline))
    s.fill(place([(x * 1.05, y * 1.06) for x, y in shape]), shade(skin, 0.46))
    s.fill(place(shape), blend(skin, "#ffffff", 0.1), skin, shade(skin, 0.18))


def _digits(s: Sketch, place: Place, rows: str, skin: str) -> None:
    """Draw fingers, each ``root tip half`` as ``x,y x,y half``, with a bar between them."""
    for row in rows.split("|"):
        root, tip, half = row.split()
        a, b = place(points(f"{root} {tip}"))
        digit(s, a, b, float(half) * _SIZE, skin)


_FLAT_PALM = "-30,-30 6,-40 46,-40 60,0 46,40 6,42 -30,30"
_FIST = "-28,-34 10,-44 44,-38 58,-4 50,34 14,46 -28,36"


def _open(s: Sketch, place: Place, skin: str) -> None:
    """Show a palm, its fingers apart."""
    palm(s, place, _FLAT_PALM, skin)
    _digits(
        s,
        place,
        "40,30 104,50 13|46,10 118,16 14|46,-12 114,-18 13.5|38,-30 92,-48 12|6,36 52,74 14",
        skin,
    )


def _flat(s: Sketch, place: Place, skin: str) -> None:
    """Show a hand whose fingers are together."""
    palm(s, place, _FLAT_PALM, skin)
    _digits(
        s,
        place,
        "40,30 100,30 12.5|46,10 116,11 13.5|46,-11 114,-9 13.5|38,-31 94,-28 12|8,36 52,52 13",
        skin,
    )


def _fist(s: Sketch, place: Place, skin: str) -> None:
    """Show a fist from the front: four fingers across it, the thumb over them."""
    palm(s, place, _FIST, skin)
    _digits(
        s,
        place,
        "52,-34 16,-34 12|58,-12 18,-12 13|58,11 18,11 13|52,33 16,32 12|-6,40 24,16 13",
        skin,
    )


def _point(s: Sketch, place: Place, skin: str) -> None:
    """Show a fist with the index finger out."""
    palm(s, place, "-26,-36 14,-44 50,-38 64,-4 56,36 16,46 -26,38", skin)
    _digits(
        s,
        place,
        "40,26 130,32 15|44,0 64,0 15|38,-22 56,-23 13.5|28,-40 44,-41 12|4,30 46,14 14",
        skin,
    )


def _thumb(s: Sketch, place: Place, skin: str) -> None:
    """Show a fist with the thumb up: forwards is where it points."""
    _digits(s, place, "6,22 100,30 17", skin)
    palm(s, place, "-48,-30 -44,34 -6,46 36,38 42,-6 34,-42 -8,-48", skin)
    _digits(
        s,
        place,
        "28,-44 26,12 13.5|4,-46 2,16 13.5|-20,-44 -22,14 13|-42,-38 -44,10 11.5",
        skin,
    )


def _chin(s: Sketch, place: Place, skin: str) -> None:
    """Show a loose fist under a chin, its index finger along the cheek."""
    palm(s, place, _FIST, skin)
    _digits(
        s,
        place,
        "52,-34 18,-36 12|58,-12 18,-13 13|56,10 18,10 13|34,32 116,50 13|-2,44 36,64 13.5",
        skin,
    )


def _edge(s: Sketch, place: Place, skin: str) -> None:
    """Show a hand from the side of its thumb, as hands are put together."""
    palm(s, place, "-30,-19 10,-25 60,-20 66,0 60,20 10,24 -30,18", skin)
    _digits(s, place, "44,-2 120,-2 16|6,14 54,18 13", skin)


def _phone(s: Sketch, place: Place, skin: str) -> None:
    """Hold up a phone: its back is seen, fingers around it."""
    palm(s, place, "-28,-30 6,-38 50,-36 60,0 50,36 6,38 -28,30", skin)
    s.fill(place(points("10,-50 164,-50 172,-42 172,42 164,50 10,50 2,42 2,-42")), "#4a5163",
           "#1d212c")  # fmt: skip
    s.fill(place(points("128,-40 160,-40 160,0 128,0")), "#2c3140")
    for x, y in ((137, -29), (151, -29), (144, -12)):
        s.fill(place(capsule((x, y), (x + 0.1, y), 6, 6)), "#7d8aa3", "#10131a")
    _digits(s, place, "14,58 20,26 12|42,60 46,28 12.5|70,58 72,28 12|4,-58 60,-40 13", skin)


def _glove(s: Sketch, place: Place, colour: str) -> None:
    """Show a boxing glove in a colour, whatever hand is in it."""
    red = colour == RED_GLOVE
    pale = "#ff6b62" if red else blend(colour, "#ffffff", 0.35)
    dark, darkest = ("#8d0f18", "#5a0d14") if red else (shade(colour, 0.4), shade(colour, 0.6))
    thumb = ("#e8323a", "#9a141d") if red else (blend(colour, "#ffffff", 0.1), dark)
    s.fill(place(points("-40,-40 4,-44 4,44 -40,40")), "#f4f6fa", "#cdd4df")
    mitt = place(smooth(points("0,-48 60,-66 116,-44 126,6 104,52 50,62 0,46 10,0")))
    s.fill(place(smooth(points("0,-52 62,-71 122,-46 131,6 108,57 50,67 -4,50 6,0"))), darkest)
    shape = s.fill(mitt, pale, colour, dark)
    s.fill(place(smooth(points("6,34 60,30 92,50 70,78 24,74"))), *thumb)
    s.inside(shape, place(smooth(points("44,-50 92,-46 84,-28 50,-34"))), "#ffffff", 0.5, soft=4)


HANDS: dict[str, Callable[[Sketch, Place, str], None]] = {
    "open": _open,
    "flat": _flat,
    "fist": _fist,
    "point": _point,
    "thumb": _thumb,
    "chin": _chin,
    "edge": _edge,
    "phone": _phone,
    "glove": _glove,
}


def draw_hand(s: Sketch, kind: str, at: Point, turn: float, skin: str, *, flip: bool) -> None:
    """Draw a hand at a wrist; ``turn`` (degrees) is where it points: 0 right, -90 up."""
    HANDS[kind](s, placed(at, math.radians(turn), flip=flip, size=_SIZE), skin)


def fingers(s: Sketch, side: int, skin: str) -> None:
    """Draw the fingers of a hand that holds something, over its edge: (0, 0) is their middle.

    ``side`` is where the person is: -1 on the left of what is held, 1 on the right.
    """
    for number, (reach, half) in enumerate(((60, 14.5), (68, 15.5), (64, 14.5), (52, 12.5))):
        y = (number - 1.5) * 27.0
        tip, root = (-side * reach * 0.55, y - 3), (side * reach * 0.72, y + 5)
        shape = s.shape(capsule(root, tip, half * 1.08, half))
        s.shadow(shape, 0, 5, 6, 0.34)
        digit(s, root, tip, half, skin)
