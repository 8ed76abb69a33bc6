"""Things on, in or worn by others: placed by the seat of what holds them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from thumbnb.render.objects.drawn import object_aspect, object_box
from thumbnb.render.objects.vocabulary.seats import (
    SCREENS,
    WORN_BY_ANIMALS,
    Way,
    empty_form,
    eyes_of,
    rim_of,
    seat_of,
)
from thumbnb.render.objects.vocabulary.thing_kinds import ANIMATE
from thumbnb.render.planning.thing_sizes import share_of
from thumbnb.render.planning.things.placed_thing import PlacedThing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from thumbnb.render.prompt.named_thing import NamedThing

_SHEET = 512
"""The units of a drawing."""


def with_bases_first(things: Sequence[NamedThing]) -> tuple[list[NamedThing], list[NamedThing]]:
    """Return the things that stand by themselves, and those that are on, in or worn by these.

    What something is in stands where that would: for a steak in a pan, the pan.
    """
    by_name = {thing.name: thing for thing in things}
    held = [thing for thing in things if thing.how and _stands_on(thing, by_name)]
    free: list[NamedThing] = []
    for thing in things:
        base = thing
        while base in held:
            base = by_name[base.base]
        if base not in free:
            free.append(base)
    filled = {thing.base for thing in held if thing.how != "worn"}
    free = [
        replace(thing, name=empty_form(thing.name)) if thing.name in filled else thing
        for thing in free
    ]
    return free, held


def _stands_on(thing: NamedThing, by_name: Mapping[str, NamedThing]) -> bool:
    """Whether what holds a thing is there, and is in the end held by nothing itself."""
    seen = {thing.name}
    while thing.how:
        if thing.base not in by_name or thing.base in seen:
            return False
        thing = by_name[thing.base]
        seen.add(thing.name)
    return True


def with_held(placed: Iterable[PlacedThing], held: Sequence[NamedThing]) -> list[PlacedThing]:
    """Return placed things with what is on, in or worn by each, back to front."""
    return [each for one in placed for each in _with_own(one, held)]


def _with_own(one: PlacedThing, held: Sequence[NamedThing]) -> list[PlacedThing]:
    mine = [thing for thing in held if empty_form(thing.base) == empty_form(one.thing.name)]
    if one.thing.spread:
        return [one]
    inside = [
        _seated(thing, one)
        for thing in mine
        for _ in range(min(thing.count, _MOST_ON) if thing.listed else 1)
        if thing.how == "in" and _hides(one)
    ]
    if len({each.thing.name for each in inside}) == 1 and rim_of(one.thing.name):
        inside = _side_by_side(inside)
    over = [
        _seated(thing, one)
        for thing in mine
        for _ in range(min(thing.count, _MOST_ON) if thing.listed else 1)
        if thing.how in {"on", "above"} or (thing.how == "in" and not _hides(one))
    ]
    worn = [_worn(thing, one) for thing in mine if thing.how == "worn"]
    alike = len({each.thing.name for each in over}) == 1 and all(_is_on(each) for each in over)
    if len(over) > 1 and (alike or all(each.thing.how == "in" for each in over)):
        over = _side_by_side(over)
    rim = rim_of(one.thing.name)
    if inside and rim:
        front = replace(one, below=rim)
        return [one, *with_held(inside, held), front, *worn, *with_held(over, held)]
    return [*with_held(inside, held), one, *worn, *with_held(over, held)]


_MOST_ON = 4
"""So many of one thing are shown on another, where a prompt counts them."""


def _is_on(one: PlacedThing) -> bool:
    return one.thing.how == "on"


def _side_by_side(several: Sequence[PlacedThing]) -> list[PlacedThing]:
    """Return several things in one: smaller, beside each other, all seen."""
    share = 1.25 / (len(several) + 0.25)
    widest = max(each.width for each in several)
    middle = (len(several) - 1) / 2
    return [
        replace(
            each,
            x=each.x + (i - middle) * 0.86 * share * widest,
            height=each.height * share,
            width=each.width * share,
        )
        for i, each in enumerate(several)
    ]


_FLAT = frozenset(
    {
        "billboard", "cage", "cast-iron-pan", "cutting-board", "dog-house", "fish-tank", "hand",
        "laptop", "monitor", "open-suitcase", "plate", "television", "tent", "ufo",
    }
)  # fmt: skip
"""What is in these is seen whole: their rim hides nothing of it."""


def _hides(base: PlacedThing) -> bool:
    return base.thing.name not in _FLAT


def _seated(thing: NamedThing, base: PlacedThing) -> PlacedThing:
    way: Way = "in" if thing.how == "in" else "on"
    seat = seat_of(base.thing.name, way) or seat_of(base.thing.name, "on" if way == "in" else "in")
    x, y, w, h = base.box
    across, down, wide = seat or (0.5, 0.2, 0.5)
    aspect = object_aspect(thing.name)
    width = wide * w
    if way == "on" and base.thing.name not in _FLAT:
        # As large as it is, by what it is on.
        width = min(max(share_of(thing, base.thing) * h * aspect, 0.4 * w), 0.86 * w)
        if thing.name in ANIMATE:  # who rides is what is looked at
            width = max(width, 0.55 * w)
    high = width / aspect
    if thing.how == "above":
        wide = min(max(width, 0.5 * w), 0.8 * w)
        high = min(wide / aspect, 0.75 * h)
        # In the air: a little of the ground's width is between the two.
        return PlacedThing(
            thing, x + 0.5 * w, y - 0.12 * w, high, high * aspect, front=base.front,
            behind=base.behind,
        )  # fmt: skip
    if base.thing.name in SCREENS:  # as large as the screen leaves room
        high = min(high, 0.4 * h)
        return PlacedThing(
            thing, x + across * w, y + down * h, high, high * aspect, front=base.front,
            behind=base.behind,
        )  # fmt: skip
    if way == "in" and _hides(base):
        high = min(max(high, 0.8 * h), 1.5 * h)
        high = min(high, 0.86 * w / aspect)
        width = high * aspect
        down += 0.08
    return PlacedThing(
        thing, x + across * w, y + down * h, high, width, front=base.front, behind=base.behind
    )


def _worn(thing: NamedThing, base: PlacedThing) -> PlacedThing:
    """Place glasses on an animal's eyes, a hat on its head."""
    eyes = eyes_of(base.thing.name)
    assert eyes is not None  # noqa: S101 - else it wears nothing
    (x1, y1), (x2, y2) = eyes
    left, top, right, bottom = (share * _SHEET for share in object_box(base.thing.name))
    scale = base.height / (bottom - top)
    at = base.x + ((x1 + x2) / 2 - (left + right) / 2) * scale
    down = base.foot - (bottom - (y1 + y2) / 2) * scale
    apart = (x2 - x1) * scale
    aspect = object_aspect(thing.name)
    where = WORN_BY_ANIMALS[thing.name]
    if where == "eyes":
        wide = 2.15 * apart
        foot = down + wide / aspect / 2
    elif where == "ears":
        wide = 3.0 * apart
        foot = down + 0.55 * wide / aspect
    else:
        wide = 2.3 * apart
        foot = down - 0.72 * apart
    return PlacedThing(thing, at, foot, wide / aspect, wide, front=base.front, behind=base.behind)
