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
