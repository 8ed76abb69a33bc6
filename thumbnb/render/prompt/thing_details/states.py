"""States of things that a prompt names: a burning house, a phone with a cracked screen."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from thumbnb.render.objects.gallery import drawings
from thumbnb.render.objects.moods import ASLEEP, can_sleep
from thumbnb.render.objects.vocabulary.thing_kinds import (
    ANIMATE,
    EATEN,
    GROWING,
    HEAVENLY,
    IN_SKY,
    RIDDEN,
    SHINING,
)
from thumbnb.render.objects.vocabulary.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Span = tuple[int, int]


class State(NamedTuple):
    """A state, as ``ObjectLayer`` names it, and where in a text it is said."""

    name: str
    span: Span
    others: tuple[Span, ...] = ()
    """Where weaker states of the same thing are said: half buried, with smoke rising."""


def state_of(text: str, start: int, end: int) -> State | None:
    """Return the state said of what a text names from ``start`` to ``end``, if any.

    Of two the stronger one: an old rusty bicycle is rusty.
    """
    folded = fold(text)
    if len(folded) != len(text):  # a letter whose small form is two: spans would be wrong
        return None
    said: list[State] = []
    smoke = _SMOKE_FROM.search(folded[:start]) or _WITH_SMOKE.match(folded, end)
    if smoke:
        said.append(State("smoking", smoke.span("state")))
    for weak in (False, True):
        before, after = _patterns(weak=weak)
        for found in (before.search(folded[:start]), after.match(folded, end)):
            if found and not _is_of_another(found):
                name = _states()[" ".join(found["state"].split())]
                said.append(State(name, found.span("state")))
    if not said:
        return None
    first = next((state for state in said if state.name == "crashed"), said[0])
    if first.name != "crashed":
        return first
    return first._replace(others=tuple(state.span for state in said if state is not first))


def _is_of_another(found: re.Match[str]) -> bool:
    """Whether a material is that of what is named next: "a sofa with a glass table"."""
    name = _states()[" ".join(found["state"].split())]
    led = found.string[found.start() : found.start("state")].split()
    return name in _MATERIALS and bool({"with", "a", "an", "the"} & {*led})


_MATERIALS = frozenset({"chocolate", "glass", "metal", "stone", "wooden"})

_WEAK = frozenset({"aged", "shiny"})

_SMOKE_FROM = re.compile(
    r"\b(?P<state>(?:smoke|steam)\s+(?:is\s+)?(?:coming|rising|pouring|billowing)\s+(?:out\s+of|from|off|up\s+from))"
    r"\s+(?:an?|the|his|her|my|its|this)?\s*(?:[^\W\d_-]+\s+){0,2}\Z"
)


_WITH_SMOKE = re.compile(
    r"(?:\s+[^\W\d_]+){0,6}?\s+(?:with|and|leaving|trailing)\s+(?:its\s+engine\s+)?(?P<state>"
    r"(?:an?\s+)?(?:(?:black|dark|thick|huge|long)\s+)*"
    r"(?:(?:trail|column|plume|cloud|pillar)s?\s+of\s+)?(?:black\s+|dark\s+|thick\s+)?"
    r"(?:smoke|steam)\s+(?:is\s+)?(?:coming|rising|pouring|billowing)(?:\s+(?:out|up))?"
    r"(?:\s+(?:of|from|behind|above)\s+(?:it|them))?)\b"
)


@cache
def _states() -> dict[str, str]:
    """Return the state that each word or phrase says."""
    text = files("thumbnb.render.prompt.thing_details").joinpath("states.toml").read_text("utf-8")
    return {
        phrase.strip(): name
        for name, line in tomllib.loads(text).items()
        for phrase in line.split(",")
    }


_NO_ADJECTIVE = (
    r"(?:and|with|in|on|of|next|to|from|wom[ae]n|m[ae]n|boys?|girls?|people|guy|lady|couple|"
    r"[^\W\d_]+ing)\b"
)
"""What ends the adjectives before a thing: the pigeons that an old man feeds are not old."""


@cache
def _patterns(*, weak: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what finds a state before a thing (few adjectives between), and after it."""
    phrases = [phrase for phrase, name in _states().items() if (name in _WEAK) == weak]
    phrases = sorted(phrases, key=len, reverse=True)
    said = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in phrases)
    between = rf"(?:(?!{_NO_ADJECTIVE})[^\W\d_-]+\s+){{0,2}}"
    before = (  # "with a crack" is said after a thing
        rf"\b(?!with\s)(?P<state>{said})\s+(?:(?:city|town|village|ruins)\s+of\s+)?(?:and\s+[^\W\d_-]+\s+)?"
        rf"{between}\Z"
    )
    led = (
        r"(?:\s+(?:is|are|was|were|being|gets|got|slowly|completely|totally|badly|half|now|with|"
        r"that|which|a|an|the|its|her|his))"
    )
    by = r"(?:\s+(?:rider|driver|racer|biker))?"
    after = rf"{by}{led}{{0,3}}?\s+(?P<state>{said})\b(?!\s+(?:a|an|the|my|his|her|of)\b)"
    return re.compile(before), re.compile(after)


