"""What somebody drawn has in both hands: a pet hugged, a guitar played, one thing in each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from thumbnb.render.figures import face_box, glove_of
from thumbnb.render.figures.poses import POSES
from thumbnb.render.objects.drawn import object_aspect, object_edges
from thumbnb.render.objects.vocabulary.thing_kinds import ANIMATE, HELD
from thumbnb.render.planning.thing_colours import thing_colours
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


_UNIT = face_box(720)[2]
"""How wide a face is in the units of a figure's hands."""

_TALL, _WIDE = 1.9, 2.1
"""How high and how wide something is at the most that is in one of two hands, in face widths."""

_GRIP, _INSIDE = 0.66, 0.3
"""How far down it is held (shares of its height), how far inside of its edge (face widths)."""


def in_both_hands(cast: Cast) -> frozenset[str]:
    """Return the words of what is in the two hands of somebody, those for the hands among them."""
    pair = cast.in_each_hand
    if pair is None:
        return frozenset()
    hands = (thing.word for thing in cast.things if thing.name == "hand")
    return frozenset((*(thing.word for thing in pair), *hands))


def with_what_is_in_each_hand(layers: Sequence[Layer], cast: Cast) -> list[Layer]:
    """Return the layers of somebody with a thing in the left hand and one in the right."""
    person = next((each for each in layers if isinstance(each, Cutout) and each.figure), None)
    arm = POSES["weigh"].near
    if cast.in_each_hand is None or person is None or person.figure is None or arm is None:
        return list(layers)
    size, held = person.face_width, []
    for way, thing in zip((-1, 1), cast.in_each_hand, strict=True):
        x = person.at[0] + way * arm.wrist[0] / _UNIT * size
        y = person.at[1] + arm.wrist[1] / _UNIT * size
        aspect = object_aspect(thing.name)
        high = min(_TALL, _WIDE / aspect) * size * (_TINY if thing.size == "tiny" else 1.0)
        mirrored, edge = _as_held(thing.name, way)
        across = way * max(0.0, (0.5 - edge) * high * aspect - _INSIDE * size)
        held += [
            ObjectLayer(
                name=thing.name, at=(x + across, y + (1 - _GRIP) * high), height=high,
                state=thing.state, colours=thing_colours(thing), grade=person.grade,
                ambient=person.ambient, mirrored=mirrored,
            ),
            Fingers(
                at=(x, y), face_width=size, skin=person.figure.skin, glove=glove_of(person.figure),
                reach="left" if way < 0 else "right", grade=person.grade, ambient=person.ambient,
            ),
        ]  # fmt: skip
    return [*layers, *held]


def _as_held(name: str, way: int) -> tuple[bool, float]:
    """Return whether a drawing is mirrored in a hand, and its inner edge there (of its width).

    What leans does so outwards; ``way`` is -1 for the left hand.
    """
    first, last = object_edges(name, _GRIP)
    off_middle = (first + last) / 2 - 0.5
    mirrored = way * off_middle > _LEANS
    if mirrored:
        first, last = 1 - last, 1 - first
    return mirrored, first if way > 0 else 1 - last


_LEANS = 0.08
"""From so far from the middle of a thing on (of its width) its handle is on one side."""

_TINY = 0.56
"""How much smaller something tiny is in a hand."""
