"""The places of people: one as large as the preset sets it, several side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from thumbnb.render.figures import (
    SHEET,
    arm_reach,
    below_face,
    face_box,
    face_share,
    hair_top,
    is_whole,
    seat_and_over,
    turned_length,
)
from thumbnb.render.figures.whole_poses import WHOLE
from thumbnb.render.planning.people.encounters import (
    encounter,
    encounter_marks,
    pair_posed,
    pair_positions,
)
from thumbnb.render.planning.people.halves import has_halves_of_people
from thumbnb.render.planning.people.held_by_each import held_by_each
from thumbnb.render.planning.people.looking import looking_at_each_other
from thumbnb.render.planning.people.rows import in_row, row_positions
from thumbnb.render.prompt.images.in_grey import is_in_grey
from thumbnb.render.scene import Burst, Cutout, Finish

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.layout import Layout
    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.planning.context import PlanContext
    from thumbnb.render.scene import Box, Figure, Layer

_NEARER = 1.4
"""How much nearer a portrait may come that is cut off too high to reach the lower edge."""

_FLOOR = 722.0
"""Bodies reach down to here (units): the lower edge of a cut-out must not show."""

# Of each number of people, back row first: how far across and down each stands, in face widths.
_GROUPS: dict[int, tuple[tuple[float, float], ...]] = {
    2: ((0.72, 0.0), (-0.72, 0.0)),
    3: ((-1.2, 0.0), (1.2, 0.0), (0.0, 0.35)),
    4: ((-0.68, 0.0), (0.68, 0.0), (-1.45, 0.85), (1.45, 0.85)),
    5: ((-1.3, 0.05), (1.3, 0.05), (0.0, 0.0), (-0.75, 1.0), (0.75, 1.0)),
    6: ((-1.3, 0.0), (1.3, 0.0), (0.0, 0.0), (-2.0, 1.0), (2.0, 1.0), (-0.65, 1.05)),
    7: (
        (-2.0, 0.05), (2.0, 0.05), (-0.68, 0.0), (0.68, 0.0),
        (-1.35, 1.0), (1.35, 1.0), (0.0, 1.1),
    ),
}  # fmt: skip
_SHOULDERS = 1.9
"""How wide somebody at the rim of a group is, in face widths: what lies outside may be cut."""

_HEAD = 0.95
"""How far the head of a portrait reaches above the middle of a face, in face widths.

Hair is cut off more often there than that of somebody drawn.
"""

_CHIN = 0.55
"""How far a face reaches below its middle, in face widths."""

_AMBIENT = 0.35
"""How much of a place's light falls on people, 0 to 1."""

_CEILING = 66.0
_SMALLEST_FACE = 60.0

_CHILD = 0.78
"""How large a child is beside others."""

_BELOW = (SHEET - face_box()[1] - face_box()[3] / 2) / face_box()[2]
"""How far a drawn body reaches below the middle of its face, in face widths."""


def group_layers(context: PlanContext, beside: Sequence[Box] = ()) -> list[Layer]:
    """Place several people: side by side, some before others; ``beside`` are what is there too."""
    cast, layout = context.cast, context.layout
    places = _face_positions(cast, layout)
    if does := encounter(cast):
        figures = pair_posed(cast, does)
    else:
        faces = [(x, y) for x, y, _ in places]
        posed = in_row(cast) or _posed(cast)
        figures = looking_at_each_other(posed, faces, cast, beside)
    finish, grade = _finish_and_grade(context)
    over_words = bool(layout.side == "bottom" and context.words)
    layers: list[Layer] = []
    for (x, y, size), figure in zip(places, figures, strict=True):
        layers.append(
            Cutout(
                at=(x, y),
                face_width=size,
                face=face_box(figure=figure),
                figure=figure,
                ground=ground_shadow(figure),
                fade=0.5 * _BELOW * size if over_words and not is_whole(figure) else 0.0,
                finish=finish,
                grade=grade,
                ambient=_ambient(cast),
            )
        )
    return [*layers, *encounter_marks(cast, does, places)] if does else layers