class ThingStates(NamedTuple):
    """The states of the things in a text, by where these begin, and all places that say one."""

    by_start: dict[int, str]
    spans: tuple[Span, ...]

    def says(self, start: int, end: int) -> bool:
        """Whether a part of the text only says a state: the fire of "on fire"."""
        return any(first <= start and end <= last for first, last in self.spans)


def find_states(text: str, things: Sequence[tuple[str, int, int]]) -> ThingStates:
    """Find the states of things, each given by its drawing's name, start and end in a text."""
    found = {
        start: state
        for name, start, end in things
        if (state := state_of(text, start, end))
        and (name not in SHINING or state.name in _SHINING_TOO)
        and can_be(name, state.name)
    }
    names = {start: name for name, start, _ in things}
    found = {
        start: state._replace(name="chewed") if _bursts(names[start], state.name) else state
        for start, state in found.items()
    }
    spans = tuple(span for state in found.values() for span in (state.span, *state.others))
    return ThingStates(
        {
            start: state.name
            for start, state in found.items()
            if not any(first <= start < last for first, last in spans)
            and not (state.name == "wooden" and names.get(start) in _OF_WOOD)
        },
        spans,
    )


_OF_MADE_THINGS = frozenset({"aged", "shiny", "unlit", "abandoned", "wooden", "metal", "stone"})


def can_be(name: str, state: str) -> bool:
    """Whether a drawing can be shown in a state: an old man's cat is not yellowed."""
    if state in _OF_MADE_THINGS:
        return name not in ANIMATE | EATEN | GROWING | IN_SKY
    if state == "sinking":
        return name in _AFLOAT
    if state == "torn":
        return name not in ANIMATE | GROWING | HEAVENLY | IN_SKY
    if state in _ONLY:
        return name in _ONLY[state]
    if state == ASLEEP:
        return name in with_eyes()
    return name not in _NEVER.get(state, ())


_CRASHES = RIDDEN | frozenset(
    {
        "airplane", "airship", "bicycle", "drone", "e-scooter", "fighter-jet", "helicopter",
        "hot-air-balloon", "motorcycle", "propeller-plane", "race-car", "rocket", "satellite",
        "scooter", "spaceship", "ufo",
    }
)  # fmt: skip
"""What moves fast enough to lie in the ground after a crash."""

_COOKED_IN = frozenset({"cast-iron-pan", "cooking-pot", "frying-pan", "kettle"})

_PADDED = frozenset(
    {
        "bed", "blanket", "carpet", "doll", "gaming-chair", "pillow", "rocking-chair", "sofa",
        "teddy-bear",
    }
)  # fmt: skip
"""What has stuffing in it, that comes out where it is torn."""


def _bursts(name: str, state: str) -> bool:
    """Whether a thing that is broken or torn shows its stuffing, as no cracks run through it."""
    return name in _PADDED and state in {"cracked", "torn"}


_ONLY = {
    "chewed": _PADDED | {"backpack", "book", "handbag", "high-heel", "package", "sneaker"},
    "bitten": EATEN,
    "hot": EATEN | _COOKED_IN,
    "crashed": _CRASHES,
    "wheelie": _CRASHES | {"horse", "unicorn"},
}
"""States that only some things can be in."""

_AFLOAT = frozenset(
    {
        "cargo-ship", "fishing-boat", "jet-ski", "rowing-boat", "sailboat", "sailing-ship", "ship",
        "submarine", "yacht",
    }
)  # fmt: skip
"""What can sink."""

_HEARTHS = frozenset({"candle", "fire", "fireplace", "grill", "pizza-oven", "torch"})
"""What is drawn with its fire."""

