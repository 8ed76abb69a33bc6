"""Windows that somebody is in: climbs through, looks out of; and one that alone is lit."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from thumbnb.render.objects.lit_window import ONE_LIT, WINDOWS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from thumbnb.render.prompt.named_thing import NamedThing

    Which = tuple[str, str | None, int, str]

_THROUGH = re.compile(
    r"\b(?:through|out\s+of|in\s+at|into)\s+(?:an?|the|his|her|my|their|your|someone's)\s+"
    r"(?:[\w'-]+\s+){0,2}?(?P<window>window)\b(?!\s+(?:cleaner|shop|seat))",
    re.IGNORECASE,
)
_THROWN = re.compile(
    r"\b(?:skyline|city|view|views|snow|rain|ocean|sea|mountains?|seen|visible|glow\w*|light|sun\w*|moonlight|rays?|ball|brick|stone|wind|shin\w+|stream\w+|throw\w*|crash\w*|"
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


_LIT = re.compile(
    r"\b(?:(?:lit|glowing|illuminated|lighted|bright|yellow)(?:-up|\s+up)?\s+window\b|"
    r"window\s+(?:is\s+|that\s+is\s+)?(?:lit|glowing|glows|illuminated)\b|"
    r"lights?\s+(?:is\s+)?(?:on\s+|shining\s+|glowing\s+|coming\s+)?(?:in|from)\s+"
    r"(?:one|an?|the|only\s+one)\s+(?:[\w-]+\s+)?window\b)",
    re.IGNORECASE,
)
_MANSION = re.compile(
    r"\b(?:asylum|mansion|manor|haunted[ -]house|orphanage|sanatorium)\b", re.IGNORECASE
)


def add_windows(
    text: str,
    found: dict[Which, NamedThing],
    spans: list[tuple[int, int]],
    new: Callable[[str, str], NamedThing],
    *,
    somebody: bool,
) -> None:
    """Add the windows that matter in a text, which else are parts of buildings.

    Somebody is in one, or one alone is lit: that is a state of the building. ``new`` makes a
    thing of the name of a drawing and a word.
    """
    if somebody and (window := window_entered(text)):
        spans.append(window)
        found["window-frame", None, 0, ""] = new("window-frame", "window")
    lit = _LIT.search(text)
    if lit is None:
        return
    mansion = _MANSION.search(text)
    if mansion and not any(one.name in WINDOWS for one in found.values()):
        found["haunted-house", None, 0, ONE_LIT] = new("haunted-house", mansion[0])
    for which, thing in list(found.items()):
        if thing.word.casefold() == "window" and thing.name != "window-frame":
            del found[which]
        if thing.name in WINDOWS:
            found[which] = replace(thing, state=ONE_LIT)
            spans.append(lit.span())


def without_shown_windows(words: Iterable[str], things: Collection[NamedThing]) -> tuple[str, ...]:
    """Return words that nothing is drawn for, without the windows that are shown."""
    shown = any(one.name == "window-frame" or one.state == ONE_LIT for one in things)
    return tuple(word for word in words if not (shown and word == "window"))