_OF_ONE = frozenset({*WHOLE, "hug", "strum", "type", "drive", "speak"})
"""Poses that somebody takes who is alone in an image."""


def _posed(cast: Cast) -> list[Figure]:
    """Return people with their arms as the prompt says, each reaching outwards."""
    if not cast.action.pose or held_by_each(cast) or cast.action.pose in _OF_ONE:
        return list(cast.figures)
    middle = (len(cast.figures) - 1) / 2
    return [
        figure.model_copy(
            update={"gesture": cast.action.pose, "reach": "left" if number > middle else "right"}
        )
        for number, figure in enumerate(cast.figures)
    ]


def group_heads(cast: Cast, layout: Layout) -> list[Box]:
    """Return where the heads of several people are in a layout: x, y, width, height."""
    if not cast.group or has_halves_of_people(cast):
        return []  # in halves, people stand above or below the words
    return [
        (x - 0.65 * size, y - 0.9 * size, 1.3 * size, 1.5 * size)
        for x, y, size in _face_positions(cast, layout)
    ]


def group_bodies(cast: Cast, layout: Layout) -> list[Box]:
    """Return where the bodies of several people are in a layout, as far as words keep off them."""
    return [
        (x - _BODY * size, y - size, 2 * _BODY * size, 720 - (y - size))
        for x, y, size in _face_positions(cast, layout)
    ]


_BODY = 1.08
"""How far a body reaches to either side of a face, in face widths."""


def _face_positions(cast: Cast, layout: Layout) -> list[tuple[float, float, float]]:
    """Return where the faces of a group go: their middles, and how wide they are (units)."""
    if does := encounter(cast):
        return pair_positions(cast, layout, does)
    if row := in_row(cast):
        return row_positions(cast, layout, row)
    places = _GROUPS[len(cast.figures)]
    beside = layout.side in {"left", "right", "none"}
    room = min(layout.hero[0], 1280 - layout.hero[0]) * 2 if beside else 1100.0
    wide = max(x for x, _ in places) - min(x for x, _ in places) + _SHOULDERS
    deep = max(y for _, y in places)
    ceiling = layout.text[1] + layout.text[3] if layout.side == "top" else _CEILING
    hair = max(map(hair_top, cast.figures))
    # As large as there is room for whole heads, above the words or down to the lower edge.
    lowest = layout.text[1] - ceiling if layout.side == "bottom" else 0.0
    high = lowest / (hair + deep + 0.8) if lowest else (_FLOOR - ceiling) / (hair + _BELOW)
    size = min(room / wide, max(high, _SMALLEST_FACE))
    top = ceiling + hair * size if lowest else _FLOOR - _BELOW * size
    found = []
    for (across, down), figure in zip(places, cast.figures, strict=True):
        height_of_one = size * _CHILD if figure.young else size
        x = (layout.hero[0] if beside else 640.0) + across * size
        found.append((x, top + down * size + _BELOW * (size - height_of_one), height_of_one))
    return found


def _finish_and_grade(context: PlanContext) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """Return how people are set off from the ground, less what is ruled out, and their grade."""
    finish = context.recipes.resolved(context.preset.person)
    if "outline" in context.excluded:
        finish.pop("outline", None)
    if "glow" in context.excluded:
        finish = {k: v for k, v in finish.items() if not k.startswith("glow") and k != "rims"}
    return finish, context.recipes.resolved(context.preset.person_grade) or None


def grade_of(
    context: PlanContext, image: str | None, grade: dict[str, Any] | None
) -> dict[str, Any] | None:
    """Return the grade of somebody cut out of an image: grey where a prompt says so of it."""
    if image is None or not is_in_grey(context.brief.prompt, image):
        return grade
    return (grade or {}) | _WITHOUT_COLOUR


