"""Where on a photo a thing goes: large, on its ground or in its sky, off what the photo is of."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from thumbnb.render.objects.drawn import object_aspect
from thumbnb.render.objects.vocabulary.thing_kinds import AIRBORNE
from thumbnb.render.planning.marks.mark_layers import GLYPHS, copies
from thumbnb.render.planning.marks.photo_room import CELL
from thumbnb.render.prompt.things import is_mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thumbnb.render.colour.mixing import Floats
    from thumbnb.render.planning.marks.photo_room import PhotoRoom
    from thumbnb.render.prompt.images.corners import Corner
    from thumbnb.render.prompt.images.relations import Side
    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.scene import Box
    from thumbnb.render.vision.morphology import Mask

_HIGH, _WIDE = {"": 330.0, "huge": 480.0, "tiny": 200.0}, {"": 480.0, "huge": 640.0, "tiny": 300.0}
"""How high and wide a thing is on a photo at the most, by its size (units)."""

_MARK, _GLYPH, _FLIES = 210.0, 380.0, 260.0
"""How high are a mark, a question mark, and what flies, at the most (units)."""

_IN_ROW, _MARKS_IN_ROW, _ROW_WIDE = 190.0, 100.0, 640.0
"""How high is each of several, and of several marks, and how wide their row (units)."""

_OF_ROW = (0.8, 1.0, 0.66, 0.9, 0.72)
"""How large each of several things is: some are nearer."""

_LEAST, _LEAST_IN_ROW = 132.0, 92.0
"""How high or wide a thing is on a photo at least: alone, and each of several (units)."""

_LARGE, _SMALLER = (1.0, 0.88, 0.76, 0.66), (0.56, 0.46, 0.38)
"""Sizes that are tried: rather large and close to the subject than small and far from it."""

_HIDDEN, _HIDDEN_NEAR = 0.1, 0.06
"""How much of what draws the eye a thing may hide, and within the box of the main subject."""

_HIDDEN_BY_HUGE = 0.3
"""How much what is huge may hide: it is what the image is of."""

_GROUND = 430.0
"""The foot of what stands on a photo is at least so far down (units)."""

_RIM, _FOOT = 26.0, 8.0
"""So far from the rim of the frame things stay, and from its lower edge (units)."""

_PANEL_EDGE = 150.0
"""How far the slanted edge of a panel lies over the photo beside it at the most (units)."""


@dataclass(frozen=True, slots=True)
class Look:
    """Where a thing is looked for: beside the main thing, in the ``middle``, on a ``side``.

    ``huge``: in the back, where it may hide more; ``split``: on the border of two halves;
    ``stands``: on the ground, where a photo is seen; ``flies``: high up.
    """

    split: bool = False
    middle: bool = False
    huge: bool = False
    near_thing: bool = False
    stands: bool = False
    flies: bool = False
    side: Side | None = None


def places_on_photo(
    room: PhotoRoom,
    thing: NamedThing,
    *,
    split: bool,
    side: Side | None = None,
    below: float = math.inf,
) -> list[Box]:
    """Return where on a photo a thing goes, each of its copies in one row; nothing: nowhere.

    It is lower than ``below`` (units): than the giant that it stands beside.
    What would be so small that it looks like an emoji, or hang in the air, has no place.
    """
    aspect, count = object_aspect(thing.name), copies(thing)
    mark, flies = is_put_on(thing), thing.name in AIRBORNE
    highest, widest = _largest(thing, count)
    highest = min(highest, widest / (count * aspect), below)
    least = 0.0 if mark else _LEAST_IN_ROW if count > 1 else _LEAST
    for scale, near_thing in _tries():
        high = highest * scale
        if high * max(aspect, 1.0) < least:
            continue
        look = Look(
            split=split,
            middle=thing.name in GLYPHS,
            huge=thing.size == "huge" and not mark,
            near_thing=near_thing,
            stands=not (mark or split or flies),
            flies=flies and not split,
            side=side,
        )
        if found := best_place(room, (count * high * aspect, high), look):
            x, y, _, _ = found
            shares = [1.0 if mark else _OF_ROW[i % len(_OF_ROW)] for i in range(count)]
            return [
                (x + (i + (1 - share) / 2) * high * aspect, y + (1 - share) * high,
                 share * high * aspect, share * high)
                for i, share in enumerate(shares)
            ]  # fmt: skip
    return []


def _tries() -> Iterator[tuple[float, bool]]:
    """Yield the sizes to try, and whether close to the main thing."""
    for scales in (_LARGE, _SMALLER):
        for near_thing in (False, True):
            for scale in scales:
                yield scale, near_thing


def is_put_on(thing: NamedThing) -> bool:
    """Whether a thing is a mark on a photo, and stands nowhere; a campfire does."""
    return is_mark(thing.name) and thing.name != "fire"


def _largest(thing: NamedThing, count: int) -> tuple[float, float]:
    """Return how high one of some things is, and how wide all are together, at the most."""
    mark = is_put_on(thing)
    if count > 1:
        return (_MARKS_IN_ROW if mark else _IN_ROW), _ROW_WIDE
    if thing.name in GLYPHS:
        return _GLYPH, _WIDE[""]
    if mark:
        return _MARK, _WIDE[""]
    if thing.name in AIRBORNE and thing.size != "huge":
        return _FLIES, _WIDE[""]
    return _HIGH[thing.size], _WIDE[thing.size]


def best_place(room: PhotoRoom, size: tuple[float, float], look: Look) -> Box | None:
    """Return the free place of a size that hides least, near a rim; in halves on their border."""
    wide, high = size
    hidden = room.hidden_at(wide, high, near_thing=look.near_thing)
    rows, columns = np.mgrid[0 : hidden.shape[0], 0 : hidden.shape[1]]
    x, y = columns * CELL, rows * CELL
    left, below = np.minimum(x, 1280 - x - wide), np.minimum(y, 720 - y - high)
    if look.stands:
        below = 720 - y - high
    if look.flies:
        below = 0.6 * y
    cost = 10 * hidden + (left / 1280 + below / 720) * (-0.4 if look.middle else 1.0)
    most = _HIDDEN_NEAR if look.near_thing and room.kept.any() else _HIDDEN
    most = max(most, _HIDDEN_BY_HUGE) if look.huge else most
    cost[(hidden > most) | (left < _RIM) | (720 - y - high < _FOOT) | (y < _RIM)] = np.inf
    if look.split:
        cost[np.abs(x + wide / 2 - 640) > CELL] = np.inf
    if look.stands:
        on_ground = (y + high >= _GROUND) & _on_photo(room, x, size)
        cost[~(on_ground | off_photo(room, x, y, size))] = np.inf
    if look.side:
        cost[(x + wide / 2 < 640) != (look.side == "left")] = np.inf  # noqa: PLR2004 - the middle
    if not cost.size:
        return None
    row, column = np.unravel_index(int(cost.argmin()), cost.shape)
    if not np.isfinite(cost[row, column]):
        return None
    return float(column * CELL), float(row * CELL), wide, high


def place_in_corner(room: PhotoRoom, thing: NamedThing, corner: Corner) -> Box | None:
    """Return where a thing goes in a corner of the frame: as near to it as words and faces leave.

    Where no corner is said, the one of four that hides least.
    """
    aspect = object_aspect(thing.name)
    for scale in _IN_CORNER:
        high = min(scale, scale * _WIDE_IN_CORNER / aspect)
        wide = high * aspect
        hidden = room.hidden_in_corner(wide, high)
        rows, columns = np.mgrid[0 : hidden.shape[0], 0 : hidden.shape[1]]
        x, y = columns * CELL, rows * CELL
        left, right = x - _RIM, 1280 - _RIM - x - wide
        top, below = y - _RIM, 720 - _RIM - y - high
        off_x = {-1: left, 1: right}.get(corner.across, np.minimum(left, right))
        off_y = {-1: top, 1: below}.get(corner.down, np.minimum(top, below))
        cost = np.hypot(off_x, off_y) / 400 + 3 * hidden
        rim = np.minimum(np.minimum(left, right), np.minimum(top, below)) < 0
        cost[rim | (off_x > _CORNER_REACH[0]) | (off_y > _CORNER_REACH[1])] = np.inf
        if not cost.size:
            continue
        row, column = np.unravel_index(int(cost.argmin()), cost.shape)
        if np.isfinite(cost[row, column]):
            return float(column * CELL), float(row * CELL), wide, high
    return None


def place_between(room: PhotoRoom, thing: NamedThing) -> Box | None:
    """Return where something goes between two halves: on the middle, where it hides least."""
    aspect = object_aspect(thing.name)
    for high in _BETWEEN:
        wide = high * aspect
        hidden = room.hidden_in_corner(wide, high)
        if not hidden.size:
            continue
        column = min(max(round((640 - wide / 2) / CELL), 0), hidden.shape[1] - 1)
        rows = np.arange(hidden.shape[0]) * CELL
        cost = hidden[:, column] + 0.1 * np.abs(rows + high / 2 - 360) / 360
        if np.isfinite(cost).any():
            return 640 - wide / 2, float(rows[int(cost.argmin())]), wide, high
    return None


_BETWEEN = (280.0, 230.0, 180.0, 140.0)
"""How high something between two halves is (units)."""

_IN_CORNER, _WIDE_IN_CORNER = (170.0, 140.0, 110.0, 88.0), 1.5
"""How high things in a corner are, how wide by that at the most (units)."""

_CORNER_REACH = (220.0, 290.0)
"""How far off the rims something still is in the corner (units)."""


def _on_photo(room: PhotoRoom, x: Floats, size: tuple[float, float]) -> Mask:
    """Return from which corners a box lies within what the photo fills across the sheet."""
    left, wide = (room.photo[0], room.photo[2]) if room.photo else (0.0, 1280.0)
    off = _PANEL_EDGE if left > 0 else 0.0
    right = left + wide - (_PANEL_EDGE if left + wide < 1280 else 0.0)  # noqa: PLR2004
    return np.asarray((x >= left + off) & (x + size[0] <= right))


def off_photo(room: PhotoRoom, x: Floats, y: Floats, size: tuple[float, float]) -> Mask:
    """Return from which corners a box lies beside the photo: on the plain panel of the words."""
    if room.photo is None:
        return np.zeros(np.shape(x), bool)
    left, top, wide, high = room.photo
    apart = (x + size[0] <= left) | (x >= left + wide) | (y + size[1] <= top) | (y >= top + high)
    return np.asarray(apart)
