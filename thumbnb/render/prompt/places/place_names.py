"""Names of places that are several words: they are looked up with a hyphen between."""

from __future__ import annotations

import re
from functools import cache

from thumbnb.render.prompt.words.lexicon import lexicon


def join_place_names(text: str) -> str:
    """Return a text with hyphens in the names of places, as long as it was.

    >>> join_place_names("a llama at Machu Picchu")
    'a llama at Machu-Picchu'
    """
    return _names().sub(lambda found: re.sub(r"\s", "-", found[0]), text)


def is_in_place_name(text: str, start: int, end: int) -> bool:
    """Whether a part of a text is of a name of several words: the car of "a subway-car"."""
    return any(
        found.start() <= start and end <= found.end() for found in _joined_names().finditer(text)
    )


@cache
def _joined_names() -> re.Pattern[str]:
    names = (word for word in lexicon()["subjects"] if "-" in word)
    said = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.compile(rf"\b(?:{said})\b", re.IGNORECASE)


_NO_PLACES = (
    "ball|chart|charts|graph|table|crash|ticket|reset|code|exam|cabin|cockpit|counter|party|bridge"
)
"""What a place says the kind of, or a longer name: "in a bar chart", "in a plane cockpit"."""


@cache
def _names() -> re.Pattern[str]:
    names = sorted((word for word in lexicon()["subjects"] if "-" in word), key=len, reverse=True)
    said = "|".join(r"[\s-]".join(map(re.escape, name.split("-"))) for name in names)
    return re.compile(rf"\b(?:{said})\b(?!\s+(?:{_NO_PLACES})\b)", re.IGNORECASE)
