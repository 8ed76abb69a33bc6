"""What somebody has in each of their hands: "a burger in one hand and a salad in the other"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from thumbnb.render.colour.names import colours_by_word
from thumbnb.render.objects.vocabulary.thing_kinds import HELD
from thumbnb.render.objects.vocabulary.words import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.prompt.named_thing import NamedThing

_WHOSE = r"(?:his|her|their|the|my|its)"
_EACH = re.compile(r"\b(?:in|on)\s+each\s+(?:hand|palm)\b")
_ONE = re.compile(rf"\b(?:in|on)\s+(?:one|{_WHOSE}\s+(?P<side>left|right))\s+(?:hand|palm)\b")
_OTHER = re.compile(
    rf"\b(?:in|on)\s+(?:the\s+other|another|{_WHOSE}\s+(?:left|right|other))\b(?:\s+(?:hand|palm))?"
)
_HOLDING = re.compile(
    r"\b(?:holding|holds|comparing|compares|showing|shows|wielding|raising|lifting)\s+(?:up\s+)?"
)
_AND = re.compile(r"\s*(?:and|&)\s+(?:an?\s+|the\s+|(?:his|her|their)\s+)?(?:[\w-]+\s+){0,2}\Z")
_NEAR = 34
"""So many letters after "holding" the first of two things is named at the most."""

_TWO = 2

Pair = tuple["NamedThing", "NamedThing"]


def find_in_each_hand(text: str, things: Sequence[NamedThing]) -> Pair | None:
    """Return what is in the left and in the right hand of a text; None where one is free."""
    folded = fold(text)
    held = [each for each in things if each.name in HELD]
    if not held or len(folded) != len(text):
        return None
    if each := _EACH.search(folded):
        thing = _last_named(folded, 0, each.start(), held)
        return (replace(thing, count=1),) * 2 if thing else None
    one = _ONE.search(folded)
    other = _OTHER.search(folded, one.end()) if one else None
    if one and other:
        pair = _said_of_each(folded, one, other, held)
    else:
        pair = _named_together(folded, held)
    return pair if pair and not any(thing.size == "huge" for thing in pair) else None


def _said_of_each(
    text: str, one: re.Match[str], other: re.Match[str], held: Sequence[NamedThing]
) -> Pair | None:
    """Return two things of which the hand is said, the left one first."""
    first = _last_named(text, 0, one.start(), held)
    if first is None:
        return None
    second = _last_named(text, one.end(), other.start(), held) or first
    start = max(text.rfind(sign, 0, one.start()) for sign in (",", ":", " holding "))
    found = (
        _coloured(first, text[max(0, start) : one.start()]),
        _coloured(second, text[one.end() : other.start()]),
    )
    return found[::-1] if one["side"] == "right" else found


def _named_together(text: str, held: Sequence[NamedThing]) -> Pair | None:
    """Return two things held at once: "holding two phones", "holding a sword and a shield"."""
    holding = _HOLDING.search(text)
    if not holding:
        return None
    at = {thing.word: text.find(fold(thing.word), holding.end()) for thing in held}
    named = sorted((where, word) for word, where in at.items() if where >= 0)
    if not named or named[0][0] - holding.end() > _NEAR:
        return None
    by_word = {thing.word: thing for thing in held}
    first = by_word[named[0][1]]
    if first.count == _TWO and not first.spread:
        return _two_alike(first, text[named[0][0] :])
    if len(named) < _TWO or first.count != 1:
        return None
    second = by_word[named[1][1]]
    between = text[named[0][0] + len(first.word) : named[1][0]]
    both = second.count == 1 and bool(_AND.fullmatch(between))
    return (first, second) if both else None


def _two_alike(thing: NamedThing, after: str) -> Pair:
    """Return two of a kind, in the colours said of them: "two phones, a black and a white one"."""
    colours = colours_by_word()
    words = re.findall(r"[\w-]+", after)[:_WORDS]
    said = [*dict.fromkeys(colours[word][0] for word in words if word in colours)]
    own = said if len(said) == _TWO else [thing.colour] * _TWO
    return replace(thing, count=1, colour=own[0]), replace(thing, count=1, colour=own[1])


_WORDS = 12
"""So many words after two of a kind may say their colours."""


def _last_named(text: str, start: int, end: int, things: Sequence[NamedThing]) -> NamedThing | None:
    """Return the thing that is named last in a part of a text."""
    found = [(text.rfind(fold(thing.word), start, end), thing) for thing in things]
    at, thing = max(found, key=lambda each: each[0])
    return thing if at >= 0 else None


def _coloured(thing: NamedThing, part: str) -> NamedThing:
    """Return one thing in the colour that a part of a text says, if it says any."""
    colours = colours_by_word()
    said = next((colours[word][0] for word in re.findall(r"[\w-]+", part) if word in colours), None)
    return replace(thing, count=1, colour=said or thing.colour, how="", base="")
