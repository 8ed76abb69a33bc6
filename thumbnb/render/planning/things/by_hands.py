"""Things by the hands of who is drawn: what they do something to, what stands by what they hold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from thumbnb.render.objects.vocabulary.thing_kinds import HELD, SIGNS
from thumbnb.render.planning.people.acting import Acting, acted_box, acted_turn, shown_as
from thumbnb.render.planning.people.gestures import is_larger_than_held
from thumbnb.render.planning.thing_sizes import is_large
from thumbnb.render.planning.things.arrange import fit
from thumbnb.render.planning.things.in_room import in_room, in_sky
from thumbnb.render.planning.things.placed_thing import PlacedThing, place_fitted
from thumbnb.render.planning.things.rooms import far_thing, room_behind, room_of_things
from thumbnb.render.planning.things.supported import with_held

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.layout import Layout
    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.scene import Box


_MIDDLE = 640.0
"""The middle of the sheet."""


def place_acted(
    things: Sequence[NamedThing],
    supported: Sequence[NamedThing],
    does: Acting,
    cast: Cast,
    layout: Layout,
) -> list[PlacedThing]:
    """Place what somebody does something to where they do it, and the others by it."""
    if does.staging.place == "hand":  # it is drawn with who holds it
        return in_room(things, room_of_things(cast, layout))
    held_by = next((thing for thing in supported if thing.word == does.thing.word), None)
    others = [thing for thing in things if thing.word != does.thing.word]
    if held_by:  # what it is on stays beside
        supported = [thing for thing in supported if thing is not held_by]
    box = acted_box(cast, layout, does)
    base = next((t for t in things if held_by and t.name == held_by.base), None)
    if held_by and base and does.staging.place == "table":
        # A steak on a board stays on it.
        others = [thing for thing in others if thing is not base]
        unit = fit(with_held([place_fitted(base, box)], [held_by]), _wider(box))
        farther, nearer = place_beside_held(others, box, room_of_things(cast, layout), cast)
        return [*with_held(farther, supported), *unit, *with_held(nearer, supported)]
    farther, nearer = place_beside_held(others, box, room_of_things(cast, layout), cast)
    mine = replace(
        in_box(next((t for t in things if t.word == does.thing.word), does.thing), box),
        turn=acted_turn(layout, does),
        front=does.staging.place == "before",
        behind=does.staging.place in {"behind", "seat", "leaned"},
    )
    alone = replace(mine.thing, name=shown_as(does), count=1, how="", base="", spread="")
    mine = replace(mine, thing=alone)
    if does.staging.place == "leaned":  # a house is seen above the car
        level = box[1] + 0.84 * box[3]
        farther = [
            replace(one, foot=max(level, one.height + 20)) if one.foot > level else one
            for one in farther
        ]
    if does.staging.place in {"behind", "seat"}:
        return with_held([mine, *in_room(others, room_of_things(cast, layout))], supported)
    if does.staging.place in {"against", "before", "table", "arms", "leaned"}:
        return with_held([*farther, mine, *nearer], supported)
    return with_held([*farther, *nearer, mine], supported)


def _wider(box: Box) -> Box:
    x, y, w, h = box
    return x - 0.14 * w, y, 1.28 * w, h


def place_beside_held(
    things: Sequence[NamedThing], held: Box, room: Box, cast: Cast
) -> tuple[list[PlacedThing], list[PlacedThing]]:
    """Place what stands behind what somebody holds, and what stands in front beside it."""
    # What is held would hide a chart behind it, but no house.
    far = far_thing(
        [thing for thing in things if is_large(thing.name) or thing.size == "huge"], cast
    )
    above = [thing for thing in things if thing.flies and thing != far][:1]
    rest = [thing for thing in things if thing != far and thing not in above]
    placed = [in_sky(thing, room) for thing in above]
    if far:
        placed.append(replace(place_fitted(far, room_behind(far, room, cast)), behind=True))
    x, y, w, h = held
    # Behind something wide it would be hidden.
    stands_there = [thing for thing in rest if is_larger_than_held(thing)][:1]
    for thing in stands_there:
        # What all is about stands whole beside who has only a tool in the hand.
        across, top, wide, high = room
        there = (across + (0.0 if x + w / 2 < _MIDDLE else 0.18 * wide), top, 0.82 * wide, high)
        placed.append(place_fitted(replace(thing, count=1), there))
    rest = [thing for thing in rest if thing not in stands_there]
    large = [thing for thing in rest if thing.name not in HELD | SIGNS][: h > w]
    rest = [thing for thing in rest if thing not in large]
    for thing in large:
        # As large as it is: behind what is held, its foot on the ground there.
        top = max(y - 0.16 * h, room[1])
        there = (x - 0.12 * w, top, 0.94 * w, y + 0.86 * h - top)
        placed.append(place_fitted(thing, there))
    # On the side away from the person, as much lower as they are less important.
    left = x + w / 2 < _MIDDLE
    wide = max(150.0, min(0.5 * w, 260.0))
    at = max(20.0, x - 0.7 * wide) if left else min(1260 - wide, x + w - 0.3 * wide)
    room = (at, y + 0.45 * h, wide, 0.55 * h)
    return placed, [place_fitted(thing, room) for thing in rest[:1]]


def in_hand_of(held: NamedThing | None, things: Sequence[NamedThing]) -> NamedThing | None:
    """Return which of some things is the one held: of a tiny and a giant burger the tiny one."""
    same = [thing for thing in things if held and thing.word == held.word]
    return held if held in same else next(iter(same), None)


def in_box(thing: NamedThing, box: Box) -> PlacedThing:
    """Place a thing so that it fills a box."""
    x, y, w, h = box
    return PlacedThing(thing, x + w / 2, y + h, h, w)
