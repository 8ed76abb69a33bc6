"""The order of a board's cells outside the table: sorted by a value, and filtered by choices."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from thumbnb.widgets.board.board_cell import BoardCell

# What a board may show; "top" are the best by what it is sorted by.
FILTERS = ("all", "starred", "kept", "rated3", "rated4", "rejected", "failed", "top")
TOP = 10

SCORE = "score:"


@dataclass(frozen=True)
class Choices:
    """What is chosen of the cells, by index."""

    starred: Sequence[int] = ()
    rejected: Sequence[int] = ()
    ratings: Mapping[str, int] = field(default_factory=dict)


def sorts(cells: Sequence[BoardCell]) -> list[dict[str, str]]:
    """Return what the cells can be sorted by: a key and its label each."""
    names = {name: None for cell in cells for name in cell.scores}
    scores = sorted(names, key=lambda name: (name != "total", name))
    return [
        {"key": "", "label": "Order of the sweep"},
        {"key": "rating", "label": "Rating"},
        {"key": "duel", "label": "Duel"},
        *(
            {"key": f"{SCORE}{name}", "label": f"Score: {name.replace('_', ' ')}"}
            for name in scores
        ),
    ]


def ordered(
    cells: Sequence[BoardCell],
    choices: Choices,
    *,
    sort: str = "",
    show: str = "all",
    strengths: Mapping[str, float] | None = None,
) -> list[int]:
    """Return the indices of the cells to show: the highest first, those without a value last."""

    def value(index: int) -> float | None:
        cell = cells[index]
        if sort == "rating":
            return choices.ratings.get(str(index))
        if sort == "duel":
            return (strengths or {}).get(cell.cell.id)
        return cell.scores.get(sort.removeprefix(SCORE))

    known = {index: each for index in range(len(cells)) if (each := value(index)) is not None}
    indices = list(range(len(cells)))
    if sort:
        indices.sort(key=lambda index: (index not in known, -known.get(index, 0.0)))
    if show == "top":
        return [index for index in indices if not sort or index in known][:TOP]
    return [index for index in indices if _passes(cells[index], index, choices, show)]


def _passes(cell: BoardCell, index: int, choices: Choices, show: str) -> bool:
    match show:
        case "starred":
            return index in choices.starred
        case "rejected":
            return index in choices.rejected
        case "kept":
            return index not in choices.rejected
        case "rated3" | "rated4":
            return choices.ratings.get(str(index), 0) >= int(show[-1])
        case "failed":
            return cell.progress == "failed"
    return True