def ground_shadow(figure: Figure) -> float:
    """Return how strong somebody's shadow on the ground is: none where no foot is on it."""
    off = figure.gesture in _IN_AIR | {"lie", "plank", "hang", "climb", "jump", "surf", "skate"}
    on_seat = bool(seat_and_over(figure)[0])
    return _SHADOW if is_whole(figure) and not (off or on_seat) else 0.0


_SHADOW = 0.85


def finish_and_light(context: PlanContext) -> tuple[Finish, float]:
    """Return how people are set off, and how much of a place's light falls on them."""
    finish, _ = _finish_and_grade(context)
    return Finish.model_validate(finish), _ambient(context.cast)


def _ambient(cast: Cast) -> float:
    """Return how much of a place's light falls on people: faces stay what is seen first."""
    return _AMBIENT if cast.paints else 0.0


def figure_position(
    cast: Cast, layout: Layout, *, words: bool = True, figure: Figure | None = None
) -> tuple[float, float, float, float]:
    """Return where the face of the one figure of a cast is in a layout; ``figure`` is as posed.

    The middle of the face, its width, and how far the lower edge of the body fades (units).
    """
    if cast.between:
        size = _WEIGHING_SIZE if cast.in_each_hand else _BETWEEN_SIZE
        layout = replace(layout, hero=_BETWEEN, face=layout.face * size)
    somebody = figure or (cast.figures[0] if cast.figures else None)
    above = hair_top(somebody) if somebody else _HEAD
    below = below_face(somebody) if somebody else _BELOW
    if somebody and is_whole(somebody):
        return _whole(cast, layout, somebody, words=words)
    reach = arm_reach(somebody) if somebody else 0.0
    if somebody and (share := face_share(somebody)) < 1:
        layout = replace(layout, face=layout.face * share)
    return _position(cast, layout, below, above, drawn=bool(cast.figures), words=words, reach=reach)


def _position(
    cast: Cast,
    layout: Layout,
    below: float,
    above: float,
    *,
    drawn: bool,
    words: bool,
    reach: float = 0.0,
) -> tuple[float, float, float, float]:
    x, y = layout.hero
    width = cast.face_width * layout.face
    # The lower edge of the cut-out must not show: it fades out under words that lie over it,
    # else the person comes nearer, then lower.
    width = max(width, min((722 - y) / below, width * _NEARER))
    if reach * width > (room := min(x, 1280 - x) + _CUT_HAND):
        width = room / reach
    # The head stays whole: words below it make it smaller, else it comes down.
    ceiling = cast.rows[0] - 34
    if layout.side == "bottom":
        width = min(width, (y - ceiling) / _HEAD)
    if layout.side == "bottom" and drawn:
        # All of the hair and of the face, above the words.
        width = min(width, (layout.text[1] - ceiling) / (above + _CHIN))
        y = max(y, ceiling + above * width)
    fade = 0.0
    if y + below * width < 720 and layout.side == "bottom" and words:  # noqa: PLR2004 - the edge
        fade = 0.5 * below * width
    else:
        y = max(y, 722 - below * width)
    if layout.side != "bottom":
        y = max(y, ceiling + above * width)
    return x, y, width, fade


_BETWEEN, _BETWEEN_SIZE, _WEIGHING_SIZE = (640.0, 452.0), 0.72, 0.92
"""Where the face is of who stands between two things, how large by what it would be alone."""

_GROUND = 694.0
"""How far down the feet of somebody are who is seen from head to foot (units)."""


