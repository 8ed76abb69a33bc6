"""One cell of a board: a cell of a sweep, its image, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thumbnb.widgets.core.text import shortened
from thumbnb.widgets.grid.grid_cell import Cell as ImageCell

if TYPE_CHECKING:
    from thumbnb.tuning.cell_result import CellResult
    from thumbnb.tuning.space.cell import Cell

# Characters of an error in a cell, and of a caption; the brief has them whole.
MAX_ERROR = 160
MAX_CAPTION = 100


class BoardCell(ImageCell):
    """A cell of a sweep on the board; ``at`` is its place on each axis."""

    def __init__(self, cell: Cell) -> None:
        super().__init__()
        self.cell = cell
        self.at: list[int] = []
        self.position_text = ""  # its labels, in words
        self.progress = "waiting"
        self.scores: dict[str, float] = {}

    def update(self, result: CellResult) -> bool:
        """Take what became of the cell; return whether that is news."""
        before = self.source, self.progress
        self.scores = dict(result.scores)
        self.progress = result.state
        if result.image is not None:
            self.set_image(result.image)
        else:
            self.image = None
            self.error = result.error or ("It failed." if result.state == "failed" else "")
            if result.state == "stopped":
                self.error = result.error or "It was stopped before it was sent; nothing was paid."
        return (self.source, self.progress) != before

    @property
    def made(self) -> bool:
        """Whether its image is there."""
        return self.image is not None

    @property
    def caption(self) -> str:
        """Its labels."""
        return shortened(self.position_text, MAX_CAPTION)

    def state(self, label: str = "") -> dict[str, Any]:
        """Return what the browser knows of it before it asks for more."""
        state = super().state(label) | {"at": self.at}
        if "error" in state:
            state["error"] = shortened(self.error, MAX_ERROR)
        if not self.made:
            state["progress"] = self.progress
        elif (total := self.scores.get("total")) is not None:
            state["score"] = round(total, 2)
        return state
