"""What is drawn on a photo: small things in its free room, marks that point at its main thing."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from thumbnb.render.colour.names import named_colour
from thumbnb.render.objects.painting import describe
from thumbnb.render.objects.raster import can_draw
from thumbnb.render.objects.vocabulary.thing_kinds import AIRBORNE, LIT, SHINING
from thumbnb.render.planning.callouts import chip_box
from thumbnb.render.planning.marked_part import looked_for
from thumbnb.render.planning.marks.card_marks import marks_beside_cards
from thumbnb.render.planning.marks.labels import labels_on_photo, labels_wanted
from thumbnb.render.planning.marks.lost_part import lost_part
from thumbnb.render.planning.marks.mark_layers import PhotoMarks, drawn_thing, large_number
from thumbnb.render.planning.marks.photo_room import CELL, room_on_photo, taken_boxes
from thumbnb.render.planning.marks.pointing import (
    RED,
    arrow_at,
    box_between,
    ellipse,
    heart_of,
    place_box,
    ring_around,
)
from thumbnb.render.planning.marks.said_places import (
    LEANS,
    boxes_of_insets,
    face_on_sheet,
    in_hand,
    rival_box,
    said_place,
)
from thumbnb.render.planning.marks.steps import steps_in_row
from thumbnb.render.planning.marks.thing_places import (
    Look,
    best_place,
    is_put_on,
    off_photo,
    places_on_photo,
)
from thumbnb.render.planning.people.gestures import held_thing
from thumbnb.render.planning.photos.arrow_between import arrow_between
from thumbnb.render.planning.things.placement import shown_things
from thumbnb.render.planning.things.price_tag_text import reading_on, with_texts
from thumbnb.render.prompt.images.mark_places import mark_place
from thumbnb.render.prompt.images.photo_words import BODY_PARTS
from thumbnb.render.prompt.images.relations import thing_pointed_at
from thumbnb.render.scene import (
    Box,
    Grade,
    ImageLayer,
    Layer,
    ObjectLayer,
    Ring,
)
from thumbnb.render.vision.framing import box_on_sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.planning.context import PlanContext
    from thumbnb.render.planning.marks.photo_room import PhotoRoom
    from thumbnb.render.prompt.images.mark_places import MarkPlace
    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.vision.morphology import Mask


def photo_marks(context: PlanContext, below: Sequence[Layer]) -> PhotoMarks:
    """Lay out what is drawn on a photo, above the layers ``below``; what has no room is left out.

    A circle goes around the main thing, an arrow ends at its edge, other things stand where
    neither it nor words nor faces are.
    """
    cast, circle = context.cast, context.parsed.circle
    if cast.card_images and not cast.person:
        return marks_beside_cards(context, below)
    if not cast.on_photo or not (
        cast.things
        or circle
        or context.parsed.number
        or context.parsed.steps
        or labels_wanted(context)
    ):
        return PhotoMarks()
    room = room_on_photo(below, context.view_of, cast.rows)
    numbers = _numbers(context, room)
    room = _beside(room, numbers)
    layers = [layer for layer, _ in numbers]
    ring = _ring(context, room, below) if circle else None
    if circle and ring:
        colour = named_colour(circle.colour) if circle.colour else RED
        layers.append(Ring(box=ring, colour=colour))
    labels = labels_on_photo(context, room, ring)
    room = _beside(room.without(ring) if ring else room, labels)
    layers += [layer for layer, _ in labels]
    held = held_thing(cast, context.layout)
    shown: list[NamedThing] = []
    lower, boxes = math.inf, boxes_of_insets(cast, context.brief.prompt)
    things = shown_things(cast.things) if can_draw() else ()
    pointed = thing_pointed_at(
        context.brief.prompt, "arrow", [*(each.word for each in things), *boxes]
    )
    # An arrow comes last: it may point at what else is drawn.
    for thing in sorted(things, key=lambda each: each.name == "arrow"):
        if thing.name == "arrow" and pointed:
            placed = _arrow_at_thing(room, boxes.get(pointed), thing)
        else:
            placed = (
                [] if thing is held else _placed(context, below, room, ring, thing, lower=lower)
            )
        boxes |= {thing.word: placed[0][1]} if placed else {}
        if thing.size == "huge" and not is_put_on(thing):
            lower = min(lower, *(_BESIDE_GIANT * box[3] for _, box in placed), math.inf)
        layers += with_texts((layer for layer, _ in placed), [thing])
        layers += reading_on(placed[0][1], thing) if placed else []
        room = _beside(room, placed)
        if placed or thing is held:
            shown.append(thing)
    return PhotoMarks(tuple(layers), tuple(shown), bool(ring), bool(numbers))


_BESIDE_GIANT = 0.62
"""How high others are at the most of what is huge."""

_Placed = list[tuple[Layer, Box]]
"""Layers, and where each of them is."""


def _beside(room: PhotoRoom, placed: _Placed) -> PhotoRoom:
    for _, box in placed:
        room = room.without(box)
    return room


def _numbers(context: PlanContext, room: PhotoRoom) -> _Placed:
    """Place the number that the prompt wants large."""
    if context.parsed.steps:
        return steps_in_row(context, room)
    number = large_number(context)
    if number is None:
        return []
    look = Look(split=context.cast.split)
    for scale in (1.0, 0.8, 0.62):
        smaller = number.model_copy(update={"size": number.size * scale})
        if box := best_place(room, chip_box(smaller)[2:], look):
            return [(smaller.model_copy(update={"at": box[:2]}), box)]
    return []


def _placed(
    context: PlanContext,
    below: Sequence[Layer],
    room: PhotoRoom,
    ring: Box | None,
    thing: NamedThing,
    *,
    lower: float,
) -> _Placed:
    """Place a thing on a photo, each of its copies; nothing where there is no room.

    It is ``lower`` than so many units.
    """
    if thing.name == "arrow":
        return _arrow(context, below, room, ring, thing)
    if thing == context.cast.rival:
        facing = rival_box(thing, below, context.cast)
        return [(drawn_thing(context, thing, facing), facing)]
    if box := said_place(context, below, room, thing):
        return [(drawn_thing(context, thing, box), box)]
    if box := in_hand(context, below, room, thing):
        return [(drawn_thing(context, thing, box).model_copy(update={"turn": LEANS}), box)]
    side = context.parsed.word_sides.get(thing.word)
    places = places_on_photo(room, thing, split=context.cast.split, side=side, below=lower)
    return [(_on_ground(context, room, thing, box), box) for box in places]


def _on_ground(context: PlanContext, room: PhotoRoom, thing: NamedThing, box: Box) -> ObjectLayer:
    """Draw a thing; one that stands on a photo is a part of it: in its light, with a shadow."""
    layer = drawn_thing(context, thing, box)
    x, y, wide, high = box
    beside = bool(off_photo(room, np.array([x]), np.array([y]), (wide, high))[0])
    if beside or is_put_on(thing) or context.cast.split:
        return layer
    shines, drawing = thing.name in SHINING, describe(thing.name)
    stands = thing.name not in AIRBORNE and drawing.stands
    target = room.thing_box or (640.0, 0.0, 0.0, 0.0)
    away = "left" if x + wide / 2 < target[0] + target[2] / 2 else "right"
    return layer.model_copy(
        update={
            "finish": layer.finish.model_copy(update={"outline": None}),
            "ambient": 0.0 if shines else _IN_ITS_LIGHT,
            "grade": None if shines else _grade_of_photo(context),
            "lamps": thing.name in LIT,
            "ground": 0.85 if stands else 0.0,
            "mirrored": drawing.faces == away,
        }
    )


def _grade_of_photo(context: PlanContext) -> Grade:
    """Return the colours of what stands in a photo: milder and darker in a dark one."""
    view = context.view_of(context.cast.background_image or "")
    bright = float(np.asarray(view.small.convert("L")).mean()) / 255
    dark = min(max((_BRIGHT - bright) / _BRIGHT, 0.0), 1.0)
    return Grade(
        saturation=round(_MILD - 0.25 * dark, 3), gamma=round(1 + 0.45 * dark, 3), contrast=1.06
    )


_BRIGHT, _MILD = 0.55, 0.9
"""From this mean brightness on nothing is darker; how much colour drawn things keep at most."""

_IN_ITS_LIGHT = 0.42
"""How much of a photo's light falls on what stands in it, 0 to 1."""


