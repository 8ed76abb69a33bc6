"""From the words of a prompt to what can be drawn: names, synonyms, plurals, emoji."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from thumbnb.render.objects.gallery import drawings
from thumbnb.render.objects.illustration import LANGUAGES
from thumbnb.render.objects.vocabulary.longtail import characters, long_tail
from thumbnb.render.objects.vocabulary.scripts import find_names
from thumbnb.render.objects.vocabulary.words import (
    LONGEST_TEXT,
    Token,
    before,
    is_english,
    is_function_word,
    is_surely_english,
    key,
    language_of,
    same_in_plural,
    singulars,
    tokens,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_OTHERS = 8

_JOINER = "\u200d"

_SPORTS_WITH_BALLS = frozenset(
    {
        "american-football", "baseball", "basketball", "bowling", "golf", "soccer-ball",
        "tennis-racket", "volleyball",
    }
)  # fmt: skip

# How sure a word means an object; lower is surer.
_OWN, _SYNONYM, _SHARED, _TAIL = range(4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A part of a text that names an object.

    ``start`` and ``end`` are the span in the text, ``word`` what stands there. ``others`` could
    be meant as well ("music"), the likelier first. ``count`` is the number said of it, ``plural``
    whether it is named as many, ``denied`` whether a "no" or "without" stands before it.
    ``sure`` is false where the word is shared by several objects.
    """

    name: str
    word: str
    start: int
    end: int
    others: tuple[str, ...] = ()
    plural: bool = False
    count: int | None = None
    denied: bool = False
    sure: bool = True


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    language: str
    rank: int


def find(text: str, *, language: str | None = None, tail: bool = True) -> list[Match]:
    """Return what a text names that can be drawn, in its order; no two overlap.

    The longest phrase wins, then the text's own language (guessed unless given), then English,
    then our drawings before the long tail. ``tail=False`` leaves the long tail out.
    """
    words = tokens(text)
    prompt_language = language or language_of(words)
    only = prompt_language == "en" and is_surely_english(words)
    table = _index(tail)
    found: list[Match] = []
    index = 0
    while index < len(words):
        for length in range(min(table.longest(words[index].word), len(words) - index), 0, -1):
            match = _match(table, words, range(index, index + length), prompt_language, only=only)
            if match:
                found.append(replace(match, word=text[match.start : match.end]))
                index += length
                break
        else:
            index += 1
    found = _balls_of_sport(found)
    if tail:
        others = (*_emoji_in(text), *_in_scripts(text))
        found = sorted([*found, *others], key=lambda match: match.start)
    return found


def search(text: str, *, tail: bool = True, limit: int = 50) -> list[str]:
    """Return the names of objects one of whose words begins with ``text``, the surest first.

    Without text: all of them.
    """
    wanted = key(text)
    scored: dict[str, tuple[int, int, str]] = {}
    for phrase, entries in _index(tail).phrases.items():
        starts = [i for i in (0, phrase.find(f" {wanted}") + 1) if phrase.startswith(wanted, i)]
        if not starts:
            continue
        for entry in entries:
            score = (entry.rank, len(phrase) + 20 * min(starts), entry.name)
            scored[entry.name] = min(score, scored.get(entry.name, score))
    return sorted(scored, key=lambda name: scored[name])[:limit]


@dataclass(frozen=True, slots=True)
class _Index:
    phrases: Mapping[str, list[_Entry]]
    lengths: Mapping[str, int]
    """How many words the longest phrase has that begins with a word."""

    def longest(self, word: str) -> int:
        """Return how many words a phrase that begins with this one can have: 0 where none does."""
        forms = {word, *(one for language in LANGUAGES for one in singulars(word, language))}
        return max(self.lengths.get(form, 0) for form in forms)


@cache
def _index(tail: bool) -> _Index:
    phrases: dict[str, list[_Entry]] = {}
    for phrase, entry in (*_ours(), *(_theirs() if tail else ())):
        held = phrases.setdefault(phrase, [])
        if entry not in held:
            held.append(entry)
    lengths: dict[str, int] = {}
    for phrase in phrases:
        first, count = phrase.partition(" ")[0], phrase.count(" ") + 1
        lengths[first] = max(count, lengths.get(first, 0))
    return _Index(phrases, lengths)


def _ours() -> Iterator[tuple[str, _Entry]]:
    for name, drawing in drawings().items():
        for rank, by_language in ((_OWN, drawing.words), (_SHARED, drawing.also)):
            for language, phrases in by_language.items():
                for phrase in phrases:
                    yield key(phrase), _Entry(name, language, rank)
    for name, by_language in synonyms().items():
        if name in drawings():
            for language, phrases in by_language.items():
                for phrase in phrases:
                    yield key(phrase), _Entry(name, language, _SYNONYM)


