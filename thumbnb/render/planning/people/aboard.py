"""People in something that hides their lower bodies: a boat, a tub, a box, sand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thumbnb.render.figures import SHEET, face_box, hair_top
from thumbnb.render.objects.drawn import object_aspect
from thumbnb.render.objects.vocabulary.seats import Vessel, vessel_of
from thumbnb.render.planning.people.looking import looking_at_each_other
from thumbnb.render.scene import Cutout, Finish, ObjectLayer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.layout import Layout
    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.planning.context import PlanContext
    from thumbnb.render.scene import Box, Figure, Layer

_WIDEST, _HIGHEST, _BOX = 620.0, 330.0, 600.0
"""How wide and high a vessel is at the most, and how high one is that holds all of somebody."""

_FOOT = 734.0
"""How far down it reaches (units): its foot is out of the frame, or in the water."""

_APART, _LARGEST, _CEILING = 0.98, 176.0, 40.0
"""How far apart faces are (in their widths), how wide one is at the most, and how high up."""

_SEATED, _SHOULDERS = 0.92, 2.2
"""How much of the width of a vessel people take, and how wide shoulders are in face widths."""

_BODY = (SHEET - face_box()[1] - face_box()[3] / 2) / face_box()[2]
"""How far a body reaches below the middle of its face, in face widths."""

_IN_ROW, _SECOND_ROW = 3, 0.8
"""How many sit in one row, and how much higher the faces of a second one are (face widths)."""

_GROUND = 724.0
"""How far down bodies reach of those who are not in it (units)."""


def vessel_box(cast: Cast, layout: Layout) -> Box | None:
    """Return where what people are in is in a layout: x, y, width, height."""
    vessel = _vessel(cast)
    if vessel is None:
        return None
    aspect = object_aspect(vessel.drawing)
    if vessel.whole:
        wide, high = _BOX * aspect, _BOX
    else:
        wide = vessel.wide or min(_WIDEST, _HIGHEST * aspect)
        high = wide / aspect
    foot = 708.0 if vessel.whole else _FOOT + vessel.sunk
    middle = 640.0 if vessel.wide else _middle(layout)
    return middle - wide / 2, foot - high, wide, high


def _vessel(cast: Cast) -> Vessel | None:
    return vessel_of(cast.vessel.name) if cast.vessel else None


def _middle(layout: Layout) -> float:
    if layout.side == "left":
        return 962.0
    return 318.0 if layout.side == "right" else 640.0


def _seats(cast: Cast, layout: Layout) -> list[tuple[float, float, float]]:
    """Return where the faces of all people go: their middles, and how wide they are (units)."""
    vessel, box = _vessel(cast), vessel_box(cast, layout)
    assert vessel is not None  # noqa: S101 - else nobody is in one
    assert box is not None  # noqa: S101
    _, y, wide, high = box
    wide = min(wide, _WIDEST)
    inside, outside = cast.aboard, len(cast.figures) - cast.aboard
    hair = max(map(hair_top, cast.figures))
    rim = y + vessel.rim * high
    ceiling = layout.text[1] + layout.text[3] if layout.side == "top" else _CEILING
    above = 0.0 if vessel.whole else vessel.above
    # Four and more sit in two rows.
    back = inside // 2 if inside > _IN_ROW else 0
    front = inside - back
    risen = _SECOND_ROW if back else 0.0
    share = _IN_ENTRANCE if _is_behind(cast) else _IN_GLASS
    room = share * high / (hair + _BODY) if vessel.whole else _LARGEST
    size = min(wide * _SEATED / ((front - 1) * _APART + _SHOULDERS), room)
    if not vessel.whole:
        size = min(size, (rim - ceiling) / (above + hair + risen))
    face = y + 0.98 * high - _BODY * size if vessel.whole else rim - above * size
    middle = _middle(layout)
    apart = _APART * size
    rows = ((front, face), (back, face - _SECOND_ROW * size))
    seats = [
        (middle + (n - (count - 1) / 2) * apart, down, size)
        for count, down in rows
        for n in range(count)
    ]
    # The others stand behind it, down to the lower edge.
    tall = (_GROUND - ceiling) / (hair + _BODY)
    spread = max(1, outside - 1)
    for n in range(outside):
        across = (n / spread - 0.5) if outside > 1 else 0.32
        reach = min(0.72 * wide, 1.7 * tall * spread)
        seats.append((middle + across * reach, _GROUND - _BODY * tall, tall))
    return seats


def heads_aboard(cast: Cast, layout: Layout) -> list[Box]:
    """Return where heads and vessel are in a layout: words keep off them."""
    box = vessel_box(cast, layout)
    heads = [(x - 0.65 * w, y - 0.9 * w, 1.3 * w, 1.5 * w) for x, y, w in _seats(cast, layout)]
    return [*heads, box] if box and box[2] <= _WIDEST else heads


def layers_aboard(
    context: PlanContext, finish: Finish, ambient: float, grade: dict[str, Any] | None
) -> list[Layer]:
    """Lay out people in what holds them, and behind it those who are not in it."""
    cast = context.cast
    vessel, box = _vessel(cast), vessel_box(cast, context.layout)
    assert vessel is not None  # noqa: S101 - else nobody is in one
    assert box is not None  # noqa: S101
    assert cast.vessel is not None  # noqa: S101
    seats = _seats(cast, context.layout)
    figures = _turned(cast, seats)
    x, y, wide, high = box
    layers: list[Layer] = []
    low = None if vessel.whole else y + (vessel.rim + 0.14 * (1 - vessel.rim)) * high
    people = list(enumerate(zip(seats, figures, strict=True)))
    # Those who are in it sit before the others.
    for number, ((across, down, size), figure) in reversed(people):
        layers.append(
            Cutout(
                at=(across, down),
                face_width=size,
                face=face_box(figure=figure),
                figure=figure,
                seen_to=low if number < cast.aboard else None,
                finish=finish,
                grade=grade,
                ambient=ambient,
            )
        )
    layers.insert(
        0 if _is_behind(cast) else len(layers),
        ObjectLayer(
            name=vessel.drawing,
            at=(x + wide / 2, y + high),
            height=high,
            state=cast.vessel.state if cast.vessel.state != "glass" else "",
            finish=finish.model_copy(update={"outline": None, "glow": None}),
            grade=grade,
            ambient=ambient,
        ),
    )
    return layers


def _is_behind(cast: Cast) -> bool:
    """Whether people are seen in the entrance of what they are in, before it."""
    return cast.vessel is not None and cast.vessel.name == "tent"


_IN_ENTRANCE, _IN_GLASS = 0.56, 0.9
"""How much of the height of a tent, or of a box of glass, people take who are in it."""


def _turned(cast: Cast, seats: Sequence[tuple[float, float, float]]) -> list[Figure]:
    if len(cast.figures) == 1:
        pose = cast.action.pose if cast.action.pose in _SEATED_POSES else "rest"
        astonished = {"surprised": "cheeks", "scared": "cheeks"}.get(cast.figures[0].expression)
        return [cast.figures[0].model_copy(update={"gesture": astonished or pose, "turn": -0.3})]
    return looking_at_each_other(cast.figures, [(x, y) for x, y, _ in seats], cast, ())


_SEATED_POSES = frozenset(
    {"wave", "cheer", "thumb", "thumbs", "head", "think", "salute", "shrug", "pray", "surrender"}
)
"""What the arms of somebody can do in a vessel."""
