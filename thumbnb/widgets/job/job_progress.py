"""The progress of jobs, live: stage, share, cost, and what to do next."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from PIL import Image
from traitlets import observe

from thumbnb import errors
from thumbnb.client.images.image import decode_image
from thumbnb.client.runtime.job import Job
from thumbnb.widgets.core import trait_updates
from thumbnb.widgets.core.synced_traits import Bool, Choice, Float, List
from thumbnb.widgets.core.text import shortened
from thumbnb.widgets.core.widget import Widget, handles
from thumbnb.widgets.job import job_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.client.images.image import StoredImage

logger = logging.getLogger(__name__)

# Of each job so many images are shown, in pixels that a saved notebook can show too.
PREVIEWS = 12
PREVIEW_SIZE = (320, 320)

# So many jobs are named in the repr.
MAX_NAMED = 5

_UNFINISHED = {"running", "detached"}

_OnRetry = Callable[[Job[Any], Job[Any]], None]


@dataclass
class _Shown:
    """A job that is shown."""

    key: str
    job: Job[Any]
    on_retry: _OnRetry | None = None
    unwatch: Callable[[], None] = lambda: None
    resume_code: str | None = None
    detached: bool = False
    fetched: int = 0
    previews: dict[int, bytes] = field(default_factory=dict)
    unfinished: dict[int, str] = field(default_factory=dict)
    """The id of the preview shown of each unfinished image, by position."""


class JobProgress(Widget, front_end="job_progress.js"):
    """One job or many, live: state, bar, time left, what has landed, cost, what to do next.

    ``JobProgress(job, another)`` shows jobs; ``add(job)`` shows one more, ``show(job)``
    shows others instead. A ``Job`` alone in a cell shows itself like this. The jobs
    don't depend on it: they go on when its cell is deleted, and nothing is lost.

    Traits, all read-only: ``state`` is ``empty``, ``running``, ``done``, ``failed``,
    ``cancelled`` or ``detached`` (nobody watches those that run), of all jobs together;
    ``fraction`` is how much of them is done (0-1), None where that is not known;
    ``done`` says that all have ended, in whatever way; ``rows`` is what is shown
    of each; ``error`` as everywhere. ``jobs`` are the jobs themselves, newest last.

    >>> job = client.upload.submit("talk.mp4")  # doctest: +SKIP
    >>> JobProgress(job)  # doctest: +SKIP
    """

    state = Choice(("empty", "running", "done", "failed", "cancelled", "detached"), "empty")
    fraction = Float(None, allow_none=True, help="How much of all is done, where it is known.")
    done = Bool(default_value=True, help="All jobs have ended.")
    rows = List(help="What is shown of each job.")

    def __init__(self, *jobs: Job[Any], **traits: Any) -> None:
        self._shown: dict[str, _Shown] = {}
        self._numbers = count(1)
        super().__init__(**traits)
        entered = [self._enter(job) for job in jobs]
        self._update_rows()
        for each in entered:
            self._follow(each)

    @property
    def jobs(self) -> list[Job[Any]]:
        """The jobs that are shown, newest last."""
        return [each.job for each in list(self._shown.values())]

    def show(self, *jobs: Job[Any]) -> None:
        """Show these jobs and no others; any thread may call."""
        for each in list(self._shown.values()):
            each.unwatch()
        self._shown = {}
        for job in jobs:
            self._follow(self._enter(job))
        trait_updates.shared.call(self, self._update_rows)

    def add(self, job: Job[Any], *, on_retry: _OnRetry | None = None) -> None:
        """Show one more job; any thread may call.

        ``again`` is called with each job that "Try again" begins, and the one in whose
        place it is.
        """
        self._follow(self._enter(job, on_retry=on_retry))
        trait_updates.shared.call(self, self._update_rows)

    def _enter(self, job: Job[Any], key: str = "", on_retry: _OnRetry | None = None) -> _Shown:
        if not isinstance(job, Job):
            raise errors.InvalidInput(
                f"JobProgress shows jobs, not {type(job).__name__}.",
                hint="Get one with .submit(...) or project.start().",
            )
        shown = _Shown(key or f"job-{next(self._numbers)}", job, on_retry)
        self._shown = {**self._shown, shown.key: shown}
        return shown

    def _follow(self, shown: _Shown) -> None:
        shown.detached = False
        shown.unwatch = shown.job.watch(lambda _: self._on_progress(shown))
        self._on_progress(shown)

    # -- updates ----------------------------------------------------------------

    def _on_progress(self, shown: _Shown) -> None:
        """Record a change; called on the thread of the work."""
        made = job_text.images_of(shown.job)[:PREVIEWS]
        if len(made) > shown.fetched:
            new = range(shown.fetched, len(made))
            shown.fetched = len(made)
            Job("preview", lambda: self._preview(shown, [(i, made[i]) for i in new]))
        self._follow_unfinished(shown)
        if shown.job.done():
            shown.unwatch()
            trait_updates.shared.call(self, self._update_rows)
            self.update_snapshot()
        else:
            trait_updates.shared.set(self, rows=self._rows)
            if shown.job.resume_code != shown.resume_code:  # a saved notebook names it
                shown.resume_code = shown.job.resume_code
                self.update_snapshot()

    def _follow_unfinished(self, shown: _Shown) -> None:
        """Show what is being painted as it looks by now, and no more what is done."""
        found = [] if shown.job.done() else job_text.unfinished_of(shown.job)[:PREVIEWS]
        new = [(i, image) for i, image in found if shown.unfinished.get(i) != image.id]
        shown.unfinished = {i: image.id for i, image in found}
        if new:
            Job("preview", lambda: self._show_unfinished(shown, new))

    def _rows(self) -> list[dict[str, Any]]:
        return [
            {
                "key": each.key,
                "previews": len(each.previews),
                "unfinished": sorted(each.unfinished),
                **job_text.job_row(each.job, detached=each.detached),
            }
            for each in list(self._shown.values())
        ]

    def _update_rows(self) -> None:
        with self.hold_sync():
            self.rows = self._rows()

    @observe("rows")
    def _sum_up(self, _: Any) -> None:
        states = {row["state"] for row in self.rows}
        order = ("running", "detached", "failed", "cancelled", "done")
        self.state = next((each for each in order if each in states), "empty")
        self.done = not states & _UNFINISHED
        shares = [row["fraction"] if row["state"] in _UNFINISHED else 1.0 for row in self.rows]
        known = None not in shares and shares
        self.fraction = sum(shares) / len(shares) if known else None

    # -- images -------------------------------------------------------------------

    async def _preview(self, shown: _Shown, landed: Sequence[tuple[int, StoredImage]]) -> None:
        """Send small images as they land: by message, so that no saved state holds them."""
        for index, image in landed:
            try:
                data = await asyncio.to_thread(small, await image.load.aio())
            except errors.ThumbnbError as error:
                logger.info("No preview: %s", error)
                continue
            shown.previews[index] = data
            self.send({"kind": "preview", "job": shown.key, "index": index}, [data])
        trait_updates.shared.set(self, rows=self._rows)
        self.update_snapshot()

    async def _show_unfinished(
        self, shown: _Shown, images: Sequence[tuple[int, StoredImage]]
    ) -> None:
        for position, image in images:
            try:
                data = await asyncio.to_thread(small, await image.load.aio())
            except errors.ThumbnbError:
                continue  # a later one is on its way
            self.send({"kind": "unfinished", "job": shown.key, "position": position}, [data])

    def snapshot_images(self) -> Sequence[Image.Image]:
        """Return the previews of all jobs."""
        return [
            decode_image(each.previews[index])
            for each in list(self._shown.values())
            for index in sorted(each.previews)
        ]

    # -- being asked --------------------------------------------------------------

    def _shown_job(self, key: Any) -> _Shown:
        shown = self._shown.get(key) if isinstance(key, str) else None
        if shown is None:
            raise errors.InvalidInput("That job is no longer shown here.")
        return shown

    @handles("refresh")
    def _answer_update_rows(self) -> None:
        """Send the rows again: a view that comes later may have missed an update."""
        trait_updates.shared.set(self, rows=self._rows)

    @handles("previews")
    def _answer_previews(self, job: Any) -> tuple[list[int], list[bytes]]:
        previews = dict(sorted(self._shown_job(job).previews.items()))
        return list(previews), list(previews.values())

    @handles("cancel")
    def _answer_cancel(self, job: Any) -> None:
        self._shown_job(job).job.cancel()

    @handles("detach")
    def _answer_leave(self, job: Any) -> None:
        shown = self._shown_job(job)
        shown.unwatch()
        shown.detached = True
        trait_updates.shared.call(self, self._update_rows)

    @handles("attach")
    def _answer_watch(self, job: Any) -> None:
        self._follow(self._shown_job(job))

    @handles("retry")
    def _answer_again(self, job: Any) -> None:
        shown = self._shown_job(job)
        if not job_text.can_repeat(shown.job) or shown.job.repeat is None:
            raise errors.InvalidInput("This job is not to be done again from here.")
        before, begun = shown.job, shown.job.repeat()
        self._follow(self._enter(begun, shown.key, shown.on_retry))
        trait_updates.shared.call(self, self._update_rows)
        if on_retry := shown.on_retry:
            trait_updates.shared.call(self, self.catch_errors(lambda: on_retry(begun, before)))

    def snapshot_text(self) -> str:
        """Return what a saved notebook says: of a job that ran then, when that was."""
        return self._text(job_text.saved_text)

    def __repr__(self) -> str:
        return self._text(lambda job: repr(job)[1:-1])

    def _text(self, text: Callable[[Job[Any]], str]) -> str:
        shown = "; ".join(shortened(text(job), 200) for job in self.jobs[:MAX_NAMED])
        more = f"; {len(self.jobs) - MAX_NAMED} more" if len(self.jobs) > MAX_NAMED else ""
        return f"<JobProgress {shown or 'of no job'}{more}>"


def small(data: bytes) -> bytes:
    """Return an image as a small JPEG."""
    image = decode_image(data)
    image.thumbnail(PREVIEW_SIZE, Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()
