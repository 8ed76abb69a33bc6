"""The duels of a run as numbers: what made the left image win."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.client.ledger.choices_database import ViewerOutcome, Vote
    from thumbnb.tuning.cell_run import CellRun
    from thumbnb.tuning.duel.scale_posterior import Floats

# A test with viewers counts as so many votes for the winner against each other image: its
# thousands of viewers are one audience on one day, and what they prefer is what matters.
OUTCOME_VOTES = 5.0


@dataclass(frozen=True)
class Comparisons:
    """Duels between images of a run, a row each, and which cell each image is of."""

    cells: tuple[str, ...]
    left: Sequence[int]
    right: Sequence[int]
    won: Floats
    weights: Floats

    def __len__(self) -> int:
        return len(self.left)

    @property
    def images(self) -> Floats:
        """1 for the image on the left and -1 for that on the right: (duels, cells)."""
        out = np.zeros((len(self), len(self.cells)))
        rows = np.arange(len(self))
        out[rows, self.left] = 1.0
        out[rows, self.right] = -1.0
        return out

    def differences(self, attributes: Floats) -> Floats:
        """Return attributes of the left image less those of the right; they are a row a cell."""
        return attributes[list(self.left)] - attributes[list(self.right)]


def comparisons_of(run: CellRun, votes: Sequence[Vote]) -> Comparisons:
    """Return the votes on a run's images, and the outcomes of tests with viewers."""
    first: dict[str, str] = {}
    for cell in run.done:
        first.setdefault(run.result(cell.id).digest, cell.id)
    cells = tuple(first.values())
    place = {digest: number for number, digest in enumerate(first)}
    share = {"left": 1.0, "right": 0.0, "tie": 0.5}
    rows = [
        (place[v.left_image], place[v.right_image], share[v.outcome], 1.0)
        for v in votes
        if v.left_image in place and v.right_image in place
    ]
    outcomes = run.client.sessions[1].ledger.choices.outcomes(first)
    rows += [(place[a], place[b], 1.0, OUTCOME_VOTES) for a, b in _won(outcomes)]
    table = np.array(rows, dtype=float).reshape(-1, 4)
    return Comparisons(
        cells,
        [int(each) for each in table[:, 0]],
        [int(each) for each in table[:, 1]],
        table[:, 2],
        table[:, 3],
    )


def _won(outcomes: Sequence[ViewerOutcome]) -> list[tuple[str, str]]:
    """Return the winner of each test with each image it was tested against."""
    found = []
    for winner in outcomes:
        if winner.won:
            others = (o for o in outcomes if o.pack == winner.pack and not o.won)
            found += [(winner.sha256, other.sha256) for other in others]
    return found
