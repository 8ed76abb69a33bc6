"""Charts: which of two opposite ones a prompt speaks of."""

from __future__ import annotations

import re

from thumbnb.render import objects

CHARTS = frozenset({"chart-rising", "chart-falling"})
_FALLING = re.compile(
    r"\b(crash\w*|fall\w*|fell|down\w*|drop\w*|loss\w*|los[et]\w*|bear|plung\w*|collapse\w*|"
    r"burn\w*|tumbl\w*|slump\w*|panic\w*|recession|declin\w*|sink\w*|sank|nose-?div\w*|"
    r"dump\w*|tank(?:s|ed|ing)|shrink\w*|in\s+the\s+red|red\s+(?:candles?|numbers?|arrow)|"
    r"bankrupt\w*|krise|caida|baisse|queda)\b"
)
_GRAPHS = frozenset({"bar-chart", "line-graph"})
"""Charts that rise as they are drawn."""

_END = re.compile(r"[,;:.!?\n]|\b(?:vs|versus|beside|next\s+to|behind)\b")


def chart_of(text: str) -> str:
    """Return the chart a text speaks of: one that falls only where it says so."""
    return "chart-falling" if falls(text) else "chart-rising"


def falls(text: str) -> bool:
    """Whether a text says of a chart that it falls."""
    return bool(_FALLING.search(objects.fold(text)))


def graph_of(name: str, text: str, at: int) -> str:
    """Return the drawing of what a text names at a place: of a graph that falls another."""
    return "chart-falling" if name in _GRAPHS and falls(_clause_around(text, at)) else name


def _clause_around(text: str, at: int) -> str:
    """Return the clause of a text that names what begins at a place."""
    start = max((each.end() for each in _END.finditer(text, 0, at)), default=0)
    end = _END.search(text, at)
    return text[start : end.start() if end else len(text)]
