"""Comparisons that a prompt asks for: two things against each other, or a before and an after."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_AGAINST = {"vs", "versus", "against", "comparison", "comparing", "compared"}

_EITHER = re.compile(r"@image\d+,?\s+(or|oder|ou|o)\s+@image\d+", re.IGNORECASE)
"""One image or the other: they are shown against each other."""

_COMPARED = re.compile(
    r"\b(before\s*(and|&|/|vs\.?|to)?\s*after|antes y despues|avant\s*/?\s*apres|"
    r"vorher\s*/?\s*nachher|antes e depois)\b",
    re.IGNORECASE,
)


def is_versus(prompt: str, words: Collection[str]) -> bool:
    """Whether two things are shown against each other; ``words`` are those of the prompt."""
    return bool(_AGAINST & set(words) or _EITHER.search(prompt))


def is_before_and_after(text: str) -> bool:
    """Whether a text asks for two states of one thing."""
    return bool(_COMPARED.search(text))
