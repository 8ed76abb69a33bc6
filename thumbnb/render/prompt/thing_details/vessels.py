"""What people are in: "five friends in a small boat", "a man in an ice bath"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thumbnb.render.objects.vocabulary.seats import vessel_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.prompt.things import NamedThing

_IN = re.compile(
    r"\b(?:in|inside|into|aboard|on\s+board|out\s+of|paddling|paddles|leave|leaving|enter|entering|filled|rowing|rows|steering|"
    r"en|dans|im|em|numa?)\s+"
    r"(?:of\s+)?(?:(?:an?|the|his|her|their|my|our|un|una|une|um|uma|einem|einer)\s+)?"
    r"(?:(?!(?:with|full|of|and)\b)[^\W\d_]+(?:-[^\W\d_]+)?\s+){0,3}\Z",
    re.IGNORECASE,
)
_ALWAYS = frozenset({"sand-heap"})
"""Who is buried is in it, whatever word is before its name."""


def find_vessel(
    text: str, things: Sequence[NamedThing], people: Sequence[str]
) -> NamedThing | None:
    """Return the thing that people are in, if any; ``people`` are the words that name them."""
    somebody = min((at for word in people if (at := text.find(word)) >= 0), default=-1)
    if somebody < 0:
        return None
    inside = {thing.base for thing in things if thing.how == "in"}
    for thing in things:
        at = text.find(thing.word)
        if at < somebody or thing.name in inside or vessel_of(thing.name) is None:
            continue
        if thing.name in _ALWAYS or _IN.search(text[somebody:at]):
            return thing
    return None
