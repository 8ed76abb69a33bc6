"""What mattered: a table of the values of the axes, sentences, and a plot."""

from __future__ import annotations

import base64
import html
import io
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from thumbnb import errors
from thumbnb.client.inputs import checks
from thumbnb.tuning.effects.axis_effects import axis_effects
from thumbnb.tuning.effects.comparisons import comparisons_of
from thumbnb.tuning.effects.figure import effects_figure
from thumbnb.tuning.extra import library

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from matplotlib.figure import Figure

    from thumbnb.client.ledger.choices_database import Vote
    from thumbnb.tuning.cell_run import CellRun

CONFIDENCE = 0.9
RATINGS = (1, 5)


@dataclass(frozen=True)
class Effects:
    """What mattered in a sweep.

    ``table`` has a row a value of an axis: ``n`` images; ``score`` and ``rating`` with the
    interval of their means; ``win_rate`` against the axis' other values, by one fit on all
    duels, with its interval, and the same in logits as ``effect``; ``verdict`` is ``better``,
    ``worse``, ``noise`` or ``not compared``. ``interactions`` are combinations that do better
    or worse than their values alone, where there are images enough to tell. Alone in a cell
    it shows the table and its plot.
    """

    table: pd.DataFrame
    interactions: pd.DataFrame
    duels: int
    score_name: str
    confidence: float

    @property
    def sentences(self) -> list[str]:
        """What the table says, in words; what is noise is said to be noise."""
        lines = []
        level = f"{self.confidence:.0%}"
        for axis, rows in self.table.groupby("axis", sort=False):
            clear = rows[rows.verdict.isin(["better", "worse"])]
            lines += [
                f"{axis}: {row.value!r} wins {row.win_rate:.0%} against the others "
                f"({level} interval {row.win_low:.0%} to {row.win_high:.0%})."
                for row in clear.sort_values("win_rate", ascending=False).itertuples()
            ]
            if clear.empty and (rows.verdict == "noise").any():
                lines.append(f"{axis}: the differences may all be noise.")
            elif clear.empty:
                lines.append(f"{axis}: no duels between its values yet.")
        interactions: list[Any] = list(self.interactions.itertuples())
        return lines + [
            f"{row.value!r} with {row.other_value!r} does {row.verdict} than the two alone let "
            "expect."
            for row in interactions
            if row.verdict in {"better", "worse"}
        ]

    def figure(self) -> Figure:
        """Return the plot: each value's win rate (or mean score) with its interval."""
        return effects_figure(self.table, self.score_name)

    def __repr__(self) -> str:
        return "\n".join([f"<Effects of {self.duels} duels>", *self.sentences])

    def _repr_html_(self) -> str:
        buffer = io.BytesIO()
        self.figure().savefig(buffer, format="png", dpi=100)
        png = base64.b64encode(buffer.getvalue()).decode()
        lines = "".join(f"<li>{html.escape(each)}</li>" for each in self.sentences)
        short = self.table[["axis", "value", "n", "score", "rating", "duels"]].copy()
        rows: list[Any] = list(self.table.itertuples())
        short["win rate"] = [
            ""
            if math.isnan(row.win_rate)
            else f"{row.win_rate:.0%} ({row.win_low:.0%} to {row.win_high:.0%})"
            for row in rows
        ]
        short["verdict"] = self.table.verdict
        table = short.round(2).to_html(index=False, border=0, na_rep="")
        return (
            f'<ul>{lines}</ul>{table}<img alt="Effects of each value, with intervals" '
            f'src="data:image/png;base64,{png}">'
        )


def effects_of(
    run: CellRun,
    votes: Sequence[Vote],
    scores: Mapping[str, Mapping[str, float]],
    *,
    by: str,
    confidence: float,
) -> Effects:
    """Return what mattered in a run, by its votes, its ratings and the scores of its cells."""
    import pandas as pd  # noqa: PLC0415  - a quarter of a second, when it is wanted

    confidence = checks.certainty("confidence", confidence)
    if not run.axes:
        raise errors.InvalidInput("Nothing was varied in this sweep: it has no axis.")
    if not run.done:
        raise errors.InvalidInput("No image is there yet.", hint="Wait for the run: run.wait().")
    compared = comparisons_of(run, votes)
    judged, together = axis_effects(run, compared, confidence) if len(compared) else ([], [])
    by_value = {(row["axis"], row["value"]): row for row in judged}
    rows = []
    for at, axis in enumerate(run.axes):
        for index, label in enumerate(axis.labels):
            cells = [cell for cell in run.done if cell.indexes[at] == index]
            score = [scores[c.id][by] for c in cells if by in scores.get(c.id, {})]
            rating = [r for c in cells if (r := run.choices.get(c.id).rating) is not None]
            row = by_value.get((axis.name, label), {"verdict": "not compared", "duels": 0})
            rows.append(
                {
                    "axis": axis.name,
                    "value": label,
                    "n": len(cells),
                    **_mean("score", score, confidence),
                    "ratings": len(rating),
                    **_mean("rating", rating, confidence, within=RATINGS),
                    **{name: row.get(name, math.nan) for name in _JUDGED},
                    "duels": row["duels"],
                    "verdict": row["verdict"],
                }
            )
    interactions = pd.DataFrame(together, columns=_TOGETHER)
    return Effects(pd.DataFrame(rows), interactions, len(compared), by, confidence)


_JUDGED = ("win_rate", "win_low", "win_high", "effect", "effect_low", "effect_high")
_TOGETHER = ["axis", "value", "other_axis", "other_value", "images", *_JUDGED, "verdict"]


def _mean(
    name: str,
    values: Sequence[float],
    confidence: float,
    within: tuple[float, float] = (-math.inf, math.inf),
) -> dict[str, float]:
    """Return the mean of some numbers and its interval (Student's t), within their limits."""
    if not values:
        return {name: math.nan, f"{name}_low": math.nan, f"{name}_high": math.nan}
    middle = float(np.mean(values))
    if len(values) < 2:  # noqa: PLR2004  - one number says nothing of its spread
        return {name: middle, f"{name}_low": math.nan, f"{name}_high": math.nan}
    stats: Any = library("statsmodels.stats.weightstats", "What mattered")
    low, high = stats.DescrStatsW(values).tconfint_mean(alpha=1 - confidence)
    return {
        name: middle,
        f"{name}_low": max(float(low), within[0]),
        f"{name}_high": min(float(high), within[1]),
    }
