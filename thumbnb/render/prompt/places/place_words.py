"""The words of a prompt that say where something is, the surest first."""

from __future__ import annotations

from thumbnb.render.prompt.places.painted_places import WORLD
from thumbnb.render.prompt.words.folded_words import folded_words
from thumbnb.render.prompt.words.lexicon import lexicon

_AT = frozenset(
    {
        "in", "on", "at", "through", "inside", "near", "across", "from", "under", "by", "en", "au",
        "am", "auf", "dans", "im", "na", "no",
    }
)  # fmt: skip

SKY = frozenset({"sky", "skies", "heaven", "heavens"})
"""What is over every place: things stand in it only where they fly."""


def place_words(text: str) -> list[str]:
    """Return the words of a text, those that say where first: "a teacher on the beach"."""
    words = folded_words(text)
    where = {
        i
        for i, word in enumerate(words)
        if (word in lexicon()["scenery"] or {*lexicon()["subjects"].get(word, ())} & WORLD)
        and _AT & set(words[max(0, i - 3) : i])
    }
    people = lexicon()["people"]
    where_words = [word for i, word in enumerate(words) if i in where]
    rest = [word for i, word in enumerate(words) if i not in where]
    # Said twice, a place counts for more than what a profession stands for.
    return [
        *where_words,
        *where_words,
        *(w for w in rest if w not in people),
        *(w for w in rest if w in people),
    ]
