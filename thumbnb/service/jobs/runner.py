"""The job runner: slow kinds do not block others, and every job gets an end."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
import threading
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from anyio import CapacityLimiter, to_thread

from thumbnb import errors
from thumbnb.service.jobs.context import JobContext, no_room
from thumbnb.service.jobs.queue import OwnershipLost
from thumbnb.service.jobs.task_control import TaskCancelled
from thumbnb.service.jobs.waiters import Waiters
from thumbnb.service.refusal import Refusal, refusal_of, refusal_of_system_error

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence

    from thumbnb.service.jobs.queue import JobQueue, Outcome, QueuedJob, Record

logger = logging.getLogger(__name__)

# Another process tells us nothing when it queues a job, ends one or dies: how
# long until we look (seconds), when idle and when someone waits.
IDLE_SECONDS = 2.0
WAITED_SECONDS = 0.3
# How long an orderly stop waits for the jobs at hand (seconds).
CLOSE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class JobGroup:
    """Some kinds of job that are run ``size`` at a time, for ``seconds`` at most each.

    A task does its job's work and returns what writes the rows. It may be run
    again from the start after a sudden end, so what it leaves before its own
    (``JobContext.land``) it must find again.
    """

    tasks: dict[str, Callable[[JobContext], Outcome]]
    size: int
    seconds: float


@dataclass(frozen=True, slots=True)
class AsyncJobGroup:
    """Kinds of job that mostly wait, for a network above all: coroutines, which hold no thread."""

    tasks: Mapping[str, Callable[[JobContext], Awaitable[Outcome]]]
    size: int
    seconds: float


class JobRunner:
    """Runs jobs from the queue for as long as it is open."""

    def __init__(self, queue: JobQueue, groups: Sequence[JobGroup | AsyncJobGroup]) -> None:
        self.queue = queue
        self.waiters = Waiters(queue)
        self.add_listener = self.waiters.add_listener
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._running: dict[str, JobContext] = {}
        self._unwritten: dict[str, Refusal] = {}
        self._signals: list[tuple[Mapping[str, Any], Callable[[], Any]]] = []
        self._threads: list[threading.Thread] = []
        self._loops: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []
        for group in groups:
            self._start(group)
        self._thread(self._keep)

    def add_kind(self, group: JobGroup, kind: str, task: Callable[[JobContext], Outcome]) -> None:
        """Have a group run jobs of another kind from now on."""
        group.tasks[kind] = task
        self.notify(kind)

    def _start(self, group: JobGroup | AsyncJobGroup) -> None:
        if isinstance(group, AsyncJobGroup):
            loop, signal = asyncio.new_event_loop(), asyncio.Event()
            self._loops.append((loop, signal))
            notify: Callable[[], Any] = partial(_set, loop, signal)
            self._thread(partial(self._run_loop, loop, self._serve(group, signal)))
        else:
            semaphore = threading.Semaphore(0)
            notify = semaphore.release
            for _ in range(group.size):
                self._thread(partial(self._run, group, semaphore))
        # Not a copy: a kind may be added while it runs.
        self._signals.append((group.tasks, notify))

    def _thread(self, target: Callable[[], None]) -> None:
        name = f"thumbnb-jobs-{len(self._threads)}"
        self._threads.append(threading.Thread(target=target, name=name, daemon=True))
        self._threads[-1].start()

    @property
    def busy(self) -> bool:
        """Whether a job is under way."""
        with self._lock:
            return bool(self._running)

    # -- for the endpoints ------------------------------------------------------------

    def submit(
        self, kind: str, key: str, params: Mapping[str, Any], record: Record | None = None
    ) -> QueuedJob:
        """Queue a job, or join the one with this key that is under way."""
        job = self.queue.submit(kind, key, params, record)
        self.notify(kind)
        return job

    def notify(self, kind: str) -> None:
        """Say that a job of this kind has been queued."""
        for kinds, notify in self._signals:
            if kind in kinds:
                notify()

    async def wait(self, job: QueuedJob, seconds: float) -> QueuedJob:
        """Wait until the job has ended, for so long at most; return it as it stands then."""
        return await self.waiters.wait(job, seconds)

    def cancelled(self, job_id: str) -> None:
        """End the work of a job that has been cancelled, and tell those who wait for it."""
        with self._lock:
            context = self._running.get(job_id)
        if context is not None:
            context.cancel()
        self.waiters.changed(job_id)

    def close(self) -> None:
        """Stop: finish what is nearly finished, give the rest back to the queue."""
        self._stopping.set()
        for _, notify in self._signals:
            for _ in self._threads:
                notify()
        self.waiters.close()
        deadline = time.monotonic() + CLOSE_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        with self._lock:
            late = list(self._running.values())
        for context in late:
            context.cancel()  # its worker process has no more to do for us
        with contextlib.suppress(sqlite3.OperationalError):  # the next start does it
            self.queue.release()

    # -- running ----------------------------------------------------------------------

    def _run(self, group: JobGroup, semaphore: threading.Semaphore) -> None:
        while not self._stopping.is_set():
            job = self._claim(group)
            if job is None:
                semaphore.acquire(timeout=IDLE_SECONDS)
                continue
            with self._ending(job, group.seconds) as context:
                outcome = group.tasks[job.kind](context)
                self._finish(context, outcome)

    def _run_loop(self, loop: asyncio.AbstractEventLoop, serve: Awaitable[None]) -> None:
        with contextlib.closing(loop):
            loop.run_until_complete(serve)
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.run_until_complete(loop.shutdown_default_executor())

    async def _serve(self, group: AsyncJobGroup, signal: asyncio.Event) -> None:
        places = asyncio.Semaphore(group.size)
        storing = CapacityLimiter(2)
        jobs: set[asyncio.Task[None]] = set()

        async def serve(job: QueuedJob) -> None:
            async with places:
                with self._ending(job, group.seconds) as context:
                    async with asyncio.timeout(group.seconds):
                        outcome = await group.tasks[job.kind](context)
                    await to_thread.run_sync(self._finish, context, outcome, limiter=storing)

        while not self._stopping.is_set():
            signal.clear()
            async with places:
                job = await to_thread.run_sync(self._claim, group, limiter=storing)
            if job is not None:
                jobs.add(task := asyncio.ensure_future(serve(job)))
                task.add_done_callback(jobs.discard)
                continue
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(signal.wait(), IDLE_SECONDS)
        for task in jobs:
            task.cancel()
        if jobs:
            await asyncio.wait(jobs)

    def _claim(self, group: JobGroup | AsyncJobGroup) -> QueuedJob | None:
        try:
            return self.queue.claim(group.tasks)
        except (sqlite3.Error, errors.StorageError) as error:
            if not self._stopping.is_set():
                logger.warning("The queue cannot be read just now (%s); trying again", error)
            return None

    @contextlib.contextmanager
    def _ending(self, job: QueuedJob, seconds: float) -> Iterator[JobContext]:
        """Make sure that a job ends: done, failed with a reason, or queued again."""
        with contextlib.ExitStack() as held:
            context = JobContext(
                job,
                self.queue,
                stopping=self._stopping,
                held=held,
                changed=self.waiters.changed,
                seconds=seconds,
            )
            with self._lock:
                self._running[job.id] = context
            try:
                yield context
            except (OwnershipLost, TaskCancelled, asyncio.CancelledError):
                logger.info("%s was cancelled, or goes back to the queue", job.id)
            except Exception as error:  # noqa: BLE001 - a job may fail in any way
                # An error while stopping says nothing about the job: it goes back to the queue.
                if not self._stopping.is_set():
                    self._fail(job.id, _reason(error, job))
            finally:
                with self._lock:
                    self._running.pop(job.id, None)
                self.waiters.changed(job.id)

    def _finish(self, context: JobContext, outcome: Outcome) -> None:
        context.store(partial(self.queue.finish, context.job_id, outcome))

    def _fail(self, job_id: str, reason: Refusal) -> None:
        try:
            self.queue.fail(job_id, reason)
        except OwnershipLost:
            pass
        except (sqlite3.Error, errors.StorageError) as error:
            # A failed job's credits come back with this write: it is not forgotten.
            logger.warning("The end of %s cannot be written just now (%s)", job_id, error)
            with self._lock:
                self._unwritten[job_id] = reason

    # -- looking after ----------------------------------------------------------------

    def _keep(self) -> None:
        """Check the jobs of this process, and of those that died, from time to time."""
        looked = 0.0
        while not self._stopping.wait(WAITED_SECONDS):
            try:
                self.waiters.find_ended()
                if time.monotonic() - looked >= IDLE_SECONDS:
                    looked = time.monotonic()
                    self._maintain()
            except (sqlite3.Error, errors.StorageError) as error:
                logger.warning("The jobs cannot be looked after just now (%s)", error)

    def _maintain(self) -> None:
        with self._lock:
            unwritten, self._unwritten = self._unwritten, {}
            running = dict(self._running)
        for job_id, reason in unwritten.items():
            self._fail(job_id, reason)
            self.waiters.changed(job_id)
        self.queue.requeue_orphans()
        if not running:
            return
        owned = self.queue.owned()
        for job_id, context in running.items():
            if job_id not in owned:
                context.cancel()
            elif time.monotonic() > context.deadline:
                context.cancel()
                self._fail(job_id, _late())
                self.waiters.changed(job_id)


def _set(loop: asyncio.AbstractEventLoop, signal: asyncio.Event) -> None:
    with contextlib.suppress(RuntimeError):  # the loop has been closed
        loop.call_soon_threadsafe(signal.set)


def _late() -> Refusal:
    return Refusal(500, "DEADLINE", "The job was not done within its time.")


def _reason(error: Exception, job: QueuedJob) -> Refusal:
    if isinstance(error, Refusal):
        return error
    if isinstance(error, TimeoutError):
        return _late()
    refusal = refusal_of_system_error(error)
    if isinstance(error, errors.ThumbnbError):
        refusal = refusal_of(error)
    if refusal is not None:
        return refusal
    if no_room(error):
        logger.warning("What %s (%s) made cannot be stored (%s)", job.id, job.kind, error)
        return Refusal(507, "NOT_STORED", "There was no room to store what the job made.")
    logger.error("%s (%s) failed", job.id, job.kind, exc_info=error)
    return Refusal(500, "INTERNAL", "The service failed at this; its log says more.")
