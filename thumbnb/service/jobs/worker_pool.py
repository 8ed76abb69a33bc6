"""A bounded number of worker processes, kept for a while and shared by all services here."""

from __future__ import annotations

import atexit
import contextlib
import os
import threading
import time
import weakref
from collections import deque
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.service.jobs.task_control import TaskCancelled, TaskFailed
from thumbnb.service.jobs.worker import Worker
from thumbnb.service.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from thumbnb.service.jobs.task_control import Limits

# An idle worker costs some 60 MB and its start half a second (seconds).
IDLE_SECONDS = 20.0
# A worker that holds more than this after a task is replaced by a new one (bytes).
MAX_RESIDENT = 320 * 1024 * 1024
_GLANCE_SECONDS = 0.1
# How long a task that needs much memory is passed by those that need less (seconds).
_PASSED_SECONDS = 10.0

_pools: weakref.WeakSet[WorkerPool] = weakref.WeakSet()


class _Ticket:
    """A task's place in the queue, and the memory it waits for (bytes)."""

    def __init__(self, memory: int) -> None:
        self.memory = memory
        self.since = time.monotonic()


class WorkerPool:
    """Runs tasks in worker processes, ``size`` at a time, within ``memory`` bytes in all.

    Who comes first is served first, of those for which there is memory. A worker that was too
    slow, took too much or crashed is ended with its task; the next task gets another.
    """

    def __init__(self, size: int, memory: int, *, idle_seconds: float = IDLE_SECONDS) -> None:
        self._size = size
        self._memory = memory
        self._idle_seconds = idle_seconds
        self._changed = threading.Condition()
        self._reset()
        _pools.add(self)

    def _reset(self) -> None:
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._starting = 0
        self._reserved = 0
        self._waiting: deque[_Ticket] = deque()
        self._reaper: threading.Thread | None = None

    @property
    def pids(self) -> set[int]:
        """The ids of the processes there are."""
        with self._changed:
            return {worker.pid for worker in (*self._idle, *self._busy)}

    @property
    def busy(self) -> bool:
        """Whether a task is under way, or waits."""
        with self._changed:
            return bool(self._busy or self._starting or self._waiting)

    def run(
        self,
        function: str,
        params: Mapping[str, Any],
        limits: Limits,
        *,
        cancelled: Callable[[], bool] = lambda: False,
        report: Callable[[float], None] = lambda _: None,
    ) -> Any:
        """Do a task in a worker process: see ``Worker.run`` for what it raises.

        Raises ``OSError`` where no process can be started.
        """
        with self._reservation(limits.memory, cancelled), self._borrowed() as worker:
            return worker.run(function, params, limits, cancelled=cancelled, report=report)

    @contextlib.contextmanager
    def _reservation(self, memory: int, cancelled: Callable[[], bool]) -> Iterator[None]:
        """Wait for our turn, for a place and for the memory."""
        ticket = _Ticket(memory)
        with self._changed:
            self._waiting.append(ticket)
            try:
                while not self._may_start(ticket):
                    self._changed.wait(_GLANCE_SECONDS)
                    if cancelled():
                        raise TaskCancelled
                self._reserved += memory
                self._starting += 1
            finally:
                self._waiting.remove(ticket)
                self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._reserved -= memory
                self._changed.notify_all()

    def _may_start(self, ticket: _Ticket) -> bool:
        """Whether there is a place and memory for a task, and none before it could have them."""
        if len(self._busy) + self._starting >= self._size:
            return False
        for earlier in self._waiting:
            if self._fits(earlier.memory):
                return earlier is ticket
            # One that needs much is passed by others, but not for ever.
            if earlier is ticket or time.monotonic() - earlier.since > _PASSED_SECONDS:
                return False
        return False

    def _fits(self, memory: int) -> bool:
        return self._reserved + memory <= self._memory or not self._reserved

    @contextlib.contextmanager
    def _borrowed(self) -> Iterator[Worker]:
        worker = self._take()
        try:
            yield worker
        except BaseException as error:
            # Only after an error that the task itself reported is its process in order.
            if not _reported(error):
                worker.end()
            raise
        finally:
            self._give_back(worker)

    def _take(self) -> Worker:
        try:
            worker = self._take_idle() or Worker()
        finally:
            with self._changed:
                self._starting -= 1
        with self._changed:
            self._busy.add(worker)
        return worker

    def _take_idle(self) -> Worker | None:
        while True:
            with self._changed:
                worker = self._idle.pop() if self._idle else None
            if worker is None or worker.alive:
                return worker
            worker.end()

    def _give_back(self, worker: Worker) -> None:
        keep = worker.alive and (worker.resident or 0) <= MAX_RESIDENT
        if not keep:
            worker.end()
        with self._changed:
            self._busy.discard(worker)
            if keep:
                self._idle.append(worker)
            if keep and self._reaper is None:
                self._reaper = threading.Thread(
                    target=self._reap, name="thumbnb-worker-pool", daemon=True
                )
                self._reaper.start()
            self._changed.notify_all()

    def _reap(self) -> None:
        """End workers that have been idle for long; end with the last of them."""
        while True:
            with self._changed:
                if not self._idle:
                    self._reaper = None
                    return
                horizon = time.monotonic() - self._idle_seconds
                ended = [worker for worker in self._idle if worker.idle_since <= horizon]
                self._idle = [worker for worker in self._idle if worker not in ended]
                if not ended:
                    oldest = min(worker.idle_since for worker in self._idle)
                    self._changed.wait(max(0.01, oldest - horizon))
            for worker in ended:
                worker.end()

    def close(self) -> None:
        """End all workers, and with them the tasks at hand. The pool can be used again."""
        with self._changed:
            workers = [*self._idle, *self._busy]
            self._idle.clear()
            self._changed.notify_all()
        for worker in workers:
            worker.end()


def _reported(error: BaseException) -> bool:
    expected = isinstance(error, (Refusal, errors.ThumbnbError, FileNotFoundError))
    return expected or type(error) is TaskFailed


def _forget_the_parents_workers() -> None:
    for pool in list(_pools):
        pool._changed = threading.Condition()  # noqa: SLF001 - as it was made
        pool._reset()  # noqa: SLF001


def _close_all() -> None:
    for pool in list(_pools):
        pool.close()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_the_parents_workers)
atexit.register(_close_all)
