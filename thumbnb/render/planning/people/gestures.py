"""Gestures: what somebody drawn does with their hands, and where something they hold is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.figures import BARBELL, HOLDING, LIFTED_LOWER, face_box
from thumbnb.render.figures.physique import PREGNANT
from thumbnb.render.objects.drawn import object_aspect, object_edges
from thumbnb.render.objects.painting import describe
from thumbnb.render.objects.vocabulary.thing_kinds import AIRBORNE, HELD, LANDMARKS, SIGNS
from thumbnb.render.planning.people.acting import acting
from thumbnb.render.planning.people.carried import carried_thing, carrying_pose
from thumbnb.render.planning.people.placement import figure_position
from thumbnb.render.planning.thing_sizes import is_furniture, is_small
from thumbnb.render.prompt.thing_details.feasts import is_feast

if TYPE_CHECKING:
    from thumbnb.render.layout import Layout
    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.scene import Box, Figure, Point

_UNIT = face_box(720)[2]
"""How wide a face is in the units of a figure's hands."""

_HAND_AT = 566.0
"""How far down (units of the sheet) a hand holds something: low, and still seen."""

_HAND_HIGH = 360.0
"""The same where words are beside the hand, and what it points at above them."""

_HIGHEST = 150.0
"""How much higher than at its lowest a hand can hold something, in a figure's units."""

_TALLEST = 388.0
"""How high something held is at the most: it hides no face, and leaves room for words above."""

_TALLEST_BESIDE = 236.0
"""The same where something larger stands beside it."""

_BY_FACE, _BY_FACE_SMALL = 2.3, 1.5
"""How high something held is at the most beside something large, in face widths; if it is small."""

_HAND_DOWN = 0.66
"""How far down something is held by its side, in shares of its height."""

_FROM_RIM, _FOOT = 36.0, 702.0

_TINY = 0.56
"""How much smaller something tiny is in a hand."""

_ASTONISHED = {"surprised": "cheeks", "scared": "cheeks"}
"""What hands do of who is astonished."""
_LIVELY = frozenset({"happy", "excited", "confident", "angry"})


_WEAPONS = frozenset({"axe", "bow-and-arrow", "hammer", "rifle", "staff", "sword"})
"""What somebody holds however large it is."""


def held_thing(cast: Cast, layout: Layout) -> NamedThing | None:
    """Return what somebody drawn holds in a layout, if anything."""
    if not (cast.held_words and len(cast.figures) == 1 and not cast.split and not cast.versus):
        return None
    if is_feast(cast.things):
        return None  # all of it is on the table
    if not layout.name.startswith("trio") or layout.position != "top" or carried_thing(cast):
        return None
    if cast.in_each_hand or acting(cast, layout):
        return None  # the hands have other work
    held = (t for t in cast.things if t.word in cast.held_words and t.name in HELD)
    one = next(
        (
            t
            for t in held
            if t.count == 1
            and not (t.extra or t.spread)
            and (t.size != "huge" or t.name in _WEAPONS)
        ),
        None,
    )
    if one and one.how in {"on", "in"}:  # the pan of a steak in a pan
        return next((t for t in cast.things if t.name == one.base and t.name in HELD), one)
    return one


def gesture(cast: Cast, layout: Layout) -> str:
    """Return what somebody's hands do in a layout, as ``Figure`` names it."""
    if does := acting(cast, layout):
        return does.staging.pose
    if cast.in_each_hand:
        return "weigh"
    return "hold" if held_thing(cast, layout) else _empty_handed(cast, layout)


def _empty_handed(cast: Cast, layout: Layout) -> str:
    """Return what hands do that neither work nor hold anything."""
    figure = cast.figures[0]
    if BARBELL in figure.worn and cast.action.pose not in LIFTED_LOWER:
        return "rest"  # both hands are on the bar
    beside = layout.name.startswith("trio") and not cast.split
    if cast.action.pose or (cast.pointing and beside) or carried_thing(cast):
        return "point" if cast.pointing and beside else _said_pose(cast)
    if figure.physique == PREGNANT or figure.expression in _ASTONISHED:
        does = _ASTONISHED.get(figure.expression, "belly")
        return "head" if figure.expression == "surprised" and figure.hair % 3 == 0 else does
    if beside and any(thing.name not in LANDMARKS for thing in cast.things):
        return "point" if figure.expression in _LIVELY else "rest"
    usual = cast.action.usual if cast.action.usual not in _CARRYING else ""
    return usual or _idle(figure)


_CARRYING = frozenset({"hug", "strum"})
"""Poses of who has something in both arms."""


