"""Where people drawn look: at what is beside them, at each other, or at who sees the image."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.planning.cast.large_thing import large_thing
from thumbnb.render.prompt.people.actions import is_alive

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.scene import Box, Figure, Point

_MIDDLE = 640.0
"""The middle of the sheet."""

_GRAVE = frozenset(
    {
        "surprised", "scared", "worried", "sad", "angry", "serious", "crying", "disgusted", "tired",
        "asleep",
    }
)  # fmt: skip
"""Feelings that what is beside somebody is the reason for: they look at it."""

_GLAD = frozenset({"happy", "excited"})
"""Feelings of who shows something large to who sees the image."""

_TURN, _GAZE, _LEAN, _TILT = 0.85, 0.8, 3.0, 2.5
"""How far who looks at something turns, looks aside, leans (degrees) and tilts the head."""

_TO_VIEWER = 0.42
"""How far a face is turned whose eyes are on who sees the image."""

_HEADS_TOGETHER = 0.55
"""How far people in a group turn towards each other."""


def looking(figure: Figure, cast: Cast, face: Point, boxes: Sequence[Box]) -> Figure:
    """Return somebody alone who looks where they should; ``boxes`` are what is beside them."""
    box = max(boxes, key=lambda each: each[2] * each[3], default=None)
    if cast.action.look in {"up", "down"}:
        down = -1.0 if cast.action.look == "up" else 0.9
        return figure.model_copy(
            update={"nod": down, "gaze": (0.0, down), "turn": 0.4 * _way(face, box)}
        )
    grave = figure.expression in _GRAVE and figure.gesture != "point"
    if (large := large_thing(cast)) and figure.expression not in _GLAD:
        grave = grave or large.size == "huge" or is_alive(large.name)
    if box and cast.action.look != "viewer" and (grave or cast.action.look == "thing"):
        return _towards(figure, face, (box[0] + box[2] / 2, box[1] + 0.4 * box[3]))
    way = _way(face, box)
    return figure.model_copy(
        update={
            "turn": _TO_VIEWER * way,
            "gaze": (-0.22 * way, 0.0),
            "tilt": -_TILT * way if figure.expression not in _GRAVE else 0.0,
            "lean": -_LEAN * 0.6 * way,
        }
    )


def looking_at_each_other(
    figures: Sequence[Figure], faces: Sequence[Point], cast: Cast, boxes: Sequence[Box]
) -> list[Figure]:
    """Return people side by side: turned to what is beside them, else to each other."""
    box = max(boxes, key=lambda each: each[2] * each[3], default=None)
    middle = sum(x for x, _ in faces) / len(faces)
    spread = max(1.0, *(abs(x - middle) for x, _ in faces))
    found = []
    for figure, face in zip(figures, faces, strict=True):
        if (
            box
            and cast.action.look != "viewer"
            and (figure.expression in _GRAVE or cast.action.look == "thing")
        ):
            found.append(_towards(figure, face, (box[0] + box[2] / 2, box[1] + 0.4 * box[3])))
            continue
        way = (middle - face[0]) / spread
        found.append(
            figure.model_copy(
                update={
                    "turn": _HEADS_TOGETHER * way,
                    "gaze": (0.25 * way, 0.0),
                    "tilt": -_TILT * way,
                }
            )
        )
    return found


def facing_each_other(first: Figure, last: Figure, *, rivals: bool) -> tuple[Figure, Figure]:
    """Return the people of two halves: rivals eye each other, else each turns to the other."""
    gaze, turn = (_GAZE, 0.7) if rivals else (0.0, 0.3)
    return (
        first.model_copy(update={"turn": turn, "gaze": (gaze, 0.0)}),
        last.model_copy(update={"turn": -turn, "gaze": (-gaze, 0.0)}),
    )


def _towards(figure: Figure, face: Point, target: Point) -> Figure:
    across, down = target[0] - face[0], target[1] - face[1]
    way = 1.0 if across > 0 else -1.0
    steep = max(-1.0, min(1.0, down / max(abs(across), 160.0)))
    return figure.model_copy(
        update={
            "turn": _TURN * way,
            "nod": 0.7 * steep,
            "gaze": (_GAZE * way, 0.7 * steep),
            "tilt": -_TILT * way,
            "lean": -_LEAN * way,
        }
    )


def _way(face: Point, box: Box | None) -> float:
    """Return the side to turn to: that of what is beside somebody, else of the wider space."""
    across = box[0] + box[2] / 2 - face[0] if box else _MIDDLE - face[0]
    if abs(across) < 60:  # noqa: PLR2004 - in the middle, one side is as good as the other
        return 0.6
    return 1.0 if across > 0 else -1.0
