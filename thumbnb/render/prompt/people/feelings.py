"""Feelings whose words, one by one, say another: tears of joy are no sad ones."""

from __future__ import annotations

import re

_JOY = re.compile(
    r"\b(tears?\s+of\s+joy|happy\s+tears|(cry|cries|crying|scream(s|ing)?|yell(s|ing)?|shout(s|ing)?|"
    r"shriek(s|ing)?)\s+(with|of|from|for|in)\s+(joy|happiness|excitement|delight))\b",
    re.IGNORECASE,
)


def joy(text: str) -> str | None:
    """Return the expression of somebody who cries or screams with joy, if a text says so."""
    return "excited" if _JOY.search(text) else None


_PLIGHT = re.compile(
    r"\b(in\s+handcuffs|handcuffed|(is|being|gets?|got|been)\s+(arrested|fired|evicted|sued|robbed|scammed|jailed)|"
    r"led\s+away|behind\s+bars|(in|drowning\s+in|crushed\s+by|buried\s+(in|under))\s+(\w+\s+)?(debt|bills|"
    r"paperwork)|unpaid\s+bills?|overdue\s+bills?|eviction\s+notice|empty\s+(wallet|fridge|pockets)|"
    r"laid\s+off|lost\s+(his|her|their|my)\s+(job|house|home|savings)|maxed\s+out|burn(ed|t)?\s*out)\b",
    re.IGNORECASE,
)


def plight(text: str) -> str | None:
    """Return the expression of somebody whom something bad befalls, where no feeling is said.

    >>> plight("a banker in handcuffs led away by the police")
    'worried'
    """
    return "worried" if _PLIGHT.search(text) else None


_TEARS = re.compile(
    r"\btears\s+(?=(?:up|apart|down|open|off|out|into|through|a|an|the|his|her|their)\b)",
    re.IGNORECASE,
)


def without_tearing(text: str) -> str:
    """Return a text without the verb that is no tears: who tears up a contract does not cry.

    >>> without_tearing("she tears up a contract, tears in her eyes")
    'she up a contract, tears in her eyes'
    """
    return _TEARS.sub("", text)
