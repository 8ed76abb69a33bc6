"""Two people of whom one does something to the other: face to face, from head to foot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from thumbnb.render.figures import below_face, hair_top, hand_at, is_whole
from thumbnb.render.objects.drawn import object_aspect
from thumbnb.render.scene import ObjectLayer, Streaks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.layout import Layout
    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.scene import Figure, Layer

_PAIR = 2


@dataclass(frozen=True, slots=True)
class Encounter:
    """What two people do: their poses, what the second feels, how far apart they are.

    ``apart`` is in face widths; ``mark`` shows the act: "impact", "voice", "flight"; ``after``:
    the second runs before the first, both to the same side.
    """

    poses: tuple[str, str]
    feels: tuple[str, str] = ("", "")
    apart: float = 3.1
    mark: str = ""
    after: bool = False
    in_arms: bool = False
    """The second lies in the arms of the first."""


_ENCOUNTERS = {
    "punch": Encounter(("punch", "reel"), ("angry", "surprised"), 3.0, "impact"),
    "attack": Encounter(("attack", "attack"), ("angry", "angry"), 3.4, "impact"),
    "shout": Encounter(("shout", "cower"), ("angry", "worried"), 3.2, "voice"),
    "propose": Encounter(("kneel", "gasp"), ("happy", "surprised"), 2.9),
    "open": Encounter(("kneel", "stand"), ("serious", ""), 2.8),
    "arrest": Encounter(("shout", "cower"), ("serious", "worried"), 3.0),
    "aim": Encounter(("shout", "cower"), ("serious", "scared"), 3.4),
    "carry": Encounter(("carry", "lie"), ("serious", "worried"), 2.4, "", in_arms=True),
    "push": Encounter(("push", "reel"), ("angry", "surprised"), 3.1),
    "pull": Encounter(("pull", "reel"), ("", ""), 3.0),
    "throw": Encounter(("hurl", "cower"), ("angry", "surprised"), 4.6, "flight"),
    "chase": Encounter(("run", "run"), ("", ""), 3.0, "", after=True),
}
"""By the name of the act, as ``actions.toml`` has it."""

_BOTH = {
    "stare": Encounter(("box", "box"), ("serious", "serious"), 2.7),
    "punch": Encounter(("punch", "punch"), ("angry", "angry"), 4.0, "impact"),
    "attack": Encounter(("attack", "attack"), ("angry", "angry"), 3.4, "impact"),
    "shout": Encounter(("shout", "shout"), ("angry", "angry"), 3.7, "voice"),
    "facing": Encounter(("rest", "rest"), ("serious", "serious"), 2.1),
    "kiss": Encounter(("rest", "rest"), ("happy", "happy"), 1.15),
    "waltz": Encounter(("dance", "dance"), ("happy", "happy"), 2.5),
}
"""The same where both do it."""


def encounter(cast: Cast) -> Encounter | None:
    """Return what one of two people drawn does to the other, if the prompt says it."""
    act = cast.action.act
    if len(cast.figures) != _PAIR or cast.split or cast.versus or cast.vessel or act is None:
        return None
    if act.mutual:
        boxers = all(each.clothes == "boxer" for each in cast.figures)
        return _BOTH.get("stare" if boxers and act.name == "facing" else act.name)
    thrown = act.name == "throw" and thrown_thing(cast) is not None
    return _ENCOUNTERS.get(act.name) if act.to_people or thrown else None


def thrown_thing(cast: Cast) -> NamedThing | None:
    """Return what one of two throws at the other."""
    act = cast.action.act
    if act is None or act.name != "throw" or len(cast.figures) != _PAIR:
        return None
    return next((thing for thing in cast.things if thing.word == act.word), None)


def pair_positions(cast: Cast, layout: Layout, does: Encounter) -> list[tuple[float, float, float]]:
    """Return where the faces of two people are: their middles, and how wide they are (units)."""
    figures = pair_posed(cast, does)
    beside = layout.side in {"left", "right", "none"}
    middle = layout.hero[0] if beside else 640.0
    ceiling = max(16.0, cast.rows[0] - 28)
    ceiling = layout.text[1] + layout.text[3] + 8 if layout.side == "top" else ceiling
    whole = all(map(is_whole, figures))
    ground = min(_GROUND, cast.rows[1] + 30) if whole else _RIM
    ground = layout.text[1] + 30 if layout.side == "bottom" else ground
    room = (min(middle, 1280 - middle) if beside else 560.0) * 2
    tallest = max(hair_top(figure) + below_face(figure) for figure in figures)
    whole = any(map(is_whole, figures))
    size = min(
        (ground - ceiling) / tallest, room / (does.apart + (_SHOULDERS if whole else _UPPER))
    )
    apart = does.apart * size / 2
    if does.in_arms:
        x, y = middle - 0.5 * size, ground - below_face(figures[0]) * size
        small = _IN_ARMS * (_CHILD if figures[1].young else 1.0)
        return [(x, y, size), (x + 2.3 * size, y + 1.9 * size, small * size)]
    return [
        (x, ground - below_face(figure) * size * (_CHILD if figure.young else 1),
         size * (_CHILD if figure.young else 1))
        for x, figure in zip((middle - apart, middle + apart), figures, strict=True)
    ]  # fmt: skip


_IN_ARMS = 0.66
"""How large somebody is who lies in another's arms: nearer things would hide all else."""

