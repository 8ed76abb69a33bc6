"""The plot of effects: a point and an interval a value, a row each, grouped by axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thumbnb.tuning.extra import library

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

_COLOURS = {"better": "#1a7f37", "worse": "#b3261e", "noise": "#777777", "not compared": "#777777"}
_LONGEST = 40  # characters of a label beside the plot


def effects_figure(table: pd.DataFrame, score_name: str) -> Figure:
    """Draw the win rates where there were duels, else the mean scores.

    A ``Figure`` of its own: pyplot would keep it, and is not safe on other threads.
    """
    module: Any = library("matplotlib.figure", "A plot")
    by_duels = bool(table.win_rate.notna().any())
    value, low, high = ("win_rate", "win_low", "win_high") if by_duels else (
        "score", "score_low", "score_high"
    )  # fmt: skip
    rows: list[Any] = list(table.itertuples())
    figure: Figure = module.Figure(
        figsize=(7, 0.9 + 0.32 * (len(rows) + table.axis.nunique())), layout="constrained"
    )
    axes = figure.subplots()
    ticks, names, y, before = [], [], 0.0, None
    for row in rows:
        if row.axis != before:
            y -= 1.0
            ticks.append(y)
            names.append(_text(row.axis))
            before = row.axis
        y -= 1.0
        ticks.append(y)
        names.append(f"{_text(row.value)}  ")
        middle = getattr(row, value)
        if middle == middle:  # noqa: PLR0124  - not where nothing is known
            colour = _COLOURS[row.verdict] if by_duels else "#3465a4"
            ends = [getattr(row, low), getattr(row, high)]
            axes.plot(ends, [y, y], color=colour, linewidth=2.5, solid_capstyle="round")
            axes.plot([middle], [y], "o", color=colour, markersize=6)
    if by_duels:
        axes.axvline(0.5, color="#999999", linewidth=1, linestyle=":")
        axes.set_xlim(0, 1)
        axes.set_xlabel("wins against the axis' other values (grey: may be noise)")
    else:
        axes.set_xlabel(f"mean {score_name} (no duels yet)")
    axes.set_yticks(ticks, names)
    axes.set_ylim(y - 0.8, -0.3)
    heads = set(table.axis.map(_text))
    for label in axes.get_yticklabels():
        if label.get_text() in heads:
            label.set_fontweight("bold")
    axes.tick_params(axis="y", length=0)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    return figure


def _text(label: str) -> str:
    short = label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1]}…"
    return short.replace("$", r"\$")  # matplotlib reads formulas between dollars
