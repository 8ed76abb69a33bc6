"""Somebody who does something to something: where it is by them, and with which tool."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from thumbnb.render.figures import hand_at, seat_and_over
from thumbnb.render.objects.drawn import object_aspect, object_edges
from thumbnb.render.objects.vocabulary.seats import ridden_form, seat_of
from thumbnb.render.objects.vocabulary.thing_kinds import HELD, RIDDEN
from thumbnb.render.planning.people.encounters import encounter
from thumbnb.render.planning.people.placement import figure_position
from thumbnb.render.prompt.fights import ARMED
from thumbnb.render.prompt.named_thing import NamedThing
from thumbnb.render.prompt.people.actions import is_alive

if TYPE_CHECKING:
    from thumbnb.render.layout import Layout
    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.prompt.people.actions import Act
    from thumbnb.render.scene import Box, Figure, Point

Place = Literal[
    "against", "thrown", "dropped", "arms", "table", "before", "behind", "seat", "over", "hand",
    "under", "leaned",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Staging:
    """How an act is shown, for who reaches to the right.

    ``place`` is where the thing is: its edge "against" the hands, "thrown" through the air,
    "dropped" out of the hands, on the "arms", on the "table", "before" who hides there, or
    "behind" who climbs it; it is the "seat", held "over" the head, in the "hand" of who moves,
    or who does it lies "under" it, or stands before its end, "leaned" on it.
    ``gap`` is how far it keeps off the hands, in face widths; ``tool`` what is in the nearer
    hand where the prompt names none, ``aim`` (degrees, 90 up) where its end points, ``long`` how
    high it is drawn, in face widths.
    """

    pose: str
    place: Place
    gap: float = 0.0
    tool: str = ""
    aim: float = 0.0
    long: float = 1.6


STAGINGS = {
    "push": Staging("push", "against", 0.2),
    "pull": Staging("pull", "against", 0.2),
    "throw": Staging("throw", "thrown"),
    "drop": Staging("drop", "dropped"),
    "carry": Staging("carry", "arms"),
    "attack": Staging("attack", "against", 0.1, "", 62.0, 2.1),
    "punch": Staging("punch", "against", 0.1),
    "fell": Staging("swing", "against", 0.3, "axe", 12.0, 1.9),
    "cut": Staging("cut", "table", 0.5, "knife", 14.0, 1.5),
    "dig": Staging("dig", "against", 0.3, "shovel", -52.0, 3.0),
    "fix": Staging("work", "against", 0.1, "wrench", 28.0, 1.5),
    "paint": Staging("work", "against", 0.4, "paint-roller", 62.0, 1.7),
    "water": Staging("work", "against", 0.6, "watering-can", -12.0, 1.5),
    "flip": Staging("cut", "table", 0.5, "spatula", -42.0, 1.5),
    "roll": Staging("cut", "table", 0.4, "rolling-pin", -20.0, 1.4),
    "saw": Staging("work", "against", 0.3, "saw", -14.0, 1.3),
    "hammer": Staging("work", "against", 0.3, "hammer", 50.0, 1.5),
    "groom": Staging("work", "against", 0.3, "comb", -10.0, 1.0),
    "scrub": Staging("work", "against", 0.1),
    "pin": Staging("point", "against", 0.1),
    "bake": Staging("pull", "against", 1.5, long=2.1),
    "open": Staging("kneel", "against", 0.1),
    "hide": Staging("rest", "before"),
    "hang": Staging("hang", "behind"),
    "aim": Staging("swing", "against", 1.0, "gun", 4.0, 1.7),
    "under": Staging("lie", "under"),
    "lean": Staging("stand", "behind"),
    "ride": Staging("ride", "seat"),
    "perch": Staging("perch", "seat"),
    "raise": Staging("raise", "over"),
    "kick": Staging("kick", "against", 0.1),
    "climb": Staging("climb", "behind"),
}
"""By the name of the act, as ``actions.toml`` has it."""

_AIMED = frozenset({"bow-and-arrow", "magic-wand", "rifle", "staff"})

GRIPS = {
    "knife": (0.14, 0.84, 40.0), "sword": (0.12, 0.88, 45.0), "axe": (0.2, 0.86, 55.0),
    "hammer": (0.14, 0.88, 50.0), "wrench": (0.22, 0.78, 45.0), "shovel": (0.82, 0.14, 228.0),
    "screwdriver": (0.84, 0.14, 226.0), "chainsaw": (0.26, 0.5, 8.0), "broom": (0.86, 0.12, 230.0),
    "bow-and-arrow": (0.45, 0.5, 45.0), "gun": (0.2, 0.72, 8.0), "rifle": (0.28, 0.6, 20.0),
    "drill": (0.82, 0.6, 180.0),
    "scissors": (0.5, 0.86, 90.0), "torch": (0.5, 0.85, 90.0), "magic-wand": (0.12, 0.88, 45.0),
    "paint-roller": (0.56, 0.86, 90.0), "paintbrush": (0.2, 0.84, 52.0),
    "watering-can": (0.84, 0.4, 166.0), "spatula": (0.86, 0.14, 232.0), "saw": (0.8, 0.44, 200.0),
    "staff": (0.5, 0.62, 90.0), "trident": (0.5, 0.66, 90.0),
    "rolling-pin": (0.12, 0.9, 40.0), "scalpel": (0.16, 0.84, 45.0),
    "pizza-peel": (0.12, 0.6, 0.0), "comb": (0.86, 0.36, 200.0),
}  # fmt: skip
"""Where a tool is held (shares of its box), and where its end points (degrees, 90 up)."""

LARGER = {"bow-and-arrow": 2.0, "rifle": 1.3, "sword": 1.2, "staff": 1.5, "trident": 1.6}
"""Tools that are larger than others in the same hands."""

DRAWN_TO_THE_LEFT = frozenset({"comb", "drill", "saw", "watering-can"})
"""Tools drawn for who reaches to the left: turned about, they would stand on their head."""


@dataclass(frozen=True, slots=True)
class Acting:
    """An act that is shown: how, to what, and with which tool."""

    staging: Staging
    thing: NamedThing
    tool: str = ""
    named: NamedThing | None = None
    """The tool as the prompt names it, with its colour and its state."""

    @property
    def tool_word(self) -> str:
        """The word that the prompt has for the tool."""
        return self.named.word if self.named else ""

    def is_tool(self, thing: NamedThing) -> bool:
        """Whether a thing is the tool, or the same by another word: the pizza on the peel."""
        return thing.word == self.tool_word or (
            self.tool in _PIZZAS and thing.name in _PIZZAS and thing is not self.thing
        )


def acting(cast: Cast, layout: Layout) -> Acting | None:
    """Return what the one person drawn does to a thing in a layout, if anything is shown of it."""
    act = cast.action.act
    if not _has_room(cast, layout) or cast.action.pose in {"hug", "strum"}:
        return None
    if act is None or act.to_people or act.name not in STAGINGS:
        return _moving_with(cast)
    return _baking(cast, act.word) if act.name == "bake" else _acting_on(cast, act)


def _acting_on(cast: Cast, act: Act) -> Acting | None:
    """Return what somebody does to the thing of an act, or to a crowd of them."""
    thing = next((each for each in cast.things if each.word == act.word), None)
    if thing is None or thing.spread == "floor" or thing.how in {"worn", "above"}:
        return None
    if thing.spread in {"crowd", "filled"}:
        return _against_crowd(cast) if act.name == "attack" else None
    return _with_tool(cast, act, thing)


def _with_tool(cast: Cast, act: Act, thing: NamedThing) -> Acting | None:
    """Return what somebody does to a thing, with the tool it needs."""
    staging = _staged_by_thing(act.name, thing) or STAGINGS[act.name]
    on_board = act.name == "ride" and (thing.name in RIDDEN or cast.action.pose in _BOARDS)
    if on_board or thing.name == "wave":
        return None
    if act.name in {"carry", "open"} and thing.name in HELD:
        return _moving_with(cast)  # it is in the hand
    named = next((t for t in cast.things if t.name in GRIPS and t is not thing), None)
    if not (staging.tool or act.name == "attack"):
        named = None
    tool = named.name if named else _weapon_of(cast, act) or staging.tool
    return Acting(staging, thing, tool, named)


def _weapon_of(cast: Cast, act: Act | None) -> str:
    """Return what somebody's role fights with, or aims at something."""
    if act is None or act.name not in {"attack", "aim"}:
        return ""
    role = next((ARMED[role] for role in cast.roles if role in ARMED), "")
    return role if act.name == "attack" or role in _AIMED else ""


