"""The colours that a prompt gives things: "a red electric guitar"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thumbnb.render import objects
from thumbnb.render.objects.gallery import drawings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WORD = re.compile(r"[^\W\d_][\w'-]*")

_NO_COLOURS = frozenset({"golden", "rose"})
"""Words that belong to the name of a thing more often than they colour it."""


def colour_inside(match: objects.Match, colours: Mapping[str, Sequence[str]]) -> str | None:
    """Return the colour a phrase begins with, if the rest of it names the thing as well.

    A red balloon is a balloon; a golden retriever is no retriever of gold.
    """
    first, _, rest = match.word.partition(" ")
    found = colours.get(objects.fold(first))
    names = {match.name, plain_name(match, colours)}
    if (
        not found
        or objects.fold(first) in _NO_COLOURS
        or not any(other.name in names for other in objects.find(rest))
    ):
        return None
    return found[0]


def plain_name(match: objects.Match, colours: Mapping[str, Sequence[str]]) -> str:
    """Return the drawing of a match: of the thing itself rather than of "blue car"."""
    first, _, rest = match.word.partition(" ")
    if match.name in drawings() or objects.fold(first) not in colours:
        return match.name
    found = objects.find(rest)
    return found[0].name if found and found[0].name in drawings() else match.name


_BELOW_ZERO = re.compile(
    r"(?<![\w-])(?:-|\u2212|\u2013|minus\s)\s?\d|\bbelow\s+(?:zero|freezing|0)|\bsub-?zero|"
    r"\b(?:freez\w+|frozen|arctic|blizzard|ice[- ]cold|dropping|plunging)\b",
    re.IGNORECASE,
)


def colour_of_cold(text: str, match: objects.Match) -> str | None:
    """Return the colour of a thermometer that shows cold: no hot red below zero."""
    return "blue" if match.name == "thermometer" and _BELOW_ZERO.search(text) else None


_BETWEEN = 2
"""So many adjectives may stand between a colour and what it colours."""


def colour_before(
    text: str, start: int, colours: Mapping[str, Sequence[str]]
) -> tuple[int, str | None]:
    """Return the colour that stands before a thing in a text, and where it begins.

    Adjectives may stand between: "a red electric guitar".
    """
    before = list(_WORD.finditer(text[:start]))
    end = start
    for word in before[: -2 - _BETWEEN : -1]:
        folded = objects.fold(word[0])
        if text[word.end() : end].strip():
            break
        if found := colours.get(folded):
            return word.start(), found[0]
        verb = folded.endswith("s") and not folded.endswith(("ss", "us"))
        if (
            verb
            or folded in {"vs", "versus"}
            or objects.is_function_word(folded)
            or objects.find(word[0])
        ):
            break
        end = word.start()
    return start, None
