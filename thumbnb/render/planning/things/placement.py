"""The things a prompt names, placed: how large each is, where it stands, which way it faces."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from thumbnb.render.layout import BADGE
from thumbnb.render.objects.painting import describe
from thumbnb.render.objects.vocabulary.thing_kinds import (
    ANIMATE,
    AROUND,
    IN_SKY,
    LANDMARKS,
    RIDDEN,
)
from thumbnb.render.planning.cast.compared_things import several_rivals
from thumbnb.render.planning.cast.large_thing import large_thing
from thumbnb.render.planning.people.acting import acting, shield_of, weapons_of_pair
from thumbnb.render.planning.people.carried import carried_thing, in_both_hands
from thumbnb.render.planning.people.encounters import thrown_thing
from thumbnb.render.planning.people.gestures import held_box, held_thing
from thumbnb.render.planning.people.held_by_each import held_by_each, held_in_halves
from thumbnb.render.planning.people.placement import figure_position
from thumbnb.render.planning.thing_sizes import is_large
from thumbnb.render.planning.things.animal_acts import place_animals
from thumbnb.render.planning.things.around_people import is_around
from thumbnb.render.planning.things.by_hands import (
    in_box,
    in_hand_of,
    place_acted,
    place_beside_held,
)
from thumbnb.render.planning.things.feast import place_dishes
from thumbnb.render.planning.things.filled_pool import place_filling
from thumbnb.render.planning.things.find_room import with_room_found
from thumbnb.render.planning.things.flames import is_wall_of_fire, place_flames
from thumbnb.render.planning.things.free_space import surroundings
from thumbnb.render.planning.things.in_room import in_room
from thumbnb.render.planning.things.large import place_large
from thumbnb.render.planning.things.on_cliff import CLIFF, place_on_cliff
from thumbnb.render.planning.things.placed_thing import PlacedThing, place_fitted
from thumbnb.render.planning.things.rooms import (
    far_thing,
    free_heights,
    is_far,
    room_behind,
    room_of_crowd,
    room_of_things,
)
from thumbnb.render.planning.things.spread import as_one, place_spread
from thumbnb.render.planning.things.supported import with_bases_first, with_held
from thumbnb.render.planning.things.unit import with_unit
from thumbnb.render.planning.things.wall import place_wall
from thumbnb.render.prompt.thing_details.feasts import dishes_of, is_feast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.layout import Layout
    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.scene import Box

MAX_THINGS = 3
"""So many different things are shown large; a feed shows no more."""

MAX_LESSER = 3
"""So many more may be beside them, as accessories."""

_BELOW_LABELS = 122.0
"""Where the labels of two halves end (units)."""

_BESIDE_ONE = (24.0, 452.0)
"""Where the first of two things is with somebody between them: its left edge, its room's width."""

SHOWN_BY_WEATHER = {"lightning": "lightning", "rain-cloud": "clouds", "storm-cloud": "clouds"}
"""Drawings that the weather of the same kind replaces."""


def shown_things(things: Sequence[NamedThing]) -> tuple[NamedThing, ...]:
    """Return those there is room for: a main thing, and two beside it.

    One in the sky and one as large as a house take no room from what stands before them.
    """
    above = [thing for thing in things if thing.name in IN_SKY][:1]
    behind = [
        thing
        for thing in things
        if thing.name in LANDMARKS or (thing.behind and not is_around(thing))
    ][:1]
    behind = behind or [t for t in things[2:] if t.name in ANIMATE and is_large(t.name)][:1]
    above += [thing for thing in things if is_around(thing)]
    names = {thing.name for thing in things}
    about = [t for t in things if t.spread or (t.how and t.base in names)][:MAX_THINGS]
    standing = [
        thing
        for thing in things
        if thing.name not in IN_SKY | AROUND and thing not in behind and thing not in about
    ]
    front = standing[:MAX_THINGS]
    if is_feast(standing):
        dishes = dishes_of(standing)
        front = [*dishes, *[thing for thing in front if thing not in dishes]]
    return tuple(thing for thing in things if thing in (*above, *behind, *about, *front))


def lesser_things(things: Sequence[NamedThing]) -> tuple[NamedThing, ...]:
    """Return those that may be there too, small, where there is room for them."""
    main = shown_things(things)
    rest = [thing for thing in things if thing not in main and thing.name not in AROUND]
    return tuple(rest[:MAX_LESSER])