def _whole(
    cast: Cast, layout: Layout, figure: Figure, *, words: bool
) -> tuple[float, float, float, float]:
    """Return where the face is of somebody who stands on the ground, as high as there is room."""
    below, above = below_face(figure), hair_top(figure)
    ceiling = max(14.0, cast.rows[0] - 34)
    if layout.side == "top":
        ceiling = layout.text[1] + layout.text[3]
    ground = min(_GROUND, cast.rows[1] + 30)
    if layout.side == "bottom" and words:
        ground = layout.text[1] + 24
    seat, over = seat_and_over(figure)
    if cast.tiny:
        width = _TINY * (ground - ceiling) / (above + below)
        return layout.hero[0], ground - below * width, width, 0.0
    if seat:  # above what they sit on
        level = ceiling + _SEATED * (ground - ceiling)
        width = (level - ceiling) / (above + seat)
        return layout.hero[0], level - seat * width, width, 0.0
    ceiling += over * (ground - ceiling)
    width = layout.whole * (ground - ceiling) / (above + below)
    if long := turned_length(figure):
        # All of who lies there is seen, beside the words.
        width = min(width, _LYING / (long + _HEAD))
        way = -1 if layout.hero[0] > 640 else 1  # noqa: PLR2004 - the middle of the sheet
        x = layout.hero[0] + way * (long - _HEAD) / 2 * width
        edge = 1280 - _LYING_RIM if way < 0 else _LYING_RIM
        x = (min if way < 0 else max)(x, edge + way * long * width)
        afloat = (ceiling + ground - (below - above) * width) / 2
        y = afloat if figure.gesture in _IN_AIR else ground - below * width
        return x, y, width, 0.0
    return layout.hero[0], ground - below * width, width, 0.0


_TINY = 0.42
"""How high somebody is who is said to be tiny, of the height there is."""

_IN_AIR = frozenset({"fall", "dive", "float", "soar"})
"""Poses of who touches no ground."""

_SEATED = 0.62
"""How much of the height who sits on something has, down to the seat."""

_LYING, _LYING_RIM = 640.0, 24.0
"""How long somebody is who lies or falls, and how far their feet keep off the rim (units)."""


_CUT_HAND = 44.0
"""So much of an arm may go out of the image (units)."""


def person_layers(
    context: PlanContext,
    height: int,
    *,
    face: Box,
    cut_off: tuple[float | None, float | None] = (None, None),
    **cast: Any,
) -> list[Layer]:
    """Place somebody cut out of an image of this ``height`` in pixels.

    ``cut_off`` is where the image's left and right edges cut them off, None where they do not.
    """
    layout, recipes = context.layout, context.recipes
    below = (height - face[1] - face[3] / 2) / face[2]
    figure = cast.get("figure")
    if figure:
        x, y, width, fade = figure_position(
            context.cast, layout, words=bool(context.words), figure=figure
        )
    else:
        words = bool(context.words)
        x, y, width, fade = _position(context.cast, layout, below, _HEAD, drawn=False, words=words)
    x = _outwards(x, width, face, cut_off)
    finish, grade = _finish_and_grade(context)
    grade = grade_of(context, cast.get("image"), grade)
    person = Cutout(
        at=(x, y),
        face_width=width,
        face=face,
        fade=fade,
        finish=finish,
        ground=ground_shadow(figure) if figure else 0.0,
        grade=grade,
        ambient=_ambient(context.cast),
        **cast,
    )
    if "burst" in context.preset.devices and "burst" not in context.excluded and layout.face >= 1:
        return [Burst(at=(x, y), radius=width * 0.98, colour=recipes.colours["accent"]), person]
    return [person]


_WITHOUT_COLOUR: dict[str, Any] = {"saturation": 0.0, "tint": 0.0, "warmth": 0.0}
"""What becomes of the grade of somebody who is wanted in black and white."""

_HALF_HEAD = 0.72
"""How far a head reaches to either side of its middle, in face widths."""


def _outwards(
    x: float, width: float, face: Box, cut_off: tuple[float | None, float | None]
) -> float:
    """Move somebody to the rim of the sheet until the edge that cuts them off is out of it."""
    left, right = cut_off
    middle, zoom = face[0] + face[2] / 2, width / face[2]
    if x > 640 and right is not None:  # noqa: PLR2004 - the middle of the sheet
        return max(x, min(1282 - (right - middle) * zoom, 1280 - _HALF_HEAD * width))
    if x < 640 and left is not None:  # noqa: PLR2004
        return min(x, max((middle - left) * zoom - 2, _HALF_HEAD * width))
    return x
