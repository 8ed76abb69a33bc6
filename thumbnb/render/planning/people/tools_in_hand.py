"""The tools in the hands of who does something, and the lines that show motion."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from thumbnb.render.figures import glove_of, hand_at
from thumbnb.render.objects.drawn import object_aspect
from thumbnb.render.planning.people.acting import (
    DRAWN_TO_THE_LEFT,
    GRIPS,
    LARGER,
    Acting,
    acted_box,
    acting,
    hand_of,
    shield_of,
    weapons_of_pair,
)
from thumbnb.render.planning.thing_colours import thing_colours
from thumbnb.render.scene import Cutout, Fingers, ObjectLayer, Streaks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.layout import Layout
    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.scene import Layer, Point


def tool_layers(
    layers: Sequence[Layer], cast: Cast, layout: Layout
) -> tuple[list[Layer], list[Layer]]:
    """Return what lies behind and before somebody who acts: lines of motion, and their tool."""
    does = acting(cast, layout)
    people = (each for each in reversed(layers) if isinstance(each, Cutout) and each.figure)
    person = next(people, None)
    if person and person.figure and person.figure.gesture == "fall":
        return [_falling(person)], []
    if armed := weapons_of_pair(cast):
        return _weapons(layers, armed), _shields(layers, cast)
    if does is None or person is None or person.figure is None:
        return [], []
    marks = _streaks(cast, layout, does)
    if not does.tool:
        return marks, []
    hand, size, _, way = hand_of(cast, layout, does)
    pose = does.staging.pose
    at = (hand[0] + way * 0.16 * size, hand[1]) if pose == "swing" else hand
    if pose == "cut":  # in the palm, above the wrist
        at = (hand[0], hand[1] - 0.22 * size)
    if pose == "dig":
        at = (at[0] - way * 0.78 * size, at[1] - 0.86 * size)  # the farther hand is higher
    if does.staging.place == "hand" and pose != "dig":
        at = (hand[0] + way * 0.1 * size, hand[1] - 0.1 * size)
    tool = _tool(does, at, size, way, person)
    if pose == "attack":  # behind the fist
        return [*marks, tool], _shields([person], cast)
    fingers = Fingers(
        at=at, face_width=size, skin=person.figure.skin, glove=glove_of(person.figure),
        reach="left" if way < 0 else "right", grade=person.grade, ambient=person.ambient,
    )  # fmt: skip
    return marks, [tool, fingers]


def _weapons(layers: Sequence[Layer], armed: Sequence[Acting]) -> list[Layer]:
    """Return what two people fight with, each behind their fist."""
    people = [each for each in layers if isinstance(each, Cutout) and each.figure]
    tools: list[Layer] = []
    for person, does in zip(people, armed, strict=False):
        if person.figure is None:
            continue
        way = -1 if person.figure.reach == "left" else 1
        across, down = hand_at(person.figure)
        size = person.face_width
        at = (person.at[0] + way * across * size, person.at[1] + down * size)
        tools.append(_tool(does, at, size, way, person))
    return tools


_SHIELD_AT, _SHIELD_HIGH = (-0.5, 2.25), 1.7
"""Where the foot of a shield is from the middle of the face, and how high it is (face widths)."""


def _shields(layers: Sequence[Layer], cast: Cast) -> list[Layer]:
    """Return the shields of those who fight, before their chests, on the side of the other arm."""
    shield = shield_of(cast)
    if shield is None:
        return []
    return [
        ObjectLayer(
            name=shield.name,
            at=(
                each.at[0]
                + _SHIELD_AT[0] * (-1 if each.figure.reach == "left" else 1) * each.face_width,
                each.at[1] + _SHIELD_AT[1] * each.face_width,
            ),
            height=_SHIELD_HIGH * each.face_width,
            grade=each.grade,
            ambient=each.ambient,
            colours=thing_colours(shield),
        )
        for each in layers
        if isinstance(each, Cutout) and each.figure
    ]


def _tool(does: Acting, at: Point, size: float, way: int, person: Cutout) -> ObjectLayer:
    """Place a tool with its grip in a hand, its end where the act aims."""
    across, down, own = GRIPS.get(does.tool, (0.5, 0.7, 90.0))
    held = does.staging.place == "hand" and does.staging.pose != "dig"
    aim = 78.0 if held else does.staging.aim
    mirrored = (way < 0) != (does.tool in DRAWN_TO_THE_LEFT)
    if mirrored:
        across, own = 1 - across, 180 - own
    if way < 0:
        aim = 180 - aim
    high = does.staging.long * LARGER.get(does.tool, 1.0) * size / 1.35
    wide = high * object_aspect(does.tool)
    turn = aim - own
    angle = math.radians(turn)
    # Where the grip is from the middle of the drawing, once that is turned (y goes down).
    gx, gy = (across - 0.5) * wide, (down - 0.5) * high
    x = gx * math.cos(angle) + gy * math.sin(angle)
    y = -gx * math.sin(angle) + gy * math.cos(angle)
    return ObjectLayer(
        name=does.tool,
        at=(at[0] - x, at[1] - y + high / 2),
        height=high,
        mirrored=mirrored,
        turn=turn,
        grade=person.grade,
        ambient=person.ambient,
        colours=thing_colours(does.named) if does.named else {},
        state=does.named.state if does.named else "",
    )


def _falling(person: Cutout) -> Streaks:
    """Return the lines above somebody who falls."""
    (x, y), size = person.at, person.face_width
    way = 1 if person.figure and person.figure.reach == "left" else -1
    lines = [
        (
            x + way * across * size,
            max(-40.0, y - high * size),
            x + way * across * size,
            y - low * size,
        )
        for across, high, low in (
            (0.0, 3.0, 0.9),
            (1.2, 3.6, 1.5),
            (2.9, 3.0, 0.3),
            (4.0, 2.2, 0.2),
        )
    ]
    return Streaks(lines=tuple(lines), width=0.08 * size, opacity=0.7)


def _streaks(cast: Cast, layout: Layout, does: Acting) -> list[Layer]:
    """Return the lines behind what flies or falls."""
    x, y, w, h = acted_box(cast, layout, does)
    (hx, hy), size, _, way = hand_of(cast, layout, does)
    if does.staging.place == "dropped":
        lines = [
            (x + share * w, max(hy - 0.2 * size, y - long * size), x + share * w, y + 0.2 * h)
            for share, long in ((0.2, 1.0), (0.5, 1.3), (0.8, 0.9))
        ]
    elif does.staging.place == "thrown":
        near = x + w if way < 0 else x
        start = hx - way * 0.1 * size
        lines = [
            (start, hy + off * 0.4 * size, near + way * 0.2 * w, y + (0.5 + off * 0.3) * h)
            for off in (-1.0, 0.0, 1.0)
        ]
    else:
        return []
    return [Streaks(lines=tuple(lines), width=0.075 * size)]