def thing_boxes(cast: Cast, layout: Layout) -> list[Box]:
    """Return where the things of a cast are in a layout, less what lies about everywhere."""
    placed = place_things(cast, layout)
    return [one.box for one in placed if not (one.thing.spread or is_wall_of_fire(one.thing))]


@lru_cache(maxsize=16)
def place_things(cast: Cast, layout: Layout) -> tuple[PlacedThing, ...]:
    """Place the things of a cast in a layout, back to front."""
    things = _to_place(cast, layout)
    if not things:
        return ()
    placed = _in_usual_places(things, cast, layout)
    if cast.on_photo:
        return tuple(placed)
    lesser = _to_place(cast, layout, lesser=True)
    held, does = held_thing(cast, layout), acting(cast, layout)
    in_hands = {held.word if held else "", does.thing.word if does else ""}
    # What only carries others is nothing by itself: two plates of burgers that are compared.
    bases = {thing.base for thing in things}
    wanted = [thing for thing in (*things, *lesser) if thing.name not in bases]
    return tuple(with_room_found(placed, wanted, surroundings(cast, layout), in_hands))


def _to_place(cast: Cast, layout: Layout, *, lesser: bool = False) -> tuple[NamedThing, ...]:
    """Return the things of a cast that are drawn by themselves: in no hand, and on nobody."""
    # The weather's own lightning and clouds are larger than any drawing of them.
    each = carried_thing(cast) or held_by_each(cast) or thrown_thing(cast)
    in_hands = held_in_halves(cast)
    things = tuple(
        thing
        for thing in (lesser_things if lesser else shown_things)(cast.things)
        if thing is not each
        and thing.word not in in_both_hands(cast)
        and thing not in in_hands
        and not (cast.figures and is_around(thing))
        and SHOWN_BY_WEATHER.get(thing.name) not in cast.weather
    )
    held = held_thing(cast, layout)
    does = acting(cast, layout)
    if armed := (does,) if does else weapons_of_pair(cast):
        shields = {shield.word for shield in (shield_of(cast),) if shield}
        things = tuple(
            thing
            for thing in things
            if thing.word not in shields and not any(each.is_tool(thing) for each in armed)
        )
    if cast.on_photo:
        # What else is drawn there keeps off what the photo shows: see ``photo_marks``.
        things = tuple(thing for thing in things if thing is held)
    return things


def _in_usual_places(things: Sequence[NamedThing], cast: Cast, layout: Layout) -> list[PlacedThing]:
    """Place things where their kind is in such an image."""
    held = held_thing(cast, layout)
    free, supported = with_bases_first(things)
    if cast.rooms:
        return [place_fitted(thing, _in_room_half(thing)) for thing in free[:2]]
    if (cast.split or cast.versus) and (cast.between or not cast.person):
        if (rivals := several_rivals(cast)) and not cast.split:
            return _side_by_side_apart(rivals, cast, layout)
        two = [t for t in (things if cast.between else free) if not t.between] or free
        pair = (two[0], two[1] if len(two) > 1 else two[0])
        top, bottom = free_heights(cast, layout)
        top = max(top, _BELOW_LABELS) if cast.split else top
        left, wide = (16.0, 590.0) if cast.split else (30.0, 520.0)  # between them stands "VS"
        if cast.between:
            left, wide = _BESIDE_ONE
        rooms = [(x, top, wide, bottom - top) for x in (left, 1280 - left - wide)]
        placed = [
            place_fitted(thing, _lower_part(room) if thing.size == "tiny" else room)
            for thing, room in zip(pair, rooms, strict=True)
        ]
        middle = [thing for thing in free if thing.between and not cast.between][:1]
        high = _MIDDLE_HIGH * (bottom - top)
        below_versus = (_MIDDLE[0], bottom - high, _MIDDLE[1], high)
        return [*placed, *(place_fitted(thing, below_versus) for thing in middle)]
    if (cast.split or cast.versus) and cast.group and not cast.portrait:
        # Before the two who stand in the halves, which have their places.
        if cast.half_subjects:
            things = tuple(thing for thing in things if thing.name not in LANDMARKS)
        foot = 690.0 if layout.side != "bottom" else 486.0
        rooms = [(560.0, foot - 190, 180.0, 190.0), (1090.0, foot - 150, 150.0, 150.0)]
        return [place_fitted(thing, room) for thing, room in zip(things, rooms, strict=False)]
    lying = [thing for thing in free if thing.spread in {"floor", "air"}]
    crowds = [thing for thing in free if thing.spread == "crowd"]
    filling = [thing for thing in free if thing.spread == "filled"][:1]
    walls = [thing for thing in free if thing.spread == "wall"][:1]
    rest = [thing for thing in free if thing not in (*lying, *crowds, *filling, *walls)]
    if lying and not rest and not cast.person:  # then it is the main thing as well
        rest = [as_one(lying[0])]
    crowd = [
        replace(one, behind=True)
        for thing in crowds
        for one in place_spread(thing, room_of_crowd(cast, layout, alone=not rest), ())
    ]
    dishes = _dishes(rest, cast)
    flames = [thing for thing in rest if cast.person and is_wall_of_fire(thing)]
    rest = [thing for thing in rest if thing not in dishes and thing not in flames]
    placed = [
        *(one for thing in flames[:1] for one in place_flames(thing)),
        *_placed(rest, supported, held, cast, layout),
        *(place_dishes(dishes) if dishes else ()),
    ]
    placed = [_as_dropped(one, cast) for one in placed]
    cores = [_core(one.box) for one in placed]
    taken = [*_seen(cast, layout), *cores]
    seen = [*_seen(cast, layout, words=False), *cores]
    about = [one for thing in lying for one in place_spread(thing, (0, 0, 0, 0), taken, seen)]
    return [
        *(one for thing in walls for one in place_wall(thing)),
        *(one for thing in filling for one in place_filling(thing)),
        *crowd,
        *(one for one in about if not one.front),
        *placed,
        *(one for one in about if one.front),
    ]


