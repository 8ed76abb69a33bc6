"""The studio's controller: its parts, and what a change of one does to the others.

A controller is kept while the kernel lives: a studio whose cell is run again, or whose cell
was deleted, finds its frame, its brief, its jobs and its images as they were.
"""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.client.connect import connect
from thumbnb.client.images.results import Result
from thumbnb.client.ledger import prices
from thumbnb.widgets.core import trait_updates
from thumbnb.widgets.core.layout import column
from thumbnb.widgets.form.prompt_form import PromptForm
from thumbnb.widgets.grid.image_grid import ImageGrid
from thumbnb.widgets.job.job_progress import JobProgress
from thumbnb.widgets.job.unfinished_runs import UnfinishedRuns
from thumbnb.widgets.slider.timestamp_slider import TimestampSlider
from thumbnb.widgets.studio import step_code
from thumbnb.widgets.studio.service_bar import ServiceBar
from thumbnb.widgets.studio.step import Step
from thumbnb.widgets.studio.video_picker import VideoPicker
from thumbnb.widgets.studio.whole_code import WholeCode

if TYPE_CHECKING:
    from collections.abc import Callable

    from thumbnb.client.client import Client
    from thumbnb.client.resources.video import Video
    from thumbnb.client.runtime.job import Job


class StudioController:
    """One studio's parts, wired; ``steps`` are its steps, each with its widgets."""

    def __init__(self, client: Client) -> None:
        self.client = client  # the one that was given last
        self.services = ServiceBar(client)
        self.picker = VideoPicker(client)
        self.slider = TimestampSlider(client=client)
        self.form = PromptForm(client, start_apart=True)
        self.progress = JobProgress()
        self.grid = ImageGrid()
        self.grid.offer_more(self.make_more)
        self.unfinished = UnfinishedRuns(client, self.follow)
        self.scripts = scripts = step_code.Scripts(client, self.slider, self.form)
        frame, brief, run, compare = [
            Step(number=number, title=title, script=script)
            for number, (title, script) in enumerate(scripts.steps, 1)
        ]
        self.steps: list[tuple[Step, list[Any]]] = [
            (frame, [self.picker, self.slider]),
            (brief, [self.form]),
            (run, [self.form.start, self.unfinished, self.progress]),
            (compare, [self.grid]),
        ]
        self._frame, self._brief, self._run, self._compare = frame, brief, run, compare
        self.whole_code = WholeCode(lambda: self.code)
        self.sections = [*(_section(*step) for step in self.steps), self.whole_code]
        # The studio that was shown last keeps its notebook up to date.
        self.update_snapshot: Callable[[], None] = lambda: None
        self.given = False  # whether its client was given, and not made for it
        self._wire()

    @property
    def code(self) -> str:
        """The Python of all steps that can be taken, as one script."""
        return "\n".join(step.script() for step, _ in self.steps if step.has_code) + "\n"

    def _wire(self) -> None:
        slider, form, grid = self.slider, self.form, self.grid
        self.picker.observe(lambda change: self._open(change.new), "video")
        # A video that was uploaded at the slider is one of the account's from then on.
        slider.observe(lambda change: setattr(self.picker, "video", change.new), "video")
        slider.observe(lambda change: self._add_frame(change.new), "thumbnail")
        slider.observe(lambda change: self._start_at_best_mark(change.new), "marks")
        form.observe(lambda change: self.follow(change.new), "job")
        updates: list[tuple[Any, list[str], Callable[[], None]]] = [
            (slider, ["value", "video", "thumbnail"], self._update_frame),
            (form, [*step_code.FORM_TRAITS, "valid"], self._update_brief),
            (form.options, ["options"], self._update_brief),
            (form, ["price", "valid"], self._update_run),
            (self.services, ["credits"], self._update_run),
            (self.progress, ["done"], self._update_run),
            (grid, ["cells"], self._update_compare),
        ]
        for part, names, update in updates:
            part.observe(lambda _, update=update: update(), names)
            update()
        slider.observe(self._update_snapshot, ["storyboard_version", "thumbnail"])
        grid.observe(self._update_snapshot, "cells")

    # -- which client is used --------------------------------------

    def use_client(self, client: Client) -> None:
        """Use another client of the same services; all stays, and jobs go on as they were."""
        self.client = self.slider.client = client
        for part in (self.services, self.picker, self.form, self.unfinished, self.scripts):
            part.use_client(client)
        self.services.refresh()
        self.form.reload()
        self._read_videos(self.slider.video)
        self._update_frame()  # its code connects
        self._update_brief()

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
        picker.start_job("video", read, then=show, latest=True)

    # -- what a change of one part does to another ----------------------------------------------

    def _open(self, video: Any) -> None:
        if video != self.slider.video:
            self.slider.video = video

    def _start_at_best_mark(self, marks: list[dict[str, Any]]) -> None:
        """Start at the best suggestion, not in the dark that a film begins with."""
        best = next((mark["time"] for mark in marks if mark["kind"] == "suggested"), None)
        if best is not None and self.slider.value == 0:
            self.slider.value = best

    def _add_frame(self, thumbnail: Any) -> None:
        """Add the frame that was made to the form."""
        if thumbnail is not None and not any(
            each is thumbnail for each in self.form.content_images
        ):
            trait_updates.shared.call(self.form, partial(self.form.add_image, thumbnail))

    def follow(self, job: Job[Any] | None, *, makes_images: bool = True) -> None:
        """Show how a job goes, and the images it makes."""
        if job is None or job in self.progress.jobs:
            return

        def changed(job: Job[Any]) -> None:
            if job.done():
                self.services.refresh()
                # Its last image may have been announced before it was here.
                trait_updates.shared.call(self.grid, self._update_snapshot)

        def begun(job: Job[Any], before: Job[Any] | None = None) -> None:
            if makes_images:
                self.grid.watch(job, instead_of=before)
            job.watch(changed)
            changed(job)

        def repeated(job: Job[Any], before: Job[Any]) -> None:
            if self.form.job is before:
                self.form.error = ""  # it was that one's
                self.form.job = job
            begun(job, before)

        self.progress.add(job, on_retry=repeated)
        begun(job)

    def make_more(self, image: Any) -> None:
        """Make more like an image, as many as are chosen beside *Generate*; that costs as much."""
        if not isinstance(image, Result) or image.run_id is None:
            raise errors.InvalidInput(
                "More can be made like an image that was generated from here.",
                hint="Describe it, and press Generate.",
            )
        client, run_id, number = self.client, image.run_id, image.number
        count = self.form.options.options.variations or 1

        async def start() -> Job[Any]:
            run = await client.run.aio(run_id)
            options = (run.request.get("changes") or {}).get("advanced_options") or {}
            job = run.again.submit(source=image, options={**options, "variations": count})
            job.name = f"more like image {number}"
            return job

        self.grid.error = ""
        self.grid.start_job("more", start, then=self.follow)

    def _update_snapshot(self, _: Any = None) -> None:
        self.update_snapshot()  # whichever studio's that is by now

    # -- how the steps stand ------------------------------------------------------

    def _update_frame(self) -> None:
        made = self.slider.thumbnail
        words = "" if made is None else step_code.frame_words(made)
        self._frame.update("ready" if made is None else "done", words, has_code=True)

    def _update_brief(self) -> None:
        valid = self.form.valid
        self._brief.update("done" if valid else "ready", has_code=valid)

    def _update_run(self) -> None:
        form, left = self.form, self.services.credits
        words = step_code.price_words(form.price, left) if form.valid else ""
        self.grid.more = prices.amount(form.price)
        begun, ended = bool(self.progress.jobs), self.progress.done
        state = "ready" if form.valid or begun else "waiting"
        self._run.update("done" if begun and ended else state, words, has_code=form.valid)

    def _update_compare(self) -> None:
        count = len(self.grid.cells)
        self.grid.visible = bool(count)
        words = f"{count} image{'' if count == 1 else 's'}" if count else ""
        self._compare.update("ready" if count else "waiting", words, has_code=bool(count))


def _section(head: Step, parts: list[Any]) -> Any:
    return column(head, *parts, css_class="thumbnb-studio-step")


_controllers: dict[Any, StudioController] = {}
_lock = threading.Lock()


def controller_of(
    client: Client | None, *, fresh: bool = False, separate: bool = False
) -> StudioController:
    """Return the controller of a client's home and services: the same one each time.

    The client given last is used, with its key and its budget; one that had to be
    connected here never replaces one that was given. With ``separate`` it is a new one,
    which nobody else is given.
    """
    newest = connect(quiet=True) if client is None else client
    if separate:
        return StudioController(newest)
    # Where a service's key is from makes no other service of it.
    at = [where.partition(", its key")[0] for where in newest.services.values()]
    place = (newest.result_store.folder, *at)
    with _lock:
        if fresh or place not in _controllers:
            _controllers[place] = StudioController(newest)
        controller = _controllers[place]
        if controller.client is not newest and not (client is None and controller.given):
            controller.use_client(newest)
        controller.given = controller.given or client is not None
        return controller
