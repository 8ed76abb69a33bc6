"""What is drawn on a photo: small things in its free room, marks that point at its main thing."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from thumbnb.render.colour.names import named_colour
from thumbnb.render.layout import most_covered
from thumbnb.render.objects.drawn import object_aspect
from thumbnb.render.objects.painting import describe
from thumbnb.render.objects.raster import can_draw
from thumbnb.render.objects.vocabulary.thing_kinds import HELD
from thumbnb.render.planning.headline import extent
from thumbnb.render.planning.people.gestures import held_thing
from thumbnb.render.planning.photo_room import CELL, room_on_photo
from thumbnb.render.planning.things.placement import shown_things, thing_colours, thing_finish
from thumbnb.render.planning.things.price_tags import with_texts
from thumbnb.render.prompt.photo_words import BODY_PARTS
from thumbnb.render.scene import Arrow, Cutout, Finish, ObjectLayer, Ring, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.planning.context import PlanContext
    from thumbnb.render.planning.photo_room import PhotoRoom
    from thumbnb.render.prompt.things import NamedThing
    from thumbnb.render.scene import Box, Layer, Point
    from thumbnb.render.vision.morphology import Mask

_TALL, _IN_ROW, _SIGN = 216.0, 100.0, 380.0
"""How high on a photo are a thing, a row of several, and a question mark, at the most (units)."""

_WIDE, _ROW_WIDE = 330.0, 620.0
"""How wide a single thing and a row of several are at the most (units)."""

_SCALES = (1.0, 0.84, 0.7, 0.56, 0.45)

_HIDDEN = 0.035
"""How much of what draws the eye a thing may hide."""

_RED, _WHITE = "#f0202a", "#ffffff"

_GLYPHS = frozenset({"exclamation-mark", "question-mark"})


@dataclass(frozen=True, slots=True)
class PhotoMarks:
    """What is drawn on a photo: its layers, the ``things`` shown, whether a ``circle`` is."""

    layers: tuple[Layer, ...] = ()
    things: tuple[NamedThing, ...] = ()
    circle: bool = False


def photo_marks(context: PlanContext, below: Sequence[Layer]) -> PhotoMarks:
    """Lay out what is drawn on a photo, above the layers ``below``; what has no room is left out.

    A circle goes around the main thing, an arrow ends at its edge, other things stand where
    neither it nor words nor faces are.
    """
    cast, circle = context.cast, context.parsed.circle
    if not cast.on_photo or not (cast.things or circle):
        return PhotoMarks()
    room = room_on_photo(below, context.view_of, cast.rows)
    layers: list[Layer] = []
    shown: list[NamedThing] = []
    target = room.thing_box
    ring = _ring_around(target, room) if circle and target else None
    if circle and ring:
        colour = named_colour(circle.colour) if circle.colour else _RED
        layers.append(Ring(box=ring, colour=colour))
        room = room.without(ring)
    held = held_thing(cast, context.layout)
    for thing in shown_things(cast.things) if can_draw() else ():
        if thing is held:
            shown.append(thing)
            continue
        if thing.name == "arrow":
            part = any(each.name in BODY_PARTS for each in context.parsed.named)
            arrow = _arrow_at(room.on_part() if part else room, ring, thing)
            if arrow:
                layers.append(arrow)
                room = room.without(_between(arrow.start, arrow.end))
                shown.append(thing)
            continue
        if box := _in_hand(context, below, room, thing):
            layers.append(_drawn(context, thing, box).model_copy(update={"turn": _LEANS}))
            room = room.without(box)
            shown.append(thing)
            continue
        places = _places(room, thing, split=cast.split)
        for box in places:
            layers += with_texts([_drawn(context, thing, box)], [thing])
            room = room.without(box)
        if places:
            shown.append(thing)
    return PhotoMarks(tuple(layers), tuple(shown), bool(ring))


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
    """Where a thing is looked for: beside the main thing, in the ``middle``, on a border."""

    split: bool
    middle: bool
    near_thing: bool


def _places(room: PhotoRoom, thing: NamedThing, *, split: bool) -> list[Box]:
    """Return where on a photo a thing goes, each of its copies in one row; nothing: nowhere."""
    aspect, count = object_aspect(thing.name), copies(thing)
    glyph = thing.name in _GLYPHS
    highest = _IN_ROW if count > 1 else _SIGN if glyph else _TALL
    highest = min(highest, (_ROW_WIDE if count > 1 else _WIDE) / (count * aspect))
    for near_thing in (False, True):
        look = _Look(split, glyph, near_thing)
        for scale in _SCALES:
            high = highest * scale
            if found := _best_place(room, (count * high * aspect, high), look):
                x, y, _, _ = found
                return [(x + i * high * aspect, y, high * aspect, high) for i in range(count)]
    return []


def _best_place(room: PhotoRoom, size: tuple[float, float], look: _Look) -> Box | None:
    """Return the free place of a size that hides least, near a rim; in halves on their border."""
    wide, high = size
    hidden = room.hidden_at(wide, high, near_thing=look.near_thing)
    rows, columns = np.mgrid[0 : hidden.shape[0], 0 : hidden.shape[1]]
    x, y = columns * CELL, rows * CELL
    left, below = np.minimum(x, 1280 - x - wide), np.minimum(y, 720 - y - high)
    cost = 10 * hidden + (left / 1280 + below / 720) * (-0.4 if look.middle else 1.0)
    cost[(hidden > _HIDDEN) | (left < _RIM) | (below < _RIM)] = np.inf
    if look.split:
        cost[np.abs(x + wide / 2 - 640) > CELL] = np.inf
    row, column = np.unravel_index(int(cost.argmin()), cost.shape)
    if not np.isfinite(cost[row, column]):
        return None
    return float(column * CELL), float(row * CELL), wide, high


_RIM = 30.0
"""So far from the rim of the frame things stay (units)."""


def _drawn(context: PlanContext, thing: NamedThing, box: Box) -> ObjectLayer:
    x, y, wide, high = box
    colours = thing_colours(thing)
    slots = describe(thing.name).slots
    if thing.name in _GLYPHS and slots and not colours:
        colours = {next(iter(slots)): context.recipes.colours["accent"]}
    return ObjectLayer(
        name=thing.name,
        at=(x + wide / 2, y + high),
        height=high,
        colours=colours,
        mood=context.cast.mood,
        finish=Finish.model_validate(thing_finish(context)),
    )


_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5}


def copies(thing: NamedThing) -> int:
    """Return how many of a thing stand in a row: "five stars" are five."""
    said = re.match(r"(two|three|four|five|[2-5])\b", thing.word, re.IGNORECASE)
    if said and thing.count == 1:
        return _NUMBERS.get(said[1].casefold()) or int(said[1])
    return thing.count
