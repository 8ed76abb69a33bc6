"""The words of a prompt that name nothing known: most often nouns that cannot be drawn."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from thumbnb.render import objects
from thumbnb.render.objects.vocabulary.seats import WITH_SCREENS
from thumbnb.render.prompt.words.verbs import listed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from thumbnb.render.prompt.named_thing import NamedThing

_WORD = re.compile(r"[^\W\d_][\w'-]*")


def unknown_words(text: str, known: Collection[str]) -> tuple[str, ...]:
    """Return the words of a text that neither name anything known nor are mere grammar.

    ``known`` are the words of the lexicon. What is left is most often a noun that cannot be
    drawn.
    """
    text = _MEASURES.sub(" ", text)
    words = dict.fromkeys(match[0] for match in _WORD.finditer(text))
    return tuple(
        word
        for word in words
        if len(word) > 2  # noqa: PLR2004 - shorter words name nothing
        and (folded := objects.fold(word)) not in known
        and folded.removesuffix("s") not in known
        and folded.removesuffix("'s") not in known
        and folded.removesuffix("es") not in known
        and folded.removesuffix("'s") not in known
        and not objects.is_function_word(folded)
        and folded not in _plain_words()
        and not _is_plain(folded)
    )


def words_of_parts(things: Iterable[NamedThing]) -> set[str]:
    """Return the words for parts that the drawings of things show: a laptop has its screen."""
    screens = {thing.name for thing in things} & WITH_SCREENS
    return {"screen", "screens"} if screens else set()


_MEASURES = re.compile(
    r"\b(?:bag|block|bowl|box|bunch|can|chunk|cup|glass|jar|line|loaf|mug|pair|part|piece|plate|"
    r"platter|slice|stack|tray|wall)(?:s|es)?\s+of\b",
    re.IGNORECASE,
)
"""What a thing comes in is no other thing: "a cup of cocoa"."""


_PLAIN_ENDINGS = (("ing", 6), ("ed", 5), ("ly", 5), ("est", 6), ("'t", 3), ("'ll", 3), ("'ve", 3))
"""What verbs, adverbs and superlatives end in, and how many letters these have at least."""


def _is_plain(word: str) -> bool:
    """Whether a word is by its ending no noun."""
    bare = word.removesuffix("'s")
    if bare != word and (bare in _plain_words() or objects.is_function_word(bare)):
        return True
    return bare not in listed("nouns") and any(
        bare.endswith(ending) and len(bare) >= least for ending, least in _PLAIN_ENDINGS
    )


@cache
def _plain_words() -> frozenset[str]:
    """Return verbs, adjectives and adverbs that prompts are full of: no things."""
    text = files("thumbnb.render.prompt.words").joinpath("plain_words.toml").read_text("utf-8")
    return frozenset(word for line in tomllib.loads(text).values() for word in line.split())