def _found(context: PlanContext, below: Sequence[Layer], place: MarkPlace | None) -> Box | None:
    """Return where on the sheet the part of a photo is that a mark is for; None if not known."""
    if place is None or place.what != "look":
        return face_on_sheet(context, below)
    photo = next((each for each in below if isinstance(each, ImageLayer)), None)
    if photo is None:
        return None
    found = looked_for(context.image(photo.image), place)
    return box_on_sheet(photo, context.view_of(photo.image), found)


def _arrow_at_thing(room: PhotoRoom, box: Box | None, thing: NamedThing) -> _Placed:
    """Point at something that is drawn beside a photo; at nothing where it has no room."""
    if box is None:
        return []
    target, room = ellipse(box), replace(room, taken=room.taken & ~_near(room, box))
    arrow = arrow_at(target, room, thing)
    return [(arrow, box_between(arrow.start, arrow.end))] if arrow else []


def _near(room: PhotoRoom, box: Box) -> Mask:
    """Return the cells of a box and around it, where an arrow at it ends."""
    x, y, w, h = (int(each // CELL) for each in box)
    near = np.zeros_like(room.taken)
    near[max(y - 1, 0) : y + h + 3, max(x - 1, 0) : x + w + 3] = True
    return near


def _ring(context: PlanContext, room: PhotoRoom, below: Sequence[Layer]) -> Box | None:
    """Return the ellipse around what the prompt wants circled."""
    if lost_part(context, "circle"):
        return None
    place = mark_place(context.brief.prompt, "circle")
    if place and place.what in {"face", "look"}:
        # A part may be right beside a face.
        room = room_on_photo(below, context.view_of, context.cast.rows, faces=False)
    found = _found(context, below, place)
    if place and place.what == "look" and not found:
        place = None
    target = place_box(room, place, found)
    if target and place is None and target[2] * target[3] > _TOO_LARGE:
        # Around what fills the sheet no circle says anything: it goes around its heart.
        rows, columns = np.nonzero(heart_of(room.thing))
        x, y = columns.min() * float(CELL), rows.min() * float(CELL)
        target = x, y, (columns.max() + 1) * CELL - x, (rows.max() + 1) * CELL - y
    return ring_around(target, room, close=place is not None) if target else None


_TOO_LARGE = 0.36 * 1280 * 720


def _arrow(
    context: PlanContext,
    below: Sequence[Layer],
    room: PhotoRoom,
    ring: Box | None,
    thing: NamedThing,
) -> _Placed:
    """Draw an arrow across halves, or at a ring, a place that is said, the main thing.

    Where the part that it is for is not known, it points at the heart of the main thing.
    """
    parsed = context.parsed
    colour = named_colour(thing.colour) if thing.colour else RED
    across = arrow_between(context.brief.prompt, colour, taken_boxes(below, context.view_of))
    if context.cast.split and across:
        return [(across, box_between(across.start, across.end))]
    if lost_part(context, "arrow"):
        return []
    place = mark_place(context.brief.prompt, "arrow")
    part = parsed.arrow_part or any(each.name in BODY_PARTS for each in parsed.named)
    target = room.thing
    if ring and not place:
        target, room = ellipse(ring), replace(room, taken=room.taken & ~_near(room, ring))
    elif place and (box := place_box(room, place, _found(context, below, place))):
        target = ellipse(box)
        if place.what in {"face", "look"}:
            room = room_on_photo(below, context.view_of, context.cast.rows, faces=False)
    elif part:
        target = heart_of(room.thing)
    arrow = arrow_at(target, room, thing)
    return [(arrow, box_between(arrow.start, arrow.end))] if arrow else []
