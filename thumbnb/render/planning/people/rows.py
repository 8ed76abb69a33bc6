"""Several people in one pose from head to foot: side by side, each other one a step behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.figures import below_face, hair_top, is_whole, seat_and_over, turned_length

if TYPE_CHECKING:
    from thumbnb.render.layout import Layout
    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.scene import Figure

_MOST, _GROUND, _STEP, _CHILD = 5, 694.0, 26.0, 0.78
"""How many there are at the most, where the ground is, how much higher farther feet are (units)."""

_APART, _RIM = 2.3, 1.5
"""How far apart they are, and how far the last is from the rim of their room, in face widths."""


def in_row(cast: Cast) -> list[Figure]:
    """Return several people in the pose from head to foot that a prompt says; [] for none."""
    pose = cast.action.pose
    if not 1 < len(cast.figures) <= _MOST or cast.split or cast.versus or cast.vessel:
        return []
    reach = "left" if cast.action.fleeing else "right"
    posed = [
        figure.model_copy(update={"gesture": pose, "reach": reach}) if pose else figure
        for figure in cast.figures
    ]
    first = posed[0]
    fits = is_whole(first) and not (turned_length(first) or seat_and_over(first)[0])
    return posed if fits and pose not in _ALONE else []


_ALONE = frozenset({"surf", "skate", "ski", "snowboard", "climb", "hang", "dunk", "stand"})
"""Poses with something else to each, or with nothing to be seen of an action."""


def row_positions(
    cast: Cast, layout: Layout, row: list[Figure]
) -> list[tuple[float, float, float]]:
    """Return where the faces of people in a row are: their middles, and how wide they are."""
    beside = layout.side in {"left", "right", "none"}
    middle = layout.hero[0] if beside else 640.0
    room = (min(middle, 1280 - middle) if beside else 560.0) * 2
    ceiling = layout.text[1] + layout.text[3] + 8 if layout.side == "top" else cast.rows[0] - 28
    ground = min(_GROUND, cast.rows[1] + 30)
    ground = layout.text[1] + 30 if layout.side == "bottom" else ground
    tallest = max(hair_top(figure) + below_face(figure) for figure in row)
    wide = (len(row) - 1) * _APART + 2 * _RIM
    size = min((ground - max(16.0, ceiling)) / tallest, room / wide)
    found = []
    for number, figure in enumerate(row):
        own = size * (_CHILD if figure.young else 1.0)
        x = middle + (number - (len(row) - 1) / 2) * _APART * size
        foot = ground - (_STEP if number % 2 else 0.0)
        found.append((x, foot - below_face(figure) * own, own))
    return found
