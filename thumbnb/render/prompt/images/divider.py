"""The line between two halves, as a prompt wants it: jagged, or diagonal as it is by itself."""

from __future__ import annotations

import re

_JAGGED = r"(?:jagged|zig[\s-]?zag(?:ged)?|ragged|torn|ripped|serrated)"
_LINE = (
    r"(?:diagonal(?:\s+(?:line|split|cut|divider|edge))?|line|split(?!\s+screen)|cut|divider|"
    r"dividing\s+line|divide|tear|border|rip)"
)
DIVIDER = re.compile(
    rf"\b{_JAGGED}\s+{_LINE}(?:\s+(?:in\s+the\s+middle|down\s+the\s+middle|between\s+them))?\b|"
    rf"\bdiagonal\s+(?:line|divider|split|cut)\b|\bsplit\s+(?:by\s+a\s+)?diagonal(?:ly)?\b",
    re.IGNORECASE,
)
"""What is said of the line, which is no thing to be drawn."""

_IS_JAGGED = re.compile(rf"\b{_JAGGED}\s+{_LINE}\b", re.IGNORECASE)


def is_jagged(prompt: str) -> bool:
    """Whether a prompt wants the line between two halves jagged.

    >>> is_jagged("@image1 against @image2, split with a jagged diagonal")
    True
    """
    return bool(_IS_JAGGED.search(prompt))
