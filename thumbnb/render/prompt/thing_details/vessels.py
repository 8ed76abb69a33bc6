"""What people are in: "five friends in a small boat", "a man in an ice bath"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thumbnb.render.objects.vocabulary.seats import vessel_of
from thumbnb.render.objects.vocabulary.thing_kinds import ANIMATE
from thumbnb.render.prompt.named_thing import NamedThing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_IN = re.compile(
    r"\b(?:in|inside|into|aboard|on\s+board|out\s+of|paddling|paddles|leave|leaving|enter|entering|filled|rowing|rows|steering|"
    r"en|dans|im|em|numa?)\s+"
    r"(?:of\s+)?(?:(?:an?|the|his|her|their|my|our|un|una|une|um|uma|einem|einer)\s+)?"
    r"(?:(?!(?:with|full|of|and)\b)[^\W\d_]+(?:-[^\W\d_]+)?\s+){0,3}\Z",
    re.IGNORECASE,
)
_IN_IT = re.compile(r"[^.;]{2,40}?\b(?:in|inside|into)\s+it\b", re.IGNORECASE)
_ALWAYS = frozenset({"sand-heap", "water-line"})
"""Who is buried is in it, whatever word is before its name."""


_SWIMMING = re.compile(
    r"\b(?:(?:swim(?:s|ming)?|swam|drown(?:s|ing)?(?!\s+in\s+(?!the\s+(?:\w+\s+)?(?:water|sea|ocean|lake|pool|river)|(?:\w+\s+)?(?:water|sea|ocean|lake|pool|river)))|treading\s+water|nadando|nageant|schwimmt)\b"
    r"(?!\s+(?:pools?|lessons?|suits?|pro|wear|trunks))|"
    r"(?:float(?:s|ing)|lost|stranded|fall(?:s|ing)|alone)\s+in\s+the\s+(?:\w+\s+)?(?:sea|ocean|water)\b)",
    re.IGNORECASE,
)
_ROWING = re.compile(
    r"\b(?:rowing|kayaking|canoeing|rafting|paddling)\b(?!\s+(?:machine|workout|pool))",
    re.IGNORECASE,
)
_UNDER = re.compile(
    r"\b(?:under\s?water|div(?:er|ers|ing)|scuba|snorkel\w*|aquarium)\b", re.IGNORECASE
)


def _water(text: str) -> Iterator[NamedThing]:
    """Yield the water that somebody swims in, whose surface hides all but their shoulders."""
    if rowed := _ROWING.search(text):
        yield NamedThing("rowing-boat", rowed[0])
    found = _SWIMMING.search(text)
    if found and not _UNDER.search(text):
        yield NamedThing("water-line", found[0])


def in_vessel(
    vessel: NamedThing | None, subjects: tuple[str, ...], places: tuple[str, ...]
) -> tuple[NamedThing | None, tuple[str, ...], tuple[str, ...]]:
    """Return a vessel with the places of a prompt: who swims is at the surface, not under it."""
    if vessel is None or vessel.name != "water-line":
        return vessel, subjects, places
    seen = [name for name in subjects if name in {"ocean", "pool", "lake", "beach"}]
    above = tuple(dict.fromkeys(seen or ("ocean",)))
    return vessel, above, above


def find_vessel(
    text: str, things: Sequence[NamedThing], people: Sequence[str]
) -> NamedThing | None:
    """Return the thing that people are in, if any; ``people`` are the words that name them."""
    somebody = min((at for word in people if (at := text.find(word)) >= 0), default=-1)
    if somebody < 0:
        return None
    inside = {thing.base for thing in things if thing.how == "in" and thing.name in ANIMATE}
    for thing in (*things, *_water(text)):
        at = text.find(thing.word)
        if -1 < at < somebody and vessel_of(thing.name) and _IN_IT.match(text, somebody):
            return thing
        if at < somebody or thing.name in inside or vessel_of(thing.name) is None:
            continue
        if thing.name in _ALWAYS or _ROWING.match(thing.word) or _IN.search(text[somebody:at]):
            return thing
    return None