_MIDDLE, _MIDDLE_HIGH = (552.0, 176.0), 0.38
"""Where what is between two that are compared is: its left edge and width (units), its height."""


def _side_by_side_apart(
    things: Sequence[NamedThing], cast: Cast, layout: Layout
) -> list[PlacedThing]:
    """Place several that are compared in rooms of one width, as they are named."""
    top, bottom = free_heights(cast, layout)
    wide = (1280 - 2 * _RIM) / len(things)
    return [
        place_fitted(thing, (_RIM + number * wide + 14, top, wide - 28, bottom - top))
        for number, thing in enumerate(things)
    ]


_RIM = 28.0


def _lower_part(room: Box) -> Box:
    """Return the room of what is tiny beside what it is compared with."""
    x, y, w, h = room
    return x + 0.28 * w, y + 0.56 * h, 0.44 * w, 0.44 * h


def _in_room_half(thing: NamedThing) -> Box:
    """Return where a thing is of a room that is compared: what litters it on the left."""
    return (150.0, 440.0, 270.0, 250.0) if thing.name in _LITTER else (890.0, 450.0, 220.0, 240.0)


_LITTER = frozenset({"clothes-pile", "dirty-dishes", "dirty-laundry", "t-shirt", "trash-can"})


def _as_dropped(one: PlacedThing, cast: Cast) -> PlacedThing:
    """Return a thing in the air and tilted if one of several people drops it."""
    act = cast.action.act
    if not (cast.group and act and act.name == "drop" and act.word == one.thing.word):
        return one
    return replace(one, turn=_DROPPED_TURN, foot=one.foot - 0.16 * one.height)


_DROPPED_TURN = -28.0


def _dishes(things: Sequence[NamedThing], cast: Cast) -> tuple[NamedThing, ...]:
    """Return what is laid on a table before who eats it."""
    return dishes_of(things) if cast.person and not cast.on_photo and is_feast(things) else ()


def _placed(
    things: Sequence[NamedThing],
    supported: Sequence[NamedThing],
    held: NamedThing | None,
    cast: Cast,
    layout: Layout,
) -> list[PlacedThing]:
    """Place the things that stand, hang or are held, with what is on, in or worn by them."""
    room = room_of_things(cast, layout)
    if (animals := place_animals(things, cast, room)) is not None:
        return with_held(animals, supported)
    large = large_thing(cast) if layout.whole < 1 else None
    does = acting(cast, layout)
    if does and not (does.thing == large and does.staging.pose == "attack"):
        return place_acted(things, supported, does, cast, layout)
    if large and large in things and not any(thing.how == "above" for thing in supported):
        return place_large(large, things, cast, layout, supported=supported, held=held)
    if held:
        in_hand = in_hand_of(held, things) or held
        supported = [thing for thing in supported if thing != in_hand]
        box = held_box(in_hand, cast, layout)
        others = [thing for thing in things if thing != in_hand]
        farther, nearer = place_beside_held(others, box, room, cast)
        return with_held([*farther, in_box(in_hand, box), *nearer], supported)
    return _standing(things, supported, cast, room)


