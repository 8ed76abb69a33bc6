"""The parts of a studio at work, and how they hear of each other.

A desk is kept while the kernel lives: a studio whose cell is run again, or whose cell
was deleted, finds its frame, its brief, its jobs and its pictures as they were.
"""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from thumbnb import errors
from thumbnb.client.connect import connect
from thumbnb.widgets.controls.panel import new_fittings
from thumbnb.widgets.core import trait_updates
from thumbnb.widgets.core.layout import column
from thumbnb.widgets.form.prompt_form import PromptForm
from thumbnb.widgets.grid.image_grid import ImageGrid
from thumbnb.widgets.job.job_progress import JobProgress
from thumbnb.widgets.job.unfinished_runs import LeftOver
from thumbnb.widgets.slider.timestamp_slider import TimestampSlider
from thumbnb.widgets.studio import step_code
from thumbnb.widgets.studio.service_bar import ServiceBar
from thumbnb.widgets.studio.step import Step
from thumbnb.widgets.studio.video_picker import VideoPicker

if TYPE_CHECKING:
    from collections.abc import Callable

    from thumbnb.client.client import Client
    from thumbnb.client.resources.video import Video
    from thumbnb.client.runtime.job import Job


class _Newest:
    """Stands for the client that was given last, in parts that are made once."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def __getattr__(self, name: str) -> Any:
        return getattr(self.client, name)


class Desk:
    """One studio's parts, wired; ``steps`` are its steps, each with what it is taken by."""

    def __init__(self, client: Client) -> None:
        self._newest = _Newest(client)
        client = cast("Client", self._newest)
        self.services = ServiceBar(client)
        self.picker = VideoPicker(client)
        self.slider = TimestampSlider(client=self.client)
        self.form = PromptForm(client)
        self.progress = JobProgress()
        self.grid = ImageGrid()
        scripts = step_code.Scripts(client, self.slider, self.form)
        frame, brief, run, compare = [
            Step(number=number, title=title, script=script)
            for number, (title, script) in enumerate(scripts.steps, 1)
        ]
        self.steps: list[tuple[Step, list[Any]]] = [
            (frame, [self.picker, self.slider]),
            (brief, [self.form]),
            (run, [LeftOver(client, self.follow), self.progress]),
            (compare, [self.grid]),
        ]
        self._frame, self._brief, self._run, self._compare = frame, brief, run, compare
        self.sections = [_section(*step) for step in self.steps]
        self.fittings = new_fittings()  # a page keeps every widget it was shown
        # The studio that was shown last keeps its notebook up to date.
        self.keep: Callable[[], None] = lambda: None
        self.given = False  # whether its client was given, and not made for it
        self._wire()

    @property
    def client(self) -> Client:
        """The client that was given last."""
        return self._newest.client

    @property
    def code(self) -> str:
        """The Python of all steps that can be taken, as one script."""
        return "\n".join(step.script() for step, _ in self.steps if step.offers) + "\n"

    def _wire(self) -> None:
        slider, form, grid = self.slider, self.form, self.grid
        self.picker.observe(lambda change: self._open(change.new), "video")
        # A video that was uploaded at the slider is one of the account's from then on.
        slider.observe(lambda change: setattr(self.picker, "video", change.new), "video")
        slider.observe(lambda change: self._take(change.new), "thumbnail")
        slider.observe(lambda change: self._begin_well(change.new), "marks")
        form.observe(lambda change: self.follow(change.new), "job")
        told: list[tuple[Any, list[str], Callable[[], None]]] = [
            (slider, ["value", "video", "thumbnail"], self._say_frame),
            (form, [*step_code.TOLD, "valid"], self._say_brief),
            (form.options, ["options"], self._say_brief),
            (form, ["price", "valid"], self._say_run),
            (self.services, ["credits"], self._say_run),
            (self.progress, ["done"], self._say_run),
            (grid, ["cells"], self._say_pictures),
        ]
        for part, names, say in told:
            part.observe(lambda _, say=say: say(), names)
            say()
        slider.observe(self._keep, ["board", "thumbnail"])
        grid.observe(self._keep, "cells")

    # -- whose services, key and budget count --------------------------------------

    def take_over(self, client: Client) -> None:
        """Go on with another client of the same services; all stays, jobs go on as they were."""
        self._newest.client = self.slider.client = client
        self.services.refresh()
        self.form.reload()
        self._read_videos(self.slider.video)
        self._say_frame()  # its code connects
        self._say_brief()

    def _read_videos(self, video: Video | None) -> None:
        """Read which videos there are, and the one in use: another account may not have it."""
        picker, client = self.picker, self.client

        async def read() -> Video | None:
            try:
                return await client.video.aio(video.id) if video else None
            except errors.NotFound:
                return None

        def show(found: Video | None) -> None:
            if self.slider.video == video:  # else another was picked meanwhile
                picker.video = self.slider.video = found
            picker.refresh()

        picker.error = ""
        picker.work("video", read, then=show, latest=True)

    # -- what one part tells another ----------------------------------------------

    def _open(self, video: Any) -> None:
        if video != self.slider.video:
            self.slider.video = video

    def _begin_well(self, marks: list[dict[str, Any]]) -> None:
        """Begin at the best moment, not in the dark a film begins with."""
        best = next((mark["time"] for mark in marks if mark["kind"] == "suggested"), None)
        if best is not None and self.slider.value == 0:
            self.slider.value = best

    def _take(self, thumbnail: Any) -> None:
        """Put the frame that was made into the brief."""
        if thumbnail is not None and not any(
            each is thumbnail for each in self.form.content_images
        ):
            trait_updates.shared.call(self.form, partial(self.form.add_image, thumbnail))

    def follow(self, job: Job[Any] | None, *, pictures: bool = True) -> None:
        """Show how a job goes, and the pictures it makes."""
        if job is None or job in self.progress.jobs:
            return

        def changed(job: Job[Any]) -> None:
            if job.done():
                self.services.refresh()
                # Its last picture may have been told of before it was here.
                trait_updates.shared.call(self.grid, self._keep)

        def begun(job: Job[Any], before: Job[Any] | None = None) -> None:
            if pictures:
                self.grid.watch(job, instead_of=before)
            job.watch(changed)
            changed(job)

        def repeated(job: Job[Any], before: Job[Any]) -> None:
            if self.form.job is before:
                self.form.error = ""  # it was that one's
                self.form.job = job
            begun(job, before)

        self.progress.add(job, again=repeated)
        begun(job)

    def _keep(self, _: Any = None) -> None:
        self.keep()  # whichever studio's that is by now

    # -- how the steps stand ------------------------------------------------------

    def _say_frame(self) -> None:
        made = self.slider.thumbnail
        words = "" if made is None else step_code.frame_words(made)
        self._frame.stand("ready" if made is None else "done", words, offers=True)

    def _say_brief(self) -> None:
        valid = self.form.valid
        self._brief.stand("done" if valid else "ready", offers=valid)

    def _say_run(self) -> None:
        form, left = self.form, self.services.credits
        words = step_code.price_words(form.price, left) if form.valid else ""
        begun, ended = bool(self.progress.jobs), self.progress.done
        state = "ready" if form.valid or begun else "waiting"
        self._run.stand("done" if begun and ended else state, words, offers=form.valid)

    def _say_pictures(self) -> None:
        count = len(self.grid.cells)
        self.grid.layout.display = None if count else "none"
        words = f"{count} picture{'' if count == 1 else 's'}" if count else ""
        self._compare.stand("ready" if count else "waiting", words, offers=bool(count))


def _section(head: Step, parts: list[Any]) -> Any:
    return column(head, *parts, look="thumbnb-studio-step")


_desks: dict[Any, Desk] = {}
_lock = threading.Lock()


def desk_of(client: Client | None, *, fresh: bool = False) -> Desk:
    """Return the desk of a client's home and services; one, however often it is asked for.

    The client given last counts, with its key and its budget; one that had to be made
    here never counts instead of one that was given.
    """
    newest = connect(quiet=True) if client is None else client
    # Where a service's key is from makes no other service of it.
    at = [where.partition(", its key")[0] for where in newest.services.values()]
    place = (newest.result_store.folder, *at)
    with _lock:
        if fresh or place not in _desks:
            _desks[place] = Desk(newest)
        desk = _desks[place]
        if desk.client is not newest and not (client is None and desk.given):
            desk.take_over(newest)
        desk.given = desk.given or client is not None
        return desk
