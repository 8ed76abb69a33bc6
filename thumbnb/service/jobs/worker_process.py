"""A worker process: takes tasks from its standard input, one at a time, until that ends.

Started by ``worker.py`` as ``python -c "...; worker_process.main(10)"``. It imports nothing of the
service but the module of the task at hand, never the user's ``__main__``.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import queue
import signal
import sys
import threading
import time
import traceback
import warnings
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.service.jobs import messages
from thumbnb.service.jobs.task_control import TaskControl
from thumbnb.service.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

# The exit status of a process that took more memory than its task may have.
MEMORY_EXIT = 77
# Seconds between two looks at whether the parent lives, and at the memory in use.
_WATCH_SECONDS = 2.0
_MEMORY_SECONDS = 0.1


def main(niceness: int) -> None:
    """Serve tasks until the parent closes our input or dies; stand back by ``niceness``."""
    tasks, results = _take_pipes()
    _set_up_process(niceness)
    waiting: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_read_tasks, args=(tasks, waiting), daemon=True).start()
    threading.Thread(target=_watch_parent, args=(os.getppid(),), daemon=True).start()
    memory_limit = MemoryLimit()
    while True:
        task = waiting.get()
        answer = _run(task, results, memory_limit)
        memory_limit.lift()
        _send(results, {**answer, "resident": resident_bytes()})


def _send(results: IO[bytes], message: Mapping[str, Any]) -> None:
    """Send a message. Where nobody reads it any more, the process ends, in silence."""
    try:
        messages.send(results, message)
    except OSError:
        os._exit(0)


def _take_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Keep the pipes to ourselves: what a library prints must not end up between messages."""
    tasks, results = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.close(nothing)
    return tasks, results


def _set_up_process(niceness: int) -> None:
    # The stop button interrupts the kernel, and a terminal all that runs in it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warnings.simplefilter("ignore")  # whatever a library says of a file, the task says as well
    if hasattr(os, "nice"):
        with contextlib.suppress(OSError):
            os.nice(niceness)
    # Where Linux gives each session its share of the processor, as on desktops, niceness counts
    # within a session only, and this process has one of its own.
    with contextlib.suppress(OSError):
        Path("/proc/self/autogroup").write_text(str(niceness), encoding="ascii")


def _read_tasks(tasks: IO[bytes], waiting: queue.SimpleQueue[Any]) -> None:
    """Pass tasks on. The end of the input is the end of the process, whatever it is doing."""
    try:
        while True:
            waiting.put(messages.receive(tasks))
    except (EOFError, OSError):
        os._exit(0)


def _watch_parent(parent: int) -> None:
    # A process that the parent forked may hold our input open after the parent's death.
    while os.getppid() == parent:
        time.sleep(_WATCH_SECONDS)
    os._exit(0)


def _run(task: Mapping[str, Any], results: IO[bytes], memory_limit: MemoryLimit) -> dict[str, Any]:
    def report(fraction: float) -> None:
        _send(results, {"state": "progress", "fraction": float(fraction)})

    try:
        function = _function(task["function"])
        _send(results, {"state": "started"})
        memory_limit.limit(task["memory"])
        value = function(TaskControl(task["seconds"], report=report), **task["params"])
    except MemoryError:
        return {"state": "memory"}
    except Refusal as refusal:
        return {"state": "refused", "fields": refusal.to_json()}
    except errors.ThumbnbError as error:
        fields = {"name": type(error).__name__, "message": error.message, "hint": error.hint}
        return {"state": "error", **fields}
    except FileNotFoundError as error:
        return {"state": "missing", "message": str(error)}
    except BaseException as error:  # noqa: BLE001 - it is reported, whatever it is
        message = f"{type(error).__name__}: {error}"
        return {"state": "failed", "message": message, "details": traceback.format_exc()}
    return {"state": "done", "value": value}


def _function(name: str) -> Any:
    module, _, function = name.partition(":")
    found = importlib.import_module(module)
    # Loaded before memory is limited: a library that finds none while it loads ends the process.
    for needed in getattr(found, "PRELOADED", ()):
        importlib.import_module(needed)
    return getattr(found, function)


# -- memory -------------------------------------------------------------------------------


def resident_bytes() -> int | None:
    """Return how much memory this process has in use now; None where that is not known."""
    try:
        with open("/proc/self/statm") as file:  # noqa: PTH123 - read often, and no path of a user
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError):
        return None


def _data_bytes() -> int | None:
    """Return what counts against RLIMIT_DATA; None where the system does not say."""
    try:
        with open("/proc/self/statm") as file:  # noqa: PTH123
            return int(file.read().split()[5]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError):
        return None


class MemoryLimit:
    """Bounds the memory of this process by a system limit, or by ending it where there is none.

    On Linux an allocation beyond the limit fails, so most tasks end with a ``MemoryError``.
    Elsewhere on POSIX a thread measures the peak and ends the process beyond it. On Windows
    nothing bounds it but the sides and pixels that a task checks itself.
    """

    def __init__(self) -> None:
        self._peak_limit: int | None = None
        self._base = _data_bytes()
        self._resource: Any = None
        with contextlib.suppress(ImportError):
            self._resource = importlib.import_module("resource")
        if self._base is None and self._resource is not None:
            threading.Thread(target=self._watch, daemon=True).start()

    def limit(self, memory: int) -> None:
        """Allow so many bytes beyond what is in use now."""
        if self._resource is None:
            return
        used = _data_bytes()
        if used is None:
            self._peak_limit = self._peak() + memory
        else:
            self._set(used + memory)

    def lift(self) -> None:
        """Take the limit away again."""
        self._peak_limit = None
        if self._resource is not None and self._base is not None:
            self._set(None)

    def _set(self, size: int | None) -> None:
        _, hard = self._resource.getrlimit(self._resource.RLIMIT_DATA)
        soft = hard if size is None else size
        if self._resource.RLIM_INFINITY not in {hard, soft}:
            soft = min(soft, hard)
        self._resource.setrlimit(self._resource.RLIMIT_DATA, (soft, hard))

    def _peak(self) -> int:
        used: int = self._resource.getrusage(self._resource.RUSAGE_SELF).ru_maxrss
        return used if sys.platform == "darwin" else used * 1024

    def _watch(self) -> None:
        while True:
            limit = self._peak_limit
            if limit is not None and self._peak() > limit:
                os._exit(MEMORY_EXIT)
            time.sleep(_MEMORY_SECONDS)
