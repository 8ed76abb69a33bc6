"""Surfaces that things are on: a table, a desk, a counter."""

from __future__ import annotations

import re

_SURFACE = re.compile(
    r"\b(?:on|onto|across|over|at|behind|from)\s+(?:an?|the|his|her|their|my|your)?\s*"
    r"(?:[^\W\d_-]+\s+){0,3}?(?P<word>table|desk|counter|countertop|tabletop|dining\s+table|bar\s+counter)s?\b(?!\s+(?:setup|lamp|tour|fan|organizer|tennis|mat|of))",
    re.IGNORECASE,
)


_COVERED = re.compile(
    r"\b(?P<word>table|desk|counter)\s+(?:(?:is|all)\s+)?(?:full\s+of|covered\s+(?:with|in)|"
    r"filled\s+with|loaded\s+with|packed\s+with|overflowing\s+with|with|of(?!\s+contents))\b",
    re.IGNORECASE,
)

OF_TABLES = frozenset({"wooden", "wood", "oak", "walnut"})
"""What the table is of that is drawn."""


def find_surface(text: str) -> str:
    """Return the word for the table that a text puts something on, empty where there is none.

    >>> find_surface("coins scattered on a wooden table")
    'table'
    """
    found = _SURFACE.search(text) or _COVERED.search(text)
    return " ".join(found["word"].lower().split()) if found else ""
