"""A bar under the cell while a call blocks: for work that says how far it is and takes a while."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from thumbnb.client.job import Job

# Shorter work ends before a bar could be read.
PATIENCE = 0.6


class ProgressBar:
    """Shows a job's progress from the thread that waits for it, by tqdm.

    Drawn by the waiting thread and not where the work runs: a notebook shows
    what another thread prints in whichever cell started that thread.
    """

    def __init__(self, job: Job[Any]) -> None:
        self._job = job
        self._bar: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def tick(self) -> None:
        """Draw, if there is something to see. Never fails: the work matters more."""
        progress = self._job.progress
        if progress.fraction is None or self._job.elapsed < PATIENCE or sys.stderr is None:
            return
        if self._bar is None:
            from tqdm import tqdm  # noqa: PLC0415  - only when a bar is drawn

            form = "{desc}: {percentage:3.0f}% |{bar}| {elapsed}"
            self._bar = tqdm(total=1.0, bar_format=form, leave=False)
        self._bar.set_description_str(progress.stage, refresh=False)
        self._bar.n = progress.fraction
        self._bar.refresh()