def _standing(
    things: Sequence[NamedThing], supported: Sequence[NamedThing], cast: Cast, room: Box
) -> list[PlacedThing]:
    """Place the things that nobody has in the hands: what is far behind the others."""
    far = far_thing(things, cast)
    if far and far.size != "huge" and any(t.size == "huge" for t in things if t != far):
        far = None  # a house beside a giant tree
    dropped = any(thing.how == "above" for thing in supported)
    if dropped:
        far = None  # what something is dropped from stands beside what it falls on
    if far and (cast.person or len(things) > 1):
        above = [thing for thing in things if thing.flies and thing != far][:1]
        front = [thing for thing in things if thing != far and thing not in above]
        x, y, w, h = room
        lower = _room_before(far, front, room, cast)
        high = [place_fitted(thing, (x - 0.04 * w, y, 0.44 * w, 0.42 * h)) for thing in above]
        behind = replace(place_fitted(far, room_behind(far, room, cast)), behind=True)
        if not cast.person and front and is_large(front[0].name) and not front[0].size:
            # Seen above it.
            behind = replace(behind, foot=max(behind.foot - 0.24 * h, y + behind.height))
        return with_held([*high, behind, *in_room(front, lower)], supported)
    if any(thing.base == CLIFF for thing in supported) and not cast.person:
        return place_on_cliff(things, supported, room)
    if supported and things:
        return with_unit(things, supported, room)
    return in_room(things, room)


def _room_before(far: NamedThing, front: Sequence[NamedThing], room: Box, cast: Cast) -> Box:
    """Return where the things before a far one stand: lower, and to the side."""
    x, y, w, h = room
    if cast.person:
        return x, y + 0.4 * h, w * 0.42, 0.6 * h
    if front and far.size == "huge" and all(thing.size == "tiny" for thing in front):
        return x, y + 0.72 * h, w * 0.3, 0.28 * h + 16
    if far.name not in LANDMARKS:  # of about their size: a car before a van
        return x - 0.04 * w, y + 0.38 * h, w * 0.72, 0.62 * h + 16
    if front and is_large(front[0].name):  # the car before a villa is what all is about
        return x - 0.1 * w, y + 0.3 * h, 1.0 * w, 0.7 * h + 24
    wide = 0.54 if len(front) == 1 else 0.86
    return x - 0.04 * w, y + 0.46 * h, w * wide, 0.54 * h + 16


def _core(box: Box) -> Box:
    """Return the middle of a box: around it things may be half hidden."""
    x, y, w, h = box
    return x + 0.22 * w, y + 0.22 * h, 0.56 * w, 0.56 * h


def _seen(cast: Cast, layout: Layout, *, words: bool = True) -> list[Box]:
    """Return what nothing may lie about over: words, and the head of who stands there."""
    x, y, w, h = layout.text
    boxes = [(x, y, w, h)] if words and layout.side != "none" else []
    if cast.person and not cast.group:
        across, down, size, _ = figure_position(cast, layout)
        boxes.append((across - 0.8 * size, down - 1.1 * size, 1.6 * size, 1.9 * size))
    return [*boxes, BADGE]


def has_landmark(cast: Cast) -> bool:
    """Whether somebody stands before something as large as a house, or a crowd."""
    return cast.person and any(
        thing.spread in {"crowd", "filled"} or (is_far(thing, cast) and thing.name not in RIDDEN)
        for thing in shown_things(cast.things)
    )


def stands_beside(cast: Cast) -> bool:
    """Whether something that stands on a ground is beside somebody, in a place."""
    if not (cast.person and cast.paints) or cast.split or cast.card_images:
        return False
    return any(
        thing.spread == "filled"
        or (describe(thing.name).stands and not (thing.spread or is_far(thing, cast)))
        for thing in shown_things(cast.things)
    )
