"""A run of a sweep: its images, choices between them, and what they say."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.arguments.checks import checked_arguments
from thumbnb.arguments.local_path import input_path, writing
from thumbnb.client.inputs import checks
from thumbnb.client.runtime.three_way import remote
from thumbnb.imaging.sizes import check_size
from thumbnb.storage import files
from thumbnb.tuning.cell_run import CellRun
from thumbnb.tuning.duel.duel import SURE, Duel
from thumbnb.tuning.duel.votes import Votes
from thumbnb.tuning.effects.effects import CONFIDENCE, Effects, effects_of
from thumbnb.tuning.export import archive, viewer_test
from thumbnb.tuning.export.labelled_sheet import labelled_sheet
from thumbnb.tuning.export.page import page
from thumbnb.tuning.ranking import BestCells, best_cells
from thumbnb.tuning.run_scores import RunScores
from thumbnb.tuning.run_table import run_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd
    from PIL import Image

    from thumbnb.imaging.sizes import Size
    from thumbnb.tuning.export.viewer_test import ViewerTestPack


class SweepRun(CellRun):
    """A sweep under way or done: its cells, what became of each, and what you chose.

    ``cells`` are in the order in which they are made; ``result(cell_id)`` says how one
    stands. ``state`` is ``running``, ``paused``, ``stopped`` or ``finished``; ``problem``
    says why it stopped by itself. ``run.wait()`` and ``await run`` wait until it has ended.
    ``subscribe`` tells of every change; ``choices`` has stars, ratings and notes, ``votes``
    those of duels.
    """

    @cached_property
    def votes(self) -> Votes:
        """The votes of all duels on its images: ``save``, ``merge``, ``standings``."""
        return Votes(self)

    @cached_property
    def _scores(self) -> RunScores:
        return RunScores(self)

    # -- choosing -----------------------------------------------------------------

    @checked_arguments
    def duel(
        self,
        *,
        voter: str = "",
        blind: bool = True,
        candidates: Sequence[str] | None = None,
        sure: float = SURE,
    ) -> Duel:
        """Return a duel between its images: two at a time, until the best is clear.

        ``candidates`` are ids of cells, else all images that are not rejected; ``voter`` is
        whose votes they are. The same voter goes on where they were.
        """
        return Duel(self, voter=voter, blind=blind, candidates=candidates, sure=sure)

    @checked_arguments
    def effects(
        self,
        *,
        by: str = "total",
        voters: Sequence[str] | None = None,
        confidence: float = CONFIDENCE,
    ) -> Effects:
        """Return what mattered: per value of an axis its scores, ratings and win rate.

        ``by`` is the score that is averaged, ``voters`` whose votes count (else all),
        ``confidence`` that of the intervals. The outcomes of test packs count as well.
        """
        whose = None if voters is None else checks.texts("voters", voters)
        votes = [vote for vote in self.votes.all() if whose is None or vote.voter in whose]
        return effects_of(self, votes, self._scores.of_cells(), by=by, confidence=confidence)

    @checked_arguments
    def best(
        self, count: int = 3, *, by: str | None = None, different: bool | str = False
    ) -> BestCells:
        """Return the best cells, the best first; rejected ones are left out.

        ``by`` is ``duel``, ``rating``, ``score`` (its total) or the name of a score; else the
        first of these that there is. ``different=True`` takes, from the good ones, those that
        look most different; the name of an axis takes the best of each of its values.
        """
        count = checks.whole("count", count, 1, 100)
        standings = self.votes.standings() if self.votes.all() else None
        return best_cells(self, self._scores, standings, count=count, by=by, different=different)

    # -- taking along -------------------------------------------------------------

    @checked_arguments
    def to_frame(self, *, reference: Sequence[Any] = ()) -> pd.DataFrame:
        """Return a tidy DataFrame, a row an image, a column an axis.

        Then state, cost, seconds, choices, ``score_...``, the brief and the file; with
        ``reference`` images also ``score_reference_distance``. What each score says:
        ``thumbnb.tuning.image_scores.EXPLAINED``.
        """
        return run_table(self, self._scores.of_cells(reference))

    @checked_arguments
    def pack(
        self,
        count: int = 3,
        *,
        by: str | None = None,
        different: bool | str = True,
        folder: str | Path = "test-pack",
    ) -> ViewerTestPack:
        """Write an A/B/C pack for a test with viewers: the best that differ most.

        Up to three images, each exactly 1280x720 and under 2 MB, with a README on how to
        enter them into YouTube's Test & Compare. ``pack.outcome()`` records what came of it.
        """
        count = checks.whole("count", count, 2, viewer_test.MAX_IMAGES)
        folder = input_path("folder", folder)
        cells = self.best(count, by=by, different=different)
        if len(cells) < 2:  # noqa: PLR2004
            raise errors.InvalidInput("A test needs two images or more.")
        with writing(folder):
            return viewer_test.make_pack(self, cells, folder)

    @checked_arguments
    def open_pack(self, folder: str | Path) -> ViewerTestPack:
        """Open a pack that was made before, to record its outcome."""
        return viewer_test.open_pack(self, input_path("folder", folder))

    @checked_arguments
    def save(
        self, folder: str | Path, *, size: Size | None = None, format: str = "JPEG"  # noqa: A002
    ) -> list[Path]:  # fmt: skip
        """Write all images into a folder, in another size or format where wanted; free.

        Cut to cover, never stretched; what each was made of is inside its file. Raises
        InvalidInput for more pixels than there are.
        """
        folder = input_path("folder", folder)
        size = None if size is None else check_size(size)
        with writing(folder):
            return archive.save_images(self, folder, size=size, format=format)

    @checked_arguments
    def export(self, path: str | Path, *, title: str = "Thumbnails") -> Path:
        """Write it to a file, and return its path; the suffix says as what.

        ``.html`` is one page with board, filters and full briefs that opens anywhere; ``.csv``
        and ``.parquet`` the table; ``.zip`` the images with what they were made of, table and
        page; ``.png`` the contact sheet.
        """
        path = input_path("path", path)
        if not path.parent.is_dir():
            raise errors.InvalidInput(f"There is no folder {path.parent}.", hint="Make it first.")
        scores = self._scores.of_cells()
        match path.suffix.lower():
            case ".html":
                data: bytes = page(self, scores, title).encode()
            case ".csv":
                data = archive.csv_text(run_table(self, scores)).encode()
            case ".parquet":
                data = archive.parquet_bytes(run_table(self, scores))
            case ".zip":
                table = run_table(self, scores)
                data = archive.archive(self, table, page(self, scores, title))
            case ".png":
                data = archive.png_bytes(self.snapshot())
            case _:
                raise errors.InvalidInput(
                    f"{path.name!r} does not say what to write.",
                    hint="End its name with .html, .csv, .parquet, .zip or .png.",
                )
        with writing(path):
            files.write_file(path, data, mode=files.SHARED)
        return path

    @checked_arguments
    def snapshot(
        self, *, rows: str | None = None, columns: str | None = None, tile_width: int = 320
    ) -> Image.Image:
        """Return a contact sheet with the labels of the axes, as a Pillow image."""
        tile_width = checks.whole("tile_width", tile_width, 80, 1280)
        return labelled_sheet(self, rows=rows, columns=columns, tile_width=tile_width)

    # -- going on -----------------------------------------------------------------

    @remote
    async def extend(self, /, *, budget: float | None = None, **more: Any) -> SweepRun:
        """Run the sweep with further values, wait, and return the new run.

        What is there already is free; ``more`` is as in ``Sweep.extend``.
        """
        run: SweepRun = await self.sweep.extend(**more).run.aio(budget=budget)
        return run
