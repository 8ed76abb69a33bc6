"""Several photos that fill the frame together: which, and whether as a strip of film."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_FILM = re.compile(
    r"\b(?:film\s*strips?|filmstreifen|film\s+reel|photo\s+strips?)\b", re.IGNORECASE
)
_SIDE_BY_SIDE = re.compile(
    r"\b(?:collages?|grid|mosaic|montage|side\s+by\s+side|split\s+screen|storyboard|moodboard|"
    r"panels)\b",
    re.IGNORECASE,
)
_ON_CARDS = re.compile(r"\b(?:polaroids?|cards|stack|pile|scattered|scrapbook)\b", re.IGNORECASE)
"""Words for photos that are to lie on cards."""

_MANY, _MOST = 3, 6
"""So many photos fill the frame together unasked; so many at the most."""


def photos_in_strip(prompt: str, shown: Sequence[str], roles: Mapping[str, str]) -> tuple[str, ...]:
    """Return the images that fill the frame together, of those ``shown``; none: other places."""
    if len(shown) < 2 or len(shown) > _MOST or _ON_CARDS.search(prompt):  # noqa: PLR2004 - a pair
        return ()
    if {roles.get(name) for name in shown} != {"main"}:
        return ()
    asked = _FILM.search(prompt) or _SIDE_BY_SIDE.search(prompt)
    return tuple(shown) if asked or len(shown) >= _MANY else ()


def is_film(prompt: str) -> bool:
    """Whether several photos are to be the frames of a film."""
    return bool(_FILM.search(prompt))
