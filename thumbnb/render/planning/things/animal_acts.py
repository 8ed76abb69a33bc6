"""Animals that do something to something: an attack, a chase, a vase knocked off."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from thumbnb.render.objects.drawn import object_aspect
from thumbnb.render.planning.thing_sizes import share_of
from thumbnb.render.planning.things.in_room import in_room
from thumbnb.render.planning.things.placed_thing import PlacedThing
from thumbnb.render.scene import Streaks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.scene import Box, Layer

_LEAST, _MOST = 0.42, 1.1
"""How large the other is, of who acts, at least and at the most."""


def place_animals(things: Sequence[NamedThing], cast: Cast, room: Box) -> list[PlacedThing] | None:
    """Place who acts on the right, leaning to what it is done to; None where nothing is done."""
    act = cast.animal_act
    doer = next((thing for thing in things if act and thing.word == act.doer), None)
    other = next((thing for thing in things if act and thing.word == act.word), None)
    if act is None or doer is None or other is None or cast.person:
        return None
    x, y, w, h = room
    rest = [thing for thing in things if thing not in {doer, other}]
    share = min(_MOST, max(_LEAST, share_of(other, doer)))
    wide = object_aspect(doer.name) + share * object_aspect(other.name)
    overlap = 0.16 if act.name == "attack" else 0.0
    high = min(0.9 * h / max(1.0, share), w / (wide * (1 - overlap)))
    own, its = high * object_aspect(doer.name), share * high * object_aspect(other.name)
    left = x + (w - (own + its) * (1 - overlap)) / 2
    at = left + its * (1 - overlap) - own * overlap * 0.5 + own / 2
    lean = {"attack": 13.0, "chase": 7.0, "topple": 5.0}[act.name]
    falls = act.name == "topple"
    lifted = {"attack": 0.07, "chase": 0.04, "topple": 0.0}[act.name] * h
    foot = y + h
    target = PlacedThing(
        other, left + its / 2, foot - (0.14 * h if falls else 0.0), share * high, its,
        turn=38.0 if falls else -7.0 if act.name == "attack" else 6.0,
    )  # fmt: skip
    mine = PlacedThing(doer, at, foot - lifted, high, own, turn=lean)
    placed = [target, mine] if act.name == "attack" else [mine, target]
    beside = in_room(rest[:1], (x, y + 0.1 * h, 0.4 * w, 0.5 * h))
    return [*(replace(one, behind=True) for one in beside), *placed]


def side_faced_by_animal(cast: Cast, word: str) -> str:
    """Return the side that one of two animals faces: who acts to the left, who flees too."""
    act = cast.animal_act
    if act is None or word not in {act.doer, act.word}:
        return ""
    return "right" if word == act.word and act.name == "attack" else "left"


def mood_of_animal(cast: Cast, word: str) -> str:
    """Return what somebody's prey feels: who is chased or attacked is afraid."""
    return "sad" if cast.animal_act and word == cast.animal_act.word else ""


def animal_marks(cast: Cast, placed: Sequence[PlacedThing]) -> list[Layer]:
    """Return the lines behind who chases, and above what falls."""
    act = cast.animal_act
    if act is None or cast.person or act.name == "attack":
        return []
    word = act.word if act.name == "topple" else act.doer
    one = next((each for each in placed if each.thing.word == word), None)
    if one is None:
        return []
    x, y, w, h = one.box
    if act.name == "topple":
        lines = [
            (x + part * w, y - long * h, x + part * w, y + 0.1 * h)
            for part, long in ((0.15, 0.5), (0.5, 0.7), (0.85, 0.45))
        ]
    else:
        lines = [
            (min(1270.0, x + w * 1.35), y + part * h, x + 0.9 * w, y + part * h)
            for part in (0.3, 0.55, 0.8)
        ]
    return [Streaks(lines=tuple(lines), width=0.035 * h)]
