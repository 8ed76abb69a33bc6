"""The axes of a board: which there are, and where on them each cell of a sweep stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# The axis that tells apart cells with the same values on all others.
TAKE = "take"

# Between the names of axes that vary together, and between their labels.
NAME_JOINT = " + "
LABEL_JOINT = " \u00b7 "


@dataclass
class BoardAxis:
    """An axis of the board: its name, its labels, and the place on it of each cell."""

    name: str
    labels: list[str]
    places: list[int] = field(repr=False)


def board_axes(
    axes: Sequence[tuple[str, Sequence[str]]], cells: Sequence[Sequence[int]]
) -> list[BoardAxis]:
    """Return the axes along which the cells differ.

    ``axes`` are names with their labels in order, ``cells`` the place of each cell on each
    axis. Values that no cell has are left out. Axes that vary together (paired ones) are one
    axis of the board; cells that have the same labels on all of them are told apart by a
    further axis, ``take``.
    """
    made: list[BoardAxis] = []
    for number, (name, labels) in enumerate(axes):
        axis = _axis(name, labels, [places[number] for places in cells])
        if len(axis.labels) <= 1:
            continue
        for at, other in enumerate(made):
            if _vary_together(other, axis):
                made[at] = _paired(other, axis)
                break
        else:
            made.append(axis)
    return [*made, *_takes(made, len(cells))]


def arrangement(axes: Sequence[BoardAxis]) -> tuple[str, str]:
    """Return the names of the axes that are rows and columns at first; "" where there is none.

    They are the first two; the one with more values, or with the longer labels, is down
    the side, where there is room for both.
    """
    if not axes:
        return "", ""
    if len(axes) == 1:
        return axes[0].name, ""

    def bulk(axis: BoardAxis) -> tuple[bool, int]:
        return max(map(len, axis.labels)) > 60, len(axis.labels)  # noqa: PLR2004  - a heading's room

    first, second = axes[:2]
    rows, columns = (first, second) if bulk(first) >= bulk(second) else (second, first)
    return rows.name, columns.name


def _axis(name: str, labels: Sequence[str], places: Sequence[int]) -> BoardAxis:
    used = sorted(set(places))
    rank = {place: number for number, place in enumerate(used)}
    return BoardAxis(name, [labels[place] for place in used], [rank[place] for place in places])


def _vary_together(one: BoardAxis, other: BoardAxis) -> bool:
    pairs = set(zip(one.places, other.places, strict=True))
    return len(pairs) == len(set(one.places)) == len(set(other.places))


def _paired(one: BoardAxis, other: BoardAxis) -> BoardAxis:
    partner = dict(zip(one.places, other.places, strict=True))
    labels = [
        LABEL_JOINT.join([label, other.labels[partner[place]]])
        for place, label in enumerate(one.labels)
    ]
    return BoardAxis(NAME_JOINT.join([one.name, other.name]), labels, one.places)


def _takes(axes: Sequence[BoardAxis], count: int) -> list[BoardAxis]:
    seen: dict[tuple[int, ...], int] = {}
    places = []
    for cell in range(count):
        at = tuple(axis.places[cell] for axis in axes)
        places.append(seen.get(at, 0))
        seen[at] = places[-1] + 1
    takes = max(seen.values(), default=0)
    labels = [f"take {number}" for number in range(1, takes + 1)]
    return [BoardAxis(TAKE, labels, places)] if takes > 1 else []
