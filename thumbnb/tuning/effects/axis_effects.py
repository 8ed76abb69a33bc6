"""The effect of each value of each axis, from one fit over all duels."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any

import numpy as np

from thumbnb.tuning.effects.mixed_fit import MixedFit, fit_mixed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.tuning.cell_run import CellRun
    from thumbnb.tuning.duel.scale_posterior import Floats
    from thumbnb.tuning.effects.comparisons import Comparisons
    from thumbnb.tuning.space.axis import Axis

# Interactions are seldom as large as the effects of the values alone; below so many images of
# each combination nothing can be said.
RELATIVE_INTERACTION = 0.5
MIN_IMAGES = 2
MAX_COLUMNS = 60


def axis_effects(
    run: CellRun, compared: Comparisons, confidence: float
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return a row a value of an axis, and a row a combination of two values that go together.

    An effect is in logits against the mean of the axis' other values; ``win_rate`` is how
    often the value would win against them. ``verdict`` is ``better`` or ``worse`` where even
    an interval that allows for how many values there are leaves out zero, else ``noise``.
    """
    axes = run.axes
    values = [_dummies(run, compared, [axis]) for axis in axes]
    fit = _fit(compared, values, [])
    rows: list[dict[str, Any]] = []
    # Of two values, one wins what the other loses: that is one question, not two.
    start, count = 0, sum(1 if len(axis) == 2 else len(axis) for axis in axes)  # noqa: PLR2004
    for axis, part in zip(axes, values, strict=True):
        size = part.shape[1]
        for number, label in enumerate(axis.labels):
            contrast = np.zeros(fit.means.shape[1])
            contrast[start : start + size] = -1 / max(1, size - 1)
            contrast[start + number] = 1.0
            shown = _shown(compared, part[:, number])
            row = _effect(fit, contrast, confidence, tests=count, shown=shown)
            rows.append({"axis": axis.name, "value": label, "duels": shown, **row})
        start += size
    return rows, _interactions(run, compared, values, confidence)


def _interactions(
    run: CellRun, compared: Comparisons, values: Sequence[Floats], confidence: float
) -> list[dict[str, Any]]:
    """Return a row a combination, by a second fit: in one, they would blur the values' own."""
    pairs = _pairs(run, compared)
    both = [_dummies(run, compared, pair) for pair in pairs]
    if not both:
        return []
    fit = _fit(compared, values, both)
    start = sum(part.shape[1] for part in values)
    found = []
    tests = sum(part.shape[1] for part in both)
    for pair, part in zip(pairs, both, strict=True):
        sizes = [len(axis) for axis in pair]
        for number, (i, j) in enumerate(itertools.product(*map(range, sizes))):
            contrast = _interaction(fit.means.shape[1], start, sizes, (i, j))
            row = _effect(fit, contrast, confidence, tests=tests, shown=1)
            names = {"axis": pair[0].name, "value": pair[0].labels[i]}
            names |= {"other_axis": pair[1].name, "other_value": pair[1].labels[j]}
            found.append({**names, "images": int(part[:, number].sum()), **row})
        start += part.shape[1]
    return found


def _fit(compared: Comparisons, values: Sequence[Floats], both: Sequence[Floats]) -> MixedFit:
    relative = [1.0] * sum(part.shape[1] for part in values)
    relative += [RELATIVE_INTERACTION] * sum(part.shape[1] for part in both)
    return fit_mixed(
        compared.differences(np.hstack([*values, *both])),
        compared.images,
        compared.won,
        compared.weights,
        np.array(relative),
    )


def _dummies(run: CellRun, compared: Comparisons, axes: Sequence[Axis]) -> Floats:
    """Return 1 where a cell has a combination of values: (cells, combinations)."""
    sizes = [len(axis) for axis in axes]
    at = [run.axes.index(axis) for axis in axes]
    out = np.zeros((len(compared.cells), math.prod(sizes)))
    for number, cell_id in enumerate(compared.cells):
        indexes = run.cell(cell_id).indexes
        place = 0
        for axis, size in zip(at, sizes, strict=True):
            place = place * size + indexes[axis]
        out[number, place] = 1.0
    return out


def _pairs(run: CellRun, compared: Comparisons) -> list[tuple[Axis, Axis]]:
    """Return the pairs of axes whose combinations have images enough to be told apart."""
    found, columns = [], 0
    judged = np.unique([*compared.left, *compared.right]).astype(int)
    for pair in itertools.combinations(run.axes, 2):
        part = _dummies(run, compared, pair)[judged]
        enough = part.shape[0] > 0 and part.sum(axis=0).min() >= MIN_IMAGES
        if enough and len(compared) >= 3 * part.shape[1]:
            columns += part.shape[1]
            if columns <= MAX_COLUMNS:
                found.append(pair)
    return found


def _interaction(columns: int, start: int, sizes: Sequence[int], place: tuple[int, int]) -> Floats:
    """Return the contrast of a combination: what it has beyond both of its values."""
    one = np.full(sizes[0], -1 / sizes[0])
    other = np.full(sizes[1], -1 / sizes[1])
    one[place[0]] += 1
    other[place[1]] += 1
    contrast = np.zeros(columns)
    contrast[start : start + sizes[0] * sizes[1]] = np.outer(one, other).ravel()
    return contrast


def _shown(compared: Comparisons, has_value: Floats) -> int:
    """Return how many duels were between a cell with the value and one without."""
    return int(np.abs(compared.differences(has_value[:, None])).sum())


def _effect(
    fit: MixedFit, contrast: Floats, confidence: float, *, tests: int, shown: int
) -> dict[str, Any]:
    if not shown:  # nothing was compared: the prior is no finding
        nothing = dict.fromkeys(("win_rate", "win_low", "win_high"), math.nan)
        effects = dict.fromkeys(("effect", "effect_low", "effect_high"), math.nan)
        return {**nothing, **effects, "verdict": "not compared"}
    effect = fit.effect(contrast)
    mean, beyond = effect.mean, (1 - confidence) / 2
    low, high = effect.quantile(beyond), effect.quantile(1 - beyond)
    below = effect.probability_below(0.0)
    is_clear = min(below, 1 - below) < beyond / max(1, tests)
    return {
        "win_rate": _share(mean),
        "win_low": _share(low),
        "win_high": _share(high),
        "effect": mean,
        "effect_low": low,
        "effect_high": high,
        "verdict": "noise" if not is_clear else "better" if mean > 0 else "worse",
    }


def _share(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))
