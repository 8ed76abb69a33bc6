"""Room for things that the usual places leave without any, or hide: where nothing else is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from thumbnb.render.objects.drawn import object_aspect
from thumbnb.render.objects.vocabulary.thing_kinds import ANIMATE, IN_SKY, LANDMARKS
from thumbnb.render.planning.thing_sizes import is_furniture, is_large, share_of
from thumbnb.render.planning.things.flames import is_wall_of_fire
from thumbnb.render.planning.things.placed_thing import PlacedThing, which

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from thumbnb.render.colour.mixing import Floats
    from thumbnb.render.planning.things.free_space import Surroundings
    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.scene import Box, Point

_SCALES = (1.0, 0.82, 0.66, 0.52, 0.42)
"""How large a thing may be, of what it would be beside the main one."""

_LEAST, _MOST, _WIDEST = 92.0, 300.0, 360.0
"""How high a thing is at least and at the most, and how wide (units)."""

_BY_PEOPLE = 420.0
"""How high a main thing would be that stands by itself beside somebody (units)."""

_STEP, _RIM = 36, 24.0

_MAY_COVER = 0.2
"""So much of another thing a thing may cover."""

_SMALLER, _APART = 0.5, 0.15
"""What it costs to be smaller, and far from the main thing."""


def with_room_found(
    placed: Sequence[PlacedThing],
    things: Sequence[NamedThing],
    around: Surroundings,
    fixed: Collection[str] = (),
) -> list[PlacedThing]:
    """Return placed things with those that had no room, and with the hidden ones moved.

    ``things`` are all that are to be there, the main one first; those whose words are ``fixed``
    stay where they are: in somebody's hands. Where it leaves no room, what
    stands there becomes smaller.
    """
    shown = list(placed)
    for one in _hidden(shown, things, around.bodies):
        if one.thing.word in fixed:
            continue
        others = [other for other in shown if other is not one]
        if moved := _found(one.thing, others, around):
            shown = _with(others, moved)
    there = {which(one.thing) for one in shown}
    left = [thing for thing in things if which(thing) not in there]
    best = _with_found(shown, left, around)
    for scale in _NARROWER if around.anchor else ():
        if len(best) == len(shown) + len(left):
            break
        smaller = _with_found(_scaled(shown, scale, around.anchor or (0, 0)), left, around)
        best = smaller if len(smaller) > len(best) else best
    return best


_NARROWER = (0.84, 0.7)
"""How much smaller what stands there becomes, to make room."""


def _scaled(placed: Sequence[PlacedThing], scale: float, about: Point) -> list[PlacedThing]:
    """Return placed things smaller, drawn together about a point."""
    return [
        replace(
            one,
            x=about[0] + (one.x - about[0]) * scale,
            foot=about[1] + (one.foot - about[1]) * scale,
            height=one.height * scale,
            width=one.width * scale,
        )
        for one in placed
    ]


def _with_found(
    placed: Sequence[PlacedThing], left: Sequence[NamedThing], around: Surroundings
) -> list[PlacedThing]:
    """Return placed things with those of the others that room is found for."""
    shown = list(placed)
    for thing in left:
        if found := _found(thing, shown, around):
            shown = _with(shown, found)
    return shown


def _with(placed: Sequence[PlacedThing], one: PlacedThing) -> list[PlacedThing]:
    """Return placed things with another: one behind stands before larger ones there alone."""
    if not one.behind:
        return [*placed, one]
    at = next(
        (i for i, p in enumerate(placed) if not p.behind or p.height < one.height), len(placed)
    )
    return [*placed[:at], one, *placed[at:]]


def _found(
    thing: NamedThing, placed: Sequence[PlacedThing], around: Surroundings
) -> PlacedThing | None:
    """Return a thing where it is best seen, covers little and is near the main one."""
    main = max(placed, key=lambda one: one.height * one.width, default=None)
    alone = replace(thing, count=1, spread="", how="", base="")
    usual = share_of(alone, main.thing) * main.height if main else 0.5 * _BY_PEOPLE
    usual = min(usual, _MOST, _WIDEST / object_aspect(thing.name))
    near = main.x if main else _MIDDLE
    best, least = None, np.inf
    for scale in _SCALES:
        smaller = _SMALLER * (1 - scale)
        if least < smaller:
            break
        height = max(usual * scale, _LEAST)
        for foot, behind in _feet(alone, height, around):
            one = PlacedThing(
                alone, 0.0, foot, height, height * object_aspect(thing.name), behind=behind
            )
            across = np.arange(_RIM + one.width / 2, 1280 - _RIM - one.width / 2, _STEP)
            if not across.size or foot - height < around.top - 1:
                continue
            costs = _costs(one, across, placed, around) + smaller
            costs += _APART * abs(across - near) / 1280
            cheapest = int(costs.argmin())
            if costs[cheapest] < least:
                best, least = replace(one, x=float(across[cheapest])), float(costs[cheapest])
    return best


_MIDDLE = 640.0
"""The middle of the sheet."""


def _feet(thing: NamedThing, height: float, around: Surroundings) -> list[tuple[float, bool]]:
    """Return how far down a thing may stand, lie or fly, and whether behind what is there."""
    floor = around.floor
    if thing.flies or thing.name in IN_SKY:
        return [(around.top + height + down, True) for down in (0.0, 50.0, 110.0, 180.0)]
    if is_large(thing.name) or is_furniture(thing.name) or thing.name in ANIMATE:
        front = [] if is_large(thing.name) else [(floor, False), (floor - 36, False)]
        return [*front, *((floor - up, True) for up in (30, 80, 130, 190))]
    return [(floor - up, False) for up in (0, 24, 70, 140)]


def _costs(
    one: PlacedThing, across: Floats, placed: Sequence[PlacedThing], around: Surroundings
) -> Floats:
    """Return what places across the sheet cost a thing: how much it covers or is covered.

    Infinite where it must not be.
    """
    area = one.width * one.height

    def common(box: Box) -> Floats:
        x, y, w, h = box
        high = min(y + h, one.foot) - max(y, one.foot - one.height)
        left, right = across - one.width / 2, across + one.width / 2
        wide = np.minimum(x + w, right) - np.maximum(x, left)
        return np.asarray(np.maximum(wide, 0) * max(high, 0.0), dtype=np.float32)

    costs = np.zeros(across.size, dtype=np.float32)
    for box in around.kept:
        costs[common(box) > 0] = np.inf
    on_body = sum((common(box) for box in around.bodies), np.zeros(across.size)) / area
    costs += _ON_BODY * on_body
    covered = on_body if one.behind else np.zeros(across.size)
    for other in placed:
        if not one.behind and _is_ground(other, one):
            continue
        core = _core(other.box)
        both = common(core)
        if one.behind:
            covered = covered + both / area
        else:
            costs[both > _MAY_COVER * min(core[2] * core[3], area)] = np.inf
        costs += both / area
    costs[covered > _MAY_BE_COVERED] = np.inf
    return costs


_ON_BODY = 0.8
_MAY_BE_COVERED = 0.45
"""So much of what stands behind others may be hidden by them."""


def _is_ground(other: PlacedThing, one: PlacedThing) -> bool:
    """Whether a thing stands before one so much larger that this is its background."""
    return other.behind and other.height * other.width > _TIMES * one.height * one.width


_TIMES = 6.0


def _core(box: Box) -> Box:
    """Return a box without the rim that a drawing mostly leaves free."""
    x, y, w, h = box
    return x + 0.08 * w, y + 0.08 * h, 0.84 * w, 0.88 * h


def _shared(box: Box, other: Box) -> float:
    """Return the area that two boxes share."""
    wide = min(box[0] + box[2], other[0] + other[2]) - max(box[0], other[0])
    high = min(box[1] + box[3], other[1] + other[3]) - max(box[1], other[1])
    return wide * high if wide > 0 and high > 0 else 0.0


def _hidden(
    placed: Sequence[PlacedThing], things: Sequence[NamedThing], bodies: Sequence[Box]
) -> list[PlacedThing]:
    """Return what is to be moved: the things of which little is seen.

    Where that is the main thing, what hides it is moved.
    """
    found: list[PlacedThing] = []
    bases = {one.thing.base for one in placed if one.thing.how}
    for number, one in enumerate(placed):
        if one.thing.name in bases:
            continue
        before = placed[number + 1 :]
        least = _SEEN_FAR if one.behind and one.thing.name in LANDMARKS else _SEEN
        if one.below or not _is_movable(one.thing) or _seen_share(one, before, bodies) >= least:
            continue
        if which(one.thing) != which(things[0]):
            found.append(one)
            continue
        found += [
            other for other in before if _is_movable(other.thing) and _shared(one.box, other.box)
        ]
    return found


def _is_movable(thing: NamedThing) -> bool:
    """Whether a thing stands by itself: not on another one, nor as one of many."""
    return thing.count == 1 and not (thing.how or thing.spread or is_wall_of_fire(thing))


_SEEN, _SAMPLES = 0.42, 7
_SEEN_FAR = 0.25
"""The same of a house behind: its roof says what it is."""


def _seen_share(one: PlacedThing, before: Sequence[PlacedThing], bodies: Sequence[Box]) -> float:
    """Return how much of a thing's box is covered by none of the boxes before it."""
    x, y, w, h = _core(one.box)
    covers = [_core(other.box) for other in before if not other.below]
    covers += bodies if one.behind else ()
    covers = [box for box in covers if _shared((x, y, w, h), box)]
    if not covers:
        return 1.0
    points = [
        (x + w * (i + 0.5) / _SAMPLES, y + h * (j + 0.5) / _SAMPLES)
        for i in range(_SAMPLES)
        for j in range(_SAMPLES)
    ]
    seen = sum(
        not any(bx <= px < bx + bw and by <= py < by + bh for bx, by, bw, bh in covers)
        for px, py in points
        if 0 <= px < 1280 and 0 <= py < 720  # noqa: PLR2004 - the sheet
    )
    return seen / _SAMPLES**2
