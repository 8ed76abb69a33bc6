"""How things in a prompt go together: vessels, owners, lists, what is held or an extra."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from thumbnb.render import objects
from thumbnb.render.objects.vocabulary.thing_kinds import ANIMATE, EATEN, HELD
from thumbnb.render.prompt.thing_details.states import with_eyes

if TYPE_CHECKING:
    from collections.abc import Collection

_VESSELS = frozenset(
    {
        "bag", "bottle", "bowl", "box", "bucket", "can", "cup", "glass", "jar", "mug", "pack",
        "packet", "plate", "pot", "slice", "tin",
    }
)  # fmt: skip
"""Words for what holds something: where that is named beside it, it is what is drawn."""

_KIND_ONLY = frozenset({"battery", "gas-pump", "plug"})
"""Drawings of words that before another noun only say its kind: a gas car."""


def without_vessels(
    text: str, matches: list[objects.Match], kept: Collection[int] = ()
) -> list[objects.Match]:
    """Leave out what only holds another thing, or says its kind: "a bowl of ramen", "a gas car".

    What begins at one of ``kept`` is drawn with what is in it.
    """
    left_out = set()
    for first, second in pairwise(matches):
        between = objects.fold(text[first.end : second.start]).strip()
        holds = [objects.fold(m.word).split()[-1].removesuffix("s") for m in (first, second)]
        if {first.start, second.start} & {*kept}:
            continue
        on_dish = first.name in EATEN and second.name not in EATEN and _SERVED_ON.fullmatch(between)
        if (on_dish or between in {"in a", "in the", "in", "on a"}) and holds[1] in _VESSELS:
            left_out.add(second.start)
        elif holds[0] in _VESSELS if between == "of" else not between and first.name in _KIND_ONLY:
            left_out.add(first.start)
        elif not between and holds[1] in _VESSELS:
            left_out.add(second.start)
    return [match for match in matches if match.start not in left_out]


_SERVED_ON = re.compile(r"(?:in|on)\s+(?:an?|the)\s+(?:[^\W\d_-]+\s*){0,2}")

_OWNS = re.compile(r"(?:['\u2019]s|(?<=s)['\u2019])\s+((?:[^\W\d_-]+\s+){0,2})\Z")


def without_owners(text: str, matches: list[objects.Match]) -> list[objects.Match]:
    """Leave out whose a thing is, unless it is a living one: "a wizard's potion"."""
    owners = {
        first.start
        for first, second in pairwise(matches)
        if first.name not in ANIMATE
        and (said := _OWNS.match(text, first.end, second.start))
        and not any(
            objects.is_function_word(objects.fold(word))
            for word in (*said[1].split(), second.word.split()[0])
        )
    }
    return [match for match in matches if match.start not in owners]


_HAS_EYES = re.compile(r"\s+(?:with|has|having)\s+(?:[^\W\d_-]+\s+){0,3}\Z", re.IGNORECASE)
_ITS = re.compile(r"\bwith\s+(?:its|his|her|their)\s+(?:[^\W\d_-]+\s+){0,2}\Z", re.IGNORECASE)
_EYES = frozenset({"eye", "glowing-eyes"})
_BEFORE_WITH = re.compile(r"([^\W\d_]+)\Z")


def without_own_eyes(
    text: str, matches: list[objects.Match], people: Collection[str]
) -> list[objects.Match]:
    """Leave out eyes that glow in a face: "a wolf with glowing eyes" has them already."""

    def has_face(match: objects.Match) -> bool:
        owner = _HAS_EYES.search(text[: match.start])
        if not owner:
            return False
        alive = any(
            one.name in with_eyes() | ANIMATE and one.end == owner.start() for one in matches
        )
        word = _BEFORE_WITH.search(text[: owner.start()])
        return alive or bool(word and objects.fold(word[1]) in people)

    return [
        match
        for match in matches
        if not (match.name == "glowing-eyes" and has_face(match))
        and not (match.name in _EYES and _ITS.search(text[: match.start]))
    ]


_GOES_WITH = re.compile(r"\s+(?:(?:topped|served)\s+)?(?:with|mit|con|avec|com)\s+", re.IGNORECASE)
_LIES_ON = re.compile(r"\s+on\s+(?:top\s+of\s+)?", re.IGNORECASE)
_FEW_WORDS = re.compile(r"(?:[^\W\d_-]+\s+){0,2}\Z")


def extras_at(text: str, matches: list[objects.Match]) -> set[int]:
    """Return where food or drink is named that another goes with: "pancakes with strawberries"."""
    found = set()
    for first, second in pairwise(matches):
        between = text[first.end : second.start]
        if not {first.name, second.name} <= EATEN or first.name == second.name:
            continue
        for pattern, extra in ((_GOES_WITH, second), (_LIES_ON, first)):
            joined = pattern.match(between)
            if joined and _FEW_WORDS.match(between[joined.end() :]):
                found.add(extra.start)
    return found


_LIST = re.compile(
    r"(?:\s+(?:on|at)\s+(?:an?|the|his|her)\s+[^\W\d_-]+)?"
    r"\s*(?:,|,?\s*(?:and|or|y|und|et|e|with|mit|con|avec|com|vs|versus)\b\.?|&|\+)"
    r"\s*(?:[^\W\d_-]+\s+){0,2}\Z",
    re.IGNORECASE,
)
_HAS = re.compile(
    r"\b(with|on)\s+(?:an?|the|his|her|its)\s+(?:[^\W\d_-]+\s+){0,2}\Z",
    re.IGNORECASE,
)


_OF_ONE = (
    r"(?:(?!(?:with|and|of|in|on|at|over|to|from|beside|behind|under)\b)"
    r"[^\W\d_]+(?:-[^\W\d_]+)?\s+){0,2}\Z"
)
"""Adjectives of the thing whose size is said: "a huge crowd with flags" has no huge flags."""

HUGE = re.compile(
    r"\b(?:huge|giant|gigantic|massive|enormous|colossal|towering|immense|monstrous)\s+" + _OF_ONE,
    re.IGNORECASE,
)
"""What is said to be huge is the main thing."""

TINY = re.compile(
    r"\b(?:tiny|little|small|mini|miniature)\s+" + _OF_ONE,
    re.IGNORECASE,
)


_AGAINST = re.compile(r"\b(?:vs|versus|compared|comparison)\b", re.IGNORECASE)
_WITH = re.compile(r"\b(?:with|mit|con|avec|com)\b", re.IGNORECASE)
"""What two that are compared come with is not compared."""


def listed_at(text: str, matches: list[objects.Match]) -> set[int]:
    """Return where the third of a list and those after it are named: "a cat, a dog and a fox"."""
    found, run = set(), 1
    for first, second in pairwise(matches):
        between = text[first.end : second.start]
        beside = _AGAINST.search(text) and _WITH.search(between)
        run = run + 1 if _LIST.match(between) and not beside else 1
        if run > 2:  # noqa: PLR2004 - the third of a list
            found.add(second.start)
    return found


def is_held(text: str, match: objects.Match) -> bool:
    """Whether a thing only belongs to what is named before it: "a knight with a sword"."""
    said = _HAS.search(text[: match.start])
    if said and said[1].lower() == "on":
        return match.name in _SEATS
    return bool(said) and match.name in HELD - EATEN


_SEATS = frozenset({"twemoji-1fa91", "gaming-chair", "sofa"})


def with_doubled_as_one(text: str, matches: list[objects.Match]) -> list[objects.Match]:
    """Return matches with two words for one animal as one: a tabby cat is one cat."""
    found: list[objects.Match] = []
    for match in matches:
        before = found[-1] if found and match.name in ANIMATE else None
        if before and before.name == match.name and text[before.end : match.start].isspace():
            word = text[before.start : match.end]
            found[-1] = replace(match, word=word, start=before.start)
        else:
            found.append(match)
    return found
