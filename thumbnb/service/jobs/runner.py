"""The threads that do the jobs, and how a request waits for one without holding up the loop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
import time
import weakref
from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool

from thumbnb import errors
from thumbnb.service.jobs.queue import OwnershipLost
from thumbnb.service.refusal import Refusal, refusal_of, refusal_of_system_error

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from thumbnb.service.jobs.queue import JobQueue, Outcome, QueuedJob, Record

logger = logging.getLogger(__name__)

# Another process tells us nothing when it queues a job, ends one or dies: how
# long until we look (seconds), when idle and when someone waits.
IDLE = 2.0
GLANCE = 0.3
# Progress is written at most this often (seconds).
PACE = 0.25
# How long an orderly stop waits for the jobs at hand (seconds).
CLOSE_SECONDS = 5.0


class JobContext:
    """What a task gets: its job's parameters, and how to tell how far it is.

    ``hold`` enters a context that lasts until the job's end has been written.
    """

    def __init__(
        self,
        job: QueuedJob,
        jobs: JobQueue,
        stopping: threading.Event,
        held: contextlib.ExitStack,
        tell: Callable[[str], None],
    ) -> None:
        self.job_id = job.id
        self.params: Mapping[str, Any] = job.params
        self.stopping = stopping
        self.hold = held.enter_context
        self._holding = partial(jobs.holding, job.id)
        self._tell = tell
        self._note = partial(jobs.progress, job.id)
        self._noted = time.monotonic()

    @contextlib.contextmanager
    def landing(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction for what the job leaves before its end; who waits hears of it."""
        with self._holding() as rows:
            yield rows
        self._tell(self.job_id)

    def progress(self, fraction: float) -> None:
        """Say how far it is, 0 to 1; call it as often as you like."""
        if time.monotonic() - self._noted >= PACE:
            self._noted = time.monotonic()
            self._note(min(max(fraction, 0.0), 1.0))


@dataclass(frozen=True, slots=True)
class JobGroup:
    """Some kinds of job with threads of their own, so that slow kinds keep no others waiting.

    A task does its job's work and returns what writes the rows. It may be run
    again from the start after a sudden end, so what it leaves before its own
    (``landing``) it must find again.
    """

    tasks: Mapping[str, Callable[[JobContext], Outcome]]
    threads: int


class JobRunner:
    """Runs jobs from the queue for as long as it is open."""

    def __init__(self, jobs: JobQueue, lanes: Sequence[JobGroup]) -> None:
        self.queue = jobs
        self._bells = {id(lane): threading.Semaphore(0) for lane in lanes}
        self._lanes = lanes
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._waiting: defaultdict[str, set[_Waiter]] = defaultdict(set)
        self._listeners: list[weakref.WeakMethod[Callable[[str], None]]] = []
        self._threads = [
            threading.Thread(
                target=self._run, args=(lane,), name=f"thumbnb-worker-{n}", daemon=True
            )
            for n, lane in enumerate(lane for lane in lanes for _ in range(lane.threads))
        ]
        for thread in self._threads:
            thread.start()

    def submit(
        self, kind: str, key: str, params: Mapping[str, Any], record: Record | None = None
    ) -> QueuedJob:
        """Queue a job, or join the one with this key that is under way."""
        job = self.queue.submit(kind, key, params, record)
        self.notify(kind)
        return job

    def notify(self, kind: str) -> None:
        """Say that a job of this kind has been queued."""
        for lane in self._lanes:
            if kind in lane.tasks:
                self._bells[id(lane)].release()

    async def wait(self, job: QueuedJob, seconds: float) -> QueuedJob:
        """Wait until the job has ended, for so long at most; give it as it stands then."""
        waiter = _Waiter(asyncio.get_running_loop(), asyncio.Event())
        deadline = waiter.loop.time() + seconds
        with self._lock:
            self._waiting[job.id].add(waiter)
        try:
            while True:
                job = await run_in_threadpool(self.queue.get, job.id)
                left = deadline - waiter.loop.time()
                if job.ended or left <= 0 or self._stopping.is_set():
                    return job
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(waiter.event.wait(), min(left, GLANCE))
        finally:
            with self._lock:
                self._waiting[job.id].discard(waiter)
                if not self._waiting[job.id]:
                    del self._waiting[job.id]

    def add_listener(self, listener: Callable[[str], None]) -> None:
        """Call a method with the id of each job here that has ended, or has left something.

        It is called for as long as its object lives.
        """
        with self._lock:
            self._listeners = [kept for kept in self._listeners if kept()]
            self._listeners.append(weakref.WeakMethod(listener))

    def close(self) -> None:
        """Stop: finish what is nearly finished, give the rest back to the queue."""
        self._stopping.set()
        for lane in self._lanes:
            self._bells[id(lane)].release(lane.threads)
        self._wake(*list(self._waiting))
        deadline = time.monotonic() + CLOSE_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        self.queue.release()

    def _run(self, lane: JobGroup) -> None:
        bell = self._bells[id(lane)]
        while not self._stopping.is_set():
            try:
                job = self.queue.claim(lane.tasks)
                if job is None:
                    self.queue.requeue_orphans()
                    bell.acquire(timeout=IDLE)
                else:
                    self._do(job, lane.tasks[job.kind])
            except Exception:
                if self._stopping.is_set():
                    return
                logger.exception("The queue cannot be read; trying again")
                self._stopping.wait(IDLE)

    def _do(self, job: QueuedJob, task: Callable[[JobContext], Outcome]) -> None:
        try:
            with contextlib.ExitStack() as held:
                work = JobContext(job, self.queue, self._stopping, held, self._tell)
                self.queue.finish(job.id, task(work))
        except OwnershipLost:
            logger.info("%s is no longer ours to finish", job.id)
        except Exception as error:  # noqa: BLE001 - a job may fail in any way
            # An error while stopping says nothing about the job: it goes back to the queue.
            if not self._stopping.is_set():
                self.queue.fail(job.id, _reason(error, job))
        finally:
            self._wake(job.id)
            self._tell(job.id)

    def _tell(self, job_id: str) -> None:
        for listener in list(self._listeners):
            if heard := listener():
                heard(job_id)

    def _wake(self, *job_ids: str) -> None:
        with self._lock:
            waiters = [w for job_id in job_ids for w in self._waiting.get(job_id, ())]
        for waiter in waiters:
            with contextlib.suppress(RuntimeError):  # its loop has ended meanwhile
                waiter.loop.call_soon_threadsafe(waiter.event.set)


@dataclass(frozen=True, slots=True, eq=False)
class _Waiter:
    loop: asyncio.AbstractEventLoop
    event: asyncio.Event


def _reason(error: Exception, job: QueuedJob) -> Refusal:
    if isinstance(error, Refusal):
        return error
    refusal = refusal_of_system_error(error)
    if isinstance(error, errors.ThumbnbError):
        refusal = refusal_of(error)
    if refusal is None:
        logger.error("%s (%s) failed", job.id, job.kind, exc_info=error)
        return Refusal(500, "INTERNAL", "The service failed at this; its log says more.")
    return refusal