_SHINING_TOO = frozenset({"exploding", "toppling"})
"""What is seen of what gives light itself."""

_NEVER = {
    "toppling": ANIMATE | EATEN | IN_SKY,
    "burning": _HEARTHS,
    "smoking": ANIMATE,
    "buried": EATEN | GROWING | IN_SKY,
}
"""What is never in a state."""


@cache
def with_eyes() -> frozenset[str]:
    """Return the names of drawings whose eyes can be closed."""
    return frozenset(
        name for name, one in drawings().items() if can_sleep(one.path.read_text("utf-8"))
    )


_OF_WOOD = frozenset(
    {
        "basket", "bookshelf", "bow-and-arrow", "bridge", "broom", "door", "fence", "guitar",
        "ladder", "oil-barrel", "plank", "sailing-ship", "signpost", "table-top", "treasure-chest",
        "violin", "windmill", "workbench",
    }
)  # fmt: skip
"""What is drawn of wood."""

_ANOTHER = re.compile(
    r"[^.;]{0,40}?\b(?:next\s+to|beside|and|or|vs|versus|than)\s+(?:a|an|the)\s+(?:[^\W\d_-]+\s+)?one\b",
    re.IGNORECASE,
)
_IN_COLOUR = re.compile(
    r"[^.;]{0,40}?\b(?:next\s+to|beside|and|or|vs|versus|than|to|with)\s+(?:a|an|the)\s+"
    r"(?P<words>(?:[^\W\d_-]+\s+){1,3})one\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:and|or|vs|versus|beside|next\s+to|than|against|on\s+the\s+(?:left|right)|(?:left|right|before|after)(?=\s*:)|becom(?:es|ing)|(?:restored|turn(?:ed|s|ing)|"
    r"transform(?:ed|s|ing)|converted|rebuilt|repaired|renovated|upgraded|painted|made|changed)"
    r"\s+(?:in)?to)\b",
    re.IGNORECASE,
)


def names_another(text: str, end: int) -> bool:
    """Whether another of the same is named after a thing: "... next to a healthy one"."""
    return bool(_ANOTHER.match(text, end))


def colour_of_another(text: str, end: int, colours: Mapping[str, Sequence[str]]) -> str | None:
    """Return the colour of another of the same: "a red guitar and a gold one"."""
    found = _IN_COLOUR.match(text, end)
    for word in found["words"].split() if found else ():
        if colour := colours.get(fold(word)):
            return colour[0]
    return None


_AND_A = re.compile(
    r"(?:\s+(?:on|in)\s+(?:an?|the)\s+[^\W\d_]+)?\s*(?:,|and|or|beside|next\s+to)\s+(?:and\s+)?"
    r"(?:an?|another)\s+(?:[^\W\d_-]+\s+){0,2}\Z",
    re.IGNORECASE,
)


def names_second(text: str, end: int, start: int) -> bool:
    """Whether another of the same drawing is named next: "a Tesla and a gas car"."""
    return bool(_AND_A.fullmatch(text, end, start))


def state_of_one(text: str, end: int) -> State | None:
    """Return the state that one of several things is said to be in: "one with a cracked screen"."""
    folded = fold(text)
    found = _one_of_them().search(folded, end) if len(folded) == len(text) else None
    if not found:
        return None
    return State(_states()[" ".join(found["state"].split())], found.span())


@cache
def _one_of_them() -> re.Pattern[str]:
    phrases = sorted(_states(), key=len, reverse=True)
    said = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in phrases)
    return re.compile(
        rf"[,;:(]?\s*(?:but\s+|and\s+|where\s+|with\s+)?(?:only\s+)?\b(?:the\s+)?(?:one|other)(?:\s+of\s+"
        rf"(?:them|which))?\s+(?:[^\W\d_]+\s+){{0,4}}?(?P<state>{said})"
        r"(?:\s+(?:screen|display|glass|back))?\b"
    )


def are_compared(text: str, end: int, start: int) -> bool:
    """Whether two parts of a text are set beside each other by a word between them."""
    return bool(_COMPARED.search(text, end, start))


def frozen_words(states: Iterable[str]) -> set[str]:
    """Return the words of states that are no winter: of a frozen pizza no snow falls."""
    words = {word for state in states for word in fold(state).split()}
    return words & {"frozen", "icy", "freezing", "ice"}
