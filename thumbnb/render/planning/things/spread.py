"""Many copies of one thing: a crowd with depth, a pile, scattered below, or falling through air."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from thumbnb.render.objects.drawn import object_aspect
from thumbnb.render.objects.vocabulary.seats import single_form
from thumbnb.render.planning.thing_sizes import is_small
from thumbnb.render.planning.things.placed_thing import PlacedThing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.scene import Box

_CROWD_ROWS = ((6, 0.5, 0.36), (4, 0.74, 0.66), (3, 1.0, 1.0))
"""The rows of a crowd, back to front: how many, how large, how far down its room they stand."""

_PILE_ROWS = (1, 2, 3, 4)

_FLOOR_COPIES, _AIR_COPIES = 11, 12
_FLOOR_HEIGHT, _AIR_HEIGHT = 84.0, 104.0
_FAR_FLOOR_TOP, _FLOOR_TOP, _FLOOR_BOTTOM = 480.0, 618.0, 700.0

_AIR_TURNS, _FLOOR_TURNS = (-50, 50), (-16, 16)


def place_spread(
    thing: NamedThing, room: Box, taken: Sequence[Box], seen: Sequence[Box] | None = None
) -> list[PlacedThing]:
    """Place many copies of a thing as it is spread; those in the air and below keep off ``taken``.

    What lies farther off keeps off ``seen`` alone: words may stand before it.
    ``room`` is where a crowd or a pile stands. Units of the sheet.
    """
    if thing.spread in {"floor", "air"}:
        thing = replace(thing, name=single_form(thing.name))
    if thing.spread == "crowd":
        return _crowd(thing, room)
    if thing.spread == "pile":
        return _pile(thing, room)
    return _scattered(thing, taken, taken if seen is None else seen)


def _crowd(thing: NamedThing, room: Box) -> list[PlacedThing]:
    x, y, w, h = room
    aspect = object_aspect(thing.name)
    rng = np.random.default_rng(len(thing.name))
    flies = thing.flies
    tall = min(0.62 * h, 0.52 * w / aspect)
    placed = []
    for copies, size, down in _CROWD_ROWS:
        for i in range(copies):
            high = tall * size * rng.uniform(0.9, 1.1)
            across = (i + 0.5 + rng.uniform(-0.16, 0.16)) / copies
            foot = y + high + (h - high) * (down + rng.uniform(-0.03, 0.03))
            if flies:
                foot = y + high + (h - high) * rng.uniform(0, 1)
            placed.append(
                PlacedThing(thing, x + w * across, foot, high, high * aspect, mirrored=bool(i % 2))
            )
    return placed


def _pile(thing: NamedThing, room: Box) -> list[PlacedThing]:
    x, y, w, h = room
    aspect = object_aspect(thing.name)
    rows = len(_PILE_ROWS)
    high = min(h / (1 + (rows - 1) * 0.56), w / aspect / (1 + (_PILE_ROWS[-1] - 1) * 0.74))
    rng = np.random.default_rng(len(thing.name))
    placed = []
    for row, copies in enumerate(_PILE_ROWS):
        foot = y + h - (rows - 1 - row) * high * 0.56
        for i in range(copies):
            across = (i - (copies - 1) / 2) * high * aspect * 0.74
            turn = float(rng.uniform(-9, 9))
            placed.append(
                PlacedThing(thing, x + w / 2 + across, foot, high, high * aspect, turn=turn)
            )
    return placed


def _scattered(thing: NamedThing, taken: Sequence[Box], seen: Sequence[Box]) -> list[PlacedThing]:
    """Place copies at random, near ones larger, none over what is to be seen."""
    air = thing.spread == "air"
    aspect = object_aspect(thing.name)
    rng = np.random.default_rng(7 + len(thing.name))
    copies, usual = (_AIR_COPIES, _AIR_HEIGHT) if air else (_FLOOR_COPIES, _FLOOR_HEIGHT)
    usual *= 1.0 if is_small(thing.name) else 1.45
    usual /= math.sqrt(max(aspect, 0.7))
    placed: list[PlacedThing] = []
    for attempt in range(24 * copies):
        if len(placed) == copies:
            break
        # Where words and people leave no floor in front, it is seen farther behind.
        farther = not air and attempt >= 12 * copies and len(placed) < copies / 2
        near = rng.uniform(0, 1)
        high = usual * (0.62 + 0.75 * near)
        top, bottom = (_FAR_FLOOR_TOP, _FLOOR_TOP) if farther else (_FLOOR_TOP, _FLOOR_BOTTOM)
        foot = rng.uniform(40 + high, 690) if air else top + near * (bottom - top)
        turn = float(rng.uniform(*(_AIR_TURNS if air else _FLOOR_TURNS)))
        one = PlacedThing(
            thing,
            rng.uniform(20, 1260),
            foot,
            high,
            high * aspect,
            turn=turn,
            front=not (air or farther),
        )
        if _covers(one.box, seen if farther else taken) or any(
            _near(one, other) for other in placed
        ):
            continue
        placed.append(one)
    return sorted(placed, key=lambda one: one.foot)


def _near(one: PlacedThing, other: PlacedThing) -> bool:
    apart = math.hypot(one.x - other.x, one.foot - other.foot)
    return apart < 0.62 * (one.width + other.width) / 2


def _covers(box: Box, taken: Sequence[Box]) -> bool:
    x, y, w, h = box
    return any(
        x < left + wide and left < x + w and y < top + high and top < y + h
        for left, top, wide, high in taken
    )


def as_one(thing: NamedThing) -> NamedThing:
    """Return a thing that is spread as a single one."""
    return replace(thing, spread="", count=1)
