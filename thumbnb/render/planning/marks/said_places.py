"""Where on a photo a thing is said to be: on a face, in a corner, between halves, in a hand."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from thumbnb.render.layout import most_covered
from thumbnb.render.objects.drawn import object_aspect
from thumbnb.render.objects.vocabulary.thing_kinds import HELD
from thumbnb.render.planning.callouts import chip_box
from thumbnb.render.planning.headline import extent
from thumbnb.render.planning.marks.on_face import box_on_face
from thumbnb.render.planning.marks.photo_room import room_on_photo
from thumbnb.render.planning.marks.thing_places import place_between, place_in_corner
from thumbnb.render.scene import Chip, Cutout, Words
from thumbnb.render.vision.framing import face_in_layer
from thumbnb.text import image_tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.planning.context import PlanContext
    from thumbnb.render.planning.marks.photo_room import PhotoRoom
    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.scene import Box, Layer


def said_place(
    context: PlanContext, below: Sequence[Layer], room: PhotoRoom, thing: NamedThing
) -> Box | None:
    """Return where something is that is worn on a face, between two halves, or in a corner."""
    if thing.between and (box := place_between(room, thing)):
        return box
    face = face_on_sheet(context, below) if len(context.brief.content_images) == 1 else None
    if face and (box := box_on_face(thing, face)):
        return box
    corner = context.parsed.word_corners.get(thing.word)
    if corner is None:
        return None
    return place_in_corner(room, thing, corner) or place_in_corner(
        _close_to_faces(context, below, room), thing, corner
    )


def _close_to_faces(context: PlanContext, below: Sequence[Layer], room: PhotoRoom) -> PhotoRoom:
    """Return the room where things may be right beside faces: what is small and in a corner."""
    view_of, rows = context.view_of, context.cast.rows
    usual = room_on_photo(below, view_of, rows)
    near = room_on_photo(below, view_of, rows, around_faces=0.0)
    return replace(room, taken=near.taken | (room.taken & ~usual.taken))


def boxes_of_insets(cast: Cast, prompt: str) -> dict[str, Box]:
    """Return where the images shown small are, by the words right before their tokens."""
    starts = {f"image{number}": start for number, start, _ in image_tokens.find(prompt)}
    found: dict[str, Box] = {}
    for inset in cast.insets:
        words = re.findall(r"[\w'-]+", prompt[: starts.get(inset.image, 0)])
        found |= {words[-1]: inset.box} if words else {}
    return found


def rival_box(thing: NamedThing, below: Sequence[Layer], cast: Cast) -> Box:
    """Return where what is against a photo goes: in the middle of its half, off the words."""
    left, top, right, foot = 800.0, cast.rows[0] + 20, 1240.0, cast.rows[1] - 10
    if cast.photo_side == "right":
        left, right = 40.0, 480.0
    for words in below:
        if isinstance(words, Words | Chip):
            x, y, w, h = extent(words) if isinstance(words, Words) else chip_box(words)
            if isinstance(words, Chip) and (x > right or x + w < left):
                continue
            if y + h / 2 < 360:  # noqa: PLR2004 - the middle of the sheet
                top = max(top, y + h + 30)
            else:
                foot = min(foot, y - 30)
    aspect = object_aspect(thing.name)
    high = min(foot - top, (right - left) / aspect)
    middle = (top + foot) / 2
    return (left + right - high * aspect) / 2, middle - high / 2, high * aspect, high


def face_on_sheet(context: PlanContext, below: Sequence[Layer]) -> Box | None:
    """Return where the first face of the photos is on the sheet."""
    seen = (face_in_layer(each, context.view_of) for each in below if not isinstance(each, Cutout))
    return next(filter(None, seen), None)


LEANS = 7.0
"""How much something before somebody photographed leans (degrees): held, it is never upright."""

_IN_HAND, _ASIDE, _FOOT = 1.5, 1.15, 712.0
"""How high something held is, how far off the middle of a face (face widths), its foot (units)."""


def in_hand(
    context: PlanContext, below: Sequence[Layer], room: PhotoRoom, thing: NamedThing
) -> Box | None:
    """Return where something goes that somebody photographed holds: low before their body.

    None where nobody does, or where it would hide the main thing of the photo.
    """
    somebody = next((each for each in below if isinstance(each, Cutout) and not each.figure), None)
    if somebody is None or not context.parsed.holding or context.cast.split:
        return None
    if thing.name not in HELD or thing.count > 1:
        return None
    (x, y), wide = somebody.at, somebody.face_width
    aspect, foot = object_aspect(thing.name), min(_FOOT, context.cast.rows[1] + 34)
    high = min(_IN_HAND * wide, _IN_HAND * wide / aspect, foot - y - 0.75 * wide)
    if high < _LEAST_HELD:
        return None
    way = -1 if x > 640 else 1  # noqa: PLR2004 - the middle of the sheet
    box = (x + way * _ASIDE * wide - high * aspect / 2, foot - high, high * aspect, high)
    words = [extent(each) for each in below if isinstance(each, Words)]
    kept = [*words, *([room.thing_box] if room.thing_box else [])]
    return box if most_covered(box, kept) < _HIDES else None


_LEAST_HELD, _HIDES = 130.0, 0.12
"""Lower than that (units) nothing is known again; how much of what is kept it may cover."""
