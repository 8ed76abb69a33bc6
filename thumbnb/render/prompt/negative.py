"""The negative prompt: what is to be left out of an image."""

from __future__ import annotations

import re

from thumbnb.render.prompt.words.folded_words import folded_words
from thumbnb.render.prompt.words.lexicon import matches

_FILLERS = frozenset(
    folded_words("no not any avoid without the a an of too much very please don't")
)


def parse_negative_prompt(text: str) -> tuple[list[str], list[str]]:
    """Read a negative prompt: what is to be left out, and the phrases not understood."""
    known: list[str] = []
    unknown: list[str] = []
    for phrase in re.split(r"[,;.\n]+|\band\b|\bor\b", text):
        words = [w for w in folded_words(phrase) if w not in _FILLERS]
        found = matches("devices", words)
        known.extend(found)
        if words and not found:
            unknown.append(" ".join(words))
    return list(dict.fromkeys(known)), list(dict.fromkeys(unknown))
