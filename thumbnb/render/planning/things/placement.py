"""The things a prompt names, placed: how large each is, where it stands, which way it faces."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from thumbnb.render.colour.mixing import rgb
from thumbnb.render.colour.names import named_colour
from thumbnb.render.objects.drawn import object_aspect
from thumbnb.render.objects.painting import describe
from thumbnb.render.objects.tint import TINT
from thumbnb.render.objects.vocabulary.thing_kinds import (
    AIRBORNE,
    HELD,
    IN_SKY,
    LANDMARKS,
    LIT,
    RUSTING,
    SHINING,
    SIGNS,
    WITHERING,
)
from thumbnb.render.planning.people.gestures import held_box, held_mirrored, held_thing
from thumbnb.render.planning.photos.half_grades import AFTER_GRADE, before_grade
from thumbnb.render.planning.things.held_by_each import held_by_each
from thumbnb.render.planning.things.placed_thing import (
    PlacedThing,
    clear_of_badge,
    place_copies,
    place_fitted,
    place_scaled,
)
from thumbnb.render.scene import Finish, ObjectLayer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.layout import Layout
    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.planning.context import PlanContext
    from thumbnb.render.prompt.things import NamedThing
    from thumbnb.render.scene import Box

MAX_THINGS = 3
"""So many different things are shown where a list or a number names them; a feed shows no more."""

_UNLISTED = 2
"""So many are shown otherwise: a main thing, and a second one beside it."""

_TOP, _BOTTOM = 56.0, 664.0
"""Things are drawn between these heights (units) where no words are above or below them."""

_AMBIENT = 0.65
"""How much of a place's light falls on what stands in it, 0 to 1."""

_NEARER_FOOT = 770.0
"""How far down a landmark behind somebody reaches (units): near, its foot is not seen."""

_WIDE, _BLEED = 1.35, 16.0
"""What stands and is wider by its height than the first may go so far out of the frame (units).

What flies stays whole: a cut wing or rotor looks like a mistake.
"""

_BELOW_LABELS = 122.0
"""Where the labels of two halves end (units)."""

_GAP = 30.0
"""Between things and the words above or below them."""

_SHOWN_BY_WEATHER = {"lightning": "lightning", "rain-cloud": "clouds", "storm-cloud": "clouds"}
"""Drawings that the weather of the same kind replaces."""

_SECOND, _THIRD = (0.24, 0.56), (0.84, 0.48)
"""How far across the room a second and a third thing stand, and how large they are."""

_SMALL = 0.62
"""How much smaller a tiny thing is, and any beside a huge one."""

_EXTRA_WIDE, _EXTRA_HIGH = 0.24, 0.38
"""How wide (of the room) and high (of the main thing) is what only goes with that."""


_UNDER_FLAMES = 0.82
"""How much smaller a thing is that flames rise over: they need room too."""


def shown_things(things: Sequence[NamedThing]) -> tuple[NamedThing, ...]:
    """Return those there is room for: a main thing, a second, and a third where it is listed.

    One in the sky and one as large as a house take no room from what stands before them.
    """
    above = [thing for thing in things if thing.name in IN_SKY][:1]
    behind = [thing for thing in things if thing.name in LANDMARKS][:1]
    standing = [thing for thing in things if thing.name not in IN_SKY and thing not in behind]
    listed = any(thing.listed for thing in standing)
    front = standing[: MAX_THINGS if listed else _UNLISTED]
    return tuple(thing for thing in things if thing in above or thing in behind or thing in front)


def thing_boxes(cast: Cast, layout: Layout) -> list[Box]:
    """Return where the things of a cast are in a layout."""
    return [placed.box for placed in place_things(cast, layout)]


