"""The rooms for things: beside words and people, behind them, and who needs which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.objects.drawn import object_aspect
from thumbnb.render.objects.vocabulary.thing_kinds import LANDMARKS, SIGNS
from thumbnb.render.planning.thing_sizes import is_building, is_large
from thumbnb.render.prompt.people.actions import is_alive

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.layout import Layout
    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.scene import Box

_TOP, _BOTTOM = 56.0, 664.0
"""Things are drawn between these heights (units) where no words are above or below them."""

_NEARER_FOOT = 770.0
"""How far down a landmark behind somebody reaches (units): near, its foot is not seen."""

_WIDE, _BLEED = 1.35, 16.0
"""What stands and is wider by its height than the first may go so far out of the frame (units).

What flies stays whole: a cut wing or rotor looks like a mistake.
"""

_GAP = 30.0
"""Between things and the words above or below them."""


def room_of_things(cast: Cast, layout: Layout) -> Box:
    """Return the room for things: beside the words, and beside somebody who stands there."""
    x, y, w, h = layout.card
    if cast.person:
        if layout.name.startswith("trio"):
            return x, y, w, min(h, cast.rows[1] + 44 - y)
        # No words: beside the person.
        return 60, 200, 460, _BOTTOM - 200
    if layout.side in {"left", "right"}:
        # All that the words leave, up to the rim.
        left = layout.text[0] + layout.text[2] + 4 if layout.side == "left" else 36.0
        right = 1244.0 if layout.side == "left" else layout.text[0] - 4
        if cast.words_reach and cast.paints:
            # Nothing stands on the panel of the words.
            panel = max(cast.words_reach)
            left = max(left, panel) if layout.side == "left" else left
            right = right if layout.side == "left" else min(right, 1280 - panel)
        top, bottom = free_heights(cast, layout)
        if len(cast.things) == 1 and cast.things[0].count == 1 and _is_wide(cast.things[0]):
            # Near, what is wide goes out of the frame on the side away from the words.
            words_left = layout.side == "left"
            left, right = (left, right + _BLEED) if words_left else (left - _BLEED, right)
        return left, top, right - left, bottom - top
    top, bottom = free_heights(cast, layout)
    wide = min(1000.0, w * 1.5)
    return 640 - wide / 2, top, wide, bottom - top


def _is_wide(thing: NamedThing) -> bool:
    return object_aspect(thing.name) > _WIDE and not thing.flies


def free_heights(cast: Cast, layout: Layout) -> tuple[float, float]:
    """Return the heights between which there are neither words nor what is laid over all."""
    _, y, _, high = layout.text
    top, bottom = max(_TOP, cast.rows[0] - 12), min(_BOTTOM, cast.rows[1] + 34)
    if layout.side == "bottom":
        return top, min(bottom, y - _GAP)
    if layout.side == "top":
        return y + high + _GAP, bottom
    return top, bottom


def room_behind(thing: NamedThing, room: Box, cast: Cast) -> Box:
    """Return the room for what is as large as a house: higher than what stands before it."""
    x, y, w, h = room
    if not cast.person:
        return x, y, w, h - 20
    if thing.behind and is_alive(thing.name) and thing.size != "huge":
        # At the shoulder of somebody who does not see it.
        across = x + w - 150 if x < 320 else x - 170  # noqa: PLR2004 - on the left of the sheet
        return across, y - 110, 320.0, 740 - (y - 110)
    if thing.size != "huge" and thing.name not in LANDMARKS:
        # A car, an elephant: its foot is seen, its side behind the person.
        across = x - 40 if x < 320 else x - 90  # noqa: PLR2004 - on the left of the sheet
        return across, y - 24, w + 130, min(712.0, y + h + 40) - (y - 24)
    if thing.size == "huge":  # its head is not cut off
        top = max(y - 44, cast.rows[0] - 12, 22.0)
        return x - 60, top, w + 190, _NEARER_FOOT - top
    # As large as a place: its foot goes out of the frame, its side behind the person.
    return x - 60, y - 66, w + 190, _NEARER_FOOT - (y - 66)


def room_of_crowd(cast: Cast, layout: Layout, *, alone: bool) -> Box:
    """Return where a crowd stands: behind somebody across the frame, else beside the words."""
    x, y, w, h = room_of_things(cast, layout)
    if cast.person:
        top = y - 40 if layout.position == "top" else 120.0
        return (x - 90, top, w + 330, 752 - top) if x < 320 else (x - 240, top, w + 330, 752 - top)  # noqa: PLR2004
    return (x - 30, y + (0.0 if alone else 0.1 * h), w + 60, h + 40)


def far_thing(things: Sequence[NamedThing], cast: Cast) -> NamedThing | None:
    """Return the thing that stands behind the others: a building before anything else."""
    far = [thing for thing in things if is_far(thing, cast)]
    return next((thing for thing in far if thing.name in LANDMARKS), far[0] if far else None)


def is_far(thing: NamedThing, cast: Cast) -> bool:
    """Whether a thing stands behind the others: as large as a house, or looming over somebody."""
    if thing.name in LANDMARKS or is_building(thing.name):
        return thing.size != "tiny"
    if thing.flies or thing.name in SIGNS or thing.spread:
        return False
    if not cast.person:
        return thing.behind
    return thing.size == "huge" or thing.behind or is_large(thing.name)
