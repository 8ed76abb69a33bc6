"""What instruments show: "a thermometer reading -50", "a scoreboard showing 3-2"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thumbnb.render.prompt.named_thing import NamedThing

_INSTRUMENTS = frozenset(
    {
        "bathroom-scale", "calculator", "clock", "error-window", "gas-pump", "scales",
        "scoreboard", "speedometer", "stopwatch", "thermometer", "twemoji-1f321",
    }
)  # fmt: skip
"""Drawings that show a number."""

_UNIT = (
    r"(?:\s*(?:\u00b0\s*[cf]?|degrees?(?:\s+(?:celsius|fahrenheit|c|f)\b)?|km/?h|kph|mph|m/s|fps|hp|mm|cm|v|w|kg|kilos?|lbs?|"
    r"pounds?|%|bpm|rpm|seconds?|minutes?)(?!\w))?"
)
_NUMBER = (
    r"(?P<number>(?:minus\s+|[-\u2212\u2013])?\d+(?:[.,:]\d+)*(?:\s?[-\u2013:]\s?\d+)?"
    + _UNIT
    + ")"
)
_READS = re.compile(
    r"\b(reads|reading|hitting|hits)(?=\s+(?:minus\s+|[-\u2212])?\d)"
    r"(?!\s+\d+\s+(?:books?|pages?|letters?|hours?|minutes?|days?)\b)",
    re.IGNORECASE,
)
_SHOWN = re.compile(
    r"(?:[\s,]+(?!and\b)[\w'-]+){0,4}?\s+(?:show(?:s|ing)?|display(?:s|ing)?|at|says|saying|with|set\s+to|stuck\s+at)\s+"
    r"(?:an?\s+|the\s+)?(?:score\s+of\s+|only\s+)?" + _NUMBER,
    re.IGNORECASE,
)
_DEGREES = re.compile(r"\s*(?:\u00b0\s*|degrees?\s*)(?:(c|f)\w*)?", re.IGNORECASE)


def with_showing(text: str) -> str:
    """Return a text in which instruments show numbers, and nobody reads.

    >>> with_showing("a speedometer reading 300 km/h")
    'a speedometer showing 300 km/h'
    """
    return _READS.sub("showing", text)


def with_readings(things: Iterable[NamedThing], text: str) -> tuple[NamedThing, ...]:
    """Return things, the instruments among them with the numbers that they are said to show."""
    return tuple(replace(thing, reading=_reading(thing, text)) for thing in things)


def _reading(thing: NamedThing, text: str) -> str:
    at = text.find(thing.word)
    if thing.name not in _INSTRUMENTS or at < 0:
        return ""
    found = _SHOWN.match(text, at + len(thing.word))
    if not found:
        return ""
    number = re.sub(r"(?i)minus\s+|[\u2212\u2013]", "-", found["number"])
    shown = _DEGREES.sub(lambda unit: "\u00b0" + (unit[1] or "").upper(), number)
    bare = shown.lstrip("-").isdigit()
    return f"{shown}\u00b0" if bare and thing.name == "thermometer" else shown
