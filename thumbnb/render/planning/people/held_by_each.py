"""What each of several people drawn has: "soldiers with shields"."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from thumbnb.render.figures import glove_of
from thumbnb.render.objects.drawn import object_aspect
from thumbnb.render.objects.painting import describe
from thumbnb.render.objects.vocabulary.thing_kinds import HELD
from thumbnb.render.planning.people.encounters import encounter
from thumbnb.render.scene import Cutout, Fingers, ObjectLayer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.scene import Layer

_HIGH, _FOOT, _ACROSS = 1.25, 2.05, 0.3
"""How high it is, how far below the face its foot is, how far across, in face widths."""

_LOWEST_FOOT = 712.0

_MIDDLE = 640.0
"""The middle of the sheet."""

_WIDE = 1.25
"""What is wider by its height than this is before the middle of the chest."""


def held_by_each(cast: Cast) -> NamedThing | None:
    """Return what each of several people drawn has, if the prompt names any such thing."""
    if (does := encounter(cast)) and "attack" in does.poses:
        return None  # their weapons are raised
    held = (t for t in cast.things if t.word in cast.held_words and t.name in HELD)
    if cast.rooms or _is_before_and_after(cast):
        return next((t for t in held if t.count == 1), None)
    if not cast.group or cast.split or cast.versus:
        return None
    several = [t for t in held if t.count > 1 or cast.holder is not None]
    return next((t for t in several if not (t.spread or t.how)), None)


def _is_before_and_after(cast: Cast) -> bool:
    """Whether one person drawn is seen twice: what they hold is what made the difference."""
    twice = cast.group and cast.split and not (cast.versus or cast.portrait)
    return twice and not any(figure.physique for figure in cast.figures)  # they flex


_OFF_LABEL, _LOW = -0.5, 0.98
"""How far across and how high it is (face widths) where a label stands on the other side."""


def held_in_halves(cast: Cast) -> tuple[NamedThing | None, NamedThing | None]:
    """Return what is held before, and after: a broken laptop and a new one, else the one after."""
    held = held_by_each(cast)
    twice = held is not None and _is_before_and_after(cast)
    same = [thing for thing in cast.things if held and twice and thing.name == held.name]
    return (same[0], same[-1]) if len(same) > 1 else (None, held)


def with_what_each_holds(layers: Sequence[Layer], cast: Cast) -> list[Layer]:
    """Return the layers of a group with what each holds before their chest."""
    return with_each_holding(layers, cast, held_by_each(cast))


def with_each_holding(layers: Sequence[Layer], cast: Cast, thing: NamedThing | None) -> list[Layer]:
    """Return the layers of people with a thing before the chest of each."""
    if thing is None:
        return list(layers)
    aspect = object_aspect(thing.name)
    across = _ACROSS if aspect < _WIDE else 0.0
    high = _HIGH
    if _is_before_and_after(cast):
        across, high = _OFF_LABEL, _LOW
    drawing = describe(thing.name)
    found: list[Layer] = []
    numbers = count()
    for layer in layers:
        found.append(layer)
        if not isinstance(layer, Cutout) or layer.figure is None:
            continue
        if thing.count == 1 and cast.holder not in {None, next(numbers)} and not cast.split:
            continue
        (x, y), size = layer.at, layer.face_width
        foot = (x + across * size, min(y + _FOOT * size, _LOWEST_FOOT))
        if layer.at[0] < _MIDDLE and _is_before_and_after(cast):  # its label is on the left
            foot = (x - across * size, foot[1])
        own = {"field": layer.figure.cloth} if "field" in drawing.slots else {}
        found.append(
            ObjectLayer(
                name=thing.name,
                at=foot,
                height=high * size,
                colours=own,
                state=thing.state,
                grade=layer.grade,
                ambient=layer.ambient,
            )
        )
        if thing.name not in _ON_THE_ARM:
            edge = foot[0] - 0.36 * aspect * high * size
            found.append(
                Fingers(
                    at=(edge, foot[1] - 0.4 * high * size),
                    face_width=size,
                    skin=layer.figure.skin,
                    glove=glove_of(layer.figure),
                    reach="right",
                    grade=layer.grade,
                    ambient=layer.ambient,
                )
            )
    return found


_ON_THE_ARM = frozenset({"shield"})
"""What hides the hand that holds it."""
