"""What things are on, in or worn by: a steak in a pan, a penguin on a surfboard, a cat in a hat."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from thumbnb.render import objects
from thumbnb.render.objects.vocabulary.seats import HOLDS, SCREENS, SEATS, WORN_BY_ANIMALS, has_eyes
from thumbnb.render.objects.vocabulary.thing_kinds import ANIMATE
from thumbnb.render.prompt.people.named_people import people_words

if TYPE_CHECKING:
    from collections.abc import Collection

_BEFORE_BASE = (
    r"(?:[^\W\d_]+(?:ing|s)\s+)?(?:all\s+)?(?P<how>{how})\s+(?:(?:top|the\s+middle)\s+of\s+)?"
    r"(?:an?|the|his|her|its|their|my|your)?\s*(?:(?!(?:with|and|near|beside|under|behind)\b)[^\W\d_-]+\s+){{0,3}}\Z"
)
_ON = re.compile(
    _BEFORE_BASE.format(
        how=r"over|on|onto|upon|atop|riding(?:\s+on)?|rides|driving|drives|standing\s+on|sitting\s+on|"
        r"lying\s+on|surfing(?:\s+on)?|skating\s+on"
    ),
    re.IGNORECASE,
)
_IN = re.compile(
    _BEFORE_BASE.format(how=r"in(?!\s+front\b)|into|inside(?:\s+of)?|from|out\s+of|driving|drives"),
    re.IGNORECASE,
)
_WORN = re.compile(
    r"(?:\s*,)?\s*(?:who\s+is\s+|that\s+is\s+)?(?:wearing|wears|with|in)\s+(?:an?|the|his|her|its)?\s*"
    r"(?:[^\W\d_-]+\s+){0,2}(?:[^\W\d_-]+\s+and\s+(?:an?\s+)?(?:[^\W\d_-]+\s+)?)?\Z",
    re.IGNORECASE,
)
_LEAPS = re.compile(r"\b(?:jump|leap|climb|peek|fly|hop|look)(?:ing|s)\s+over\b", re.IGNORECASE)
_RESTS = re.compile(r"\b(?:standing|sitting|sleeping|stands|sits)\b")
_AND = re.compile(r"\s*(?:,|and|,\s*and)\s+(?:an?\s+)?(?:[^\W\d_-]+\s+){0,2}\Z", re.IGNORECASE)
_DONE_BY = re.compile(
    r"\b(?:riding|rides|driving|drives|standing|sitting|surfing|skating|sleeping)\b"
)


class Support(NamedTuple):
    """What a thing is on, in or worn by: the drawing, and which of these."""

    base: str
    how: Literal["on", "in", "worn", "above"]
    base_start: int
    """Where the base is named."""


def find_supports(
    text: str, matches: list[objects.Match], people: Collection[str]
) -> dict[int, Support]:
    """Return what things are on, in or worn by, by where they begin in a text."""
    found: dict[int, Support] = {}
    matches = [
        match
        for match in matches
        if not match.word.lower().endswith("ing")
        and match.name not in _IN_SKY
        and (match.name in ANIMATE or not _names_somebody(match.word, people))
    ]
    for first, second in pairwise(matches):
        between = text[first.end : second.start]
        if second.name != first.name and _holds(first, between):
            found[second.start] = Support(first.name, "in", first.start)
            continue
        words = {objects.fold(word) for word in re.findall(r"[^\W\d_]+", between)}
        if words & {*people}:
            continue
        if second.name in WORN_BY_ANIMALS:
            also = first.start in found and found[first.start].how == "worn"
            worn = _worn(between, _animal(matches, second), also=also)
            if worn:
                found[second.start] = worn
            continue
        wearer = None
        if first.start in found and found[first.start].how == "worn":
            wearer = _animal(matches, first)  # a lion with a crown on a rock
        if not wearer and _is_somebodys(text[: first.start], people):
            continue  # a woman with a backpack on a cliff
        head = wearer or _head(text, matches, first)
        rider, support = _held_by(head, second, between, _animal(matches, second))
        if support and rider.start not in found:
            found[rider.start] = support
    found |= _packed(matches, found)
    if dropped := _dropped(text, matches):
        start, above = dropped
        found = {at: each for at, each in found.items() if each.base_start != above.base_start}
        found[start] = above
    return found


_IN_SKY = frozenset({"moon", "sun", "planet", "star", "eclipse", "meteor"})
"""What rests on nothing."""


def _packed(matches: list[objects.Match], found: dict[int, Support]) -> dict[int, Support]:
    """Return the supports of all that is listed before a case: "gold, a passport and a gun in"."""
    return {
        each.start: support
        for start, support in found.items()
        if support.how == "in" and support.base in _HOLD_MANY | {"open-suitcase"}
        for each in matches
        if start <= each.start < support.base_start
    }


def _holds(first: objects.Match, between: str) -> bool:
    """Whether what is named next is in the first: in a jar, a hand, or on a screen.

    "A jar of coins", "a hand holding cash", "a billboard of a car".
    """
    if first.name == "hand":
        return bool(_IN_HAND.fullmatch(between))
    if first.name in _HOLD_MANY and _OF.fullmatch(between):
        return True
    if first.name in HOLDS and _FULL_OF.fullmatch(between):
        return True
    return first.name in SCREENS and bool(
        _ON_SCREEN.fullmatch(between) or (first.name == "billboard" and _OF.fullmatch(between))
    )


_IN_HAND = re.compile(
    r"\s+(?:is\s+|are\s+)?(?:hold(?:s|ing)?|offer(?:s|ing)|giv(?:es|ing)|show(?:s|ing)|squeez(?:es|ing)|"
    r"crush(?:es|ing)|grabb?(?:s|ing)|present(?:s|ing)|full\s+of|with)\s+(?:[^\W\d_-]+\s+){0,4}",
    re.IGNORECASE,
)
_ON_SCREEN = re.compile(
    r"\s+(?:screens?\s+)?(?:that\s+)?(?:show(?:s|ing)?|display(?:s|ing)?)\s+(?:[^\W\d_-]+\s+){0,3}",
    re.IGNORECASE,
)


def _names_somebody(word: str, people: Collection[str]) -> bool:
    last = objects.fold(word).split()[-1:]
    return bool({*last, *(each.removesuffix("s") for each in last)} & {*people, *people_words()})


_FULL_OF = re.compile(
    r"\s+(?:(?:is|are|was|lies|sits|lying|sitting|[^\W\d_]+ly|open|wide)\s+){0,2}(?:full\s+of|filled\s+with|"
    r"stuffed\s+(?:with|full\s+of)|packed\s+with|overflowing\s+with|brimming\s+with|loaded\s+with|"
    r"bursting\s+with|stacked\s+with)\s+(?:(?:an?|the|his|her|their|some)\s+)?(?:[^\W\d_-]+\s+){0,2}",
    re.IGNORECASE,
)
"""What stands between something that holds and what it is full of."""

_OF = re.compile(r"\s+of\s+(?:[^\W\d_-]+\s+){0,2}", re.IGNORECASE)
_HOLD_MANY = frozenset({"jar", "suitcase", "briefcase", "treasure-chest", "shopping-cart"})
"""What many are in: "a jar of coins". A cup of coffee is a drawing of its own."""


_DROPS = re.compile(
    r"\b(?:(?:drop(?:p(?:ing|ed))?|throw(?:ing|n)?|toss(?:ing|ed)?|hurl(?:ing|ed)?|pour(?:ing|ed)?|"
    r"fling(?:ing)?|launch(?:ing|ed)?)s?|thr(?:ew|own))\b",
    re.IGNORECASE,
)
_FALLS = re.compile(
    r"\b(?:falling|falls|fell|dropped|plunging|plummeting|raining)\b", re.IGNORECASE
)
_ONTO = re.compile(
    r"\b(?:onto|on|into|over|in)\s+(?:top\s+of\s+)?(?:an?|the|his|her|their|my)?\s*"
    r"(?:[^\W\d_-]+\s+){0,2}\Z",
    re.IGNORECASE,
)


def _dropped(text: str, matches: list[objects.Match]) -> tuple[int, Support] | None:
    """Return where what is dropped, thrown or falls is named, and above what it is in the air."""
    thing = None
    if verb := _DROPS.search(text):
        thing = next((match for match in matches if match.start >= verb.end()), None)
        if thing and len(text[verb.end() : thing.start].split()) > _DROPPED_NEXT:
            thing = None
    if thing is None and (verb := _FALLS.search(text)):
        before = [match for match in matches if match.end <= verb.start()]
        thing = before[-1] if before else None
    if thing is None or verb is None:
        return None
    for ground in matches:
        after = ground.start >= max(thing.end, verb.end())
        if after and ground.name != thing.name and _ONTO.search(text[: ground.start]):
            return thing.start, Support(ground.name, "above", ground.start)
    return None


_DROPPED_NEXT = 4
"""So many words at the most are between "dropping" and what is dropped."""


def _head(text: str, matches: list[objects.Match], last: objects.Match) -> objects.Match:
    """Return the first of what is joined: the pancakes of "pancakes with berries and butter"."""
    before = matches[: matches.index(last)]
    head = last
    for match in reversed(before):
        if not _JOINED.fullmatch(text, match.end, head.start):
            break
        head = match
    return head


_JOINED = re.compile(
    r"\s*(?:,|and|with|,\s*and)\s+(?:an?\s+)?(?:[^\W\d_-]+\s+){0,2}", re.IGNORECASE
)


def _is_somebodys(before: str, people: Collection[str]) -> bool:
    """Whether a thing is with somebody, by the text before it."""
    words = {objects.fold(word) for word in re.findall(r"[^\W\d_]+", before)}
    return bool(words & {*people}) and bool(_OF_SOMEBODY.search(before))


def _worn(between: str, animal: objects.Match | None, *, also: bool) -> Support | None:
    """Return what wears something; ``also``: the thing named before is worn as well."""
    said = _WORN.fullmatch(between) or (also and _AND.fullmatch(between))
    if animal and said and has_eyes(animal.name):
        return Support(animal.name, "worn", animal.start)
    return None


def _held_by(
    first: objects.Match, second: objects.Match, between: str, animal: objects.Match | None
) -> tuple[objects.Match, Support | None]:
    """Return what is on or in the second of two things, if anything is: the first, or an animal."""
    served = first.name in _SERVED and second.name in {"bowl", "plate"}  # drawn on one
    if served or len(between) >= _LONGEST:
        return first, None
    if (said := _ON.search(between)) and second.name in SEATS:
        rider = animal if _DONE_BY.search(between) else first
        if rider is None and _RESTS.search(between):
            rider = first  # a doll sitting on a chair
        passes = said["how"].lower() == "over" and not _LEAPS.search(between)
        if rider is None or rider.name == second.name or passes:
            return first, None
        return rider, Support(second.name, "on", second.start)
    if second.name in HOLDS and _IN.search(between):
        return first, Support(second.name, "in", second.start)
    return first, None


_OF_SOMEBODY = re.compile(
    r"\b(?:with|wearing|carrying|in)\s+(?:(?:an?|the|his|her|their)\s+)?(?:[^\W\d_-]+\s+){0,2}\Z",
    re.IGNORECASE,
)

_SERVED = frozenset({"pancakes", "ramen", "salad", "spaghetti", "sushi", "birthday-cake", "donut"})

_LONGEST = 48
"""So many characters at the most are between a thing and what it is on."""


def _animal(matches: list[objects.Match], worn: objects.Match) -> objects.Match | None:
    """Return the animal named last before something."""
    before = [match for match in matches if match.start < worn.start and match.name in ANIMATE]
    return before[-1] if before else None
