"""What is really large beside somebody drawn, and the layouts that leave it the larger share."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from thumbnb.render.objects.drawn import object_aspect
from thumbnb.render.objects.vocabulary.thing_kinds import (
    AROUND,
    HEAVENLY,
    HELD,
    IN_SKY,
    RIDDEN,
    SIGNS,
)
from thumbnb.render.planning.thing_sizes import is_large, is_wide_furniture
from thumbnb.render.prompt.people.actions import is_alive

if TYPE_CHECKING:
    from thumbnb.render.layout import Layout
    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.prompt.named_thing import NamedThing

_SCENERY = frozenset(
    {
        "cherry-tree", "christmas-tree", "dead-tree", "explosion", "fir-tree", "gate", "palm-tree",
        "portal", "power-line", "saguaro", "solar-panel", "stairs", "street-lamp", "tornado",
        "traffic-light", "tree", "wall", "wave", "wind-turbine",
    }
)  # fmt: skip
"""Large, but rather around somebody than beside them, unless they are said to be huge."""

_STAGED_OTHERWISE = frozenset({"ride", "perch", "climb", "hang", "under", "lean", "hide", "raise"})
"""Acts that put somebody on, under or behind what they do them to."""


def large_thing(cast: Cast) -> NamedThing | None:
    """Return what one person drawn stands beside that is large, or wide furniture.

    What is said to be huge comes first, then what stands in front, then what is alive.
    """
    if len(cast.figures) != 1 or cast.split or cast.versus or cast.between or cast.rooms:
        return None
    if cast.vessel or cast.on_photo or cast.card_images or cast.table:
        return None
    act = cast.action.act
    if act and act.name in _STAGED_OTHERWISE:
        return None
    found = [thing for thing in cast.things if _takes_room(thing, cast)]
    return min(found, key=_order, default=None)


def _order(thing: NamedThing) -> tuple[bool, bool, bool, bool]:
    far = thing.name in HEAVENLY
    return thing.size != "huge", far, thing.behind, not is_alive(thing.name)


def _takes_room(thing: NamedThing, cast: Cast) -> bool:
    if thing.spread or thing.how or thing.extra or thing.count > 1 or thing.size == "tiny":
        return False
    in_hand = thing.word in cast.held_words and thing.name in HELD and thing.size != "huge"
    if in_hand or thing.name in IN_SKY | AROUND | SIGNS:
        return False
    if cast.action.pose and thing.name in RIDDEN and not is_large(thing.name):
        return False
    if thing.size == "huge" or is_wide_furniture(thing.name):
        return True
    return is_large(thing.name) and thing.name not in _SCENERY


_FACE, _BESIDE_FURNITURE, _CLOSE_UP = 136.0, 150.0, 192.0
"""How wide the face is of who stands beside something large, furniture, or is all about a face."""

_TINY_FACE = 90.0
"""The same of somebody tiny."""

_FACES_FIRST = 250.0
"""Presets with faces as wide as this are all about them (units)."""

_WORDS_HIGH, _WORDS_WIDE = 158.0, 900.0
"""How high and wide the words above something large are (units)."""

_TALL, _TALL_WORDS = 0.8, (470.0, 330.0)
"""Beside what is as narrow as this the words stand, and not above it; how wide and high."""

_TALL_BY_TINY = 1.05
"""The same where somebody tiny leaves more room."""

_RIM, _FOOT = 24.0, 714.0

_INTO_WORDS = 12.0
"""How far what is large goes up into the room of the words, whose letters end above (units)."""

_WHOLE = 0.66
"""How high who is seen from head to foot is beside something large, of the height there is."""


def beside_large(layout: Layout, cast: Cast) -> Layout:
    """Return a layout with somebody small at the side, and the rest for what is large there."""
    thing = large_thing(cast)
    if thing is None or not layout.name.startswith("trio") or layout.position != "top":
        return layout
    close = cast.face_width >= _FACES_FIRST
    furniture = is_wide_furniture(thing.name) and thing.size != "huge"
    face = _CLOSE_UP if close else _BESIDE_FURNITURE if furniture else _FACE
    face = _TINY_FACE if cast.tiny else face
    at = 1280 - (1.2 if close else 1.32) * face
    top = max(36.0, cast.rows[0])
    foot = min(_FOOT, cast.rows[1] + 60)
    inner = at - 0.62 * face
    wide = min(_WORDS_WIDE, at - 0.95 * face - 44)
    text = (44.0, top, wide, _WORDS_HIGH)
    left, ceiling = _RIM, top + _WORDS_HIGH - _INTO_WORDS
    if object_aspect(thing.name) < (_TALL_BY_TINY if cast.tiny else _TALL):
        text = (44.0, top, *_TALL_WORDS)
        left, ceiling = text[0] + text[2], max(26.0, cast.rows[0] - 20)
    card = (left, ceiling, inner - left, foot - ceiling)
    hero = (at, 722 - _BODY * face)
    if layout.side == "right":
        text = (1280 - text[0] - text[2], *text[1:])
        card = (1280 - card[0] - card[2], *card[1:])
        hero = (1280 - at, hero[1])
    return replace(
        layout, text=text, card=card, hero=hero, face=face / cast.face_width, whole=_WHOLE
    )


_BODY = 2.05
"""How far a body drawn reaches below the middle of its face, in face widths."""
