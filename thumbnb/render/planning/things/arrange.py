"""Things side by side: as large beside each other as they are, the smaller ones in front."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from thumbnb.render.objects.drawn import object_aspect
from thumbnb.render.objects.painting import describe
from thumbnb.render.planning.thing_sizes import share_of
from thumbnb.render.planning.things.placed_thing import PlacedThing, clear_of_badge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.scene import Box

_OVERLAP = 0.2
"""How much of the narrower of two lies behind the other, or before it."""

_FARTHER = 0.045
"""How much higher the foot of what stands behind is, in heights of the room."""

_MAIN_LEAST = 0.62
"""The main thing is at least so high, of what it would be alone."""


def side_by_side(things: Sequence[NamedThing], room: Box) -> list[PlacedThing]:
    """Place two or three things in a room, the first one as the main one; back to front."""
    first, *others = things
    x, y, w, h = room
    aspects = [object_aspect(thing.name) for thing in things]
    alone = min(h, w / aspects[0])
    shares = [1.0, *(share_of(thing, first) for thing in others)]
    high = _height(things, aspects, shares, room)
    least = [
        1.0,
        *(_least(one, first, share) for one, share in zip(others, shares[1:], strict=True)),
    ]
    while not _are_of_one_kind(things) and high < _MAIN_LEAST * alone and shares != least:
        shares = [max(low, 0.9 * share) for low, share in zip(least, shares, strict=True)]
        shares[0] = 1.0
        high = _height(things, aspects, shares, room)
    wide = _across(things, aspects, shares) * high
    left = x + (w - wide) / 2
    placed: dict[int, PlacedThing] = {}
    before: int | None = None
    for index in _order(things):
        tall = high * shares[index]
        width = tall * aspects[index]
        if before is not None:
            left -= _overlap(things) * min(width, placed[before].width)
        farther = _FARTHER * h if shares[index] > min(shares) else 0.0
        foot = y + h - farther
        if not describe(things[index].name).stands and len(things) > 1:
            foot = y + h - max(farther, 0.1 * (h - tall))
        placed[index] = PlacedThing(things[index], left + width / 2, foot, tall, width)
        left += width
        before = index
    ordered = sorted(placed.values(), key=lambda one: -one.height)
    clear = [clear_of_badge(one) for one in ordered]
    if _are_of_one_kind(things):  # all as high as the one that is lifted
        level = min(one.foot for one in clear)
        clear = [replace(one, foot=level) for one in clear]
    return clear


_SMALLEST, _LARGER_LEAST = 0.4, 1.12
"""How large the others are at least by the main thing; what is larger in reality stays so."""


def _least(thing: NamedThing, first: NamedThing, share: float) -> float:
    """Return how large another thing is at least by the first, as a share of its height."""
    if thing.name == first.name and thing.size == first.size:
        return min(share, _OF_ONE_KIND)
    return _LARGER_LEAST if share > _LARGER_LEAST else _SMALLEST


_OF_ONE_KIND = 0.94
"""How large another of the same drawing is at least: two that are compared are equals."""


def _are_of_one_kind(things: Sequence[NamedThing]) -> bool:
    """Whether all are the same drawing in one size: they are told apart one by one."""
    return len({(thing.name, thing.size) for thing in things}) == 1


def _order(things: Sequence[NamedThing]) -> list[int]:
    """Return the order from left to right: the main one on the right or in the middle.

    What is of one kind stands as it is named: the cheap one, the expensive one.
    """
    return [*range(len(things))] if _are_of_one_kind(things) else [1, 0, 2][: len(things)]


def _overlap(things: Sequence[NamedThing]) -> float:
    """Return how much of the narrower of two neighbours lies behind the other."""
    return 0.0 if _are_of_one_kind(things) else _OVERLAP


def _across(
    things: Sequence[NamedThing], aspects: Sequence[float], shares: Sequence[float]
) -> float:
    """Return how wide a row of things is, by the height of the first."""
    widths = [aspect * share for aspect, share in zip(aspects, shares, strict=True)]
    row = [widths[index] for index in _order(things)]
    overlaps = sum(_overlap(things) * min(a, b) for a, b in pairwise(row))
    return sum(row) - overlaps


def _height(
    things: Sequence[NamedThing], aspects: Sequence[float], shares: Sequence[float], room: Box
) -> float:
    _, _, w, h = room
    return min(h / max(shares), w / _across(things, aspects, shares))


def fit(placed: Sequence[PlacedThing], room: Box) -> list[PlacedThing]:
    """Return things placed together, as large as they all go into a room, on its floor."""
    x, y, w, h = room
    boxes = [one.box for one in placed]
    left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
    right, foot = max(b[0] + b[2] for b in boxes), max(b[1] + b[3] for b in boxes)
    scale = min(w / (right - left), h / (foot - top))
    middle = (left + right) / 2
    return [
        replace(
            one,
            x=x + w / 2 + (one.x - middle) * scale,
            foot=y + h + (one.foot - foot) * scale,
            height=one.height * scale,
            width=one.width * scale,
        )
        for one in placed
    ]
