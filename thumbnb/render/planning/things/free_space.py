"""What takes the space of a layout beside things: words, people, labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from thumbnb.render.figures import below_face, hair_top, is_whole
from thumbnb.render.layout import BADGE
from thumbnb.render.planning.people.gestures import reaching
from thumbnb.render.planning.people.placement import figure_position, group_bodies, group_heads
from thumbnb.render.planning.things.rooms import free_heights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.layout import Layout
    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.scene import Box, Point


class Surroundings(NamedTuple):
    """What is there when room is looked for (boxes in units).

    ``kept`` nothing may cover: words, heads, labels; over ``bodies`` things may stand if there
    is no other room. Between ``top`` and ``floor`` they are placed.
    """

    kept: Sequence[Box]
    bodies: Sequence[Box]
    top: float
    floor: float
    anchor: Point | None = None
    """About which things may be made smaller; None where they are in somebody's hands."""


_VERSUS: Box = (530.0, 200.0, 220.0, 340.0)
"""Where "VS" may stand between two (units)."""

_FLOOR = 690.0

_BODY, _SHOULDERS, _NECK = 0.75, 1.25, 0.6
"""How far a body seen whole, and shoulders, reach to either side; where they begin (faces)."""


def surroundings(cast: Cast, layout: Layout) -> Surroundings:
    """Return what takes space in a layout, before things are placed."""
    kept: list[Box] = [BADGE]
    if layout.side != "none":
        kept.append(layout.text)
    if cast.versus or cast.split:
        kept.append(_VERSUS)
    if cast.face_cam:
        kept.append(cast.face_cam.box)
    bodies: list[Box] = []
    if cast.group:
        kept += group_heads(cast, layout)
        bodies += group_bodies(cast, layout)
    elif cast.person:
        head, body = _person(cast, layout)
        kept.append(head)
        bodies.append(body)
    top, _ = free_heights(cast, layout)
    floor = min(_FLOOR, cast.rows[1] + 34)
    if layout.side == "bottom":
        floor = min(floor, layout.text[1] - 16)
    top = top if layout.side == "top" else max(44.0, cast.rows[0])
    anchor = None
    if not (cast.person or cast.split or cast.versus):
        # Off the words, and off the corner that shows the duration.
        anchor = (1230.0 if layout.side == "left" else _MIDDLE, floor)
        anchor = (50.0, floor) if layout.side == "right" else anchor
    return Surroundings(kept, bodies, top, floor, anchor)


_MIDDLE = 640.0
"""The middle of the sheet."""


def _person(cast: Cast, layout: Layout) -> tuple[Box, Box]:
    """Return where the head and the body are of the one person who stands there."""
    figure = reaching(cast, layout) if cast.figures else None
    x, y, size, _ = figure_position(cast, layout, figure=figure)
    above = hair_top(figure) if figure else 1.0
    whole = bool(figure and is_whole(figure))
    foot = y + below_face(figure) * size if figure and whole else 720.0
    side = (_BODY if whole else _SHOULDERS) * size
    head = (x - 0.7 * size, y - above * size, 1.4 * size, (above + _NECK) * size)
    neck = y + _NECK * size
    return head, (x - side, neck, 2 * side, max(foot - neck, 1.0))