def _against_crowd(cast: Cast) -> Acting | None:
    """Return somebody who fights many: they are all around, the weapon is in the hand."""
    named = next((t for t in cast.things if t.name in GRIPS and not t.spread), None)
    tool = named.name if named else _weapon_of(cast, cast.action.act)
    staging = replace(STAGINGS["attack"], place="hand")
    return Acting(staging, replace(_NOTHING, name=tool), tool, named) if tool else None


def weapons_of_pair(cast: Cast) -> list[Acting]:
    """Return what each of two people who fight has in the hand; [] for fists, and others."""
    does = encounter(cast)
    if does is None or does.poses != ("attack", "attack"):
        return []
    named = [thing for thing in cast.things if thing.name in GRIPS]
    found = []
    for number, role in enumerate(cast.roles[:2]):
        tool = named[min(number, len(named) - 1)] if named else None
        if name := tool.name if tool else ARMED.get(role, ""):
            found.append(Acting(STAGINGS["attack"], _NOTHING, name, tool))
    return found if len(found) == len(cast.roles[:2]) else []


def shield_of(cast: Cast) -> NamedThing | None:
    """Return the shield that those who fight have before them, if the prompt names one."""
    act = cast.action.act
    fights = act is not None and act.name == "attack"
    shields = (thing for thing in cast.things if thing.name in {"shield", "roman-shield"})
    return next(shields, None) if fights and len(cast.figures) <= _FIGHTERS else None


