"""The two halves of a comparison: the people in each, and what makes two rooms differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.figures import below_face, face_box, hair_top, is_whole
from thumbnb.render.planning.headline import extent
from thumbnb.render.planning.people.looking import facing_each_other
from thumbnb.render.planning.photos.half_grades import AFTER_GRADE, before_grade
from thumbnb.render.scene import Cutout, ObjectLayer

if TYPE_CHECKING:
    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.planning.context import PlanContext
    from thumbnb.render.scene import Figure, Finish, Layer

_ACROSS = (306.0, 974.0)
"""Where the middles of the halves are (units)."""

_FACE, _FACE_LOW = 205.0, 190.0
"""How wide faces are at the most, above the words and below them."""

_HIGHEST, _HIGHEST_LOW = 272.0, 400.0
"""How far down the middle of a face is at least."""

_CHIN = 0.52
"""How far a face reaches below its middle, in face widths."""

LABELS_BELOW = 540.0
"""How far down labels stand where the words are at the top: below faces, above the badge."""


def has_halves_of_people(cast: Cast) -> bool:
    """Whether somebody drawn stands in each half."""
    return len(cast.figures) == 2 and (cast.split or cast.versus) and not cast.portrait  # noqa: PLR2004


def people_in_halves(context: PlanContext, finish: Finish, ambient: float) -> list[Layer]:
    """Place somebody in the middle of each half, below or above the words."""
    grades = (None, None) if context.cast.versus else (before_grade(another=True), AFTER_GRADE)
    above_words = context.layout.side == "bottom"
    first, last = context.cast.figures
    facing = facing_each_other(_showing(first), _showing(last), rivals=context.cast.versus)
    largest, highest = (_FACE, _HIGHEST) if above_words else (_FACE_LOW, _HIGHEST_LOW)
    ceiling, floor = _room_for_heads(context)
    if any(figure.physique for figure in facing):  # bodies are what differs
        largest, highest = min(largest, _FACE_WITH_BODY), min(highest, _HIGHEST_WITH_BODY)
    layers: list[Layer] = []
    for x, figure, grade in zip(_ACROSS, facing, grades, strict=True):
        if is_whole(figure):
            below = below_face(figure)
            size = min(_FACE_WITH_BODY, (_GROUND - ceiling) / (hair_top(figure) + below))
            y = _GROUND - below * size
        else:
            above = hair_top(figure)
            size = min(largest, (floor - ceiling) / (above + _CHIN))
            y = max(ceiling + above * size, min(highest, floor - _CHIN * size))
        layers.append(
            Cutout(
                at=(x, y),
                face_width=size,
                face=face_box(figure=figure),
                figure=figure,
                fade=150.0 if above_words and not is_whole(figure) else 0.0,
                finish=finish,
                grade=grade,
                ambient=ambient,
            )
        )
    return layers


_GROUND = 706.0

_FACE_WITH_BODY, _HIGHEST_WITH_BODY = 136.0, 330.0
"""The same where bodies are what is compared."""

_SHOWN = {"muscular": "flex", "thin": "shrug", "heavy": "hips"}
"""What people do with their arms who show how broad they are."""


def _showing(figure: Figure) -> Figure:
    does = _SHOWN.get(figure.physique) if figure.gesture == "rest" else None
    return figure.model_copy(update={"gesture": does}) if does else figure


def _room_for_heads(context: PlanContext) -> tuple[float, float]:
    """Return from where to where there is room for heads: clear of the words and the labels."""
    _, y, _, h = extent(context.words) if context.words else context.layout.text
    if context.layout.side == "bottom":
        return 10.0, y - _OFF_WORDS
    labelled = context.cast.split and not context.cast.versus and "labels" not in context.excluded
    return y + h + _OFF_WORDS, LABELS_BELOW if labelled else 720.0


_OFF_WORDS = 14.0

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
