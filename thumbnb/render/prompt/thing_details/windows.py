"""Windows that somebody is in: climbs through, peeks in at, looks out of."""

from __future__ import annotations

import re
from typing import TypeVar

_Thing = TypeVar("_Thing")
_Which = tuple[str, str | None, int, str]

_THROUGH = re.compile(
    r"\b(?:through|out\s+of|in\s+at|into)\s+(?:an?|the|his|her|my|their|your|someone's)\s+"
    r"(?:[\w'-]+\s+){0,2}?(?P<window>window)\b(?!\s+(?:cleaner|shop|seat))",
    re.IGNORECASE,
)
_THROWN = re.compile(
    r"\b(?:light|sun\w*|moonlight|rays?|ball|brick|stone|wind|shin\w+|stream\w+|throw\w*|crash\w*|"
    r"car|plane|train|bus)\b[^.,;]{0,40}\Z",
    re.IGNORECASE,
)
"""What goes through windows where nobody does."""


def window_entered(text: str) -> tuple[int, int] | None:
    """Return where a text names the window that somebody is in.

    >>> window_entered("a burglar climbs through a kitchen window")
    (35, 41)
    >>> window_entered("a man in the light that falls through the window")
    """
    found = _THROUGH.search(text)
    if not found or _THROWN.search(text[: found.start()]):
        return None
    return found.span("window")


def add_window(
    text: str, found: dict[_Which, _Thing], spans: list[tuple[int, int]], frame: _Thing
) -> None:
    """Add the window that somebody in a text is in, which else is a part of a building."""
    if window := window_entered(text):
        spans.append(window)
        found["window-frame", None, 0, ""] = frame
