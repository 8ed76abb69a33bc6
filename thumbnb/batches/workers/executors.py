"""Where the work on videos is done: our own worker processes, or an executor that is given."""

from __future__ import annotations

import asyncio
import pickle
import threading
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.batches.workers.frame_task import in_worker_process, make_frames
from thumbnb.service.jobs import executor as service_executor
from thumbnb.service.jobs.task_control import Limits, TaskCancelled, TooMuchMemory, WorkerCrashed
from thumbnb.service.jobs.worker import can_start
from thumbnb.service.jobs.worker_pool import WorkerPool
from thumbnb.text.short_repr import short_repr

if TYPE_CHECKING:
    from collections.abc import Mapping

MEGABYTE = 1024 * 1024
# What the decoder of one video takes beside its process: 8K in HDR has large frames (bytes).
MEMORY = 1500 * MEGABYTE
# How long one video may take where nothing else is said (seconds).
SECONDS = 600.0
# So many rows for each worker are handed over at a time: one at work, one at hand.
_ROWS_PER_WORKER = 2
# Where nobody says how many workers there are. Of a cluster that grows by what waits, enough
# waits that it grows; a row's answer is a few images at most, so this stays below 100 MB.
_UNKNOWN_WORKERS = 64


class ExecutorGone(Exception):
    """The executor does no more work, whatever row is given to it; the text says why."""


class WorkerProcesses(Executor):
    """Our own worker processes as an executor of ``make_frames``, one to a core.

    Each is bounded in time and memory; a file that crashes one fails its own row alone.
    """

    def __init__(self, workers: int | None = None, *, seconds: float = SECONDS) -> None:
        self.workers = workers or service_executor.CORES
        self._limits = Limits(seconds=seconds, memory=MEMORY)
        self._pool = WorkerPool(self.workers, self.workers * MEMORY)
        self._threads = ThreadPoolExecutor(self.workers, thread_name_prefix="thumbnb-batch")
        self._stopped = threading.Event()
        self._has_processes = can_start()

    def submit(  # type: ignore[override]
        self, function: Any, /, task: Mapping[str, Any]
    ) -> Future[dict[str, Any]]:
        """Start the work on one video; ``function`` is ``make_frames``."""
        if function is not make_frames:
            raise errors.InvalidInput("These workers make frames, and nothing else.")
        return self._threads.submit(self._run, task)

    def _run(self, task: Mapping[str, Any]) -> dict[str, Any]:
        if not self._has_processes:
            return make_frames(task)
        name = f"{in_worker_process.__module__}:{in_worker_process.__qualname__}"
        try:
            answer: dict[str, Any] = self._pool.run(
                name, {"task": dict(task)}, self._limits, cancelled=self._stopped.is_set
            )
        except TimeoutError:
            return _failed(
                "TimeoutError",
                f"It took longer than {self._limits.seconds:g} s. Allow more: deadline=...",
            )
        except TooMuchMemory:
            memory = MEMORY // MEGABYTE
            return _failed("MemoryError", f"It needs more than {memory} MB of memory.")
        return answer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes, and with them the work at hand."""
        self._stopped.set()
        self._threads.shutdown(wait=wait, cancel_futures=cancel_futures)
        self._pool.close()


def check_executor(executor: Any) -> None:
    """Raise InvalidInput for what is no executor."""
    if executor is not None and not callable(getattr(executor, "submit", None)):
        hint = "Give a concurrent.futures executor; of a Dask client, client.get_executor()."
        raise errors.InvalidInput(f"{short_repr(executor)} is no executor.", hint=hint)
    if executor is not None and hasattr(executor, "get_executor"):
        raise errors.InvalidInput(
            f"{short_repr(executor)} is a Dask client.", hint="Give client.get_executor()."
        )


def worker_count(executor: Any) -> int | None:
    """Return how many rows an executor works on at a time; None where it does not say."""
    for name in ("workers", "_max_workers"):
        if isinstance(count := getattr(executor, name, None), int):
            return count
    client = getattr(executor, "_client", None)  # Dask's
    if callable(threads := getattr(client, "nthreads", None)):
        try:
            return sum(int(count) for count in threads().values())
        except Exception:  # noqa: BLE001 - a cluster that cannot say is one that is unknown
            return None
    return None


def window(executor: Any) -> int:
    """Return how many rows are handed to an executor at a time; the others stay in the table."""
    count = worker_count(executor)
    if count is None or hasattr(executor, "_client"):
        return max(_UNKNOWN_WORKERS, _ROWS_PER_WORKER * (count or 0))
    return _ROWS_PER_WORKER * count


async def run_frames(executor: Executor, task: Mapping[str, Any]) -> dict[str, Any]:
    """Have an executor make the frames of a video; once more where its worker was lost.

    Raises ExecutorGone where it does no further work.
    """
    lost, gone = "", False
    for attempt in range(2):
        try:
            # Told apart, or a cluster would give the first one's failure for the second.
            future = executor.submit(make_frames, {**task, "attempt": attempt})
        except Exception as error:  # whoever's executor it is
            raise ExecutorGone(_gone(error)) from error
        try:
            return await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            if (here := asyncio.current_task()) is not None and here.cancelling():
                future.cancel()
                raise
            gone, lost = True, "the executor dropped it"
        except Exception as error:  # noqa: BLE001 - whatever a cluster has to say
            if type(error).__name__ == "KilledWorker":  # it has been tried again there, already
                return _failed("WorkerLost", f"Each worker that was given it died ({error}).")
            gone, lost = _reason(error)
    if gone:
        raise ExecutorGone(lost)
    return _failed("WorkerLost", f"Its worker was lost twice ({lost}).")


def _reason(error: Exception) -> tuple[bool, str]:
    """Return whether what a future raised concerns all rows, and what it says.

    Raises ExecutorGone where there is no use in trying again.
    """
    if isinstance(error, TaskCancelled):
        raise ExecutorGone("its worker processes were ended") from None
    if isinstance(error, ImportError | AttributeError | pickle.PickleError | TypeError):
        raise ExecutorGone(
            f"its workers cannot do thumbnb's work ({type(error).__name__}: {error}); "
            "install the same version there"
        ) from error
    text = f"{type(error).__name__}: {error}".rstrip(": ")
    is_crash = isinstance(error, WorkerCrashed)
    return not is_crash and isinstance(error, BrokenExecutor | OSError), text


def _failed(kind: str, message: str) -> dict[str, Any]:
    return {"error": {"kind": kind, "message": message}, "seconds": None}


def _gone(error: Exception) -> str:
    return f"it takes no work ({type(error).__name__}: {error})".replace(": )", ")")
