"""What each of several people drawn has: "soldiers with shields"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.figures import glove_of
from thumbnb.render.objects.drawn import object_aspect
from thumbnb.render.objects.painting import describe
from thumbnb.render.objects.vocabulary.thing_kinds import ANIMATE, HELD
from thumbnb.render.scene import Cutout, Fingers, ObjectLayer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.prompt.things import NamedThing
    from thumbnb.render.scene import Layer

_HIGH, _FOOT, _ACROSS = 1.25, 2.05, 0.3
"""How high it is, how far below the face its foot is, how far across, in face widths."""

_HUGGED_HIGH, _HUGGED_FOOT = 1.7, 2.42
"""The same of what is held in both arms."""

_WIDE = 1.25
"""What is wider by its height than this is before the middle of the chest."""


def held_by_each(cast: Cast) -> NamedThing | None:
    """Return what each of several people drawn has, if the prompt names any such thing."""
    if hugged := hugged_thing(cast):
        return hugged
    if not cast.group or cast.split or cast.versus:
        return None
    held = (t for t in cast.things if t.word in cast.held_words and t.name in HELD)
    return next((t for t in held if t.count > 1), None)


def hugged_thing(cast: Cast) -> NamedThing | None:
    """Return what somebody drawn has in both arms, if anything."""
    if cast.action.pose != "hug" or len(cast.figures) != 1 or cast.split or cast.versus:
        return None
    small = (t for t in cast.things if t.name in HELD or t.name in ANIMATE)
    return next((t for t in small if t.count == 1 and t.size != "huge"), None)


def with_what_each_holds(layers: Sequence[Layer], cast: Cast) -> list[Layer]:
    """Return the layers of a group with what each holds before their chest."""
    thing = held_by_each(cast)
    if thing is None:
        return list(layers)
    aspect = object_aspect(thing.name)
    hugged = thing is hugged_thing(cast)
    across = _ACROSS if aspect < _WIDE and not hugged else 0.0
    drawing = describe(thing.name)
    found: list[Layer] = []
    for layer in layers:
        found.append(layer)
        if not isinstance(layer, Cutout) or layer.figure is None:
            continue
        (x, y), size = layer.at, layer.face_width
        tall, down = (_HUGGED_HIGH, _HUGGED_FOOT) if hugged else (_HIGH, _FOOT)
        foot = (x + across * size, y + down * size)
        own = {"field": layer.figure.cloth} if "field" in drawing.slots else {}
        found.append(
            ObjectLayer(
                name=thing.name,
                at=foot,
                height=tall * size,
                colours=own,
                state=thing.state,
                grade=layer.grade,
                ambient=layer.ambient,
            )
        )
        if thing.name in _ON_THE_ARM:
            continue
        for side, reach in ((-1, "right"), (1, "left"))[: 2 if hugged else 1]:
            edge = foot[0] + side * (0.5 if hugged else 0.36) * aspect * tall * size
            found.append(
                Fingers(
                    at=(edge, foot[1] - (0.3 if hugged else 0.4) * tall * size),
                    face_width=size,
                    skin=layer.figure.skin,
                    glove=glove_of(layer.figure),
                    reach="right" if reach == "right" else "left",
                    grade=layer.grade,
                    ambient=layer.ambient,
                )
            )
    return found


_ON_THE_ARM = frozenset({"shield"})
"""What hides the hand that holds it."""
