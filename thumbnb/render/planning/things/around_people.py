"""Things that are around people and not beside them: an aura, a window, the moon behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.objects.vocabulary.thing_kinds import AROUND

if TYPE_CHECKING:
    from thumbnb.render.prompt.named_thing import NamedThing


def is_around(thing: NamedThing) -> bool:
    """Whether a thing is around somebody drawn, and none beside them."""
    return thing.name in AROUND or is_disc_behind(thing)


def is_disc_behind(thing: NamedThing) -> bool:
    """Whether a thing is the moon or the sun that somebody stands before."""
    return thing.behind and thing.name in {"door", "moon", "planet", "sun"}
