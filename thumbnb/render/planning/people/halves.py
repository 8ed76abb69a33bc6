"""The two halves of a comparison: the people in each, and what makes two rooms differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.figures import face_box, hair_top
from thumbnb.render.planning.background import AFTER_GRADE, before_grade
from thumbnb.render.scene import Cutout, ObjectLayer

if TYPE_CHECKING:
    from thumbnb.render.planning.cast import Cast
    from thumbnb.render.planning.context import PlanContext
    from thumbnb.render.scene import Finish, Layer

_ACROSS = (306.0, 974.0)
"""Where the middles of the halves are (units)."""

_FACE, _FACE_LOW = 205.0, 190.0
"""How wide faces are above the words and below them."""


def has_halves_of_people(cast: Cast) -> bool:
    """Whether somebody drawn stands in each half."""
    return len(cast.figures) == 2 and (cast.split or cast.versus) and not cast.portrait  # noqa: PLR2004


def people_in_halves(context: PlanContext, finish: Finish, ambient: float) -> list[Layer]:
    """Place somebody in the middle of each half, below or above the words."""
    grades = (None, None) if context.cast.versus else (before_grade(another=True), AFTER_GRADE)
    _, y, _, h = context.layout.text
    above_words = context.layout.side == "bottom"
    size = _FACE if above_words else _FACE_LOW
    ceiling = 10.0 if above_words else y + h
    layers: list[Layer] = []
    for x, figure, grade in zip(_ACROSS, context.cast.figures, grades, strict=True):
        layers.append(
            Cutout(
                at=(x, max(272.0 if above_words else 400.0, ceiling + hair_top(figure) * size)),
                face_width=size,
                face=face_box(),
                figure=figure,
                fade=150.0 if above_words else 0.0,
                finish=finish,
                grade=grade,
                ambient=ambient,
            )
        )
    return layers


_CLUTTER = (
    ("package", 96.0, 676.0, 130.0, 0.0),
    ("t-shirt", 250.0, 690.0, 120.0, 24.0),
    ("trash-can", 430.0, 664.0, 190.0, -14.0),
    ("banana", 330.0, 700.0, 70.0, 40.0),
    ("soda", 176.0, 700.0, 84.0, 78.0),
    ("pizza", 520.0, 704.0, 78.0, -20.0),
)
_TIDY = (("potted-plant", 1180.0, 690.0, 230.0, 0.0),)
"""What lies in an untidy room, what stands in a tidy one: its name, where, how high, its turn."""


def room_in_halves() -> list[Layer]:
    """Lay out what makes the two halves of one room differ: clutter before, order after."""
    grade = before_grade(another=True)
    untidy = [
        ObjectLayer(name=name, at=(x, y), height=h, turn=turn, ground=0.6, grade=grade)
        for name, x, y, h, turn in _CLUTTER
    ]
    tidy = [
        ObjectLayer(name=name, at=(x, y), height=h, turn=turn, ground=0.7, grade=AFTER_GRADE)
        for name, x, y, h, turn in _TIDY
    ]
    return [*untidy, *tidy]
