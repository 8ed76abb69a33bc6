"""Charts: which of two opposite ones a prompt speaks of."""

from __future__ import annotations

import re

from thumbnb.render import objects

CHARTS = frozenset({"chart-rising", "chart-falling"})
_FALLING = re.compile(
    r"\b(crash\w*|fall\w*|fell|down\w*|drop\w*|loss\w*|los[et]\w*|bear|plung\w*|collapse\w*|"
    r"burn\w*|tumbl\w*|slump\w*|panic\w*|recession|decline\w*|sinkt|krise|caida|baisse|queda)\b"
)


def chart_of(text: str) -> str:
    """Return the chart a text speaks of: one that falls only where it says so."""
    return "chart-falling" if _FALLING.search(objects.fold(text)) else "chart-rising"
