"""A feast: many dishes on one table, in front of who eats them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from thumbnb.render.layout import BADGE
from thumbnb.render.objects.drawn import object_aspect
from thumbnb.render.planning.things.placed_thing import PlacedThing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.prompt.named_thing import NamedThing

_PLACES = 8
"""So many dishes stand on the table: some kinds of which a prompt names many stand there twice."""

_LEFT, _RIGHT = 36.0, 1244.0
_FRONT_FOOT, _BACK_FOOT = 704.0, 642.0
_HIGH = 176.0
"""How high a dish is at the most (units)."""

_TOGETHER = 1.3
"""How much wider a dish is than its share of the table: dishes overlap a little."""


def place_dishes(things: Sequence[NamedThing]) -> list[PlacedThing]:
    """Place dishes along a table across the frame: two rows, back to front, off the badge."""
    kinds = [replace(thing, count=1, how="", base="", extra=False) for thing in things]
    dishes = [kinds[i % len(kinds)] for i in range(max(_PLACES, len(kinds)))]
    share = (_RIGHT - _LEFT) / len(dishes)
    placed = []
    for index, dish in enumerate(dishes):
        aspect = object_aspect(dish.name)
        wide = min(_TOGETHER * share, _HIGH * aspect)
        high = wide / aspect
        x = _LEFT + (index + 0.5) * share
        near = index % 2 == 0 and x + wide / 2 < BADGE[0]
        placed.append(
            PlacedThing(dish, x, _FRONT_FOOT if near else _BACK_FOOT, high, wide, front=True)
        )
    return sorted(placed, key=lambda one: one.foot)
