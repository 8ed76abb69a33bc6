"""Silhouettes: people of whom only a dark shape is seen, however a prompt calls them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thumbnb.render.prompt.people.named_people import NamedPeople

_MARK = "shadowy"
"""The word that ``with_silhouettes`` puts before whoever is one."""

_DARK = r"dark|shadowy|shadowed|black|backlit"
_LOOKS = (
    r"mysterious|hooded|cloaked|robed|faceless|lone|lonely|solitary|single|distant|tall|small|"
    r"tiny|human|masked|sinister|menacing|ominous|eerie|strange|silent|unknown|ghostly"
)
_COUNT = r"a|an|the|one|two|three|four|five|several|some|his|her"
_DOES = (
    r"stand|walk|watch|emerg|star|sit|kneel|run|climb|look|approach|hold|wait|lurk|loom|appear|"
    r"wander|float|fall|silhouetted|wear|carry|point|reach|creep|cross"
)
_HAS = r"flashlight|torch|lantern|lamp|candle|umbrella|knife|axe|backpack|suitcase|rope|staff"

_FIGURE = re.compile(
    rf"\b((?:(?:{_DARK}|{_LOOKS})[,\s]+)+)(?:figure|silhouette|shape)(s?)\b"
    rf"(?!\s+(?:of\b|skat|out\b))|"
    rf"\b(?:figure|silhouette)(s?)(?=\s+(?:{_DOES})(?:s|es|ing)?\b|\s+in\s+an?\s+\w*\s*"
    rf"(?:cloak|coat|hood|robe|doorway)|\s+(?:with|carrying)\s+an?\s+(?:\w+\s+)?(?:{_HAS})\b|"
    r"\s+(?:at|in)\s+(?:its|the|an?)\s+(?:\w+\s+)?(?:door|doorway|window|entrance|gate|fog|mist|rain)\b|"
    r"\s+in\s+the\s+(?:dark|distance|shadows|background))",
    re.IGNORECASE,
)
_NO_FIGURE = re.compile(
    r"\b(?:action|stick|wax|public|toy|clay|lego|father|mother)\s+\Z", re.IGNORECASE
)
_KILLER = re.compile(
    r"\b(?:serial\s+|masked\s+)?(?:killer|murderer|stalker|intruder|prowler|kidnapper|slasher)(s?)"
    r"(?=\s*(?:$|[,.;]|\w{3,}ing\b|(?:stands|walks|watches|holds|hides|waits|in|with|at|behind|on|from|"
    r"outside|inside|near|who|and)\b))",
    re.IGNORECASE,
)
_SHAPE_OF = re.compile(
    rf"\b(?:(?:{_COUNT})\s+)?(?:(?:{_DARK}|{_LOOKS})\s+)*silhouettes?\s+of\s+((?:{_COUNT})\s+)?",
    re.IGNORECASE,
)
_OWN_SHAPE = re.compile(
    rf"\b([^\W\d_]+)['\u2019]s\s+(?:(?:{_DARK})\s+)?silhouette\b|\bsilhouetted\s+(?=[^\W\d_]+\b)"
    r"(?!against|by|in|on|before|with|at|from|under|over)",
    re.IGNORECASE,
)
_AGAINST = re.compile(r"\bsilhouetted\s+(?:up\s+)?against\b", re.IGNORECASE)
_ALL = re.compile(
    r"\b(?:in\s+silhouette|silhouetted|as\s+(?:a\s+)?(?:dark\s+)?silhouettes?)\b", re.IGNORECASE
)


def with_silhouettes(text: str) -> str:
    """Return a text that says alike of whom only a dark shape is seen.

    >>> with_silhouettes("the silhouette of a man, a hooded figure and an action figure")
    'a shadowy man, a shadowy hooded person and an action figure'
    """
    text = _AGAINST.sub("silhouetted before", text)
    text = _SHAPE_OF.sub(lambda found: f"{found[1] or 'a '}{_MARK} ", text)
    text = _OWN_SHAPE.sub(lambda found: f"{_MARK} {found[1] or ''}", text)
    text = _KILLER.sub(lambda found: f"{_MARK} {'men' if found[1] else 'man'}", text)
    return _FIGURE.sub(_as_person, text)


def _as_person(found: re.Match[str]) -> str:
    if _NO_FIGURE.search(found.string[: found.start()]):
        return found[0]
    looks = re.sub(rf"\b(?:{_DARK})\b[,\s]*", "", found[1] or "", flags=re.IGNORECASE)
    return f"{_MARK} {looks}person{found[2] or found[3] or ''}"


def silhouettes(text: str, people: NamedPeople) -> frozenset[int]:
    """Return the numbers of the people in a text of whom only a dark shape is seen."""
    if _ALL.search(text):
        return frozenset(range(len(people.kinds)))
    found: set[int] = set()
    first = 0
    for (start, _), count in zip(people.spans, people.counts, strict=True):
        if re.search(rf"\b{_MARK}\s+(?:[\w-]+\s+){{0,2}}\Z", text[:start], re.IGNORECASE):
            found |= {*range(first, first + max(1, count))}
        first += count
    return frozenset(number for number in found if number < len(people.kinds))
