"""What people do to something or somebody, or by themselves, as ``actions.toml`` lists it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from thumbnb.render.objects.vocabulary.seats import has_eyes
from thumbnb.render.objects.vocabulary.thing_kinds import ANIMATE
from thumbnb.render.objects.vocabulary.words import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.prompt.named_thing import NamedThing

_REACH = 64
"""How many letters behind a verb what it is done to may stand."""

_IDIOM = re.compile(
    r"\s*(?:the |his |her |their |its |all )*"
    r"(?:limits?|hood|lid|veil|curtain|boundar|envelope|odds|attention|luck|prices?|"
    r"calories|costs?|bill|taxes|shade|party|hints?|news|truth|deal|game|mood|"
    r"floor|ground|street|beach|sand|grass|steps|stairs|roof|edge|sidewalk|porch|snow|side)"
)
"""After a verb that means something else: nobody pushes the limits with both hands."""

_FIGHTS = frozenset({"attack", "punch"})
"""Done to what lives: a castle is where knights fight."""

_OTHER_ANIMALS = frozenset(
    {
        "baby-dragon", "bee", "devil", "dinosaur", "dolphin", "dragon", "duck", "eagle", "fish",
        "gorilla", "horse", "monster", "mummy", "scorpion", "shark", "skeleton", "snake", "spider",
        "squirrel", "golem", "troll", "turtle", "unicorn", "vulture", "whale",
    }
)  # fmt: skip


def is_alive(name: str) -> bool:
    """Whether a drawing is of an animal or a creature."""
    return name in ANIMATE or name in _OTHER_ANIMALS or has_eyes(name)


def _is_meant_otherwise(name: str, after: str) -> bool:
    """Whether what comes after a verb gives it another sense: nobody pulls strings from an oven."""
    no_oven = name == "bake" and not _OVEN.search(after[: 2 * _REACH])
    return bool(no_oven or _IDIOM.match(after))


_OVEN = re.compile(
    r"\b(?:from|of|into|in|inside|del|al|du|dans|aus|in|do|no)\s+(?:[\w-]+\s+){0,4}"
    r"(?:oven|horno|four|\w*ofen|forno)\b"
)
"""What is pulled out of an oven, or put into one."""

_PARTICLE = re.compile(r"(?:\s+(?:up|down|out|off|away|back|open))?")
_ELSEWHERE = re.compile(
    r"\b(?:through|in|into|inside|across|along|on|onto|at|from|to|towards?|with|by|near|behind|under|"
    r"during|against|beside|over|around|out|durch|auf|dans|sur|por|sobre)\b"
)
"""What comes after is where something is done, and not what it is done to."""

_PLACED, _AND = ("behind", "under", "beneath"), re.compile(r"\s+and\b")
"""How acts end that need something there: in "a rocket standing behind and the earth" is none."""

_CLAUSE_ENDS = re.compile(r"[,;.:!?]|\b(?:while|as|and\s+(?:then\s+)?\w+ing|who|that)\b")


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody does: a name of ``actions.toml``, and the word for what it is done to.

    ``to_people``: that is somebody, not something; ``mutual``: both do it; ``by`` is the number
    of who does it, of those named.
    """

    name: str = ""
    word: str = ""
    to_people: bool = False
    mutual: bool = False
    by: int = 0
    doer: str = ""
    """The word of the animal that does it."""

    @property
    def pose(self) -> str:
        """The pose that shows it, as ``Figure.gesture`` names it."""
        return next((pose for pose, acts in _poses().items() if self.name in acts), self.name)


def find_act(
    text: str,
    people: Sequence[tuple[int, int]],
    things: Sequence[NamedThing],
    *,
    several: bool = False,
    counts: Sequence[int] = (),
) -> Act | None:
    """Find what the people of a text do to something; ``people`` are where they are named.

    ``several``: one word names more than one; ``counts`` is how many each names.
    """
    folded = fold(text)
    for name, said in _patterns("acts"):
        for found in said.finditer(folded):
            if not _is_by_people(folded, found.start(), people, things):
                continue
            by = max(i for i, (start, _) in enumerate(people) if start < found.start())
            if counts:  # of a police officer, two words name one
                by = max(0, sum(counts[: by + 1]) - 1)
            end = min(len(folded), found.end() + (_NEAR if name in _ON_THINGS else _REACH))
            start = _PARTICLE.match(folded, found.end()).end()  # type: ignore[union-attr]
            stops = (rule.search(folded, start, end) for rule in (_CLAUSE_ENDS, _ELSEWHERE))
            end = min([end, *(stop.start() for stop in stops if stop)])
            alone = found[0].endswith(_PLACED) and _AND.match(folded, found.end())
            if alone or _is_meant_otherwise(name, folded[found.end() :]):
                continue
            fought = [thing for thing in things if name not in _FIGHTS or is_alive(thing.name)]
            if name in _ON_THINGS:  # who sits on the pier fishing sits on no rod
                fought = [thing for thing in fought if fold(thing.word) not in _DOING]
            within = found.start() if name in _ON_THINGS else found.end()
            at, word = _first_thing(folded, within, end, fought)
            others = [start for start, _ in people if found.end() <= start < end]
            if others and (not word or _is_of(folded[at : min(others)], word)):
                return Act(
                    name, text[min(others) : end].split(" ", maxsplit=1)[0], to_people=True, by=by
                )
            if word:
                return Act(_overhead(name, folded[found.end() :]), word, by=by)
    if len(people) > 1 or several:
        done = (name for name, said in _patterns("together") if said.search(folded))
        return next((Act(name, to_people=True, mutual=True) for name in done), None)
    return None


