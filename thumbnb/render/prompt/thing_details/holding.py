"""What puts into somebody's hands what can be held."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.prompt.named_thing import NamedThing

_HOLDING = re.compile(
    r"\b(holding|holds|carrying|lifting|lifts|eating|eats|smoking|smokes|drinking|drinks|playing|plays|"
    r"slamming|slams|swinging|swings|banging|bangs|waving|waves|reading|"
    r"reads|showing|shows|presenting|wielding|using|brandishing|unboxing|opening|catching|selling|"
    r"sosteniendo|tenant|haltend|segurando)\b",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"\b(?:with|mit|con|avec|com)\b(?!\s+(?:\w+\s+){0,2}"
    r"(?:head|hands?|face|eyes?|arms?|mouth|hair|beard|smile)\b)",
    re.IGNORECASE,
)
"""Somebody with his head in his hands holds nothing."""


def says_holding(prompt: str, people: Sequence[str]) -> bool:
    """Whether somebody has something in their hands: "a man with a drill"; no chart has hands.

    ``people`` are the words that name somebody.
    """
    return _said_at(prompt, people) is not None


_WORN = frozenset({"backpack", "crown", "glasses", "headphones", "sunglasses", "vr-headset"})
"""What somebody "with" it wears."""


def can_be_held(
    prompt: str, people: Sequence[str], thing: NamedThing, others: Sequence[NamedThing]
) -> bool:
    """Whether a thing is named after what puts something into hands: no game of a gamer is.

    What is "with" another of the things named (``others``), or said to lie somewhere, is not
    in anybody's hands: "a chart with coins scattered on the table".
    """
    if _AT_SIDE.match(prompt, prompt.casefold().find(thing.word.casefold()) + len(thing.word)):
        return bool(people)
    at = _said_at(prompt, people)
    if at is None or (thing.name in _WORN and not _HOLDING.search(prompt)):
        return False
    lowered = prompt.casefold()
    where = lowered.rfind(thing.word.casefold())
    if where <= at or _HOLDING.search(prompt):
        return where > at
    if _LIES.match(lowered, where + len(thing.word)):
        return False
    somebody = max((lowered.rfind(word.casefold(), 0, at) for word in people), default=-1)
    between = [lowered.find(other.word.casefold(), max(0, somebody), at) for other in others]
    return max(between, default=-1) < 0


_AT_SIDE = re.compile(
    r"\s+(?:at|on|in|by)\s+(?:his|her|their)\s+(?:hip|side|belt|holster|waist|hands?)\b",
    re.IGNORECASE,
)
"""After what somebody has with them: "a revolver at his hip"."""

_LIES = re.compile(
    r"\s+(?:all\s+)?(?:scattered|lying(?!\s+(?:on\s+(?:a|an|the)\s+(?:roof|rooftop|hill|cliff|bed|"
    r"couch|beach)|down|in\s+wait)\b)|piled|stacked|spread|falling|flying|floating|raining|"
    r"everywhere|behind|around|on\s+(?:the|a|his|her|their)\s+(?:table|desk|floor|ground|wall|"
    r"shelf|counter))\b"
)
"""After what is somewhere, and in nobody's hands."""


def _said_at(prompt: str, people: Sequence[str]) -> int | None:
    """Return where in a prompt it is said that somebody holds something."""
    if found := _HOLDING.search(prompt):
        return found.start()
    first = min((at for word in people if (at := prompt.find(word)) >= 0), default=0)
    found = _WITH.search(prompt, first)
    return found.start() if found else None