def _theirs() -> Iterator[tuple[str, _Entry]]:
    for name, picture in long_tail().items():
        for by_language in (picture.words, synonyms().get(name, {})):
            for language, phrases in by_language.items():
                for phrase in phrases:
                    yield key(phrase), _Entry(name, language, _TAIL)


@cache
def synonyms() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return our table of synonyms: words by language, by the drawing they stand for.

    Some stand for images of the long tail, by its names.
    """
    source = resources.files("thumbnb.render.objects.vocabulary").joinpath("synonyms.toml")
    return {
        name: {
            language: tuple(word.strip() for word in text.split(","))
            for language, text in by_language.items()
        }
        for name, by_language in tomllib.loads(source.read_text("utf-8")).items()
    }


def _match(
    table: _Index, words: list[Token], span: range, prompt_language: str | None, *, only: bool
) -> Match | None:
    part = [words[i].word for i in span]
    first_language = prompt_language or "en"
    order = [first_language, *(other for other in LANGUAGES if other != first_language)]
    alone = len(part) == 1 and is_function_word(part[0], first_language)
    if alone or part[0].isdecimal():
        return None
    foreign = not (only or all(is_english(word) for word in part))
    found: list[tuple[tuple[int, bool, int, int], str, bool]] = []
    for at, language in enumerate(order):
        strange = language not in {first_language, "en"}
        if strange and not foreign:
            continue
        for how, (phrase, plural) in enumerate(_forms(part, language)):
            if strange and plural and prompt_language:
                break  # a German plural in an English sentence is chance: "burger", of "Burg"
            found += [
                ((at, entry.rank == _TAIL, how, entry.rank), entry.name, plural)
                for entry in table.phrases.get(phrase, ())
                if entry.language == language
            ]
    if not found:
        return None
    found.sort(key=lambda one: one[0])
    (*_, rank), name, plural = found[0]
    names = list(dict.fromkeys(name for _, name, _ in found))
    count, denied = before(words, span.start)
    # "50 eggs": a name may be written in the plural, as long as it is not of a drawing of many.
    many = plural or same_in_plural(part[-1]) or (part[-1].endswith("s") and name != part[-1])
    return Match(
        name=name,
        word="",
        start=words[span.start].start,
        end=words[span.stop - 1].end,
        others=tuple(names[1 : MAX_OTHERS + 1]),
        plural=plural,
        count=count if many else None,
        denied=denied,
        sure=rank != _SHARED,
    )


def _forms(part: list[str], language: str) -> Iterator[tuple[str, bool]]:
    """Yield a phrase as it stands, then what it may be the plural of in a language."""
    yield " ".join(part), False
    *first, last = part
    for one in singulars(last, language):
        yield " ".join([*first, one]), True
    if not first:
        return
    if language == "en":
        # Only an owner is in the plural before its noun: "the witches' hats".
        for head in singulars(first[0], language):
            phrase = " ".join([head, *first[1:]])
            yield f"{phrase} {last}", False
            for one in singulars(last, language):
                yield f"{phrase} {one}", True
        return
    # Other languages put an adjective into the plural too, before or after its noun.
    for one in (last, *singulars(last, language)):
        for head in singulars(first[0], language):
            yield " ".join([head, *first[1:], one]), True


def _balls_of_sport(found: list[Match]) -> list[Match]:
    """Take a plain ball for that of the sport that the same text names."""
    sport = next((match.name for match in found if match.name in _SPORTS_WITH_BALLS), None)
    return [replace(m, name=sport) if sport and m.name == "ball" else m for m in found]


def _emoji_in(text: str) -> Iterator[Match]:
    """Yield the emoji of a text: our drawing of the same word, else that of the long tail."""
    if text.isascii():
        return
    known = characters()
    longest = max(map(len, known), default=0)
    text = text[:LONGEST_TEXT]
    start = 0
    while start < len(text):
        joined = text[start - 1 : start] == _JOINER  # part of a person: an astronaut's rocket
        for end in () if joined else range(min(len(text), start + longest), start, -1):
            name = known.get(text[start:end]) or known.get(text[start:end].rstrip("\ufe0f"))
            if name:
                yield _as_ours(Match(name=name, word=text[start:end], start=start, end=end))
                start = end
                break
        else:
            start += 1


def _in_scripts(text: str) -> Iterator[Match]:
    if text.isascii():
        return
    for start, end, name in find_names(text[:LONGEST_TEXT]):
        yield _as_ours(Match(name=name, word=text[start:end], start=start, end=end))


def _as_ours(match: Match) -> Match:
    for phrase in long_tail()[match.name].words["en"]:
        for entry in _index(tail=False).phrases.get(key(phrase), ()):
            if entry.rank == _OWN and entry.language == "en":
                return replace(match, name=entry.name, others=(match.name,))
    return match
