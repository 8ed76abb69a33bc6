"""Axes of which the cells cannot tell apart whose effect it was."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.tuning.space.axis import Axis
    from thumbnb.tuning.space.cell import Cell


def confounded(axes: Sequence[Axis], cells: Sequence[Cell]) -> list[tuple[str, str]]:
    """Return the pairs of axes where the value of one says that of the other, in these cells.

    Those of a paired axis are among them: they were varied together on purpose.
    """
    found = []
    for (i, one), (j, other) in itertools.combinations(enumerate(axes), 2):
        pairs = {(cell.indexes[i], cell.indexes[j]) for cell in cells}
        first = {pair[0] for pair in pairs}
        second = {pair[1] for pair in pairs}
        if len(pairs) in {len(first), len(second)} and min(len(first), len(second)) > 1:
            found.append((one.name, other.name))
    for axis in axes:
        if len(axis.targets) > 1:
            names = axis.name.split(" + ")
            found += list(itertools.pairwise(names))
    return found
