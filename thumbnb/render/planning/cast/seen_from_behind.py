"""Somebody seen from behind: a drawing of its own, as people are drawn from the front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.prompt.things import NamedThing

if TYPE_CHECKING:
    from collections.abc import Sequence

FROM_BEHIND = "hiker-from-behind"
"""The drawing of somebody seen from behind, with a backpack."""


def seen_from_behind(word: str, things: Sequence[NamedThing]) -> tuple[NamedThing, ...]:
    """Return somebody seen from behind, and the things that they do not wear already."""
    return (NamedThing(FROM_BEHIND, word), *(each for each in things if each.name != "backpack"))
