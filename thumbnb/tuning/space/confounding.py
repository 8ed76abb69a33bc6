"""Axes of which the cells cannot tell apart whose effect it was."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.tuning.space.axis import Axis
    from thumbnb.tuning.space.cell import Cell


def confounded(axes: Sequence[Axis], cells: Sequence[Cell]) -> list[tuple[str, str]]:
    """Return the pairs of axes where the value of one says that of the other, in these cells.

    Those of a paired axis are among them: they were varied together on purpose.
    """
    found = []
    at = np.array([cell.indexes for cell in cells]).reshape(len(cells), len(axes))
    different = [len(np.unique(column)) for column in at.T]
    for (i, one), (j, other) in itertools.combinations(enumerate(axes), 2):
        pairs = len(np.unique(at[:, i] * len(other) + at[:, j]))
        if pairs in {different[i], different[j]} and min(different[i], different[j]) > 1:
            found.append((one.name, other.name))
    for axis in axes:
        if len(axis.targets) > 1:
            names = axis.name.split(" + ")
            found += list(itertools.pairwise(names))
    return found


def is_one_at_a_time(cells: Sequence[Cell]) -> bool:
    """Whether each cell differs from the first values of all axes in one axis at most."""
    return all(sum(index > 0 for index in cell.indexes) <= 1 for cell in cells)
