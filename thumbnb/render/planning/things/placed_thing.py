"""A thing placed in a scene: alone in a room, at a share of it, or as several copies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from thumbnb.render.layout import BADGE
from thumbnb.render.objects.drawn import object_aspect
from thumbnb.render.objects.painting import describe

if TYPE_CHECKING:
    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.scene import Box

_OVERLAP = 1.12
"""How much larger than its share of the room each of several copies is: they touch."""


@dataclass(frozen=True, slots=True)
class PlacedThing:
    """A copy of a thing: the middle of its foot, its height and width (units)."""

    thing: NamedThing
    x: float
    foot: float
    height: float
    width: float
    turn: float = 0.0
    """How far it is turned (degrees, against the clock)."""
    mirrored: bool = False
    """Whether it faces the other way than the others like it."""
    front: bool = False
    """Whether it lies before everybody: on the floor, or on a table."""
    behind: bool = False
    """Whether people stand before it, whatever it is."""
    below: float = 0.0
    """Only what is lower than this share of its height is shown: the front of a box."""

    @property
    def box(self) -> Box:
        """Where it is: x, y, width, height."""
        return self.x - self.width / 2, self.foot - self.height, self.width, self.height


def which(thing: NamedThing) -> tuple[str, str | None, str, str]:
    """Return what tells a thing from the others, however many of it are placed."""
    return thing.word, thing.colour, thing.state, thing.price


def place_copies(thing: NamedThing, room: Box) -> list[PlacedThing]:
    """Place copies in rows, so that each can be told apart: the rows that leave them largest."""
    if thing.count == 1:
        return [place_fitted(thing, room)]
    aspect = object_aspect(thing.name)
    x, y, w, h = room

    def height(rows: tuple[int, ...]) -> float:
        return min(h / len(rows), w / max(rows) / aspect) * _OVERLAP

    rows = max(_ROWS[thing.count], key=height)
    tall = min(height(rows), h, w / max(rows) / aspect * 1.25)
    placed = []
    for number, copies in enumerate(rows):
        foot = y + h - (len(rows) - 1 - number) * (h - tall) / max(1, len(rows) - 1)
        if len(rows) == 1:
            foot = y + (h + tall) / 2 + (h - tall) / 4
        for i in range(copies):
            middle = x + w * (i + 0.5) / copies
            placed.append(clear_of_badge(PlacedThing(thing, middle, foot, tall, tall * aspect)))
    return placed


_ROWS: dict[int, tuple[tuple[int, ...], ...]] = {
    2: ((2,), (1, 1)),
    3: ((1, 2), (3,), (1, 1, 1)),
    4: ((2, 2), (1, 3), (4,)),
    5: ((2, 3), (5,), (1, 2, 2)),
}
"""Of two to five copies, how many can stand in each row, the back row first."""


def place_scaled(thing: NamedThing, room: Box, across: float, size: float) -> PlacedThing:
    """Place a thing in a share of a room: its middle so far across, ``size`` of its height."""
    x, y, w, h = room
    middle = x + across * w
    wide = min(w, 2 * min(middle - x, x + w - middle))
    high = h * size
    return place_fitted(thing, (middle - wide / 2, y + h - high, wide, high))


def place_fitted(thing: NamedThing, room: Box) -> PlacedThing:
    """Place a thing as large as it goes into a room: on its floor, or in its middle."""
    x, y, w, h = room
    aspect = object_aspect(thing.name)
    height = min(h, w / aspect)
    stands = describe(thing.name).stands
    foot = y + h if stands else y + (h + height) / 2
    placed = PlacedThing(thing, x + w / 2, foot, height, height * aspect)
    return clear_of_badge(placed, y + height) if height < h else placed


def clear_of_badge(placed: PlacedThing, highest: float = 0.0) -> PlacedThing:
    """Lift a thing off the lower right corner, where the player shows the duration."""
    if placed.x + placed.width / 2 <= BADGE[0] or placed.foot <= BADGE[1]:
        return placed
    return replace(placed, foot=max(BADGE[1], highest))