def find_animal_act(text: str, things: Sequence[NamedThing]) -> Act | None:
    """Find what an animal of a text does to something else named there."""
    folded = fold(text)
    for name, said in _patterns("animals"):
        for found in said.finditer(folded):
            before = [(folded.rfind(fold(t.word), 0, found.start()), t) for t in things]
            at, doer = max(before, default=(-1, None), key=lambda each: each[0])
            _, word = _first_thing(folded, found.end(), found.end() + _NEAR, things)
            if doer and at >= 0 and is_alive(doer.name) and word and word != doer.word:
                return Act(name, word, doer=doer.word)
    return None


def _overhead(name: str, after: str) -> str:
    """Return the act of who carries something over the head: they raise it."""
    raised = name == "carry" and _OVER_HEAD.search(after[: 2 * _REACH])
    return "raise" if raised else name


_OVER_HEAD = re.compile(r"\b(?:over|above)\s+(?:his|her|their|the|its)\s+heads?\b|\boverhead\b")

_DOING = frozenset({"fishing", "camping", "cooking", "gaming", "boxing", "shopping"})
"""Words of things that say what somebody does."""

_NEAR, _ON_THINGS = 32, frozenset({"ride", "perch"})
"""How near what somebody is on is named, and the acts of being on something."""


def find_move(
    text: str, people: Sequence[tuple[int, int]], things: Sequence[NamedThing]
) -> tuple[str, int]:
    """Find what the people of a text do by themselves, as ``actions.toml`` names it, and where.

    "" where they do nothing.
    """
    folded = fold(text)
    for name, said in _patterns("moves"):
        for found in said.finditer(folded):
            if _is_by_people(folded, found.start(), people, things):
                return name, found.start()
    return "", -1


def moves_alone(text: str, people: Sequence[tuple[int, int]], things: Sequence[NamedThing]) -> bool:
    """Whether only the first of several named moves: "a boy falling ..., friends laughing"."""
    name, at = find_move(text, people, things)
    return bool(name) and len(people) > 1 and people[0][0] < at < people[1][0]


_WITH_PLACES = frozenset({"lie", "sit", "kneel", "nose", "sleep"})
"""Moves whose words name what is a part of them: a floor, a knee, a nose."""


def blank_moves(text: str) -> str:
    """Return a text with spaces in place of what people do by themselves: no floor is drawn."""
    folded = fold(text)
    if len(folded) != len(text):
        return text
    for name, said in _patterns("moves"):
        for found in said.finditer(folded) if name in _WITH_PLACES else ():
            text = text[: found.start()] + " " * len(found[0]) + text[found.end() :]
    return text


def _is_of(between: str, word: str) -> bool:
    """Whether a thing named before or within somebody only says who that is: a football player."""
    return not between or not _PARTED.search(between.removeprefix(fold(word)))


_PARTED = re.compile(
    r"\b(?:at|to|on|onto|over|for|with|behind|against|from|and|a|an|the|his|her)\b"
)


def _first_thing(text: str, start: int, end: int, things: Sequence[NamedThing]) -> tuple[int, str]:
    """Return the first thing named between two places of a text, and where."""
    named = ((text.find(fold(thing.word), start, end), thing.word) for thing in things)
    return min((each for each in named if each[0] >= 0), default=(end, ""))


def _is_by_people(
    text: str, at: int, people: Sequence[tuple[int, int]], things: Sequence[NamedThing]
) -> bool:
    """Whether who is named last before a place of a text is somebody, and no animal."""
    somebody = max((end for start, end in people if start < at), default=-1)
    alive = [fold(thing.word) for thing in things if is_alive(thing.name)]
    return somebody > max((text.rfind(word, 0, at) for word in alive), default=-1)


@cache
def _poses() -> dict[str, frozenset[str]]:
    return {pose: frozenset(acts.split()) for pose, acts in _table()["poses"].items()}


@cache
def _table() -> dict[str, dict[str, str]]:
    text = files("thumbnb.render.prompt.people").joinpath("actions.toml").read_text("utf-8")
    table: dict[str, dict[str, str]] = tomllib.loads(text)
    return table


@cache
def _patterns(part: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = []
    for name, line in _table()[part].items():
        phrases = sorted((phrase.strip() for phrase in line.split(",")), key=len, reverse=True)
        said = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in phrases)
        found.append((name, re.compile(rf"\b(?:{said})\b")))
    return tuple(found)
