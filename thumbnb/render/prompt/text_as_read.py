"""A prompt's text as it is read: without quoted words, kinds of things and what names no AI."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thumbnb.render.objects.vocabulary.thing_kinds import usual_place
from thumbnb.render.prompt.places.painted_places import PLACES
from thumbnb.render.prompt.words.folded_words import folded_words
from thumbnb.render.prompt.words.lexicon import matches

if TYPE_CHECKING:
    from thumbnb.render.prompt.named_thing import NamedThing


def without_kinds(text: str, things: tuple[NamedThing, ...]) -> str:
    """Return a text without what only says the kind of a thing: a sports car names no stadium."""
    for thing in things:
        words = thing.word.split()
        found_in = usual_place((thing.name,))
        said = {*matches("subjects", folded_words(thing.word))} & PLACES
        if len(words) > 1 and found_in and said - {found_in}:
            text = text.replace(thing.word, " ")
    return text


def blank_j_ai(text: str) -> str:
    """Return a text with spaces in place of the French "j'ai", which names no AI."""
    return re.sub(r"\b[jJ]['\u2019]ai\b", "    ", text)


_QUOTES = re.compile(r"[\"“«][^\"”»]{2,80}[\"”»]")


def as_written(prompt: str, text: str) -> str:
    """Return a prompt whose verbs are not blank, where it is as long as its text without them."""
    return prompt if len(prompt) == len(text) else text


def unquoted_text(text: str) -> str:
    """Return a text without what stands in quotation marks."""
    return _QUOTES.sub(" ", text)


_DENIED = re.compile(
    r"\b(no|without|ohne|sin|sans|senza|sem)\s+(any\s+)?"
    r"(people|persons?|humans?|faces?|figures?|text|words?|menschen|personas|personne)\b",
    re.IGNORECASE,
)
"""People and words that a prompt rules out."""


def without_denied(text: str) -> str:
    """Return a text without the people and words that it rules out: "no people"."""
    return _DENIED.sub(" ", text)
