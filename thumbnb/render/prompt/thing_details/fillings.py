"""What a pool is filled with: "a pool full of soda", "filled my pool with rubber ducks"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from thumbnb.render import objects
from thumbnb.render.prompt.named_thing import NamedThing

if TYPE_CHECKING:
    from collections.abc import Sequence

_POOL = r"(?:swimming[\s-]?|kiddie\s+|paddling\s+|backyard\s+)?pools?"
_FULL = re.compile(
    rf"\b{_POOL}\s+(?:(?:is|was|that's|completely|entirely|totally|all)\s+){{0,2}}"
    r"(?:full\s+(?:to\s+the\s+(?:top|brim)\s+)?of|filled\s+(?:up\s+)?(?:to\s+the\s+(?:top|brim)\s+)?with|"
    r"packed\s+with|overflowing\s+with|of)\s+|"
    rf"\bfill(?:s|ed|ing)?\s+(?:(?:an?|the|my|his|her|our|their)\s+)?(?:\w+\s+){{0,2}}{_POOL}\s+with\s+",
    re.IGNORECASE,
)

_LIQUIDS = {
    "brown": "soda cola coke coca-cola pepsi chocolate coffee mud gravy tea hot-chocolate nutella",
    "white": "milk yogurt cream mayo mayonnaise glue foam oobleck",
    "green": "slime matcha acid",
    "red": "ketchup blood jello jelly wine salsa kool-aid gelatin gelatine tomato-soup",
    "orange": "juice fanta lava soup orange-juice",
    "gold": "beer honey syrup oil champagne",
    "yellow": "lemonade mustard custard",
    "pink": "orbeez bubblegum smoothie",
    "black": "tar ink crude-oil",
}
"""The colours of what flows, or looks like it, by its name."""

_COLOUR_OF = {word: colour for colour, words in _LIQUIDS.items() for word in words.split()}
_WORD = re.compile(r"[^\W\d_][\w'-]*")
_FEW = 4


def with_filling(text: str, things: Sequence[NamedThing]) -> tuple[NamedThing, ...]:
    """Return things with what a text fills a pool with as such: a liquid, or many of one thing."""
    found = _FULL.search(text)
    if not found:
        return tuple(things)
    words = [each[0] for each in _WORD.finditer(text, found.end())][:_FEW]
    following = text[found.end() :]
    for word in words:
        folded = objects.fold(word)
        if colour := _COLOUR_OF.get(folded):
            liquid = NamedThing("filled-pool", word, colour=colour, spread="filled")
            return (*(one for one in things if word not in one.word.split()), liquid)
        if folded in {"and", "with", "while", "in", "as"}:
            break
    first = min(
        (one for one in things if 0 <= following.find(one.word) <= _NEXT),
        key=lambda one: following.find(one.word),
        default=None,
    )
    return tuple(replace(one, spread="filled", count=1) if one is first else one for one in things)


_NEXT = 24
"""So far behind "full of" (characters) what fills a pool is named."""
