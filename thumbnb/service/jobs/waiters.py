"""Waiters for a job's end: requests on their event loops, and listeners in this process."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import weakref
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thumbnb.service.jobs.poll_threads import run_for_poll

if TYPE_CHECKING:
    from collections.abc import Callable

    from thumbnb.service.jobs.queue import JobQueue, QueuedJob


@dataclass(frozen=True, slots=True, eq=False)
class _Waiter:
    loop: asyncio.AbstractEventLoop
    event: asyncio.Event


class Waiters:
    """Wakes those who wait for jobs. A waiting request costs no thread and asks nothing itself."""

    def __init__(self, queue: JobQueue) -> None:
        self._queue = queue
        self._lock = threading.Lock()
        self._closed = False
        self._waiting: defaultdict[str, set[_Waiter]] = defaultdict(set)
        self._listeners: list[weakref.WeakMethod[Callable[[str], None]]] = []

    def __len__(self) -> int:
        """Return for how many jobs somebody waits."""
        return len(self._waiting)

    async def wait(self, job: QueuedJob, seconds: float) -> QueuedJob:
        """Wait until the job has ended, for so long at most; return it as it stands then."""
        waiter = _Waiter(asyncio.get_running_loop(), asyncio.Event())
        deadline = waiter.loop.time() + seconds
        with self._lock:
            self._waiting[job.id].add(waiter)
        try:
            while True:
                waiter.event.clear()
                job = await run_for_poll(self._queue.get, job.id)
                left = deadline - waiter.loop.time()
                if job.ended or left <= 0 or self._closed:
                    return job
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(waiter.event.wait(), left)
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

    def changed(self, job_id: str) -> None:
        """Tell those who wait for a job, and the listeners, that it has ended or left something."""
        self._wake(job_id)
        for reference in list(self._listeners):
            if listener := reference():
                listener(job_id)

    def find_ended(self) -> None:
        """Find the jobs that another process has ended."""
        with self._lock:
            waited = list(self._waiting)
        if waited:
            self._wake(*self._queue.ended(waited))

    def close(self) -> None:
        """Let nobody wait any longer."""
        self._closed = True
        self._wake(*list(self._waiting))

    def _wake(self, *job_ids: str) -> None:
        with self._lock:
            waiters = [w for job_id in job_ids for w in self._waiting.get(job_id, ())]
        for waiter in waiters:
            with contextlib.suppress(RuntimeError):  # its loop has ended meanwhile
                waiter.loop.call_soon_threadsafe(waiter.event.set)
