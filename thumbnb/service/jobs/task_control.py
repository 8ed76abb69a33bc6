"""Task control: a task's time left and its progress reports, and the limits it runs within."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long a task may take (seconds), and how much memory beyond the process itself (bytes)."""

    seconds: float
    memory: int


class TaskControl:
    """Tells a task how much time it has left, and passes on how far it is."""

    def __init__(
        self,
        seconds: float,
        cancelled: Callable[[], bool] = lambda: False,
        report: Callable[[float], None] = lambda _: None,
    ) -> None:
        self._end = time.monotonic() + seconds
        self._cancelled = cancelled
        self.report = report

    @property
    def remaining(self) -> float:
        """The seconds that are left."""
        return self._end - time.monotonic()

    def stopped(self) -> bool:
        """Whether the time is over or the job was cancelled: nobody reads the result any more."""
        return self._cancelled() or self.remaining <= 0


# A function of a module, so that a worker process can import it; its data is plain. It is
# called with a ``TaskControl`` and its parameters by name.
TaskFunction = Callable[..., Any]


class TaskCancelled(Exception):
    """The job was cancelled, or the service stops: the task was ended."""


class TaskFailed(Exception):
    """A task raised something unexpected; ``details`` is the traceback as the worker wrote it."""

    def __init__(self, message: str, details: str = "") -> None:
        super().__init__(message)
        self.details = details


class WorkerCrashed(TaskFailed):
    """The worker process ended in the middle of a task, as native code does when it crashes."""


class TooMuchMemory(TaskFailed):
    """A task needed more memory than it may have."""
