"""What somebody drawn has before the chest with both hands: a pet hugged, a guitar played."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from thumbnb.render.figures import glove_of
from thumbnb.render.objects.drawn import object_aspect
from thumbnb.render.objects.vocabulary.thing_kinds import ANIMATE, HELD
from thumbnb.render.scene import Cutout, Fingers, ObjectLayer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.scene import Layer


@dataclass(frozen=True, slots=True)
class _Carrying:
    """How something is carried, for who reaches to the right.

    ``high`` is its height and ``foot`` where the middle of its foot is, in face widths from the
    middle of the face; ``hands`` are where each hand is: across from its middle and above its
    foot, in shares of its width and height, and the side that hand comes from.
    """

    high: float
    foot: tuple[float, float]
    hands: tuple[tuple[float, float, int], ...]


_WAYS = {
    "hug": _Carrying(1.7, (0.0, 2.42), ((-0.5, 0.3, -1), (0.5, 0.3, 1))),
    "strum": _Carrying(2.5, (0.1, 3.0), ((0.27, 0.74, 1), (-0.08, 0.3, -1))),
}
_STRUMMED = frozenset({"guitar", "electric-guitar"})


def carried_thing(cast: Cast) -> NamedThing | None:
    """Return what somebody drawn has in both arms, if anything."""
    if len(cast.figures) != 1 or cast.split or cast.versus:
        return None
    pose = carrying_pose(cast)
    if pose == "strum":
        fitting = [thing for thing in cast.things if thing.name in _STRUMMED]
    elif pose == "hug":
        fitting = [thing for thing in cast.things if thing.name in HELD or thing.name in ANIMATE]
    else:
        return None
    return next((t for t in fitting if t.count == 1 and t.size != "huge"), None)


def carrying_pose(cast: Cast) -> str:
    """Return the pose of somebody who may carry something, of what the prompt or a role says."""
    return cast.action.pose or cast.action.usual


def with_what_is_carried(layers: Sequence[Layer], cast: Cast) -> list[Layer]:
    """Return the layers of somebody with what they have before the chest."""
    thing = carried_thing(cast)
    person = next((each for each in layers if isinstance(each, Cutout) and each.figure), None)
    if thing is None or person is None or person.figure is None:
        return list(layers)
    way = _WAYS[carrying_pose(cast)]
    side = -1 if person.figure.reach == "left" else 1
    (x, y), size = person.at, person.face_width
    foot = (x + side * way.foot[0] * size, y + way.foot[1] * size)
    high = way.high * size
    light = {"grade": person.grade, "ambient": person.ambient}
    carried = ObjectLayer(
        name=thing.name,
        at=foot,
        height=high,
        state=thing.state,
        mirrored=thing.name in _STRUMMED and side < 0,
        **light,
    )
    wide = high * object_aspect(thing.name)
    hands = [
        Fingers(
            at=(foot[0] + side * across * wide, foot[1] - up * high),
            face_width=size,
            skin=person.figure.skin,
            glove=glove_of(person.figure),
            reach="right" if side * comes_from < 0 else "left",
            **light,
        )
        for across, up, comes_from in way.hands
    ]
    return [*layers, carried, *hands]
