"""How a prompt spreads many of one thing: a horde, a pile, scattered on the floor, in the air."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thumbnb.render.objects.vocabulary.thing_kinds import AIRBORNE, ANIMATE, GROWING, RIDDEN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thumbnb.render.objects import Match
    from thumbnb.render.prompt.named_thing import NamedThing, Spread


_WORDS = r"(?:[^\W\d_]+(?:-[^\W\d_]+)?\s+){0,2}"
_CROWD_BEFORE = re.compile(
    rf"\b(?:horde|hordes|army|armies|crowd|swarm|herd|flock|pack|fleet|hundreds|thousands|dozens|"
    rf"sea|legion|invasion|wall|rows?|stampede|gang|fields?|forest|meadow)\s+of\s+{_WORDS}\Z|"
    rf"(?<!table\s)(?<!desk\s)(?<!counter\s)(?<!fridge\s)\b(?:full\s+of|filled\s+with|packed\s+with|crowded\s+with)\s+{_WORDS}\Z",
    re.IGNORECASE,
)
_WALL = re.compile(rf"\b(?:walls?|stacks?\s+upon\s+stacks?)\s+of\s+{_WORDS}\Z", re.IGNORECASE)
_NO_BRICKS = ANIMATE | RIDDEN | GROWING | AIRBORNE | {"fire", "water-drop"}
"""What makes no wall that is stacked."""

_CROWD_AFTER = re.compile(
    r"\s+(?:hordes?|army|armies|crowd|swarm|herd|flock|fleet|legion|invasion|stampede|apocalypse)\b",
    re.IGNORECASE,
)
_PILE = re.compile(
    rf"\b(?:(?:pile|piles|heap|heaps|mountain|mountains|stack|stacks|tower|mound|tons)\s+of|"
    rf"(?:piled|stacked|heaped)(?:\s+high)?\s+with)\s+{_WORDS}\Z",
    re.IGNORECASE,
)
_FLOOR = re.compile(
    r"\s+(?:(?:are|is|lie|lies|lay|all)\s+)?(?:scattered|spread|strewn|littered|spilled|lying\s+around|"
    r"everywhere|all\s+over|spilling|on\s+the\s+(?:floor|ground))\b(?!\s+(?:through|in)\s+the\s+(?:air|sky))",
    re.IGNORECASE,
)
_AIR = re.compile(
    r"\s+(?:(?:are|is)\s+)?(?:(?:falling|raining|pouring|dropping|coming|tumbling)\s+(?:down\b|from|out\s+of"
    r"\s+the\s+sky|all|around|everywhere)|(?:flying|floating|swirling|exploding)\s+(?:all\s+)?"
    r"(?:around|everywhere|out|through|in\s+the\s+air|in\s+the\s+sky|past)|in\s+the\s+air)",
    re.IGNORECASE,
)
_AIR_BEFORE = re.compile(
    rf"\b(?:(?:rain|shower|storm|explosion|cloud)\s+of|falling|flying|raining|floating|"
    rf"(?:throw|toss|hurl|fling)(?:s|ing|ed|es)?|threw|thrown)\s+(?:(?:his|her|their|the|all)\s+)?{_WORDS}\Z",
    re.IGNORECASE,
)
_AROUND = re.compile(
    rf"\b(?:surrounded|chased|swarmed|buried|circled|drowning|drowns)\s+(?:by|in|under)\s+{_WORDS}\Z",
    re.IGNORECASE,
)
_FLOOR_BEFORE = re.compile(rf"\b(?:scattered|spilled|strewn)\s+{_WORDS}\Z", re.IGNORECASE)


ALIKE_WORDS = frozenset({"identical", "matching", "same", "side"})
"""What several of one thing show by themselves."""

_SPREAD_WORDS = frozenset(
    {
        "army", "crowd", "dozens", "field", "fields", "flock", "heap", "herd", "horde", "hordes",
        "hundreds", "mound", "mountain", "pile", "piles", "rain", "shower", "stack", "stacks",
        "swarm", "thousands", "tons", "tower", "wall", "walls",
    }
)  # fmt: skip
"""Words that say how many of a thing are shown: no things themselves."""


def spread_words(things: Iterable[NamedThing]) -> set[str]:
    """Return the words that are shown by how many there are of some things."""
    several = [thing for thing in things if thing.spread or thing.count > 1]
    filling = {thing.word.lower() for thing in several if thing.spread == "filled"}
    return {*_SPREAD_WORDS, *filling} if several else set()


def spread_of(text: str, match: Match, *, many: bool) -> Spread:
    """Return how what a text names is spread; ``many``: in the plural. No charts are."""
    if match.name.startswith("chart-"):
        return ""
    return _spread(text[: match.start], text, match, many=many)


def _spread(before: str, text: str, match: Match, *, many: bool) -> Spread:
    end = match.end
    if _WALL.search(before) and match.name not in _NO_BRICKS:
        return "wall"
    if _CROWD_AFTER.match(text, end) or _CROWD_BEFORE.search(before):
        return "air" if match.name in AIRBORNE and many else "crowd"
    if _AROUND.search(before):
        return "crowd" if match.name in ANIMATE | RIDDEN | GROWING else "air"
    return _spread_of_many(before, text, match) if many else ""


def _spread_of_many(before: str, text: str, match: Match) -> Spread:
    end = match.end
    if _AIR.match(text, end) or _AIR_BEFORE.search(before):
        return "air"
    if _FLOOR.match(text, end) or _FLOOR_BEFORE.search(before):
        return "floor"
    if _PILE.search(before):
        return "pile"
    return _heaped(match) if _hundreds(before) else ""


def _heaped(match: Match) -> Spread:
    return "crowd" if match.name in ANIMATE | RIDDEN | GROWING else "pile"


_NUMBER = re.compile(
    r"(?<![$\u20ac\u00a3\d.,#])(?P<number>\d[\d,. ]*)\s+"
    r"(?:(?!(?:years?|days?|hours?|minutes?|dollars?|euros?|pounds?|kg|kilos?|foot|feet|ft|meters?|"
    r"inch|miles?|percent|calories?|watts?)\b)[^\W\d_]+\s+){0,2}\Z",
    re.IGNORECASE,
)
_UNCOUNTED = 20
"""From so many on they are not counted any more: a hundred burgers are a heap."""


def _hundreds(before: str) -> bool:
    """Whether a large number stands before a thing: 100 burgers, and no 100 year old trees."""
    said = _NUMBER.search(before)
    return said is not None and int(re.sub(r"\D", "", said["number"])) >= _UNCOUNTED