def place_things(cast: Cast, layout: Layout) -> list[PlacedThing]:
    """Place the things of a cast in a layout, back to front."""
    # The weather's own lightning and clouds are larger than any drawing of them.
    each = held_by_each(cast)
    things = tuple(
        thing
        for thing in shown_things(cast.things)
        if thing is not each and _SHOWN_BY_WEATHER.get(thing.name) not in cast.weather
    )
    if cast.on_photo:
        # What else is drawn there keeps off what the photo shows: see ``photo_marks``.
        things = tuple(thing for thing in things if thing is held_thing(cast, layout))
    if not things:
        return []
    if (cast.split or cast.versus) and not cast.person:
        pair = (things[0], things[1] if len(things) > 1 else things[0])
        top, bottom = _heights(cast, layout)
        top = max(top, _BELOW_LABELS) if cast.split else top
        left, wide = (16.0, 590.0) if cast.split else (30.0, 520.0)  # between them stands "VS"
        rooms = [(x, top, wide, bottom - top) for x in (left, 1280 - left - wide)]
        return [place_fitted(thing, room) for thing, room in zip(pair, rooms, strict=True)]
    if (cast.split or cast.versus) and cast.group and not cast.portrait:
        # Before the two who stand in the halves.
        foot = 690.0 if layout.side != "bottom" else 486.0
        rooms = [(560.0, foot - 190, 180.0, 190.0), (1090.0, foot - 150, 150.0, 150.0)]
        return [place_fitted(thing, room) for thing, room in zip(things, rooms, strict=False)]
    room = _room(cast, layout)
    if held := held_thing(cast, layout):
        box = held_box(held, cast, layout)
        others = [thing for thing in things if thing is not held]
        farther, nearer = _beside_held(others, box, room, cast)
        return [*farther, _in_box(held, box), *nearer]
    landmark = next((thing for thing in things if thing.name in LANDMARKS), None)
    if landmark and (cast.person or len(things) > 1):
        above = [thing for thing in things if thing.name in AIRBORNE][:1]
        front = [thing for thing in things if thing is not landmark and thing not in above]
        x, y, w, h = room
        # Before it, not over it: lower, and to the side.
        lower = (x - 0.04 * w, y + 0.46 * h, w * 0.54, 0.54 * h + 16)
        if cast.person:
            lower = (x, y + 0.4 * h, w * 0.42, 0.6 * h)
        high = [place_fitted(thing, (x - 0.04 * w, y, 0.44 * w, 0.42 * h)) for thing in above]
        return [*high, place_fitted(landmark, _behind(room, cast)), *_in_front(front, lower)]
    return _in_front(things, room)


def _in_box(thing: NamedThing, box: Box) -> PlacedThing:
    x, y, w, h = box
    return PlacedThing(thing, x + w / 2, y + h, h, w)


def _beside_held(
    things: Sequence[NamedThing], held: Box, room: Box, cast: Cast
) -> tuple[list[PlacedThing], list[PlacedThing]]:
    """Place what stands behind what somebody holds, and what stands in front beside it."""
    landmark = next((thing for thing in things if thing.name in LANDMARKS), None)
    above = [thing for thing in things if thing.name in AIRBORNE][:1]
    rest = [thing for thing in things if thing is not landmark and thing not in above]
    placed = [_in_sky(thing, room) for thing in above]
    if landmark:
        placed.append(place_fitted(landmark, _behind(room, cast)))
    x, y, w, h = held
    # Behind something wide it would be hidden.
    large = [thing for thing in rest if thing.name not in HELD | SIGNS][: h > w]
    rest = [thing for thing in rest if thing not in large]
    for thing in large:
        # As large as it is: behind what is held, its foot on the ground there.
        top = max(y - 0.16 * h, room[1])
        far = (x - 0.12 * w, top, 0.94 * w, y + 0.86 * h - top)
        placed.append(place_fitted(thing, far))
    # On the side away from the person, as much lower as they are less important.
    left = x + w / 2 < 640  # noqa: PLR2004 - the middle of the sheet
    wide = max(150.0, min(0.5 * w, 260.0))
    at = max(20.0, x - 0.7 * wide) if left else min(1260 - wide, x + w - 0.3 * wide)
    room = (at, y + 0.45 * h, wide, 0.55 * h)
    return placed, [place_fitted(thing, room) for thing in rest[:1]]


def _behind(room: Box, cast: Cast) -> Box:
    """Return the room for what is as large as a house: higher than what stands before it."""
    x, y, w, h = room
    if not cast.person:
        return x, y, w, h - 20
    # As large as a place: its foot goes out of the frame, its side behind the person.
    return x - 60, y - 66, w + 190, _NEARER_FOOT - (y - 66)


