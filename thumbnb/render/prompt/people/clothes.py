"""What people wear: garments and their colour, hats, accessories, and how broad somebody is."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from thumbnb.render.objects.vocabulary.words import fold
from thumbnb.render.prompt.people.named_people import costume_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from thumbnb.render.prompt.people.named_people import NamedPeople

_WORN = frozenset({"suit", "blazer", "dress", "gown", "jersey", "hoodie", "tracksuit"})

DRAWN = _WORN | {
    "arm", "arms", "belly", "chest", "fist", "hand", "hands", "shoulder", "shoulders", "stomach",
}  # fmt: skip
"""Garments that drawn people wear, and parts of them."""

_GARMENTS = _WORN | {
    "blouse", "cape", "cloak", "clothes", "coat", "jacket", "jumpsuit", "kimono", "outfit",
    "overalls", "robe", "scrubs", "shirt", "sweater", "t-shirt", "top", "tshirt", "uniform",
}  # fmt: skip

_BETWEEN = 3
"""How many words before a garment its colour is looked for: "a red silk dress"."""


@dataclass(frozen=True, slots=True)
class Outfit:
    """What somebody named wears, as ``Figure`` names it: clothes, a hat, accessories.

    ``words`` are the phrases that say so (folded), ``owner`` the number of who wears it among
    those named, None for all of them; ``build`` is "muscular", "thin", "heavy",
    "pregnant" or empty, as ``build_word`` says it.
    """

    clothes: str | None = None
    hat: str = ""
    worn: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    owner: int | None = None
    build: str = ""
    build_word: str = ""

    def is_of(self, number: int) -> bool:
        """Whether somebody is who wears it, by their number."""
        return self.owner is None or self.owner == number

    def names(self, word: str) -> bool:
        """Whether a word of the prompt names a part of it."""
        folded = fold(word)
        return folded == self.build_word or any(
            folded == phrase or folded in phrase.split() for phrase in self.words
        )


def find_outfit(text: str, people: NamedPeople, animals: Collection[str] = ()) -> Outfit:
    """Find what the people in a text wear; what ``animals`` (words) wear is not theirs."""
    folded = fold(text)
    if not people.kinds or len(folded) != len(text):
        return Outfit()
    parts: dict[str, list[str]] = {"clothes": [], "hats": [], "accessories": []}
    words: set[str] = set()
    own: set[str] = set()
    start: int | None = None
    for role in people.roles:
        own |= costume_parts(costume_of(role))
        if len(people.kinds) == 1:  # of several, each has the own
            parts["accessories"] += gear_of(role)
    words |= own & {*re.findall(r"[\w-]+", folded)}
    first, more, table = _patterns()
    end = 0
    while found := (more.match(folded, end) if end else None) or first.search(folded, end):
        end = found.end()
        name = " ".join(found["name"].split())
        before = folded[: found.start()]
        last_animal = max((before.rfind(fold(word)) for word in animals), default=-1)
        last_person = max((before.rfind(fold(word)) for word in people.words), default=-1)
        if last_person <= last_animal or _IN_HANDS.match(folded, end):
            continue
        start = found.start() if start is None else start
        words.add(name)
        if name not in own:  # a chef's apron is a part of the costume
            part, item = table[name]
            parts[part].append(item)
    return Outfit(
        next(iter(parts["clothes"]), None),
        next(iter(parts["hats"]), ""),
        tuple(dict.fromkeys(parts["accessories"])),
        frozenset(words),
        _owner(people, folded, start),
        *_build(folded, people),
    )


def costume_parts(costume: str | None) -> frozenset[str]:
    """Return the words for parts of a costume: a beekeeper's suit is part of one, and no suit.

    >>> "veil" in costume_parts("beekeeper")
    True
    """
    return frozenset(_data()["costume_parts"].get(costume or "", "").split())


_IN_HANDS = re.compile(
    r"\s+(?:in\s+(?:(?:his|her|their|the|one|both)\s+){1,2}hands?|"
    r"on\s+(?:a|the|his|her|their)\s+(?:\w+\s+)?(?:table|desk|floor|bench|rack|shelf))\b"
)
"""After what is not worn: headphones in his hands, on the table."""


def _owner(people: NamedPeople, folded: str, start: int | None) -> int | None:
    if start is None or len(people.words) != len(people.counts):
        return None
    owner, at, number = None, 0, 0
    for word, several in zip(people.words, people.counts, strict=True):
        at = folded.find(fold(word), at)
        if not 0 <= at < start:
            break
        if several:
            owner = number if several == 1 else None
        at, number = at + 1, number + several
    return owner


def _build(folded: str, people: NamedPeople) -> tuple[str, str]:
    """Return how broad somebody is said to be, and in which word: "a muscular man"."""
    for build, line in _data()["builds"].items():
        said = "|".join(map(re.escape, line.split()))
        for word in people.words:
            name = re.escape(fold(word))
            if found := re.search(
                rf"\b({said})\s+(?:[\w-]+\s+){{0,2}}{name}\b|\b{name}\s+(?:is\s+)?({said})\b",
                folded,
            ):
                return build, found[1] or found[2]
    return "", ""


@cache
def build_words() -> frozenset[str]:
    """Return all words that say how broad somebody is."""
    return frozenset(word for line in _data()["builds"].values() for word in line.split())


def builds_in(text: str) -> list[str]:
    """Return how broad people are said to be in a text, in the order of its words.

    >>> builds_in("skinny guy turns into a bodybuilder")
    ['thin', 'muscular']
    """
    names = {word: build for build, line in _data()["builds"].items() for word in line.split()}
    return [names[word] for word in re.findall(r"[\w-]+", fold(text)) if word in names]


@cache
def _data() -> dict[str, dict[str, str]]:
    text = files("thumbnb.render.prompt.people").joinpath("people.toml").read_text("utf-8")
    data: dict[str, dict[str, str]] = tomllib.loads(text)
    return data


def gear_of(role: str) -> tuple[str, ...]:
    """Return the accessories that people of a role have on them, as ``figures`` names them."""
    return tuple(item for item, line in _data()["gear"].items() if role in line.split())


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, tuple[str, str]]]:
    """Return what finds a worn thing, what finds another after it, and what each phrase is."""
    table = {
        phrase.strip(): (part, item)
        for part in ("clothes", "hats", "accessories")
        for item, line in _data()[f"worn_{part}"].items()
        for phrase in line.split(",")
    }
    phrases = sorted(table, key=len, reverse=True)
    name = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in phrases)
    name = rf"(?:(?!(?:on|of|in|at|behind|beside|and|next)\b)[\w'-]+\s+){{0,4}}?(?P<name>{name})\b"
    puts = "wearing|wears|wore|puts?\\s+on|putting\\s+on|has|having|in|with|mit|con|avec|com|en|im"
    # To lift a barbell is to have it in both hands.
    lifts = "lifting|lifts|holding|carrying|pressing|deadlifting|squatting"
    return (
        re.compile(
            rf"\b(?:{puts}|(?:{lifts})(?=\s+(?:[\w'-]+\s+){{0,4}}(?:{_lifted()})\b))\s+{name}"
        ),
        re.compile(rf"\s*(?:,|,?\s+and|\s*&)\s+{name}"),
        table,
    )


def _lifted() -> str:
    return "|".join(phrase.strip() for phrase in _data()["worn_accessories"]["barbell"].split(","))


def colour_of_clothes(words: Sequence[str], colours: Mapping[str, Sequence[str]]) -> str | None:
    """Return the name of the colour said of clothes; ``colours`` gives those of a word."""
    at = next(iter(_colours_at(words, colours)), None)
    return None if at is None else colours[words[at]][0]


def without_colours_of_clothes(
    words: Sequence[str], colours: Mapping[str, Sequence[str]]
) -> list[str]:
    """Return words without the colours of clothes: these are not the image's."""
    left_out = {*_colours_at(words, colours)}
    return [word for i, word in enumerate(words) if i not in left_out]


def _colours_at(words: Sequence[str], colours: Mapping[str, Sequence[str]]) -> list[int]:
    return [
        near
        for i, word in enumerate(words)
        if word in _GARMENTS
        for near in range(i - 1, max(0, i - _BETWEEN) - 1, -1)
        if words[near] in colours
    ]