_FIGHTERS = 2


def _baking(cast: Cast, word: str) -> Acting | None:
    """Return somebody at an oven with what they bake on a peel, or in the hands."""
    oven = next((each for each in cast.things if each.name in _OVENS), None)
    baked = next((each for each in cast.things if each.word == word), None)
    if oven is None or baked is None:
        return None
    tool = "pizza-peel" if "pizza" in baked.name else baked.name
    return Acting(STAGINGS["bake"], oven, tool, baked)


_PIZZAS = frozenset({"pizza", "pizza-peel"})
_OVENS = frozenset({"oven", "pizza-oven", "fireplace"})


def _staged_by_thing(act: str, thing: NamedThing) -> Staging | None:
    """Return how an act is shown that is another one with what fits a hand, or with a car."""
    if act == "lean" and thing.name in RIDDEN:
        return replace(STAGINGS["lean"], place="leaned")
    if act == "kick" and thing.name in HELD:
        return Staging("kick", "thrown")
    if act == "fix" and thing.name in HELD:
        return Staging("cut", "table", 0.5, "screwdriver", -42.0, 1.2)
    return None


_BOARDS = frozenset({"surf", "skate"})
"""Poses of who rides something that is drawn with them."""


def _moving_with(cast: Cast) -> Acting | None:
    """Return somebody who moves, seen from head to foot, with something in the hand."""
    pose = cast.action.pose
    if pose == "dig":  # a hole: with a shovel, into the ground
        return Acting(replace(STAGINGS["dig"], place="hand"), _NOTHING, "shovel")
    if pose not in _FREE_HAND:
        return None
    held = (t for t in cast.things if t.word in cast.held_words and t.name in HELD)
    thing = next((t for t in held if t.count == 1 and not t.spread and t.size != "huge"), None)
    if thing is None:
        return None
    long = 2.6 if thing.name in _LONG else 1.5
    return Acting(Staging(pose, "hand", long=long), thing, thing.name, thing)


_LONG = frozenset({"axe", "broom", "rifle", "saw", "shovel", "staff", "sword"})
"""Tools that are as long as an arm."""


_NOTHING = NamedThing("shovel", "")
"""What is acted on where nothing is."""

_FREE_HAND = frozenset({"run", "walk", "kneel", "jump", "climb"})
"""Poses with a hand that can hold something."""


def _has_room(cast: Cast, layout: Layout) -> bool:
    """Whether somebody alone stands beside the words, with room for what they do."""
    alone = len(cast.figures) == 1 and not (cast.split or cast.versus or cast.vessel)
    free = layout.name.startswith(("trio", "bare")) and layout.position in {"top", "none"}
    return alone and free and not (cast.card_images or cast.on_photo)


def _posed(cast: Cast, does: Acting) -> Figure:
    return cast.figures[0].model_copy(update={"gesture": does.staging.pose})


def hand_of(cast: Cast, layout: Layout, does: Acting) -> tuple[Point, float, Point, int]:
    """Return where the nearer wrist is, how wide the face is, where it is, the side reached to."""
    figure = _posed(cast, does)
    x, y, size, _ = figure_position(cast, layout, figure=figure)
    way = -1 if layout.hero[0] > 640 else 1  # noqa: PLR2004 - the middle of the sheet
    across, down = hand_at(figure)
    return (x + way * across * size, y + down * size), size, (x, y), way


_GROUND, _RIM, _OFF_WORDS = 700.0, 26.0, 14.0
_BLEED = 90.0
"""So much of a vehicle may go out of the image (units)."""


def acted_box(cast: Cast, layout: Layout, does: Acting) -> Box:
    """Return where the thing of an act is: as large as there is room for, where it is done."""
    aspect = object_aspect(shown_as(does))
    middle, foot, high = _acted_place(cast, layout, does, aspect)
    return middle - high * aspect / 2, foot - high, high * aspect, high


_WITH_SMALL = frozenset({"kick", "punch", "push", "pull", "dig", "swing"})
"""Poses before which what fits a hand is no larger than that."""


def shown_as(does: Acting) -> str:
    """Return the drawing of what is acted on: all of a horse that is ridden."""
    return ridden_form(does.thing.name) if does.staging.place == "seat" else does.thing.name


