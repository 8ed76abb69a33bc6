"""The context of a job's task: its parameters, and its ways to report, store and be cancelled."""

from __future__ import annotations

import contextlib
import errno
import sqlite3
import threading
import time
from typing import TYPE_CHECKING, Any, TypeVar

from thumbnb.service.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from thumbnb.service.jobs.queue import JobQueue, Outcome, QueuedJob

T = TypeVar("T")

# Progress is written at most this often (seconds).
PROGRESS_SECONDS = 0.25
# A disk that is full, or a database that is locked, gets so long to recover (seconds).
STORE_SECONDS = 30.0
_RETRY_SECONDS = 0.5
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO})


def stored(write: Callable[[], T], stopped: Callable[[], bool]) -> T:
    """Do a write, again and again where the disk or the database cannot take it just now.

    The last error is raised after ``STORE_SECONDS``, or once ``stopped()`` says true.
    """
    end = time.monotonic() + STORE_SECONDS
    while True:
        try:
            return write()
        except (sqlite3.OperationalError, OSError, Refusal) as error:
            if not no_room(error) or stopped() or time.monotonic() > end:
                raise
        time.sleep(_RETRY_SECONDS)


def no_room(error: Exception) -> bool:
    """Whether an error says that the disk or the database cannot take a write just now."""
    if isinstance(error, Refusal):
        return error.status == 507  # noqa: PLR2004 - Insufficient Storage
    if isinstance(error, OSError):
        return error.errno in _FULL
    return isinstance(error, sqlite3.OperationalError)


class JobContext:
    """One run of a job. ``hold`` enters a context that lasts until the job's end is written.

    ``stopping`` is set when the service stops: the job goes back to the queue then.
    """

    def __init__(
        self,
        job: QueuedJob,
        queue: JobQueue,
        *,
        stopping: threading.Event,
        held: contextlib.ExitStack,
        changed: Callable[[str], None],
        seconds: float,
    ) -> None:
        self.job_id = job.id
        self.params: Mapping[str, Any] = job.params
        self.stopping = stopping
        self.hold = held.enter_context
        self.deadline = time.monotonic() + seconds
        self._queue = queue
        self._changed = changed
        self._cancel = threading.Event()
        self._noted = time.monotonic()

    def cancel(self) -> None:
        """End the work: the job was cancelled, or is no longer this process's."""
        self._cancel.set()

    def cancelled(self) -> bool:
        """Whether nobody needs the work any more."""
        return self._cancel.is_set()

    def store(self, write: Callable[[], T]) -> T:
        """Do a write, waiting for a disk or a database that cannot take it just now."""
        return stored(write, lambda: self.cancelled() or self.stopping.is_set())

    def land(self, write: Outcome) -> None:
        """Store what the job leaves before its end, and tell those who wait for it."""

        def landed() -> None:
            with self._queue.holding(self.job_id) as rows:
                write(rows)

        self.store(landed)
        self._changed(self.job_id)

    def progress(self, fraction: float) -> None:
        """Say how far it is, 0 to 1; call it as often as you like."""
        if time.monotonic() - self._noted >= PROGRESS_SECONDS:
            self._noted = time.monotonic()
            # It is not worth failing for.
            with contextlib.suppress(sqlite3.OperationalError):
                self._queue.progress(self.job_id, min(max(fraction, 0.0), 1.0))
