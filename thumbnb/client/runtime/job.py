"""A job: the handle on work under way."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import logging
import time
from typing import TYPE_CHECKING, Any, Generic, Literal, NoReturn, SupportsIndex, TypeVar

from thumbnb import errors
from thumbnb.client.runtime import runner, waiting
from thumbnb.client.runtime.progress import Progress, report_to
from thumbnb.client.runtime.progress_bar import ProgressBar

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Generator
    from contextvars import Context

    from thumbnb.client.runtime.progress import Eta

logger = logging.getLogger(__name__)

T = TypeVar("T")
State = Literal["running", "done", "failed", "cancelled"]


class Job(Generic[T]):
    """Work under way: wait for it, await it, watch it, or leave it.

    ``job.result()`` blocks, ``await job`` does not. Both give the result or raise
    the error the work ended with, as often as asked. Giving up the wait (a
    time-out, an interrupt, a cancelled task) never stops the work: it goes on and
    ``job.result()`` picks it up again. ``job.cancel()`` stops it, at the service too where
    that can. ``asyncio.wait``,
    ``gather``, ``as_completed`` and ``ensure_future`` take jobs (``create_task`` takes
    coroutines only).

    ``state`` is ``running``, ``done``, ``failed`` or ``cancelled``; ``progress``
    says more; ``subject`` is what it is about (a file, a prompt); ``elapsed`` is in seconds.
    ``resume_code`` is the Python that waits again for what the service goes on with, once it
    has begun. ``cost`` is in credits: the price while it is asked for, then what was taken;
    None where none is known. ``partial``
    are the results of a generation that are there while it runs, in order, where the
    service shows them (the embedded one does); ``unfinished`` are those that an engine is
    painting, as they look by now, where it shows them. ``again()`` starts the same call once
    more, as a Job of its own that costs again; None where it is not known how.

    >>> job = video.generate_thumbnail.submit(time=9)  # doctest: +SKIP
    >>> job.result(timeout=60).image  # doctest: +SKIP
    """

    def __init__(
        self,
        name: str,
        work: Callable[[], Coroutine[Any, Any, T]],
        run_on: runner.Runner | None = None,
        *,
        repeat: Callable[[], Job[T]] | None = None,
    ) -> None:
        self.name = name
        self.subject = ""
        self.repeat = repeat
        self.progress = Progress()
        self.resume_code: str | None = None
        self.cost: float | None = None
        self.partial: tuple[Any, ...] = ()
        self.unfinished: tuple[Any, ...] = ()
        self.cancel_hint = ""
        self.cancel_asked = False
        self.is_stoppable = False
        self._task: asyncio.Task[Any] | None = None
        self._eta: Callable[[], Eta | None] | None = None
        self._watchers: list[Callable[[Job[T]], None]] = []
        self._callbacks: list[Callable[[Job[T]], object]] = []
        self._started = time.monotonic()
        self._ended: float | None = None
        self._future = (run_on or runner.shared()).start(self._run(work))
        self._future.add_done_callback(self._finish)

    async def _run(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        report_to(self)
        self._task = asyncio.current_task()
        return await work()

    def set_progress(self, progress: Progress) -> None:
        """Record the progress; the work itself reports it."""
        if progress != self.progress:
            self.progress = progress
            self._notify()

    def set_eta(self, eta: Callable[[], Eta | None]) -> None:
        """Record how the seconds left are computed; the work itself reports it."""
        self._eta = eta
        # By then the poller that works it out has begun.
        asyncio.get_running_loop().call_soon(self._notify)

    def _finish(self, _: object) -> None:
        self._ended = time.monotonic()
        self._notify()

    def _notify(self) -> None:
        for watcher in list(self._watchers):
            try:
                watcher(self)
            except Exception:  # a display that fails never kills a job
                logger.exception("A watcher of %r failed", self.name)

    # -- looking ------------------------------------------------------------------

    @property
    def state(self) -> State:
        """``running``, ``done``, ``failed`` or ``cancelled``."""
        if not self._future.done():
            return "running"
        if self._future.cancelled():
            return "cancelled"
        return "failed" if self._future.exception() else "done"

    @property
    def elapsed(self) -> float:
        """Seconds since the start, to the end where there is one."""
        return (self._ended or time.monotonic()) - self._started

    @property
    def eta(self) -> Eta | None:
        """Seconds left, ``p50`` and ``p90``, by the jobs before it; None where nobody knows."""
        return self._eta() if self._eta and not self.done() else None

    @property
    def watched(self) -> bool:
        """Whether something shows how it goes."""
        return bool(self._watchers)

    def done(self) -> bool:
        """Whether the work has ended, in whatever way."""
        return self._future.done()

    def exception(self) -> BaseException | None:
        """Return the error the work ended with; None while it runs and where it went well."""
        if not self._future.done() or self._future.cancelled():
            return None
        return self._future.exception()

    def watch(self, watcher: Callable[[Job[T]], None]) -> Callable[[], None]:
        """Call ``watcher(job)`` at every change; returns a function that ends it.

        It is called on the thread where the work runs: hand over and return.
        """
        self._watchers.append(watcher)

        def unwatch() -> None:
            with contextlib.suppress(ValueError):
                self._watchers.remove(watcher)

        return unwatch

    def cancelled(self) -> bool:
        """Whether it was cancelled here."""
        return self._future.cancelled()

    def add_done_callback(
        self, callback: Callable[[Job[T]], object], *, context: Context | None = None
    ) -> None:
        """Call ``callback(job)`` once the work has ended, on the running loop of the caller.

        So jobs can be given to ``asyncio.wait``, as futures are.
        """
        loop = asyncio.get_running_loop()

        def call(_: object) -> None:
            with contextlib.suppress(RuntimeError):  # the loop may be gone by then
                loop.call_soon_threadsafe(call_if_wanted, context=context)

        def call_if_wanted() -> None:
            if callback in self._callbacks:
                callback(self)

        self._callbacks.append(callback)
        self._future.add_done_callback(call)

    def remove_done_callback(self, callback: Callable[[Job[T]], object]) -> int:
        """Do not call a callback any more; returns how often it was there."""
        before = len(self._callbacks)
        self._callbacks = [each for each in self._callbacks if each != callback]
        return before - len(self._callbacks)

    # -- waiting ------------------------------------------------------------------

    def result(self, timeout: float | None = None) -> T:
        """Wait for the result, at most ``timeout`` seconds, and return it.

        A bar shows how far it is, unless something else does.
        Raises DeadlineExceeded when the time is up; the work goes on.
        """
        try:
            with ProgressBar(self) as bar:
                finished = waiting.wait(self._future, timeout, bar.tick)
        except KeyboardInterrupt:
            raise KeyboardInterrupt(f"{self.name} goes on in the background.") from None
        if not finished:
            raise errors.DeadlineExceeded(
                f"{self.name} is not done after {timeout:g} s ({self.progress}).",
                hint="It goes on: job.result() waits again, job.cancel() stops it.",
            )
        return self._outcome()

    def __await__(self) -> Generator[Any, None, T]:
        waiting.refuse_trio("A job")
        return self._join().__await__()

    async def _join(self) -> T:
        await waiting.turn(self._future)
        return self._outcome()

    def _outcome(self) -> T:
        try:
            return self._future.result()
        except concurrent.futures.CancelledError:
            self._raise_cancelled()

    def _raise_cancelled(self) -> NoReturn:
        raise errors.JobCancelled(
            f"{self.name} was cancelled.", hint=self.what_cancelling_left
        ) from None

    @property
    def what_cancelling_left(self) -> str:
        """What became of the work at the service, and what it costs, in a sentence."""
        if self.cancel_hint or not self.resume_code:
            return self.cancel_hint
        return (
            "What the service has begun it finishes, and it is paid: "
            f"{self.resume_code} waits for it again."
        )

    def cancel(self) -> bool:
        """Stop the work, and have the service stop it; False when it had ended.

        The embedded service stops it and gives back what was not made; ``job.result()`` waits
        for that, then raises JobCancelled, which says what it costs. A service that cannot be
        told finishes what it has begun, and it is paid: ``resume_code`` waits for it again.
        """
        if self._future.done():
            return False
        asked, self.cancel_asked = self.cancel_asked, True
        if not self.is_stoppable or self._task is None:
            return self._future.cancel()
        if not asked:  # once more would break off what tells the service
            self._task.get_loop().call_soon_threadsafe(self._task.cancel)
        return True

    def __reduce_ex__(self, protocol: SupportsIndex) -> Any:
        raise errors.InvalidInput(
            f"The job {self.name!r} runs in this process: it cannot be pickled or copied.",
            hint="Pass what job.result() returns, or its id.",
        )

    # -- showing ------------------------------------------------------------------

    def __repr__(self) -> str:
        about = {"running": str(self.progress), "failed": str(self.exception())}.get(self.state, "")
        about = f"{self.state}, {about}" if about else self.state
        subject = f" of {self.subject[:60]}" if self.subject else ""
        return f"<Job {self.name}{subject}: {about}, {self.elapsed:.1f} s>"
