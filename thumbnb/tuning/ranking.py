"""The best images of a run: by duels, by ratings or by a score, and different on request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from thumbnb import errors
from thumbnb.client.images.image import snapshot_contact_sheet
from thumbnb.imaging.small_copy import encode_jpeg_within
from thumbnb.tuning.image_scores import distances

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from thumbnb.client.images.results import Result
    from thumbnb.tuning.cell_run import CellRun
    from thumbnb.tuning.run_scores import RunScores
    from thumbnb.tuning.space.cell import Cell

SNAPSHOT_BYTES = 140_000
# Different images are taken from those that are good: so many times as many as are wanted.
_POOL = 4


class BestCells(list["Cell"]):
    """Cells, the best first; shows itself as their images. ``results`` are the images."""

    def __init__(self, cells: Sequence[Cell], results: Sequence[Result], by: str) -> None:
        super().__init__(cells)
        self.results = list(results)
        self.by = by

    def _repr_jpeg_(self) -> bytes | None:
        if not self:
            return None
        sheet = snapshot_contact_sheet([result.image for result in self.results], 3)
        return encode_jpeg_within(sheet, SNAPSHOT_BYTES)

    def __repr__(self) -> str:
        lines = [f"{number + 1}. {cell.title}" for number, cell in enumerate(self)]
        return "\n".join([f"<Best by {self.by}>", *lines])


def best_cells(
    run: CellRun,
    scores: RunScores,
    standings: pd.DataFrame | None,
    *,
    count: int,
    by: str | None,
    different: bool | str,
) -> BestCells:
    """Return the best cells, as ``SweepRun.best`` describes it."""
    cells = [cell for cell in _one_an_image(run) if not run.choices.get(cell.id).rejected]
    if not cells:
        raise errors.InvalidInput(
            "There is no image to choose from.", hint="Wait for the run, or take back rejections."
        )
    values, by = _values(run, scores, cells, standings, by)
    order = sorted(cells, key=lambda cell: -values.get(cell.id, -np.inf))
    if different is False:
        chosen = order[:count]
    elif different is True:
        chosen = _different(order[: max(count, _POOL * count)], scores, values, count)
    else:
        chosen = _by_axis(run, order, str(different), count)
    results = [run.result(cell.id).image for cell in chosen]
    return BestCells(chosen, [each for each in results if each is not None], by)


def _one_an_image(run: CellRun) -> list[Cell]:
    first: dict[str, Cell] = {}
    for cell in run.done:
        first.setdefault(run.result(cell.id).digest, cell)
    return list(first.values())


def _values(
    run: CellRun,
    scores: RunScores,
    cells: Sequence[Cell],
    standings: pd.DataFrame | None,
    by: str | None,
) -> tuple[Mapping[str, float], str]:
    """Return how good each cell is, and by what."""
    ratings: dict[str, float] = {}
    for cell in cells:
        choice = run.choices.get(cell.id)
        if choice.rating is not None or choice.starred:
            # A star breaks a tie of ratings; alone it is worth a good one.
            ratings[cell.id] = (choice.rating or 4) + 0.5 * choice.starred
    if by is None:
        by = "duel" if standings is not None else "rating" if ratings else "score"
    if by == "duel":
        if standings is None:
            raise errors.InvalidInput("There are no votes yet.", hint="run.duel() asks for some.")
        return dict(zip(standings["cell"], standings["score"], strict=True)), by
    if by == "rating":
        if not ratings:
            raise errors.InvalidInput(
                "Nothing is rated or starred yet.", hint="run.choices.set(cell_id, rating=4)."
            )
        return ratings, by
    measured: Mapping[str, Mapping[str, Any]] = scores.of_cells()
    name = "total" if by == "score" else by.removeprefix("score_")
    known = sorted({each for cell in cells for each in measured[cell.id]})
    if name == "total" and name not in known:
        # A service that does not judge: what is measured here has no total.
        name = "legibility" if "legibility" in known else "colourfulness"
    if name not in known:
        raise errors.InvalidInput(
            f"by is duel, rating, score or a score's name, not {by!r}.",
            hint=f"Scores are {', '.join(known)}.",
        )
    return {c.id: measured[c.id][name] for c in cells if name in measured[c.id]}, f"score {name}"


def _different(
    pool: Sequence[Cell], scores: RunScores, values: Mapping[str, float], count: int
) -> list[Cell]:
    """Return cells that look different: the best, then each time the farthest from those taken.

    Half of what counts is how good it is among the pool.
    """
    apart = distances(*[[scores.signature(cell.id) for cell in pool]] * 2)
    apart = apart / (apart.max() or 1.0)
    good = np.array([values.get(cell.id, -np.inf) for cell in pool])
    good[~np.isfinite(good)] = np.nanmin(good[np.isfinite(good)], initial=0.0)
    spread = good.max() - good.min()
    good = (good - good.min()) / spread if spread else np.ones(len(pool))
    taken = [0]
    while len(taken) < min(count, len(pool)):
        worth = apart[:, taken].min(axis=1) + good
        worth[taken] = -np.inf
        taken.append(int(worth.argmax()))
    return [pool[number] for number in taken]


def _by_axis(run: CellRun, order: Sequence[Cell], axis: str, count: int) -> list[Cell]:
    """Return the best cell of each value of an axis, the best first."""
    if axis not in [each.name for each in run.axes]:
        raise errors.InvalidInput(
            f"different is True or the name of an axis, not {axis!r}.",
            hint=f"The axes are {', '.join(each.name for each in run.axes)}.",
        )
    first: dict[str, Cell] = {}
    for cell in order:
        first.setdefault(cell.labels[axis], cell)
    return list(first.values())[:count]
