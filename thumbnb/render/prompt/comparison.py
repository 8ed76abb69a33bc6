"""Comparisons that a prompt asks for: two things against each other, or a before and an after."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thumbnb.render.prompt.half_states import find_states
from thumbnb.text import image_tokens

if TYPE_CHECKING:
    from collections.abc import Collection

_AGAINST = {"vs", "versus", "against", "comparison", "comparing", "compared"}

_LEANS = re.compile(
    r"\b(?:lean|race|fight|rest|press|push|stand|up|stack|prop|back|lie|crash|throw)(?:s|ing|ed|es|n|ped|ping)?\s+(?:up\s+)?"
    r"against\b|\b(?:rais|swing|hold|lift|draw|wield|charg|defend|fight|battl|struggl|back)(?:s|es|e|ing)\b"
    r"\s+(?:[\w-]+\s+){0,5}against\b|\bagainst\s+(?:a|the)\s+(?:\w+\s+)?(?:wall|sky|background|backdrop|sunset|window|light)\b",
    re.IGNORECASE,
)
"""Where "against" says where something is: "a ladder leaning against a house"."""

_EITHER = re.compile(r"@image\d+,?\s+(or|oder|ou|o)\s+@image\d+", re.IGNORECASE)
"""One image or the other: they are shown against each other."""

SPLIT_SCREEN = re.compile(r"\bsplit[\s-]screen\b:?", re.IGNORECASE)
"""Two sides are named after it, with a comma or an "and" between."""


def two_sides(text: str) -> list[str]:
    """Return what a text says of each of two sides: one part where it names none.

    >>> two_sides("split screen: a landlord in a penthouse, a tenant in the rain")
    [' a landlord in a penthouse', ' a tenant in the rain']
    """
    if said := SPLIT_SCREEN.search(text):
        return re.split(r",|;|\s+and\b", text[said.end() :], maxsplit=1)
    return re.split(r"\b(?:vs|versus|against)\b", text, maxsplit=1)


_COMPARED = re.compile(
    r"\b(before\s*(and|&|/|vs\.?|to)?\s*after|antes y despues|avant\s*/?\s*apres|"
    r"vorher\s*/?\s*nachher|antes e depois)\b",
    re.IGNORECASE,
)


_HALF = (
    r"half\s+(?:in\s+)?(?:black\s*(?:and|&)\s*white|b\s*&\s*w|gr[ae]y|dark|dull|day|night|bright|"
    r"colou?r\w*|sepia|faded|vivid|summer|winter)"
)
_HALVES = re.compile(rf"\b{_HALF}[\s,]+(?:(?:and|the\s+other)\s+)?{_HALF}\b", re.IGNORECASE)
"""Two states of one photo: "half black and white, half colour"."""


def says_versus(prompt: str, words: Collection[str]) -> bool:
    """Whether two are said to be against each other: they are not only side by side."""
    return is_versus(SPLIT_SCREEN.sub(" ", prompt), words)


def is_versus(prompt: str, words: Collection[str]) -> bool:
    """Whether two things are shown against each other; ``words`` are those of the prompt."""
    against = _AGAINST - {"against"} if _LEANS.search(prompt) else _AGAINST
    return bool(against & set(words) or _EITHER.search(prompt) or SPLIT_SCREEN.search(prompt))


def is_before_and_after(text: str, prompt: str) -> bool:
    """Whether a text, of a ``prompt`` that may name images, asks for two states of one thing."""
    return bool(_COMPARED.search(text) or _HALVES.search(text) or _is_in_two_states(prompt))


_TWO_HALVES = re.compile(
    r"\bleft\s+half\b.*\bright\s+half\b|\bhalf\b.*\bother\s+half\b|\b(?:left|right)\b[^;.!?\n]*\bsame\s+(?:photo|image|shot|picture)\b",
    re.IGNORECASE | re.DOTALL,
)


def _is_in_two_states(text: str) -> bool:
    """Whether a text gives the two halves of one photo a state each."""
    if not _TWO_HALVES.search(text) or len(image_tokens.numbers(text)) != 1:
        return False
    states = find_states(text)
    return bool(states.first and states.second)