def _in_front(things: Sequence[NamedThing], room: Box) -> list[PlacedThing]:
    """Place things in a room: the first is the main one, others stand beside it."""
    if not things:
        return []
    # An arrow points at what it is named with.
    first, *others = sorted(things, key=lambda thing: thing.name == "arrow")
    standing = [thing for thing in others if thing.name not in AIRBORNE]
    if first.name in AIRBORNE and standing:
        # What is named first is the larger, and stays above the others.
        x, y, w, h = room
        below = (x, y + 0.48 * h, w * 0.62, 0.52 * h)
        return [
            place_fitted(first, (x + 0.16 * w, y, 0.84 * w, 0.6 * h)),
            *_in_front(standing, below),
        ]
    above = [thing for thing in others if thing.name in AIRBORNE][:1]
    if above:
        standing = [first, *(thing for thing in others if thing not in above)]
        x, y, w, h = room
        return [_in_sky(above[0], room), *_in_front(standing, (x, y + 0.12 * h, w, 0.88 * h))]
    extras = [thing for thing in others if thing.extra][:1]
    if extras:
        # Small, at the foot of what it goes with, and over none of it.
        x, y, w, h = room
        wide = _EXTRA_WIDE * w
        standing = [first, *(thing for thing in others if thing not in extras)]
        placed = _in_front(standing, (x + wide, y, w - wide, h))
        high = _EXTRA_HIGH * max(each.height for each in placed)
        return [*placed, _on_floor(extras[0], (x, y + h - high, wide, high))]
    main = room if not others else (room[0] + room[2] * 0.13, room[1], room[2] * 0.87, room[3])
    small = _SMALL if first.size == "huge" or first.count > 1 else 1.0
    placed = [
        place_scaled(thing, room, across, size * (_SMALL if thing.size == "tiny" else small))
        for thing, (across, size) in zip(others, (_SECOND, _THIRD), strict=False)
    ]
    # What is smaller stands in front, so that nothing hides it.
    return [*place_copies(first, main), *placed]


def _on_floor(thing: NamedThing, room: Box) -> PlacedThing:
    """Place a thing as large as it goes into a room, on its floor even if it could not stand."""
    placed = place_fitted(thing, room)
    return clear_of_badge(replace(placed, foot=room[1] + room[3]))


def _in_sky(thing: NamedThing, room: Box) -> PlacedThing:
    """Place what flies or shines above the others, behind them."""
    x, y, w, h = room
    return place_fitted(thing, (x + 0.6 * w, max(40.0, y - 0.04 * h), 0.44 * w, 0.42 * h))


def has_landmark(cast: Cast) -> bool:
    """Whether somebody stands before something as large as a house."""
    return cast.person and any(thing.name in LANDMARKS for thing in shown_things(cast.things))


def is_behind_people(name: str) -> bool:
    """Whether people stand before a thing: one as large as a house, or in the sky."""
    return name in LANDMARKS or name in AIRBORNE


def thing_finish(context: PlanContext) -> dict[str, Any]:
    """Fill in how a preset finishes people and things, less what is ruled out."""
    finish = context.recipes.resolved(context.preset.person)
    if "outline" in context.excluded:
        finish.pop("outline", None)
    if "glow" in context.excluded:
        finish = {k: v for k, v in finish.items() if not k.startswith("glow") and k != "rims"}
    return finish


def thing_layers(context: PlanContext) -> list[ObjectLayer]:
    """Lay out the things of a cast."""
    cast, finish = context.cast, thing_finish(context)
    grade = context.recipes.resolved(context.preset.person_grade) or None
    # What stands in a place is a part of it, no sticker.
    in_place = {key: value for key, value in finish.items() if not key.startswith("outline")}
    layers: list[ObjectLayer] = []
    placed, held = place_things(cast, context.layout), held_thing(cast, context.layout)
    rightmost = max((one.x for one in placed if one.thing is cast.things[0]), default=0.0)
    for index, copy in enumerate(placed):
        illustration = describe(copy.thing.name)
        away = "right" if context.layout.side == "left" else "left"
        if cast.versus:  # Two against each other face each other.
            away = "right" if index else "left"
        elif len(placed) > 1 and copy.thing is not cast.things[0] and copy.x < rightmost:
            away = "left"  # towards the main thing
        compared = before_grade(another=len(cast.things) > 1) if index == 0 else AFTER_GRADE
        halves = cast.split and not cast.versus
        colours = thing_colours(copy.thing)
        alike = cast.versus and len({one.thing.name for one in placed}) == 1
        dull = halves
        if alike and index and not colours:
            # Two of a kind are told apart by their colour, where they have one.
            colours = thing_colours(replace(copy.thing, colour=_other_colour(copy.thing)))
        layers.append(
            ObjectLayer(
                name=copy.thing.name,
                at=(copy.x, copy.foot),
                height=copy.height * (_UNDER_FLAMES if copy.thing.state == "burning" else 1.0),
                colours=colours,
                mood=cast.mood,
                state=_state(copy.thing, index, cast) if dull else copy.thing.state,
                mirrored=held_mirrored(held, context.layout)
                if copy.thing is held
                else illustration.faces == away,
                ground=0.8 if illustration.stands and not _is_sticker(copy.thing, cast) else 0.0,
                finish=Finish.model_validate(
                    in_place if cast.paints and not _is_sticker(copy.thing, cast) else finish
                ),
                **_light_on(copy.thing.name, cast, compared if dull else grade, dull=dull),
            )
        )
    return layers


