"""A thing together with what is on, in or worn by it: placed as one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from thumbnb.render.objects.vocabulary.seats import empty_form
from thumbnb.render.planning.things.arrange import fit
from thumbnb.render.planning.things.in_room import in_room
from thumbnb.render.planning.things.placed_thing import PlacedThing, place_fitted
from thumbnb.render.planning.things.supported import with_held

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.scene import Box


def with_unit(
    things: Sequence[NamedThing], supported: Sequence[NamedThing], room: Box
) -> list[PlacedThing]:
    """Place a thing with what is on, in or worn by it, as large as they go; others beside them."""
    bases = {empty_form(thing.base) for thing in supported}
    base = next((thing for thing in things if empty_form(thing.name) in bases), things[0])
    if base != things[0]:  # something else is the main thing
        return with_held(in_room(things, room), supported)
    others = [thing for thing in things if thing != base]
    x, y, w, h = room
    dropped = any(thing.how == "above" for thing in supported)
    aside = 0.36 if dropped else 0.14
    unit_room = (x + aside * w, y, (1 - aside) * w, h) if others else room
    unit = fit(with_held([place_fitted(base, unit_room)], supported), unit_room)
    left = max(24.0, x - 0.02 * w)
    beside_room = (left, y + 0.42 * h, 0.34 * w, 0.58 * h)
    if dropped:  # as high as what falls
        beside_room = (left, y, 0.42 * w, h)
    beside = in_room([replace(thing, count=1) for thing in others], beside_room)
    return [*beside, *unit]
