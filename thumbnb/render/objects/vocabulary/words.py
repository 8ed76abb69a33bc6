"""Words of a prompt as they are looked up: plain, in the singular, with what stands before."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_TEXT = 4000
"""Of a longer text only this many characters are read."""
MAX_COUNT = 99
"""The largest number of things that counts as a number of them."""

_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"(?<=\w)['\u2019]s\b", re.IGNORECASE)
"""What makes an owner of a word: "a witch's hat" is looked up as a witch hat."""

_WORDS_BEFORE = 3
"""How many words before a thing may hold its number or a "no": "three big red balloons"."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text: lower case, without accents, and where it stands."""

    word: str
    start: int
    end: int


@cache
def _table(part: str) -> dict[str, Any]:
    source = resources.files("thumbnb.render.objects.vocabulary").joinpath("languages.toml")
    table: dict[str, dict[str, Any]] = tomllib.loads(source.read_text("utf-8"))
    return table[part]


@cache
def _listed(part: str, key: str) -> frozenset[str]:
    return frozenset(_table(part)[key].split())


@cache
def _numbers() -> dict[str, int]:
    numbers = {
        word: value
        for words in _table("numbers").values()
        for value, word in enumerate(words.split(), 2)
    }
    for value, words in _table("number_variants").items():
        numbers |= dict.fromkeys(words.split(), int(value))
    return numbers


def fold(text: str) -> str:
    """Return a text in lower case, without accents."""
    if text.isascii():  # a third of the time that reading all names takes
        return text.lower()
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in spread if not unicodedata.combining(c))


def tokens(text: str) -> list[Token]:
    """Return the words of a text; hyphens and apostrophes part them, a possessive s is none."""
    owned = _POSSESSIVE.sub("  ", text[:LONGEST_TEXT])  # as long, so that places are kept
    return [Token(fold(found[0]), found.start(), found.end()) for found in _WORD.finditer(owned)]


def key(phrase: str) -> str:
    """Return a phrase as it is looked up."""
    return " ".join(_WORD.findall(_POSSESSIVE.sub("", fold(phrase))))


# What a plural ends in, and what stands there instead, by language.
_ENDINGS = {
    "en": (
        ("ies", "y"), ("ves", "f"), ("ves", "fe"), ("ses", "s"), ("xes", "x"), ("zes", "z"),
        ("ches", "ch"), ("shes", "sh"), ("oes", "o"), ("s", ""),
    ),
    "de": (("nen", "n"), ("en", ""), ("er", ""), ("e", ""), ("n", ""), ("s", "")),
    "es": (("ces", "z"), ("es", ""), ("s", "")),
    "fr": (("eaux", "eau"), ("aux", "al"), ("oux", "ou"), ("eux", "eu"), ("s", "")),
    "pt": (
        ("oes", "ao"), ("aes", "ao"), ("ns", "m"), ("ais", "al"), ("eis", "el"), ("es", ""),
        ("s", ""),
    ),
}  # fmt: skip
_HISSING = ("ses", "xes", "zes", "ches", "shes", "oes")
"""Only after these sounds an English plural is -es: "rates" are no rats."""

_SHORTEST = 3
"""A plural has at least this many letters before its ending."""


@cache
def singulars(word: str, language: str) -> tuple[str, ...]:
    """Return what a word may be the plural of, the likeliest first; not all are words."""
    return tuple(dict.fromkeys(_singulars(word, language)))


def _singulars(word: str, language: str) -> Iterator[str]:
    irregular = _table("irregular").get(word)
    if irregular:
        yield irregular
    if is_function_word(word):
        return
    for ending, instead in _ENDINGS[language]:
        if (language, ending) == ("en", "es") and not word.endswith(_HISSING):
            continue
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST - len(instead):
            yield word.removesuffix(ending) + instead


def is_function_word(word: str, language: str | None = None) -> bool:
    """Return whether a word holds sentences together, or is a number or a "no".

    In a language or in English; in any language if none is given.
    """
    languages = (language, "en") if language else tuple(_ENDINGS)
    return (
        any(word in _listed("function_words", one) for one in languages)
        or word in _numbers()
        or word in _listed("negations", "all")
    )


def language_of(words: list[Token]) -> str | None:
    """Guess which language a text is in by its function words; ``None`` where it has none."""
    spelled = [token.word for token in words]
    counts = {
        language: sum(word in _listed("function_words", language) for word in spelled)
        for language in _ENDINGS
    }
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] else None


def is_surely_english(words: list[Token]) -> bool:
    """Whether a text is English by many function words: of no other language then is a word.

    "To grab a zebra" names no German grave, "a herd of cows" no oven.
    """
    said = [token.word for token in words]
    english = sum(word in _listed("function_words", "en") for word in said)
    others = (language for language in _ENDINGS if language != "en")
    rival = max(sum(w in _listed("function_words", each) for w in said) for each in others)
    return english >= _ENGLISH_WORDS and english > 2 * rival


_ENGLISH_WORDS = 3


def is_english(word: str) -> bool:
    """Return whether a word of another language is a common English one too."""
    return (
        word in _listed("english", "words")
        or word in _listed("function_words", "en")
        or word in _listed("negations", "all")
    )


def is_generic(word: str) -> bool:
    """Return whether a word means too much to stand for one image."""
    return word in _listed("generic", "words")


def same_in_plural(word: str) -> bool:
    """Return whether a word is the same for one and for many."""
    return word in _listed("same", "en")


def before(words: list[Token], index: int) -> tuple[int | None, bool]:
    """Return the number said of the word at ``index`` (2 to ``MAX_COUNT``), and if it is denied.

    Looked for among the words just before it, as far as they are neither function words nor
    another clause: "three big balloons", "no people".
    """
    count, next_start = None, words[index].start
    for token in reversed(words[max(0, index - _WORDS_BEFORE) : index]):
        if next_start - token.end > 1:  # a comma: "two plates, a man"
            break
        next_start = token.start
        if token.word in _listed("negations", "all"):
            return count, True
        number = _numbers().get(token.word)
        if number is None and token.word.isdecimal() and len(token.word) <= len(str(MAX_COUNT)):
            number = int(token.word)
        if number is not None and count is None and 1 < number <= MAX_COUNT:
            count = number
        elif number is not None or is_function_word(token.word):
            break
    return count, False
