"""Circles and arrows on a photo: around its main thing or a side of it, and where they begin."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from thumbnb.render.colour.names import named_colour
from thumbnb.render.planning.marks.photo_room import CELL
from thumbnb.render.scene import Arrow

if TYPE_CHECKING:
    from thumbnb.render.planning.marks.photo_room import PhotoRoom
    from thumbnb.render.prompt.images.mark_places import MarkPlace
    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.scene import Box, Point
    from thumbnb.render.vision.morphology import Mask

RED, _WHITE = "#f0202a", "#ffffff"

_CORNER, _PART, _INSET = (0.3, 0.36), 0.5, 0.03
"""How much of a photo its corner is, how much of a thing its side, how far off the edge."""

_TURNS = 24
_LENGTHS = (340.0, 300.0, 250.0, 200.0, 160.0)
_GAP, _THICK = 12.0, 38.0
_BEND = 0.16

_HEART = 0.16
"""How large the heart of a thing is that an arrow points at, whose parts are not known."""


def place_box(room: PhotoRoom, place: MarkPlace | None, face: Box | None) -> Box | None:
    """Return the box of what a mark is for: a face, a corner, a side of the main thing, or it.

    ``face`` is where the face is, or the part that has to be looked for; None if it is not known.
    """
    if place is None:
        return room.thing_box
    if place.what in {"face", "look"}:
        return face or room.thing_box
    corner = place.what == "corner"
    x, y, w, h = (room.photo or _SHEET) if corner else (room.thing_box or room.photo or _SHEET)
    wide = w * (_CORNER[0] if corner else _PART if place.across else 1.0)
    high = h * (_CORNER[1] if corner else _PART if place.down else 1.0)
    free_x, free_y = w - wide - 2 * _INSET * w * corner, h - high - 2 * _INSET * h * corner
    return (
        x + _INSET * w * corner + free_x * (place.across + 1) / 2,
        y + _INSET * h * corner + free_y * (place.down + 1) / 2,
        wide,
        high,
    )


_SHEET: Box = (0.0, 0.0, 1280.0, 720.0)


def ring_around(thing: Box, room: PhotoRoom, *, close: bool = False) -> Box | None:
    """Return an ellipse around something: no flat one, in the frame, on no words and nobody.

    ``close``: it is for a part, and not drawn larger than that.
    """
    x, y, w, h = thing
    across, down = x + w / 2, y + h / 2
    more = 1.04 if close else 1.24
    wide = min(max(more * w, 110.0, 0.6 * h), _WIDEST_RING)
    high = min(max(more * h, 110.0, 0.6 * w), _HIGHEST_RING)
    for scale in (1.0, 0.9, 0.8, 0.7, 0.6, 0.5):
        box = _in_frame(across, down, wide * scale, high * scale)
        for dx, dy in ((0, 0), (0, 1), (0, -1), (1, 0), (-1, 0)):
            step = (1 - scale) / 2
            moved = _in_frame(across + dx * step * w, down + dy * step * h, box[2], box[3])
            if not (ellipse(moved) & room.taken).any():
                return moved
            # Around what is large, the line alone keeps off words; faces may be within it.
            if scale > _LARGE_RING and not (_line_of(moved) & room.taken).any():
                return moved
    return None


def _line_of(box: Box) -> Mask:
    """Return the cells near the line of an ellipse."""
    x, y, w, h = box
    inner = (x + 0.12 * w, y + 0.12 * h, 0.76 * w, 0.76 * h)
    return np.asarray(ellipse(box) & ~ellipse(inner))


_WIDEST_RING, _HIGHEST_RING, _LARGE_RING = 700.0, 560.0, 0.75
"""How large a circle is (units), and how much smaller it may be before nothing is within it."""


def _in_frame(across: float, down: float, wide: float, high: float) -> Box:
    left = min(max(across - wide / 2, 16.0), 1264 - wide)
    return left, min(max(down - high / 2, 16.0), 704 - high), wide, high


def heart_of(thing: Mask) -> Mask:
    """Return the cells in the middle of a thing: where most of it is."""
    rows, columns = np.nonzero(thing)
    if not len(rows):
        return thing
    wide = max(60.0, _HEART * CELL * (columns.max() - columns.min() + 1))
    high = max(60.0, _HEART * CELL * (rows.max() - rows.min() + 1))
    x, y = (float(columns.mean()) + 0.5) * CELL, (float(rows.mean()) + 0.5) * CELL
    return ellipse((x - wide / 2, y - high / 2, wide, high))


def arrow_at(target: Mask, room: PhotoRoom, thing: NamedThing) -> Arrow | None:
    """Point at the edge of some cells from where nothing else is, across none of them."""
    rows, columns = np.nonzero(target)
    if not len(rows):
        return None
    middle = (float(columns.mean() + 0.5) * CELL, float(rows.mean() + 0.5) * CELL)
    colour = named_colour(thing.colour) if thing.colour else RED
    best: tuple[float, Arrow] | None = None
    for turn in range(_TURNS):
        angle = 2 * math.pi * turn / _TURNS
        way = (math.cos(angle), math.sin(angle))
        out = _edge(target, middle, way)
        end = (middle[0] + way[0] * (out + _GAP), middle[1] + way[1] * (out + _GAP))
        for length in _LENGTHS:
            start = (end[0] + way[0] * length, end[1] + way[1] * length)
            bend = _BEND if way[0] < 0 else -_BEND
            if not _is_free(room, target, (start, end), bend):
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


def ellipse(box: Box) -> Mask:
    """Return the cells within the ellipse that fills a box."""
    x, y, w, h = box
    rows, columns = np.mgrid[0 : 720 // CELL, 0 : 1280 // CELL]
    across, down = (columns + 0.5) * CELL - x - w / 2, (rows + 0.5) * CELL - y - h / 2
    return np.asarray((across / (w / 2)) ** 2 + (down / (h / 2)) ** 2 <= 1)


def _is_free(room: PhotoRoom, target: Mask, ends: tuple[Point, Point], bend: float) -> bool:
    """Whether an arrow lies in the frame, on no words, on nobody, and not across its target."""
    start, end = ends
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
        if (room.taken | room.others)[row, column] or (t < 0.9 and target[row, column]):  # noqa: PLR2004
            return False
    return True


def box_between(start: Point, end: Point) -> Box:
    """Return the box around an arrow."""
    x, y = min(start[0], end[0]) - 20, min(start[1], end[1]) - 20
    return x, y, abs(start[0] - end[0]) + 40, abs(start[1] - end[1]) + 40
