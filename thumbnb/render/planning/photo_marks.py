"""What is drawn on a photo: small things in its free room, marks that point at its main thing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from thumbnb.render.colour.names import named_colour
from thumbnb.render.layout import most_covered
from thumbnb.render.objects.drawn import object_aspect
from thumbnb.render.objects.raster import can_draw
from thumbnb.render.objects.vocabulary.thing_kinds import AIRBORNE, HELD
from thumbnb.render.planning.callouts import chip_box
from thumbnb.render.planning.card_marks import marks_beside_cards
from thumbnb.render.planning.cast.seen_from_behind import FROM_BEHIND
from thumbnb.render.planning.headline import extent
from thumbnb.render.planning.mark_layers import (
    GLYPHS,
    PhotoMarks,
    copies,
    drawn_thing,
    large_number,
)
from thumbnb.render.planning.people.gestures import held_thing
from thumbnb.render.planning.photo_room import CELL, room_on_photo, taken_boxes
from thumbnb.render.planning.photos.arrow_between import arrow_between
from thumbnb.render.planning.photos.standing_figure import standing_box
from thumbnb.render.planning.things.placement import shown_things
from thumbnb.render.planning.things.price_tags import with_texts
from thumbnb.render.prompt.photo_words import BODY_PARTS
from thumbnb.render.prompt.things import is_mark
from thumbnb.render.scene import Arrow, Box, Cutout, Layer, Ring, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.colour.mixing import Floats
    from thumbnb.render.planning.context import PlanContext
    from thumbnb.render.planning.photo_room import PhotoRoom
    from thumbnb.render.prompt.images.relations import Side
    from thumbnb.render.prompt.things import NamedThing
    from thumbnb.render.scene import Point
    from thumbnb.render.vision.morphology import Mask

_TALL, _IN_ROW, _SIGN = 216.0, 100.0, 380.0
"""How high on a photo are a thing, a row of several, and a question mark, at the most (units)."""

_WIDE, _ROW_WIDE = 330.0, 620.0
"""How wide a single thing and a row of several are at the most (units)."""

_SCALES = (1.0, 0.84, 0.7, 0.56, 0.45)

_HIDDEN = 0.035
"""How much of what draws the eye a thing may hide."""

_RED, _WHITE = "#f0202a", "#ffffff"


def photo_marks(context: PlanContext, below: Sequence[Layer]) -> PhotoMarks:
    """Lay out what is drawn on a photo, above the layers ``below``; what has no room is left out.

    A circle goes around the main thing, an arrow ends at its edge, other things stand where
    neither it nor words nor faces are.
    """
    cast, circle = context.cast, context.parsed.circle
    if cast.card_images and not cast.person:
        return marks_beside_cards(context, below)
    if not cast.on_photo or not (cast.things or circle or context.parsed.number):
        return PhotoMarks()
    room = room_on_photo(below, context.view_of, cast.rows)
    numbers = _numbers(context, room)
    room = _beside(room, numbers)
    layers = [layer for layer, _ in numbers]
    target = room.thing_box
    ring = _ring_around(target, room) if circle and target else None
    if circle and ring:
        colour = named_colour(circle.colour) if circle.colour else _RED
        layers.append(Ring(box=ring, colour=colour))
        room = room.without(ring)
    held = held_thing(cast, context.layout)
    shown: list[NamedThing] = []
    for thing in shown_things(cast.things) if can_draw() else ():
        placed = [] if thing is held else _placed(context, below, room, ring, thing)
        layers += with_texts((layer for layer, _ in placed), [thing])
        room = _beside(room, placed)
        if placed or thing is held:
            shown.append(thing)
    return PhotoMarks(tuple(layers), tuple(shown), bool(ring), bool(numbers))


_Placed = list[tuple[Layer, Box]]
"""Layers, and where each of them is."""


def _beside(room: PhotoRoom, placed: _Placed) -> PhotoRoom:
    for _, box in placed:
        room = room.without(box)
    return room


def _numbers(context: PlanContext, room: PhotoRoom) -> _Placed:
    """Place the number that the prompt wants large."""
    number = large_number(context)
    look = _Look(context.cast.split, middle=False, near_thing=False, stands=False, side=None)
    box = _best_place(room, chip_box(number)[2:], look) if number else None
    return [(number.model_copy(update={"at": box[:2]}), box)] if number and box else []


def _placed(
    context: PlanContext,
    below: Sequence[Layer],
    room: PhotoRoom,
    ring: Box | None,
    thing: NamedThing,
) -> _Placed:
    """Place a thing on a photo, each of its copies; nothing where there is no room."""
    parsed = context.parsed
    if thing.name == "arrow":
        colour = named_colour(thing.colour) if thing.colour else _RED
        across = arrow_between(context.brief.prompt, colour, taken_boxes(below, context.view_of))
        if context.cast.split and across:
            return [(across, _between(across.start, across.end))]
        part = parsed.arrow_part or any(each.name in BODY_PARTS for each in parsed.named)
        arrow = _arrow_at(room.on_part() if part else room, ring, thing)
        return [(arrow, _between(arrow.start, arrow.end))] if arrow else []
    if thing.name == FROM_BEHIND:
        stands = standing_box(room)
        return [(drawn_thing(context, thing, stands), stands)] if stands else []
    if box := _in_hand(context, below, room, thing):
        return [(drawn_thing(context, thing, box).model_copy(update={"turn": _LEANS}), box)]
    side = parsed.word_sides.get(thing.word)
    places = _places(room, thing, split=context.cast.split, side=side)
    return [(drawn_thing(context, thing, box), box) for box in places]


_LEANS = 7.0
"""How much something before somebody photographed leans (degrees): held, it is never upright."""

_IN_HAND, _ASIDE, _FOOT = 1.5, 1.15, 712.0
"""How high something held is, how far off the middle of a face (face widths), its foot (units)."""


def _in_hand(
    context: PlanContext, below: Sequence[Layer], room: PhotoRoom, thing: NamedThing
) -> Box | None:
    """Return where something goes that somebody photographed holds: low before their body.

    None where nobody does, or where it would hide the main thing of the photo.
    """
    somebody = next((each for each in below if isinstance(each, Cutout) and not each.figure), None)
    if somebody is None or not context.parsed.holding or context.cast.split:
        return None
    if thing.name not in HELD or thing.count > 1:
        return None
    (x, y), wide = somebody.at, somebody.face_width
    aspect, foot = object_aspect(thing.name), min(_FOOT, context.cast.rows[1] + 34)
    high = min(_IN_HAND * wide, _IN_HAND * wide / aspect, foot - y - 0.75 * wide)
    if high < _LEAST_HELD:
        return None
    way = -1 if x > 640 else 1  # noqa: PLR2004 - the middle of the sheet
    box = (x + way * _ASIDE * wide - high * aspect / 2, foot - high, high * aspect, high)
    words = [extent(each) for each in below if isinstance(each, Words)]
    kept = [*words, *([room.thing_box] if room.thing_box else [])]
    return box if most_covered(box, kept) < _HIDES else None


_LEAST_HELD, _HIDES = 130.0, 0.12
"""Lower than that (units) nothing is known again; how much of what is kept it may cover."""


def _ring_around(thing: Box, room: PhotoRoom) -> Box | None:
    """Return an ellipse around something: no flat one, in the frame, on no words and nobody."""
    x, y, w, h = thing
    across, down = x + w / 2, y + h / 2
    wide = min(max(1.24 * w, 110.0, 0.6 * h), 560.0)
    high = min(max(1.24 * h, 110.0, 0.6 * w), 560.0)
    for scale in (1.0, 0.9, 0.8, 0.7, 0.6, 0.5):
        box = _in_frame(across, down, wide * scale, high * scale)
        for dx, dy in ((0, 0), (0, 1), (0, -1), (1, 0), (-1, 0)):
            step = (1 - scale) / 2
            moved = _in_frame(across + dx * step * w, down + dy * step * h, box[2], box[3])
            if not (_ellipse(moved) & room.taken).any():
                return moved
    return None


def _in_frame(across: float, down: float, wide: float, high: float) -> Box:
    left = min(max(across - wide / 2, 16.0), 1264 - wide)
    return left, min(max(down - high / 2, 16.0), 704 - high), wide, high


_TURNS = 24
_LENGTHS = (340.0, 300.0, 250.0, 200.0, 160.0)
_GAP, _THICK = 12.0, 38.0
_BEND = 0.16


def _arrow_at(room: PhotoRoom, ring: Box | None, thing: NamedThing) -> Arrow | None:
    """Point at the main thing, or at the ring around it, from where nothing else is."""
    rows, columns = np.nonzero(room.thing)
    if not len(rows):
        return None
    middle = (float(columns.mean() + 0.5) * CELL, float(rows.mean() + 0.5) * CELL)
    edges = _ellipse(ring) if ring else room.thing
    colour = named_colour(thing.colour) if thing.colour else _RED
    best: tuple[float, Arrow] | None = None
    for turn in range(_TURNS):
        angle = 2 * math.pi * turn / _TURNS
        way = (math.cos(angle), math.sin(angle))
        out = _edge(edges, middle, way)
        end = (middle[0] + way[0] * (out + _GAP), middle[1] + way[1] * (out + _GAP))
        for length in _LENGTHS:
            start = (end[0] + way[0] * length, end[1] + way[1] * length)
            bend = _BEND if way[0] < 0 else -_BEND
            if not _is_free(room, start, end, bend):
                continue
            # Long ones, from a side and a little above, are seen best.
            worth = length - 90 * abs(way[1] + 0.4)
            if best is None or worth > best[0]:
                arrow = Arrow(
                    start=start, end=end, bend=bend, colour=colour, outline=_WHITE, width=_THICK
                )
                best = worth, arrow
            break
    return best[1] if best else None


def _edge(thing: Mask, middle: Point, way: Point) -> float:
    """Return how far something reaches from its middle in a direction (units)."""
    far = 0.0
    for step in range(0, 1300, 8):
        column = int((middle[0] + way[0] * step) // CELL)
        row = int((middle[1] + way[1] * step) // CELL)
        if not (0 <= row < thing.shape[0] and 0 <= column < thing.shape[1]):
            break
        if thing[row, column]:
            far = float(step)
    return far


def _ellipse(box: Box) -> Mask:
    x, y, w, h = box
    rows, columns = np.mgrid[0 : 720 // CELL, 0 : 1280 // CELL]
    across, down = (columns + 0.5) * CELL - x - w / 2, (rows + 0.5) * CELL - y - h / 2
    return np.asarray((across / (w / 2)) ** 2 + (down / (h / 2)) ** 2 <= 1)


def _is_free(room: PhotoRoom, start: Point, end: Point, bend: float) -> bool:
    """Whether an arrow lies in the frame, on no words, on nobody, and not across the thing."""
    if not (40 <= start[0] <= 1240 and 40 <= start[1] <= 680):  # noqa: PLR2004 - the sheet
        return False
    way = (end[0] - start[0], end[1] - start[1])
    bow = ((start[0] + end[0]) / 2 - way[1] * bend, (start[1] + end[1]) / 2 + way[0] * bend)
    for i in range(21):
        t = i / 20
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        x = a * start[0] + b * bow[0] + c * end[0]
        y = a * start[1] + b * bow[1] + c * end[1]
        row, column = int(y // CELL), int(x // CELL)
        if not (0 <= row < room.taken.shape[0] and 0 <= column < room.taken.shape[1]):
            return False
        if (room.taken | room.others)[row, column] or (t < 0.9 and room.thing[row, column]):  # noqa: PLR2004
            return False
    return True


def _between(start: Point, end: Point) -> Box:
    x, y = min(start[0], end[0]) - 20, min(start[1], end[1]) - 20
    return x, y, abs(start[0] - end[0]) + 40, abs(start[1] - end[1]) + 40


@dataclass(frozen=True, slots=True)
class _Look:
    """Where a thing is looked for: beside the main thing, in the ``middle``, on a ``side``.

    ``split``: on the border of two halves; ``stands``: on the ground, where a photo is seen.
    """

    split: bool
    middle: bool
    near_thing: bool
    stands: bool
    side: Side | None


def _places(
    room: PhotoRoom, thing: NamedThing, *, split: bool, side: Side | None = None
) -> list[Box]:
    """Return where on a photo a thing goes, each of its copies in one row; nothing: nowhere.

    What would be so small that it looks like an emoji, or hang in the air, has no place.
    """
    aspect, count = object_aspect(thing.name), copies(thing)
    glyph, mark = thing.name in GLYPHS, is_mark(thing.name)
    highest = _IN_ROW if count > 1 else _SIGN if glyph else _TALL
    highest = min(highest, (_ROW_WIDE if count > 1 else _WIDE) / (count * aspect))
    least = 0.0 if mark else _LEAST_IN_ROW if count > 1 else _LEAST
    stands = not (mark or split or thing.name in AIRBORNE)
    for near_thing in (False, True):
        look = _Look(split, glyph, near_thing, stands, side)
        for scale in _SCALES:
            high = highest * scale
            if high * max(aspect, 1.0) < least:
                break
            if found := _best_place(room, (count * high * aspect, high), look):
                x, y, _, _ = found
                return [(x + i * high * aspect, y, high * aspect, high) for i in range(count)]
    return []


_LEAST, _LEAST_IN_ROW = 132.0, 92.0
"""How high or wide a thing is on a photo at least: alone, and each of several (units)."""

_GROUND = 430.0
"""The foot of what stands on a photo is at least so far down (units)."""


def _best_place(room: PhotoRoom, size: tuple[float, float], look: _Look) -> Box | None:
    """Return the free place of a size that hides least, near a rim; in halves on their border."""
    wide, high = size
    hidden = room.hidden_at(wide, high, near_thing=look.near_thing)
    rows, columns = np.mgrid[0 : hidden.shape[0], 0 : hidden.shape[1]]
    x, y = columns * CELL, rows * CELL
    left, below = np.minimum(x, 1280 - x - wide), np.minimum(y, 720 - y - high)
    if look.stands:
        below = 720 - y - high
    cost = 10 * hidden + (left / 1280 + below / 720) * (-0.4 if look.middle else 1.0)
    cost[(hidden > _HIDDEN) | (left < _RIM) | (below < _RIM)] = np.inf
    if look.split:
        cost[np.abs(x + wide / 2 - 640) > CELL] = np.inf
    if look.stands:
        on_ground = (y + high >= _GROUND) & _on_photo(room, x, size)
        cost[~(on_ground | _off_photo(room, x, y, size))] = np.inf
    if look.side:
        cost[(x + wide / 2 < 640) != (look.side == "left")] = np.inf  # noqa: PLR2004 - the middle
    row, column = np.unravel_index(int(cost.argmin()), cost.shape)
    if not np.isfinite(cost[row, column]):
        return None
    return float(column * CELL), float(row * CELL), wide, high


def _on_photo(room: PhotoRoom, x: Floats, size: tuple[float, float]) -> Mask:
    """Return from which corners a box lies within what the photo fills across the sheet."""
    left, wide = (room.photo[0], room.photo[2]) if room.photo else (0.0, 1280.0)
    off = _PANEL_EDGE if left > 0 else 0.0
    right = left + wide - (_PANEL_EDGE if left + wide < 1280 else 0.0)  # noqa: PLR2004
    return np.asarray((x >= left + off) & (x + size[0] <= right))


_PANEL_EDGE = 150.0
"""How far the slanted edge of a panel lies over the photo beside it at the most (units)."""


def _off_photo(room: PhotoRoom, x: Floats, y: Floats, size: tuple[float, float]) -> Mask:
    """Return from which corners a box lies beside the photo: on the plain panel of the words."""
    if room.photo is None:
        return np.zeros(x.shape, bool)
    left, top, wide, high = room.photo
    apart = (x + size[0] <= left) | (x >= left + wide) | (y + size[1] <= top) | (y >= top + high)
    return np.asarray(apart)


_RIM = 30.0
"""So far from the rim of the frame things stay (units)."""
