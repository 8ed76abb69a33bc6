"""Flames behind somebody: a wall of fire from one side of the frame to the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thumbnb.render.objects.drawn import object_aspect
from thumbnb.render.planning.things.placed_thing import PlacedThing

if TYPE_CHECKING:
    from thumbnb.render.prompt.named_thing import NamedThing

_FLAMES, _HIGH = 7, 470.0
_FOOT = 752.0
"""How far down flames reach (units): what burns is below the frame."""


def is_wall_of_fire(thing: NamedThing) -> bool:
    """Whether a fire is behind somebody or all around: no campfire beside them."""
    wall = thing.behind or thing.spread or thing.size == "huge" or "wall" in thing.word.lower()
    return thing.name == "fire" and bool(wall)


def place_flames(thing: NamedThing) -> list[PlacedThing]:
    """Place flames across the frame, behind everybody, the lower ones in front."""
    rng = np.random.default_rng(_FLAMES)
    aspect = object_aspect(thing.name)
    placed = []
    for number in range(_FLAMES):
        high = _HIGH * float(rng.uniform(0.66, 1.0))
        across = (number + float(rng.uniform(0.3, 0.7))) * 1280 / _FLAMES
        placed.append(
            PlacedThing(
                thing, across, _FOOT, high, high * aspect, mirrored=bool(number % 2), behind=True
            )
        )
    return sorted(placed, key=lambda one: -one.height)
