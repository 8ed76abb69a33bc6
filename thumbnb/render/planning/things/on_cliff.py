"""Something on a cliff that grows out of the frame's edge: a lighthouse above the sea."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from thumbnb.render.objects.drawn import object_aspect
from thumbnb.render.objects.vocabulary.thing_kinds import LANDMARKS
from thumbnb.render.planning.thing_sizes import is_building
from thumbnb.render.planning.things.in_room import in_room, in_sky
from thumbnb.render.planning.things.placed_thing import PlacedThing
from thumbnb.render.planning.things.supported import with_held

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.scene import Box

CLIFF = "cliff"

_WIDE, _MIDDLE = 1280.0, 640.0
_BEYOND, _BELOW = 50.0, 760.0
"""How far the cliff goes out of the frame at the side, and how far down at least (units)."""

_LEVEL, _GRASS = 0.78, 0.09
"""How far down its ground is in the room, and how much of its height grass is above that."""

_ANIMAL = 0.62
"""How high what is no building stands on it, of the height there is."""


def place_on_cliff(
    things: Sequence[NamedThing], supported: Sequence[NamedThing], room: Box
) -> list[PlacedThing]:
    """Place a cliff at the side of the room that is nearer to the frame's edge, and what is on it.

    What else is there comes to its foot, or flies.
    """
    x, y, w, h = room
    cliff = next(thing for thing in things if thing.name == CLIFF)
    carried = [thing for thing in supported if thing.base == CLIFF]
    on_right = x + w / 2 >= _MIDDLE
    inner = max(x - 30, _WIDE * 0.3) if on_right else min(x + w + 30, _WIDE * 0.7)
    seen = _WIDE - inner if on_right else inner
    level = y + _LEVEL * h
    aspect = object_aspect(CLIFF)
    width = seen + _BEYOND
    high = max(width / aspect, (_BELOW - level) / (1 - _GRASS))
    width = high * aspect
    at = inner + width / 2 if on_right else inner - width / 2
    foot = level + (1 - _GRASS) * high
    placed = [PlacedThing(cliff, at, foot, high, width, mirrored=on_right, behind=True)]
    middle = (inner + 0.54 * seen) if on_right else (inner - 0.54 * seen)
    for number, thing in enumerate(carried[:2]):
        large = thing.name in LANDMARKS or is_building(thing.name)
        tall = (level - y + 8) * (1.0 if large else _ANIMAL) * (0.6 if number else 1.0)
        tall = min(tall, 0.8 * seen / object_aspect(thing.name))
        across = middle + (0.3 * seen * (1 if on_right else -1) if number else 0.0)
        one = PlacedThing(thing, across, level + 8, tall, tall * object_aspect(thing.name))
        placed += with_held([replace(one, behind=True)], supported)
    rest = [thing for thing in things if thing is not cliff]
    placed = [*(in_sky(thing, room) for thing in rest if thing.flies), *placed]
    low = [replace(thing, count=1) for thing in rest if not thing.flies]
    wide = 0.42 * seen
    at_foot = (inner - 0.3 * wide if on_right else inner - 0.7 * wide, 520.0, wide, 196.0)
    return [*placed, *in_room(low, at_foot)] if low else placed
