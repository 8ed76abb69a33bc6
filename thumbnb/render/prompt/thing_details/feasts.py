"""Feasts: so many dishes that they fill a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.objects.vocabulary.thing_kinds import is_food

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.prompt.named_thing import NamedThing

_FEWEST, MOST_DISHES = 3, 6
"""From so many kinds of food on they are a feast, and so many kinds are shown."""


def is_feast(things: Sequence[NamedThing]) -> bool:
    """Whether things are many dishes: a table full of burgers, pizza and donuts."""
    dishes = [thing for thing in things if _is_dish(thing)]
    return len({thing.name for thing in dishes}) >= _FEWEST


def _is_dish(thing: NamedThing) -> bool:
    return is_food(thing.name) and not (thing.spread in {"air", "floor"} or thing.size == "huge")


def dishes_of(things: Sequence[NamedThing]) -> tuple[NamedThing, ...]:
    """Return the dishes of a feast, as many kinds as are shown."""
    return tuple(thing for thing in things if _is_dish(thing))[:MOST_DISHES]
