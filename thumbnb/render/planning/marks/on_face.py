"""What somebody in a photo wears that is drawn: a crown on the head, glasses on the eyes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.objects.drawn import object_aspect
from thumbnb.render.objects.vocabulary.seats import WORN_BY_ANIMALS

if TYPE_CHECKING:
    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.scene import Box

_WIDE = {"head": 1.24, "eyes": 1.02, "ears": 1.5}
_FOOT = {"head": 0.02, "eyes": 0.52, "ears": 0.72}
"""How wide what is worn is, and how far below the upper edge of a face its foot is (faces)."""


def box_on_face(thing: NamedThing, face: Box) -> Box | None:
    """Return where something worn goes on a face of the sheet; None where it is not worn there."""
    where = WORN_BY_ANIMALS.get(thing.name)
    if where is None or thing.count > 1:
        return None
    x, y, w, h = face
    wide = _WIDE[where] * w
    high = wide / object_aspect(thing.name)
    foot = y + _FOOT[where] * h + (high / 2 if where != "head" else 0.0)
    top = foot - high
    if top < 0:  # the photo ends there
        wide, high, top = wide * foot / high, foot, 0.0
    return (x + w / 2 - wide / 2, top, wide, high) if high > _LEAST * w else None


_LEAST = 0.25
