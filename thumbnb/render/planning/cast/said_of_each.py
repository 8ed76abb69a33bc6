"""What a prompt says of each of several people: feelings and clothes that are only theirs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thumbnb.render.colour.names import colours_by_word
from thumbnb.render.objects.vocabulary.words import fold
from thumbnb.render.prompt.people.feelings import joy, plight, without_tearing
from thumbnb.render.prompt.thing_details.of_each import said_after
from thumbnb.render.prompt.words.folded_words import folded_words
from thumbnb.render.prompt.words.lexicon import matches

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_BESIDE = {"surprised": "happy", "excited": "happy", "happy": "happy", "confident": "confident"}
"""What somebody feels of whom nothing is said, by what others feel; beside all else, serious."""


def own_feelings(parts: Sequence[str], feelings: tuple[str, ...]) -> tuple[str, ...]:
    """Return what each of several people feels: as the part of the prompt about them says.

    ``feelings`` are what they feel where nothing is said of one of them alone.

    >>> own_feelings(["a realtor beside ", "a shocked couple"], ("surprised", "surprised"))
    ('happy', 'surprised')
    """
    one = len({*parts}) < 2  # noqa: PLR2004 - one is not several
    if one or len(parts) != len(feelings) or len({*feelings}) > 1:  # what one does to another
        return feelings
    said = [_feeling(part) for part in parts]
    own = [each for each in said if each]
    if not own:
        return feelings
    others = _BESIDE.get(own[0], "serious")
    return tuple(each or others for each in said)


def holder_of(parts: Sequence[str], held: Collection[str]) -> int | None:
    """Return the number of who of several people has one of the things that can be held.

    >>> holder_of(["a referee showing a red card to ", "an angry player"], {"red card"})
    0
    """
    if len({*parts}) < 2:  # noqa: PLR2004 - one is not several
        return None
    words = [fold(word) for word in held]
    having = (n for n, part in enumerate(parts) if any(word in fold(part) for word in words))
    return next(having, None)


def _feeling(part: str) -> str | None:
    part = without_tearing(part)
    return joy(part) or next(iter(matches("expressions", folded_words(part))), plight(part))


def clothes_of(parts: Sequence[str], number: int, clothes: str | None) -> str | None:
    """Return the clothes of a prompt if somebody wears them: not those said of another alone."""
    said = [clothes in matches("clothes", folded_words(part)) for part in parts]
    mine = number >= len(said) or said[number] or not any(said)
    return clothes if mine else None


def colours_of_two(text: str, words: Sequence[str]) -> tuple[str, ...]:
    """Return the colours that a prompt gives two people: "two boxers, one blue and one red".

    >>> colours_of_two("two boxers, one in blue and one in red", ["boxers"])
    ('blue', 'red')
    """
    for word in words:
        two = re.compile(rf"\b(?:two|2)\s+(?:[\w-]+\s+){{0,2}}?{re.escape(word)}\b", re.IGNORECASE)
        named = two.search(text)
        said = said_after(text, named.end(), colours_by_word()) if named else None
        if said and all("colour" in each for each in said.fields):
            return tuple(each["colour"] for each in said.fields)
    return ()
