"""Parts of things: the keyboard of a laptop is drawn with it, and stands not beside it."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from thumbnb.render.objects.vocabulary.thing_kinds import EATEN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thumbnb.render import objects

_OF_IT = re.compile(
    r"\b(?:its|their|(?:on|from|hitting|through|in)\s+the)\s+(?:[^\W\d_]+\s+){0,2}\Z", re.IGNORECASE
)
_IN_ITS_MIDDLE = re.compile(
    r"\s+(?:in|at)\s+(?:the|its)\s+(?:middle|cent(?:er|re))\b", re.IGNORECASE
)
_WITH = re.compile(
    r"\s+(?:(?:dripping|loaded|topped|covered|filled|stuffed|oozing)\s+)?with\s+(?:(?:an?|the|its|two|three|four)\s+)?(?:[^\W\d_-]+\s+){0,2}\Z",
    re.IGNORECASE,
)


_SOMEBODYS = re.compile(
    r"\b(?:his|her|their|my|your)\s+(?:(?:left|right|own)\s+)?\Z", re.IGNORECASE
)
_OF_BODIES = frozenset({"eye", "tooth", "twemoji-1f442", "twemoji-1f443"})
"""Drawings of parts of a body that somebody drawn has: an eye, a tooth, an ear, a nose."""


def without_parts(
    text: str, matches: list[objects.Match], *, somebody: bool
) -> tuple[list[objects.Match], list[tuple[int, int]]]:
    """Leave out parts of things named before them, which show them, and say where they are.

    "A laptop with steam rising from its keyboard", "a gaming PC with RGB fans": one thing each.
    Of food what is said of the part is left out, too.
    ``somebody`` is named: "a camera at his eye" shows no eye beside them.
    """
    kept: list[objects.Match] = []
    parts: list[tuple[int, int]] = []
    for match in matches:
        if somebody and match.name in _OF_BODIES and _SOMEBODYS.search(text[: match.start]):
            parts.append((match.start, match.end))
            continue
        wholes = [one for one in kept if match.name in _parts().get(one.name, ())]
        if wholes and (
            _OF_IT.search(text[: match.start])
            or _IN_ITS_MIDDLE.match(text, match.end)
            or _WITH.fullmatch(text, wholes[-1].end, match.start)
        ):
            # "A burger with melting cheese" does not melt.
            of_food = wholes[-1].name in EATEN
            parts.append((wholes[-1].end if of_food else match.start, match.end))
            continue
        kept.append(match)
    return kept, parts


def without_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a text with spaces in place of some spans; all else keeps its place."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


@cache
def _parts() -> dict[str, frozenset[str]]:
    """Return the drawings of the parts of each drawing."""
    text = files("thumbnb.render.prompt.thing_details").joinpath("parts.toml").read_text("utf-8")
    return {whole: frozenset(parts.split()) for whole, parts in tomllib.loads(text).items()}
