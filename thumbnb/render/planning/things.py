"""The things a prompt names, placed: how large each is, where it stands, which way it faces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from thumbnb.render.colour.names import named_colour
from thumbnb.render.layout import BADGE
from thumbnb.render.objects.drawn import object_aspect
from thumbnb.render.objects.painting import describe
from thumbnb.render.planning.background import AFTER_GRADE, before_grade
from thumbnb.render.scene import Finish, ObjectLayer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.layout import Layout
    from thumbnb.render.planning.cast import Cast
    from thumbnb.render.planning.context import PlanContext
    from thumbnb.render.prompt.things import NamedThing
    from thumbnb.render.scene import Box, Layer

MAX_THINGS = 3
"""So many different things are shown; a feed shows no more."""

_TOP, _BOTTOM = 56.0, 664.0
"""Things are drawn between these heights (units) where no words are above or below them."""

_GAP = 30.0
"""Between things and the words above or below them."""

LANDMARKS = frozenset(
    {
        "big-ben", "castle", "church", "colosseum", "eiffel-tower", "golden-gate-bridge",
        "greek-temple", "house", "igloo", "lighthouse", "mount-fuji", "nuclear-plant",
        "pisa-tower", "pyramids", "skyscraper", "statue-of-liberty", "sydney-opera", "taj-mahal",
        "torii-gate", "volcano", "wind-turbine", "windmill",
    }
)  # fmt: skip
"""Things as large as a house: others stand before them."""

_STEPS: dict[int, tuple[tuple[float, float], ...]] = {
    1: ((0.5, 1.0),),
    2: ((0.30, 0.86), (0.72, 0.86)),
    3: ((0.22, 0.70), (0.78, 0.70), (0.5, 0.88)),
    4: ((0.16, 0.60), (0.84, 0.60), (0.36, 0.76), (0.66, 0.76)),
    5: ((0.14, 0.54), (0.86, 0.54), (0.30, 0.66), (0.70, 0.66), (0.5, 0.82)),
}
"""Of one to five copies, back to front: how far across the room each stands, how large it is."""

_SECOND, _THIRD = (0.22, 0.52), (0.84, 0.42)
"""How far across the room a second and a third thing stand, and how large they are."""


@dataclass(frozen=True, slots=True)
class PlacedThing:
    """A copy of a thing: the middle of its foot, its height and width (units)."""

    thing: NamedThing
    x: float
    foot: float
    height: float
    width: float

    @property
    def box(self) -> Box:
        """Where it is: x, y, width, height."""
        return self.x - self.width / 2, self.foot - self.height, self.width, self.height


def thing_boxes(cast: Cast, layout: Layout) -> list[Box]:
    """Return where the things of a cast are in a layout."""
    return [placed.box for placed in place_things(cast, layout)]


def place_things(cast: Cast, layout: Layout) -> list[PlacedThing]:
    """Place the things of a cast in a layout, back to front."""
    things = cast.things[:MAX_THINGS]
    if not things:
        return []
    if (cast.split or cast.versus) and not cast.person:
        pair = (things[0], things[1] if len(things) > 1 else things[0])
        top, bottom = _rows(layout)
        rooms = [(70.0, top, 520.0, bottom - top), (690.0, top, 520.0, bottom - top)]
        return [_fitted(thing, room) for thing, room in zip(pair, rooms, strict=True)]
    room = _room(cast, layout)
    landmark = next((thing for thing in things if thing.name in LANDMARKS), None)
    if landmark and (cast.person or len(things) > 1):
        front = [thing for thing in things if thing is not landmark]
        x, y, w, h = room
        lower = room if cast.person else (x, y + 0.42 * h, w * 0.72, 0.58 * h)
        return [_fitted(landmark, _behind(room, cast)), *_in_front(front, lower)]
    return _in_front(things, room)


def _behind(room: Box, cast: Cast) -> Box:
    """Return the room for what is as large as a house: higher than what stands before it."""
    x, y, w, h = room
    if not cast.person:
        return x, y, w, h - 20
    return max(24.0, x - 60), min(y, 150.0), w + 120, y + h - min(y, 150.0)


def _in_front(things: Sequence[NamedThing], room: Box) -> list[PlacedThing]:
    """Place things in a room: the first is the main one, others stand beside it."""
    if not things:
        return []
    first, *others = things
    main = room if not others else (room[0] + room[2] * 0.14, room[1], room[2] * 0.86, room[3])
    placed = [
        _scaled(thing, room, across, size)
        for thing, (across, size) in zip(others, (_SECOND, _THIRD), strict=False)
    ]
    # What is smaller stands in front, so that nothing hides it.
    return [*_copies(first, main), *placed]


def thing_layers(context: PlanContext) -> list[Layer]:
    """Lay out the things of a cast."""
    cast, recipes = context.cast, context.recipes
    finish = recipes.resolved(context.preset.person)
    if "outline" in context.excluded:
        finish.pop("outline", None)
    if "glow" in context.excluded:
        finish = {k: v for k, v in finish.items() if not k.startswith("glow") and k != "rims"}
    grade = recipes.resolved(context.preset.person_grade) or None
    layers: list[Layer] = []
    placed = place_things(cast, context.layout)
    for index, copy in enumerate(placed):
        illustration = describe(copy.thing.name)
        away = "right" if context.layout.side == "left" else "left"
        compared = before_grade(another=len(cast.things) > 1) if index == 0 else AFTER_GRADE
        layers.append(
            ObjectLayer(
                name=copy.thing.name,
                at=(copy.x, copy.foot),
                height=copy.height,
                colours=_colours(copy.thing),
                mirrored=illustration.faces == away,
                ground=0.8 if illustration.stands else 0.0,
                finish=Finish.model_validate(finish),
                grade=compared if cast.split else grade,
            )
        )
    return layers


def _colours(thing: NamedThing) -> dict[str, str]:
    slots: Any = describe(thing.name).slots
    return {next(iter(slots)): named_colour(thing.colour)} if thing.colour and slots else {}


def _rows(layout: Layout) -> tuple[float, float]:
    """Return the heights between which there are no words."""
    _, y, _, high = layout.text
    if layout.side == "bottom":
        return _TOP, min(_BOTTOM, y - _GAP)
    if layout.side == "top":
        return y + high + _GAP, _BOTTOM
    return _TOP, _BOTTOM


def _room(cast: Cast, layout: Layout) -> Box:
    """Return the room for things: beside the words, and beside somebody who stands there."""
    x, y, w, h = layout.card
    if cast.person:
        if layout.name.startswith("trio"):
            return x, y, w, min(h, _BOTTOM - y)
        # No words: beside the person.
        return 60, 200, 460, _BOTTOM - 200
    if layout.side in {"left", "right"}:
        # All that the words leave, up to the rim.
        left = layout.text[0] + layout.text[2] + 4 if layout.side == "left" else 36.0
        right = 1244.0 if layout.side == "left" else layout.text[0] - 4
        return left, _TOP, right - left, _BOTTOM - _TOP
    top, bottom = _rows(layout)
    wide = min(1000.0, w * 1.5)
    return 640 - wide / 2, top, wide, bottom - top


def _copies(thing: NamedThing, room: Box) -> list[PlacedThing]:
    return [_scaled(thing, room, across, size) for across, size in _STEPS[thing.count]]


def _scaled(thing: NamedThing, room: Box, across: float, size: float) -> PlacedThing:
    """Place a thing in a share of a room: its middle so far across, ``size`` of its height."""
    x, y, w, h = room
    middle = x + across * w
    wide = min(w, 2 * min(middle - x, x + w - middle))
    high = h * size
    return _fitted(thing, (middle - wide / 2, y + h - high, wide, high))


def _fitted(thing: NamedThing, room: Box) -> PlacedThing:
    """Place a thing as large as it goes into a room: on its floor, or in its middle."""
    x, y, w, h = room
    aspect = object_aspect(thing.name)
    height = min(h, w / aspect)
    stands = describe(thing.name).stands
    foot = y + h if stands else y + (h + height) / 2
    middle = x + w / 2
    # The player shows the duration in the lower right corner.
    if middle + height * aspect / 2 > BADGE[0] and foot > BADGE[1] and height < h:
        foot = max(BADGE[1], y + height)
    return PlacedThing(thing, middle, foot, height, height * aspect)
