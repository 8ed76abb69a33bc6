"""Things in a room: the main one, what stands beside it, flies above it or only goes with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from thumbnb.render.objects.vocabulary.thing_kinds import HEAVENLY, IN_SKY
from thumbnb.render.planning.things.arrange import side_by_side
from thumbnb.render.planning.things.placed_thing import (
    PlacedThing,
    clear_of_badge,
    place_copies,
    place_fitted,
    place_scaled,
)
from thumbnb.render.planning.things.spread import place_spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.scene import Box

_SECOND, _THIRD = (0.24, 0.56), (0.84, 0.48)
"""How far across the room a second and a third thing stand, and how large they are."""

_SMALL = 0.62
"""How much smaller a tiny thing is, and any beside a huge one."""

_EXTRA_WIDE, _EXTRA_HIGH = 0.24, 0.38
"""How wide (of the room) and high (of the main thing) is what only goes with that."""


_LOW = 120.0
"""A room that begins so far down (units) has more sky above it."""


def in_room(things: Sequence[NamedThing], room: Box) -> list[PlacedThing]:
    """Place things in a room: the first is the main one, others stand beside or around it."""
    middle = next((thing for thing in things if thing.between), None)
    around = [thing for thing in things if thing is not middle]
    if middle and len(around) > 1:
        placed = _beside(around, room)
        return [*placed, _between(middle, placed, room)]
    return _beside(things, room) if things else []


def _beside(things: Sequence[NamedThing], room: Box) -> list[PlacedThing]:
    """Place a main thing in a room, and others beside it, above it, or at its foot."""
    if len(things) == 1 and things[0].name in IN_SKY:
        # Alone beside somebody, or the main thing: large, and still in the sky.
        x, y, w, h = room
        top = max(26.0, y - 0.3 * h) if y > _LOW else y
        return [place_fitted(things[0], (x, top, w, 0.86 * h))]
    if things[0].name == "black-hole":
        return _around_black_hole(things, room)
    # An arrow points at what it is named with.
    first, *others = sorted(things, key=lambda thing: thing.name == "arrow")
    standing = [thing for thing in others if not thing.flies]
    if first.flies and standing:
        # What is named first is the larger, and stays above the others.
        x, y, w, h = room
        below = (x, y + 0.48 * h, w * 0.62, 0.52 * h)
        return [
            place_fitted(first, (x + 0.16 * w, y, 0.84 * w, 0.6 * h)),
            *in_room(standing, below),
        ]
    above = [thing for thing in others if thing.flies][:1]
    if above:
        standing = [first, *(thing for thing in others if thing not in above)]
        x, y, w, h = room
        return [in_sky(above[0], room), *in_room(standing, (x, y + 0.12 * h, w, 0.88 * h))]
    extras = [thing for thing in others if thing.extra][:1]
    if extras:
        # Small, at the foot of what it goes with, and over none of it.
        x, y, w, h = room
        wide = _EXTRA_WIDE * w
        standing = [first, *(thing for thing in others if thing not in extras)]
        placed = in_room(standing, (x + wide, y, w - wide, h))
        high = _EXTRA_HIGH * max(each.height for each in placed)
        return [*placed, _on_floor(extras[0], (x, y + h - high, wide, high))]
    return _standing(first, others, room)


_NEAR_HOLE = ((0.6, -0.04, 0.44, 0.5), (-0.04, 0.66, 0.34, 0.34), (-0.04, -0.02, 0.3, 0.3))
"""Where things fall into a black hole: shares of its room, the nearest first."""


def _around_black_hole(things: Sequence[NamedThing], room: Box) -> list[PlacedThing]:
    """Place a black hole, and what it draws in at its corners."""
    x, y, w, h = room
    first, *others = things
    others = sorted(others, key=lambda thing: thing.name not in HEAVENLY)
    near = [
        replace(place_fitted(thing, (x + a * w, y + b * h, c * w, d * h)), front=True)
        for thing, (a, b, c, d) in zip(others, _NEAR_HOLE, strict=False)
    ]
    return [place_fitted(first, (x, y + 0.06 * h, 0.92 * w, 0.94 * h)), *near]


def _standing(first: NamedThing, others: Sequence[NamedThing], room: Box) -> list[PlacedThing]:
    """Place a main thing, one or several of it, and what stands beside it."""
    x, y, w, h = room
    if first.spread == "pile":
        aside = (x + 0.3 * w, y, 0.7 * w, h) if others else room
        beside = [place_scaled(thing, room, *_SECOND) for thing in others[:1]]
        return [*place_spread(first, aside, ()), *beside]
    if others and first.count == 1:
        return side_by_side([first, *others[:2]], room)
    main = room if not others else (x + w * 0.13, y, w * 0.87, h)
    placed = [
        place_scaled(thing, room, across, size * _SMALL)
        for thing, (across, size) in zip(others, (_SECOND, _THIRD), strict=False)
    ]
    # What is smaller stands in front, so that nothing hides it.
    return [*place_copies(first, main), *placed]


def _between(thing: NamedThing, placed: Sequence[PlacedThing], room: Box) -> PlacedThing:
    """Place a thing before the middle of what it is between."""
    _, y, w, h = room
    x = (min(one.x for one in placed) + max(one.x for one in placed)) / 2
    wide, high = 0.3 * w, 0.56 * h
    one = place_fitted(thing, (x - wide / 2, y + 0.2 * h, wide, high))
    return replace(one, front=True)


def _on_floor(thing: NamedThing, room: Box) -> PlacedThing:
    """Place a thing as large as it goes into a room, on its floor even if it could not stand."""
    placed = place_fitted(thing, room)
    return clear_of_badge(replace(placed, foot=room[1] + room[3]))


def in_sky(thing: NamedThing, room: Box) -> PlacedThing:
    """Place what flies or shines above the others, behind them."""
    x, y, w, h = room
    return place_fitted(thing, (x + 0.6 * w, max(40.0, y - 0.04 * h), 0.44 * w, 0.42 * h))