def _state(thing: NamedThing, half: int, cast: Cast) -> str:
    """Return what a thing is like in a half: before, a plant is withered, a car rusty."""
    if half:
        return thing.state if len(cast.things) > 1 else ""
    usual = "wilted" if thing.name in WITHERING else "rusty" if thing.name in RUSTING else ""
    return thing.state or usual


def _is_sticker(thing: NamedThing, cast: Cast) -> bool:
    """Whether a thing is put on like the person beside it: in front of a place out of focus."""
    return bool(cast.portrait and cast.paints and not is_behind_people(thing.name))


def _light_on(name: str, cast: Cast, grade: Any, *, dull: bool) -> dict[str, Any]:
    """Return the light on a thing: what shines keeps its own, and so do lit windows."""
    if name in SHINING and not dull:
        return {"grade": None}
    in_place = cast.paints and not (cast.split and not cast.versus)
    return {
        "grade": grade,
        "ambient": _AMBIENT if in_place else 0.0,
        "lamps": name in LIT and not dull,
    }


def _other_colour(thing: NamedThing) -> str:
    """Return the colour of the second of two that are alike: blue, or red where that is its own."""
    own = next(iter(describe(thing.name).slots.values()), "#888888")
    red, _, blue = rgb(own)
    return "red" if blue > red + _BLUISH else "blue"


_BLUISH = 30


def thing_colours(thing: NamedThing) -> dict[str, str]:
    """Return the colours of a drawing that a prompt names."""
    if not thing.colour:
        return {}
    illustration = describe(thing.name)
    if illustration.source == "twemoji":
        return {TINT: named_colour(thing.colour)}
    slots = illustration.slots
    return {next(iter(slots)): named_colour(thing.colour)} if slots else {}


def _heights(cast: Cast, layout: Layout) -> tuple[float, float]:
    """Return the heights between which there are neither words nor what is laid over all."""
    _, y, _, high = layout.text
    top, bottom = max(_TOP, cast.rows[0] - 12), min(_BOTTOM, cast.rows[1] + 34)
    if layout.side == "bottom":
        return top, min(bottom, y - _GAP)
    if layout.side == "top":
        return y + high + _GAP, bottom
    return top, bottom


def _room(cast: Cast, layout: Layout) -> Box:
    """Return the room for things: beside the words, and beside somebody who stands there."""
    x, y, w, h = layout.card
    if cast.person:
        if layout.name.startswith("trio"):
            return x, y, w, min(h, cast.rows[1] + 44 - y)
        # No words: beside the person.
        return 60, 200, 460, _BOTTOM - 200
    if layout.side in {"left", "right"}:
        # All that the words leave, up to the rim.
        left = layout.text[0] + layout.text[2] + 4 if layout.side == "left" else 36.0
        right = 1244.0 if layout.side == "left" else layout.text[0] - 4
        if cast.words_reach and cast.paints:
            # Nothing stands on the panel of the words.
            panel = max(cast.words_reach)
            left = max(left, panel) if layout.side == "left" else left
            right = right if layout.side == "left" else min(right, 1280 - panel)
        top, bottom = _heights(cast, layout)
        if len(cast.things) == 1 and cast.things[0].count == 1 and _is_wide(cast.things[0]):
            # Near, what is wide goes out of the frame on the side away from the words.
            words_left = layout.side == "left"
            left, right = (left, right + _BLEED) if words_left else (left - _BLEED, right)
        return left, top, right - left, bottom - top
    top, bottom = _heights(cast, layout)
    wide = min(1000.0, w * 1.5)
    return 640 - wide / 2, top, wide, bottom - top


def _is_wide(thing: NamedThing) -> bool:
    return object_aspect(thing.name) > _WIDE and thing.name not in AIRBORNE
