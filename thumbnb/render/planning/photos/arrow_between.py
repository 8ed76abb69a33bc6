"""An arrow from one half of a comparison to the other, across the line between them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thumbnb.render.layout import most_covered
from thumbnb.render.scene import Arrow
from thumbnb.render.scene.images import SLANT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.scene import Box

_BETWEEN = re.compile(
    r"\b(?:arrows?|pfeile?|flechas?|fleches?)\b[^,;.!?\n]*\b"
    r"(?:between|in\s+the\s+middle|from\s+(?:left|@image\d|the\s+(?:first|left|old|before))|"
    r"zwischen|entre)",
    re.IGNORECASE,
)

_ROWS = (330.0, 400.0, 260.0, 470.0, 540.0, 200.0, 610.0)
"""How far down the arrow is looked for, the best place first (units)."""

_REACH, _HALF = 165.0, 52.0
"""How far an arrow reaches to either side of the line; half of its height (units)."""

_COVERS = 0.02


def arrow_between(prompt: str, colour: str, taken: Sequence[Box]) -> Arrow | None:
    """Return the arrow that a prompt wants between two halves, off what is taken.

    None where it wants none, or where there is no room for one.
    """
    if not _BETWEEN.search(prompt):
        return None
    for y in _ROWS:
        x = SLANT[0] + (SLANT[1] - SLANT[0]) * y / 720
        box = (x - _REACH, y - _HALF, 2 * _REACH, 2 * _HALF)
        if max((most_covered(each, [box]) for each in taken), default=0.0) < _COVERS:
            start, end = (x - _REACH + 10, y + 8), (x + _REACH - 10, y + 8)
            return Arrow(start=start, end=end, bend=0.14, colour=colour, width=40)
    return None
