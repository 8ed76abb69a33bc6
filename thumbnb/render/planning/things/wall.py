"""A wall of one thing: stacked across the frame, behind everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.objects.drawn import object_aspect
from thumbnb.render.planning.things.placed_thing import PlacedThing

if TYPE_CHECKING:
    from thumbnb.render.prompt.named_thing import NamedThing

_ROWS, _FOOT, _TOP = 3, 736.0, 26.0
"""How many stand above each other, from how far down up to where (units)."""

_WIDEST = 300.0
"""How wide one of them is at the most (units)."""


def place_wall(thing: NamedThing) -> list[PlacedThing]:
    """Place copies of a thing in rows from one side of the frame to the other, the upper first."""
    aspect = object_aspect(thing.name)
    high = min((_FOOT - _TOP) / _ROWS, _WIDEST / aspect)
    rows = max(_ROWS, round((_FOOT - _TOP) / high))
    count = round(1280 / (high * aspect)) + 1
    step = 1280 / (count - 0.5)
    return [
        PlacedThing(
            thing, (number + (0.0 if row % 2 else 0.5)) * step, _FOOT - row * high, high,
            high * aspect, behind=True,
        )
        for row in reversed(range(rows))
        for number in range(count)
    ]  # fmt: skip
