"""Something large beside somebody: nearly all of the frame, with what is far behind it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from thumbnb.render.objects.drawn import object_aspect
from thumbnb.render.objects.painting import describe
from thumbnb.render.objects.vocabulary.thing_kinds import HEAVENLY, LANDMARKS
from thumbnb.render.planning.people.gestures import held_box
from thumbnb.render.planning.thing_sizes import is_furniture, share_of
from thumbnb.render.planning.things.arrange import fit
from thumbnb.render.planning.things.by_hands import in_box, in_hand_of
from thumbnb.render.planning.things.in_room import in_room, in_sky
from thumbnb.render.planning.things.placed_thing import PlacedThing, place_fitted
from thumbnb.render.planning.things.rooms import is_far, room_of_things
from thumbnb.render.planning.things.supported import with_held

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.layout import Layout
    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.scene import Box

_OF_GROUND = frozenset({"cliff", "mount-fuji", "volcano", "iceberg", "wall", "bridge"})
"""Parts of the ground: their foot is below the frame, their outer side out of it."""

_AT_RIM = 734.0
"""How far down what is wide reaches (units): its door is seen."""

_WIDE = 1.2
"""What is wider than this by its height is."""

_BELOW_FRAME = 800.0
"""How far down what goes out of the frame reaches (units)."""


def place_large(
    large: NamedThing,
    things: Sequence[NamedThing],
    cast: Cast,
    layout: Layout,
    *,
    supported: Sequence[NamedThing],
    held: NamedThing | None,
) -> list[PlacedThing]:
    """Place what is large, what is far behind it, what lies before it and what is in the hand."""
    room = room_of_things(cast, layout)
    x, y, w, h = room
    on_left = layout.hero[0] > 640  # noqa: PLR2004 - the middle of the sheet
    in_hand = in_hand_of(held, things)
    rest = [thing for thing in things if thing not in (large, in_hand)]
    far = [thing for thing in rest if is_far(thing, cast)][:1]
    above = [thing for thing in rest if (thing.flies or thing.name in HEAVENLY)][:1]
    far = [thing for thing in far if thing not in above]
    front = [thing for thing in rest if thing not in far and thing not in above]
    placed = [in_sky(thing, room) for thing in above]
    for thing in far:
        # Seen past its outer side.
        wide = 0.56 * w
        at = (x - 30 if on_left else x + w + 30 - wide, y - 6, wide, 0.86 * h)
        placed.append(replace(place_fitted(thing, at), behind=True))
    wide = 0.34 * w
    for thing in [each for each in front if is_furniture(each.name)][:1]:
        # As large as it is by the other, and behind its edge.
        high = min(0.9, 0.8 * share_of(thing, large)) * h
        at = (x if on_left else x + w - wide, y + h - high, wide, high)
        placed.append(replace(place_fitted(thing, at), behind=True))
        front = [each for each in front if each != thing]
    main = _as_large_as_room(large, room, on_left=on_left)
    if carried := [thing for thing in supported if thing.base == large.name]:
        # A lighthouse on a cliff: all of it is in the room.
        main_room = (x, y, w, max(main.foot, y + h) - y)
        placed += [replace(one, behind=True) for one in fit(with_held([main], carried), main_room)]
    else:
        placed.append(main)
    wide = 0.3 * w
    before = (x if on_left else x + w - wide, y + 0.66 * h, wide, 0.34 * h)
    placed += [replace(one, front=True) for one in in_room(front, before)]
    if in_hand:
        placed.append(in_box(in_hand, held_box(in_hand, cast, layout)))
    return with_held(placed, [thing for thing in supported if thing not in (*carried, held)])


def _as_large_as_room(thing: NamedThing, room: Box, *, on_left: bool) -> PlacedThing:
    """Place what is large: on the ground of its room, its side behind the person."""
    x, y, w, h = room
    aspect = object_aspect(thing.name)
    stands = describe(thing.name).stands
    low = stands and (thing.name in LANDMARKS or thing.size == "huge")
    low = low or thing.name in _OF_GROUND
    foot = _BELOW_FRAME if low else y + h
    if low and thing.name not in _OF_GROUND and thing.size != "huge" and aspect > _WIDE:
        foot = _AT_RIM
    out = 40.0 if thing.name in _OF_GROUND else 0.0
    height = min(foot - y, (w + out) / aspect)
    if low and height < foot - y:  # too wide: less of its foot is out of the frame
        foot = max(y + h + 20, y + height) if thing.name not in _OF_GROUND else foot
    width = height * aspect
    if not stands and not low:
        foot = y + (h + height) / 2 + 0.2 * (h - height)
    slack = max(0.0, w + out - width)
    outer = slack * (0.0 if thing.name in _OF_GROUND else 0.62)
    left = x - out + outer if on_left else x + w + out - outer - width
    return PlacedThing(thing, left + width / 2, foot, height, width, behind=True)
