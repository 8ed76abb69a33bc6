"""Parts of things: the keyboard of a laptop is drawn with it, and stands not beside it."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thumbnb.render import objects

_OF_IT = re.compile(
    r"\b(?:its|their|(?:on|from|hitting|through|in)\s+the)\s+(?:[^\W\d_]+\s+){0,2}\Z", re.IGNORECASE
)
_WITH = re.compile(
    r"\s+with\s+(?:(?:an?|the|its|two|three|four)\s+)?(?:[^\W\d_-]+\s+){0,2}\Z", re.IGNORECASE
)


def without_parts(text: str, matches: list[objects.Match]) -> list[objects.Match]:
    """Leave out what is said to be a part of a thing named before it, and drawn with that.

    "A laptop with steam rising from its keyboard", "a gaming PC with RGB fans": one thing each.
    """
    kept: list[objects.Match] = []
    for match in matches:
        wholes = [one for one in kept if match.name in _parts().get(one.name, ())]
        if wholes and (
            _OF_IT.search(text[: match.start]) or _WITH.fullmatch(text, wholes[-1].end, match.start)
        ):
            continue
        kept.append(match)
    return kept


@cache
def _parts() -> dict[str, frozenset[str]]:
    """Return the drawings of the parts of each drawing."""
    text = files("thumbnb.render.prompt.thing_details").joinpath("parts.toml").read_text("utf-8")
    return {whole: frozenset(parts.split()) for whole, parts in tomllib.loads(text).items()}
