"""The executor: runs heavy tasks in worker processes, in threads where none can be started.

A stranger's file is decoded in the *untrusted* pool until it is stored as a video or an image;
a process that has opened such a file never does the work of the *trusted* pool.
"""

from __future__ import annotations

import logging
import os
import threading
from concurrent.futures import Future
from contextlib import contextmanager
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Literal

from anyio import to_thread

from thumbnb.service.jobs.task_control import (
    TaskCancelled,
    TaskControl,
    TaskFailed,
    TooMuchMemory,
)
from thumbnb.service.jobs.worker import can_start
from thumbnb.service.jobs.worker_pool import WorkerPool
from thumbnb.service.refusal import Refusal
from thumbnb.service.settings import worker_niceness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from anyio import CapacityLimiter

    from thumbnb.service.jobs.task_control import Limits, TaskFunction

logger = logging.getLogger(__name__)

Mode = Literal["processes", "threads"]

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
MEGABYTE = 1024 * 1024
# One beyond the cores: a worker that waits for its file leaves its core to another.
TRUSTED_WORKERS = max(2, CORES) + 1
TRUSTED_MEMORY = 1200 * MEGABYTE
# Two inputs that use up their time leave a place for a third.
UNTRUSTED_WORKERS = 3
UNTRUSTED_MEMORY = 700 * MEGABYTE
_GLANCE_SECONDS = 0.05


@cache
def _trusted() -> WorkerPool:
    return WorkerPool(TRUSTED_WORKERS, TRUSTED_MEMORY)


@cache
def _untrusted() -> WorkerPool:
    return WorkerPool(UNTRUSTED_WORKERS, UNTRUSTED_MEMORY)


def worker_pids() -> set[int]:
    """Return the ids of all worker processes of this process."""
    return _trusted().pids | _untrusted().pids


def workers_busy() -> bool:
    """Whether the worker processes of this process have anything to do."""
    return _trusted().busy or _untrusted().busy


class Executor:
    """Runs task functions within bounds. All services of a process share the worker processes."""

    def __init__(self, mode: Mode = "processes") -> None:
        self.mode: Mode = mode if can_start() else "threads"
        worker_niceness()  # what is wrong with it is said now, not at the first task

    def run(
        self,
        function: TaskFunction,
        limits: Limits,
        *,
        trusted: bool,
        cancelled: Callable[[], bool] = lambda: False,
        report: Callable[[float], None] = lambda _: None,
        **params: Any,
    ) -> Any:
        """Do a task and return its result; blocks the calling thread.

        Raises what the task raises, ``TimeoutError`` after ``limits.seconds``,
        ``TaskCancelled`` soon after ``cancelled()`` says true, ``TooMuchMemory``,
        ``WorkerCrashed``, and ``TaskFailed`` for an unexpected error in a worker process.
        """
        if self.mode == "processes":
            pool = _trusted() if trusted else _untrusted()
            name = f"{function.__module__}:{function.__qualname__}"
            try:
                return pool.run(name, params, limits, cancelled=cancelled, report=report)
            except FileNotFoundError:
                raise
            except OSError as error:
                if isinstance(error, TimeoutError):
                    raise
                logger.warning("No worker process can be started (%s); threads do its work", error)
                self.mode = "threads"
        return _run_in_thread(
            partial(function, **params), limits, cancelled=cancelled, report=report
        )

    async def run_async(
        self,
        function: TaskFunction,
        limits: Limits,
        *,
        trusted: bool,
        limiter: CapacityLimiter,
        cancelled: Callable[[], bool] = lambda: False,
        **params: Any,
    ) -> Any:
        """Do a task without holding up the loop; it is ended where the caller is cancelled."""
        gone = threading.Event()
        task = partial(
            self.run,
            function,
            limits,
            trusted=trusted,
            cancelled=lambda: gone.is_set() or cancelled(),
            **params,
        )
        try:
            return await to_thread.run_sync(task, limiter=limiter, abandon_on_cancel=True)
        finally:
            gone.set()


def _run_in_thread(
    task: Callable[[TaskControl], Any],
    limits: Limits,
    *,
    cancelled: Callable[[], bool],
    report: Callable[[float], None],
) -> Any:
    """Do a task on a thread of its own, which is left to itself when its time is up.

    No thread can be ended: one that does not ask its control goes on until it ends or the
    process does. Nothing waits for it, and what it returns is dropped.
    """
    outcome: Future[Any] = Future()
    left = threading.Event()
    control = TaskControl(limits.seconds, lambda: left.is_set() or cancelled(), report)

    def run() -> None:
        try:
            outcome.set_result(task(control))
        except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
            outcome.set_exception(_why_ended(error, control, cancelled))

    threading.Thread(target=run, name="thumbnb-task", daemon=True).start()
    try:
        while True:
            try:
                return outcome.result(timeout=max(0.0, min(_GLANCE_SECONDS, control.remaining)))
            except TimeoutError:
                if outcome.done():
                    raise
                if cancelled():
                    raise TaskCancelled from None
                if control.remaining <= 0:
                    raise
            except MemoryError:
                raise TooMuchMemory("") from None
    finally:
        left.set()


def _why_ended(
    error: BaseException, control: TaskControl, cancelled: Callable[[], bool]
) -> BaseException:
    """Return why a task ended: told to stop, each raises an error of its own."""
    if cancelled():
        return TaskCancelled()
    return TimeoutError() if control.remaining <= 0 else error


@contextmanager
def task_refusals(what: str, limits: Limits) -> Iterator[None]:
    """Raise a refusal for a task that was ended or crashed inside; other errors go through.

    ``what`` is the subject of the sentence, such as ``"The video"``.
    """
    try:
        yield
    except Exception as error:
        refusal = _refusal_of_task(error, what, limits)
        if refusal is None:
            raise
        raise refusal from error


def _refusal_of_task(error: Exception, what: str, limits: Limits) -> Refusal | None:
    if isinstance(error, TimeoutError):
        return Refusal(
            422, "TOO_SLOW", f"{what} could not be read within {limits.seconds:g} s: send another."
        )
    if isinstance(error, TooMuchMemory):
        memory = limits.memory // MEGABYTE
        return Refusal(422, "TOO_LARGE", f"{what} needs more than {memory} MB of memory.")
    if isinstance(error, TaskFailed):
        return Refusal(422, "CRASHED", f"{what} could not be read ({error}).")
    return None
