"""The corners of the frame that a prompt wants things, people and small images in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from thumbnb.text import image_tokens

if TYPE_CHECKING:
    from collections.abc import Iterable


class Corner(NamedTuple):
    """A corner: ``across`` -1 left, 1 right, ``down`` -1 top, 1 bottom; 0 where it is not said."""

    across: int = 0
    down: int = 0


_ACROSS = {"left": -1, "right": 1}
_DOWN = {"top": -1, "upper": -1, "bottom": 1, "lower": 1}
_SIDES = r"(?P<sides>(?:(?:top|upper|bottom|lower|left|right)(?:[\s-]*hand)?[\s-]+)*)"
_VERY = r"(?:a|an|the|one|each|its|my)\s+(?:very\s+|far\s+)?"
_CORNER = rf"(?:in|at|on|into|to)\s+{_VERY}{_SIDES}corner\b"
_BOTH = r"(?:in|at|on|to)\s+the\s+(?P<both>(?:top|upper|bottom|lower)[\s-]+(?:left|right))\b"
_PLAIN = (
    r"(?:(?:in|as)\s+an?\s+(?:[\w'-]+\s+){1,3}?)?"
    r"(?:(?!(?:and|with|in|at|on|into|to|while|as)\b)[\w'-]+\s+){0,3}"
)
_HAS = r"(?:(?:with|wearing|in)\s+(?!the\b)(?:an?\s+|his\s+|her\s+)?(?:[\w'-]+\s+){1,2})?"

_OFF = r"\)?(?:,(?=\s+(?:in|at|on)\b))?\s+"
_AMOUNT = (
    r"(?:(?:(?:of|for|saying|reading|with)\s+)?[\"\u201c]?[$\u20ac\u00a3]?\d[\d.,]*[km]?[$\u20ac\u00a3]?"
    r"[\"\u201d]?\s+)?"
)
"""What a price tag says, before its corner."""

_AFTER = re.compile(rf"{_OFF}{_AMOUNT}{_PLAIN}(?:{_CORNER}|{_BOTH})", re.IGNORECASE)
_AFTER_IMAGE = re.compile(
    rf"{_OFF}(?:(?:in|as)\s+an?\s+(?:[\w'-]+\s+){{1,3}}?)?(?:(?:small|tiny|little|mini|round|framed|shown|placed|"
    r"overlaid|put|popping\s+up|tilted|slanted|askew|crooked|reacting|sitting|and)\s+){0,3}"
    rf"(?:{_CORNER}|{_BOTH})",
    re.IGNORECASE,
)
_AFTER_SOMEBODY = re.compile(rf"{_OFF}{_HAS}{_PLAIN}(?:{_CORNER}|{_BOTH})", re.IGNORECASE)
"""What stands behind an image, something or somebody in a corner, who may have something on."""

_BEFORE = re.compile(
    rf"(?:\A|[,;.!?\n:]|\band\s)\s*{_CORNER}\s*[:,]?\s*(?:there\s+is\s+|sits\s+|stands\s+|is\s+|put\s+)?"
    r"(?:(?:a|an|the|my|one)\s+)?(?:(?!(?:and|with|of|in|on|at)\b)[\w'-]+\s+){0,3}\Z",
    re.IGNORECASE,
)
"""What stands before it: "in the top left corner a flag"."""


def corner_at(prompt: str, start: int, end: int, after: re.Pattern[str] = _AFTER) -> Corner | None:
    """Return the corner that a prompt wants what it names in a span in; None if it says none.

    ``after`` is what stands behind that.
    """
    found = after.match(prompt, end)
    if found is None and (found := _BEFORE.search(prompt[:start])) is None:
        return None
    said = re.findall(r"[a-z]+", " ".join(filter(None, found.groupdict().values())).casefold())
    return Corner(
        next((_ACROSS[word] for word in said if word in _ACROSS), 0),
        next((_DOWN[word] for word in said if word in _DOWN), 0),
    )


def corners_of_words(
    prompt: str, words: Iterable[str], *, somebody: bool = False
) -> dict[str, Corner]:
    """Return the corner that each of some words is wanted in, ``somebody`` or something."""
    corners: dict[str, Corner] = {}
    for word in words:
        for at in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", prompt, re.IGNORECASE):
            corner = corner_at(prompt, *at.span(), _AFTER_SOMEBODY if somebody else _AFTER)
            if corner is not None:
                corners.setdefault(word, corner)
    return corners


_SMALL = (
    r"(?:inset|polaroid|picture[\s-]in[\s-]picture|pip|thumbnail|overlay|pop[\s-]?up|small\s+(?:photo|picture|"
    r"image|frame|box|window|circle|square))"
)
_INSET_BEFORE = re.compile(
    rf"\b(?:{_SMALL}(?:\s+(?:photo|picture|image|frame))?(?:\s+(?:of|with|showing|from))?|small|tiny|little)"
    r"\s+(?:(?:the|my|a)\s+)?(?:[\w'-]+\s+){0,2}\(?\Z",
    re.IGNORECASE,
)
_INSET_AFTER = re.compile(
    rf"\)?\s+(?:as\s+|in\s+)?(?:a\s+)?(?:(?:small|tiny|little|round)\s+)*(?:{_SMALL}|small|tiny|little)\b",
    re.IGNORECASE,
)
_CUT_OUT = re.compile(r"\b(?:cut[\s-]?outs?|cut\s+out)\b", re.IGNORECASE)
_ROUND = re.compile(r"\b(?:circle|circular|round|disc|bubble)\b", re.IGNORECASE)


POLAROID = re.compile(r"\b(?:polaroid|instant\s+photo)\b", re.IGNORECASE)
_TILTED = re.compile(r"\b(?:tilted|slanted|askew|crooked|at\s+an\s+angle)\b", re.IGNORECASE)
"""What is said of the frame of an image that is shown small."""


class InsetWords(NamedTuple):
    """What a prompt says of an image that is shown small in a corner."""

    corner: Corner
    round: bool = False
    polaroid: bool = False
    tilted: bool = False


def insets_of_images(prompt: str) -> dict[int, InsetWords]:
    """Return the images that a prompt wants small in a corner, by their numbers.

    Whoever is cut out stands there, and is no inset.
    """
    found: dict[int, InsetWords] = {}
    numbers = image_tokens.numbers(prompt)
    for number, start, end in image_tokens.find(prompt):
        clause = re.split(r"[,;.!?\n]", prompt[:start])[-1]
        corner = corner_at(prompt, start, end, _AFTER_IMAGE)
        small = bool(_INSET_BEFORE.search(clause) or _INSET_AFTER.match(prompt, end))
        if _CUT_OUT.search(prompt) or not (small or (corner and len(numbers) > 1)):
            continue
        if small and corner is None and not re.search(_SMALL, prompt, re.IGNORECASE):
            continue
        around = clause + re.split(r"[,;.!?\n@]", prompt[end:])[0]
        said = (bool(each.search(around)) for each in (_ROUND, POLAROID, _TILTED))
        found.setdefault(number, InsetWords(corner or Corner(), *said))
    return {} if {*found} == numbers else found
