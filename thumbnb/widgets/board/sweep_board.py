"""A sweep's board: its cells as a table that fills, and the studio for a cell to be remixed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.briefs import AdvancedOptions, options_of
from thumbnb.text.short_repr import short_repr
from thumbnb.tuning.space.video_frame import with_frames
from thumbnb.widgets.board.board_view import BoardView
from thumbnb.widgets.controls.collapsible import Collapsible
from thumbnb.widgets.controls.panel import Panel
from thumbnb.widgets.core import trait_updates
from thumbnb.widgets.studio.studio import Studio

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PIL import Image

    from thumbnb.tuning.sweep_run import SweepRun
    from thumbnb.widgets.board.board_cell import BoardCell
    from thumbnb.widgets.form.prompt_form import PromptForm

# Fields of a brief that the studio's form has under the same name, and each when it is empty.
FORM_FIELDS = {
    "prompt": "",
    "title": "",
    "name": "",
    "preset": None,
    "person": None,
    "template": None,
    "style_reference": None,
    "youtube_url": "",
    "content_images": (),
}


class SweepBoard(Panel):
    """The cells of a sweep as they are made: look, compare, rate, reject, retry, remix.

    The axes are rows, columns and tabs; ``view.mode`` shows the cells as a list, two of them
    compared, or as a video site does. Stars, ratings and notes are kept in the ledger. The
    keyboard does it all: ``?`` on the board says how.

    Parts: ``view`` (BoardView), ``studio`` (Studio; None until a cell is remixed). Traits:
    ``error``.

    >>> tb.SweepBoard(sweep.run(budget=40))  # doctest: +SKIP
    """

    def __init__(self, run: SweepRun, **traits: Any) -> None:
        if not hasattr(run, "cells"):
            raise errors.InvalidInput(
                f"run is what sweep.run() returns, not {short_repr(run)}.",
                hint="run = sweep.run(budget=40)",
            )
        self.run = run
        super().__init__(css_class="thumbnb-sweep-board")
        self.view = BoardView(run, **traits)
        self.studio: Studio | None = None
        self.view.on_remix(self._remix)
        self.view.update_snapshot = self.update_snapshot  # type: ignore[method-assign]
        self.fill(self.view)

    def __repr__(self) -> str:
        return f"<SweepBoard {self.view.progress.get('words', '')}>"

    def snapshot_images(self) -> Sequence[Image.Image]:
        """Return the contact sheet, with the labels of both axes."""
        return self.view.snapshot_images()

    def _remix(self, cell: BoardCell) -> None:
        trait_updates.shared.call(self, self.catch_errors(partial(self.remix, cell.cell.id)))

    def remix(self, cell_id: str) -> None:
        """Open the studio below the board with a cell's brief. Raises InvalidInput."""
        cell = self.run.cell(cell_id)
        if self.studio is None:
            self.studio = Studio(self.run.sweep.client, separate=True)
            self._opened = Collapsible("Studio", self.studio, expanded=True)
            self.fill(self.view, self._opened)
        self._opened.expanded = True
        self._opened.summary = cell.title
        form = self.studio.form
        self.error = ""
        self.start_job("brief", lambda: with_frames(cell.brief), then=partial(fill_form, form))


def fill_form(form: PromptForm, fields: Mapping[str, Any]) -> None:
    """Give a form the brief of a cell, in place of what it had."""
    for name, empty in FORM_FIELDS.items():
        value = fields.get(name)
        setattr(form, name, empty if value is None else value)
    form.options.options = options_of(fields.get("options")) or AdvancedOptions()
