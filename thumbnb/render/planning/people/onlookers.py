"""People who look on while somebody does something: smaller, farther away, behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.figures import below_face, face_box, hair_top
from thumbnb.render.scene import Cutout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.layout import Layout
    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.scene import Layer

_HIGH, _GROUND, _CHILD = 372.0, 668.0, 0.84
"""How high they are, how far down their feet are (units), how large a child is."""

_APART = (0.36, 0.58, 0.14)
"""Where each stands: how far from the rim to the person, of that room."""

_AGHAST = frozenset({"surprised", "scared", "worried", "angry"})


def with_onlookers(layers: Sequence[Layer], cast: Cast, layout: Layout) -> list[Layer]:
    """Return the layers of somebody, those who look on behind them."""
    person = next((each for each in layers if isinstance(each, Cutout)), None)
    if person is None or not cast.onlookers:
        return list(layers)
    left = layout.hero[0] > 640  # noqa: PLR2004 - the middle of the sheet
    near = (
        person.at[0] - 1.6 * person.face_width if left else person.at[0] + 1.6 * person.face_width
    )
    found: list[Layer] = []
    for share, figure in zip(_APART, cast.onlookers, strict=False):
        x = share * near if left else 1280 - share * (1280 - near)
        pose = "gasp" if figure.expression in _AGHAST else "stand"
        way = 1.0 if left else -1.0
        mine = figure.model_copy(
            update={"gesture": pose, "turn": 0.6 * way, "gaze": (0.7 * way, 0.1)}
        )
        high = _HIGH * (_CHILD if figure.young else 1.0)
        size = high / (hair_top(mine) + below_face(mine))
        found.append(
            Cutout(
                at=(x, _GROUND - below_face(mine) * size),
                face_width=size,
                face=face_box(figure=mine),
                figure=mine,
                finish=person.finish,
                ground=0.85,
                grade=person.grade,
                ambient=person.ambient,
            )
        )
    return [*found, *layers]