def _acted_place(  # noqa: C901, PLR0911 - one for each kind of place
    cast: Cast, layout: Layout, does: Acting, aspect: float
) -> tuple[float, float, float]:
    """Return the middle and the foot of the thing of an act, and its height (units)."""
    (x, y), size, face, way = hand_of(cast, layout, does)
    ceiling = layout.text[1] + layout.text[3] + _OFF_WORDS if layout.side != "none" else 90.0
    edge = x + way * does.staging.gap * size
    room = edge - _RIM if way < 0 else 1280 - _RIM - edge
    room += _BLEED if does.thing.name in RIDDEN else 0.0
    highest = min(_GROUND - ceiling, room / aspect)
    small = does.thing.name in HELD and does.thing.size != "huge"
    if small and does.staging.pose in _WITH_SMALL:
        highest = min(highest, 2.4 * size)
    match does.staging.place:
        case "arms":
            high = min(2.3 * size, 3.4 * size / aspect, (room + 1.3 * size) / aspect)
            return face[0] + way * (0.62 * size + high * aspect / 2), y + 0.1 * size, high
        case "before":
            high = min(0.5 * (720 - face[1]) + 0.9 * size, 3.0 * size / aspect)
            high = max(high, _GROUND + 16 - face[1] - 0.75 * size)
            return face[0] + way * 0.3 * size, 720.0, high
        case "seat":
            level, share = face[1] + seat_and_over(_posed(cast, does))[0] * size, _seat(does)
            high = (_GROUND + 8 - level) / (1 - share[1])
            high = min(high, _WIDEST_SEAT / aspect)
            across = share[0] - 0.5 if way < 0 else 0.5 - share[0]
            return face[0] - across * high * aspect, level + (1 - share[1]) * high, high
        case "over":
            top = 10.0 if layout.side != "top" else ceiling
            level = y - 0.36 * size
            high = min(level - top, _WIDEST_OVER / aspect)
            rim = _RIM + high * aspect / 2
            return min(max(face[0], rim), 1280 - rim), level, high
        case "under":  # over the legs of who lies there
            high = min(3.4 * size, 5.0 * size / aspect)
            return face[0] - way * 3.4 * size, _GROUND + 8, high
        case "leaned":
            # As large by them as it is, out of the frame on the side that is free.
            reach = face[0] if way < 0 else 1280 - face[0]
            high = min(5.4 * size, (reach + _BEFORE_END * size + _BLEED) / aspect)
            high = min(high, _GROUND - ceiling)
            return face[0] + way * (high * aspect / 2 - _BEFORE_END * size), _GROUND, high
        case "behind":
            return face[0] + way * 0.5 * size, 736.0, min(744.0, 6.4 * size / aspect)
        case "thrown":
            high = 0.62 * highest
            top = max(ceiling, min(y - 0.1 * size, _GROUND - 1.2 * high))
            return edge + way * 0.4 * room, top + high, high
        case "dropped":
            high = min(0.62 * (_GROUND - y), 2.4 * size, 0.7 * room / aspect)
            middle = x + way * (0.3 * size + 0.2 * high * aspect)
            return middle, _GROUND - 0.24 * size, high
        case "table":
            high = min(0.72 * (_GROUND - ceiling), 0.8 * room / aspect)
            return edge + way * 0.52 * high * aspect, _TABLE, high
        case _:
            # What its hands reach touches them, though it be narrower there.
            down = min(0.9, max(0.3, (y - (_GROUND - highest)) / highest))
            first, last = object_edges(does.thing.name, down)
            inset = min(first, 1 - last) if not is_alive(does.thing.name) else 0.0
            return edge + way * (0.5 - inset) * highest * aspect, _GROUND, highest


def _seat(does: Acting) -> tuple[float, float]:
    """Return where the seat of a thing is: across and down, in shares of it."""
    seat = seat_of(ridden_form(does.thing.name), "on")
    return (seat.across, seat.down) if seat else (0.5, 0.16)


_BEFORE_END = 1.5
"""How far from the end of a car somebody stands who leans on it, in face widths."""

_WIDEST_SEAT, _WIDEST_OVER = 560.0, 420.0
"""How wide something is at the most that somebody sits on, or holds over the head (units)."""

_TABLE = 650.0
"""How far down things stand that are on the table before somebody."""

_TILTS = {"thrown": 16.0, "dropped": 24.0}


def acted_turn(layout: Layout, does: Acting) -> float:
    """Return how far the thing of an act is turned: what flies or falls is."""
    way = -1 if layout.hero[0] > 640 else 1  # noqa: PLR2004 - the middle of the sheet
    return -way * _TILTS.get(does.staging.place, 0.0)