_GROUND, _SHOULDERS, _UPPER, _CHILD = 694.0, 3.1, 2.0, 0.8
_RIM = 724.0
"""Whose legs are not seen is cut off by the lower edge (units)."""


def pair_posed(cast: Cast, does: Encounter) -> list[Figure]:
    """Return two people in the poses of what they do, who does it first."""
    act, figures = cast.action.act, cast.figures
    if act and act.by == 1:
        figures = figures[::-1]
    posed = []
    for number, figure in enumerate(figures):
        reach = "right" if number == 0 or does.after or does.in_arms else "left"
        way = 1.0 if reach == "right" else -1.0
        feels = does.feels[number] or figure.expression
        posed.append(
            figure.model_copy(
                update={
                    "gesture": does.poses[number], "reach": reach, "expression": feels,
                    "turn": 0.8 * way, "gaze": (0.8 * way, 0.0), "tilt": 0.0, "lean": 0.0,
                }
            )
        )  # fmt: skip
    return posed


def encounter_marks(
    cast: Cast, does: Encounter, places: Sequence[tuple[float, float, float]]
) -> list[Layer]:
    """Return what shows an act between two people: an impact, a voice, something in the air."""
    (x, y, size), (other_x, other_y, other) = places
    if does.mark == "impact":
        at = (other_x - 0.5 * other, other_y + 0.1 * other)
        if does.poses[0] == does.poses[1]:
            at = ((x + other_x) / 2, y + 0.6 * size)
        high = 1.5 * size
        return [ObjectLayer(name="explosion", at=(at[0], at[1] + high / 2), height=high)]
    if does.mark == "voice":
        start, end = x + 0.75 * size, other_x - 1.1 * other
        lines = [
            (end - 0.1 * abs(off) * size, y + (0.35 + 0.42 * off) * size,
             start, y + (0.35 + 0.16 * off) * size)
            for off in (-1.5, -0.5, 0.5, 1.5)
        ]  # fmt: skip
        return [Streaks(lines=tuple(lines), width=0.1 * size, opacity=0.9)]
    thing = thrown_thing(cast)
    if does.mark == "flight" and thing:
        across, down = hand_at(pair_posed(cast, does)[0])
        start, level = x + across * size, y + down * size
        aspect = object_aspect(thing.name)
        high = min(1.5 * size, 1.7 * size / aspect)
        middle = other_x - 1.15 * other - high * aspect / 2
        lines = [
            (
                start,
                level + 0.3 * off * size,
                middle - 0.2 * high * aspect,
                level + 0.32 * off * high,
            )
            for off in (-1.0, 0.0, 1.0)
        ]
        return [
            Streaks(lines=tuple(lines), width=0.08 * size),
            ObjectLayer(name=thing.name, at=(middle, level + high / 2), height=high, turn=-14.0,
                        state=thing.state),
        ]  # fmt: skip
    return []