def _said_pose(cast: Cast) -> str:
    """Return the pose that a prompt or a role says, if there is what it needs."""
    pose = carrying_pose(cast)
    return "rest" if pose in _CARRYING and not carried_thing(cast) else pose


_IDLE = {
    "confident": ("crossed", "hips", "rest"),
    "serious": ("crossed", "rest", "rest"),
    "excited": ("cheer", "thumb", "up"),
    "happy": ("rest", "thumb", "wave", "rest"),
    "angry": ("crossed", "rest"),
}
"""What hands do that nothing asks for, by what somebody feels."""


def _idle(figure: Figure) -> str:
    choices = _IDLE.get(figure.expression, ("rest",))
    return choices[(figure.hair + figure.skin + figure.style) % len(choices)]


def reaching(cast: Cast, layout: Layout) -> Figure:
    """Return the one figure of a cast, with its hands where they are in a layout."""
    does = gesture(cast, layout)
    side = "left" if layout.hero[0] > 640 else "right"  # noqa: PLR2004 - the middle of the sheet
    if does == "run" and cast.action.fleeing:
        side = "right" if side == "left" else "left"  # away from what they look back at
    raised = _raised(cast, layout) if does in {"hold", "point"} else 0.0
    return cast.figures[0].model_copy(update={"gesture": does, "reach": side, "raised": raised})


def _raised(cast: Cast, layout: Layout) -> float:
    """Return how much higher than at its lowest the hand is (a figure's units)."""
    _, y, width, _ = figure_position(cast, layout)
    at = _HAND_AT if layout.position == "top" else _HAND_HIGH
    return min(max(0.0, HOLDING[1] - (at - y) / width * _UNIT), _HIGHEST)


def hand(cast: Cast, layout: Layout) -> Point:
    """Return where the middle of the hand is that holds something (units)."""
    x, y, width, _ = figure_position(cast, layout)
    way = -1 if layout.hero[0] > 640 else 1  # noqa: PLR2004 - the middle of the sheet
    down = HOLDING[1] - _raised(cast, layout)
    return x + way * HOLDING[0] / _UNIT * width, y + down / _UNIT * width


def held_mirrored(thing: NamedThing, layout: Layout) -> bool:
    """Whether something held is shown as in a mirror: it leans away from who holds it."""
    left_of = layout.hero[0] > 640  # noqa: PLR2004 - the middle of the sheet
    first, last = object_edges(thing.name, _HAND_DOWN)
    middle = (first + last) / 2
    if abs(middle - 0.5) > _LEANS:
        return (middle < 0.5) is left_of  # noqa: PLR2004 - half of its width
    return describe(thing.name).faces == ("right" if left_of else "left")


_LEANS = 0.08
"""From so far from the middle of a thing on (of its width) its handle is on one side."""


_CHARTS = frozenset({"bar-chart", "chart-falling", "chart-rising", "line-graph", "pie-chart"})
"""What would be hidden by what is held before it."""


def is_larger_than_held(thing: NamedThing) -> bool:
    """Whether a thing stands beside who holds another one, and is what all is about: a shelf."""
    return (
        thing.name not in HELD | SIGNS | AIRBORNE | LANDMARKS
        and describe(thing.name).stands
        and not (thing.how or thing.spread or thing.behind or thing.size)
        and (is_furniture(thing.name) or thing.name in _CHARTS)
    )


def held_box(thing: NamedThing, cast: Cast, layout: Layout) -> Box:
    """Return where something held is: its edge in the hand, as large as there is room for."""
    at, down = hand(cast, layout)
    left_of = layout.hero[0] > 640  # noqa: PLR2004 - the middle of the sheet
    aspect = object_aspect(thing.name)
    room = (at - _FROM_RIM) if left_of else (1280 - _FROM_RIM - at)
    first, last = object_edges(thing.name, _HAND_DOWN)
    if held_mirrored(thing, layout):
        first, last = 1 - last, 1 - first
    grip = last if left_of else 1 - first
    others = (each for each in cast.things if each.word != thing.word)
    tallest = _TALLEST_BESIDE if any(map(is_larger_than_held, others)) else _TALLEST
    if layout.whole < 1:  # no larger by who holds it than they are beside something large
        small = is_small(thing.name) or describe(thing.name).source == "twemoji"
        share = _BY_FACE_SMALL if small else _BY_FACE
        tallest = min(tallest, share * figure_position(cast, layout)[2])
    if thing.size == "tiny":
        tallest *= _TINY
    high = min(tallest, room / max(aspect * grip, 0.2))
    wide = high * aspect
    top = min(down - _HAND_DOWN * high, _FOOT - high)
    x = at - grip * wide if left_of else at - (1 - grip) * wide
    return x, top, wide, high
