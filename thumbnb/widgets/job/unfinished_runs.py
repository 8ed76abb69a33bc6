"""Unfinished runs: jobs of earlier sessions, offered to be picked up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from thumbnb.widgets.controls.buttons.button import Button
from thumbnb.widgets.controls.note import Note
from thumbnb.widgets.controls.panel import Panel
from thumbnb.widgets.core.layout import row

if TYPE_CHECKING:
    from thumbnb.client.client import Client
    from thumbnb.client.run import Run
    from thumbnb.client.runtime.job import Job


# Kinds of runs that make images.
IMAGE_KINDS = {"generate", "retry", "follow", "image", "thumbnail"}


class ShowJob(Protocol):
    """Shows how a job goes, and the images it makes where it makes any."""

    def __call__(self, job: Job[Any], *, makes_images: bool) -> None:
        """Show the job."""
        ...


class UnfinishedRuns(Panel):
    """Offers the runs of this home that are not ended and that nobody here waits for.

    Traits: ``error``. Nothing is shown where there is nothing to pick up.
    """

    def __init__(self, client: Client, show: ShowJob) -> None:
        super().__init__()
        self._client, self._show_job = client, show
        self._runs: list[Run] = []
        self._note = Note(kind="hint")
        pick_up = Button("Pick up", self.catch_errors(lambda _: self.pick_up()))
        self._row = row(self._note, pick_up)
        self.fill()
        self.start_job("open", client.open_jobs.aio, then=self._offer)

    def _offer(self, runs: list[Run]) -> None:
        self._runs = [run for run in runs if not run.followed]
        if not self._runs:
            return
        count = len(self._runs)
        which = "One job from before is" if count == 1 else f"{count} jobs from before are"
        self._note.text = f"{which} not ended. To pick up costs nothing."
        self.fill(self._row)

    def use_client(self, client: Client) -> None:
        """Pick runs up with another client from now on."""
        self._client = client

    def pick_up(self) -> None:
        """Show them all as jobs; free."""
        self.error = ""
        offered, self._runs = self._runs, []
        self.fill()

        async def read() -> list[Run]:  # again: another client may be used by now
            return [await self._client.run.aio(run.id) for run in offered]

        def show(runs: list[Run]) -> None:
            for run in runs:
                self._show_job(run.result.submit(), makes_images=run.kind in IMAGE_KINDS)

        self.start_job("pick up", read, then=show)
