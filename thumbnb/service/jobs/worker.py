"""One worker process, as the service sees it: started, given tasks, ended when it must be."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import sysconfig
import threading
import time
from typing import IO, TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.service.jobs import messages
from thumbnb.service.jobs.task_control import (
    TaskCancelled,
    TaskFailed,
    TooMuchMemory,
    WorkerCrashed,
)
from thumbnb.service.jobs.worker_process import MEMORY_EXIT
from thumbnb.service.refusal import Refusal
from thumbnb.service.settings import worker_niceness

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from thumbnb.service.jobs.task_control import Limits

# What a new interpreter runs: our own module, found where this process found it. The user's
# script is not imported again.
_BOOT = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]); "
    "from thumbnb.service.jobs import worker_process; worker_process.main(int(sys.argv[2]))"
)
# One thread each: there are as many workers as cores, and buffers cost memory.
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OPENCV_FOR_THREADS_NUM")
# A process that is not ready after so many seconds will never be.
START_SECONDS = 60.0
# Seconds between two looks at whether the task was cancelled.
_GLANCE_SECONDS = 0.05
_END_SECONDS = 10.0


def can_start() -> bool:
    """Whether this interpreter can start others: browsers and frozen applications cannot."""
    return bool(
        sys.executable and sys.platform != "emscripten" and not getattr(sys, "frozen", False)
    )


def _search_path() -> list[str]:
    """Return where modules are found, the standard library's before those of a user's folder."""
    library = {sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")}
    found = [path for path in sys.path if path]
    first = [p for p in found if p in library or p.endswith(("lib-dynload", ".zip"))]
    return first + [path for path in found if path not in first]


class Worker:
    """A child process that does one task at a time. It ends when this process does."""

    def __init__(self) -> None:
        # What interrupts the kernel or the terminal must not reach it.
        options: dict[str, Any] = {"start_new_session": True}
        if sys.platform == "win32":
            flags = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
            options = {"creationflags": flags}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _BOOT, json.dumps(_search_path()), str(worker_niceness())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **dict.fromkeys(_THREADS, "1")},
            **options,
        )
        assert self._process.stdin is not None  # noqa: S101 - it is a pipe
        assert self._process.stdout is not None  # noqa: S101
        self._tasks = self._process.stdin
        self._answers: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._reader = threading.Thread(
            target=_read, args=(self._process.stdout, self._answers), daemon=True
        )
        self._reader.start()
        self.resident: int | None = None
        self._ended = False
        self.idle_since = time.monotonic()

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    def run(
        self,
        function: str,
        params: Mapping[str, Any],
        limits: Limits,
        *,
        cancelled: Callable[[], bool],
        report: Callable[[float], None],
    ) -> Any:
        """Do a task and return its plain result, or raise what it raised.

        Raises ``TimeoutError`` after ``limits.seconds`` of work, ``TaskCancelled``,
        ``TooMuchMemory`` or ``WorkerCrashed``: after each of these the worker is no longer
        ``alive``, or must be ended.
        """
        task = {
            "function": function,
            "params": dict(params),
            "seconds": limits.seconds,
            "memory": limits.memory,
        }
        try:
            messages.send(self._tasks, task)
        except OSError:
            raise self._crash() from None
        # The clock of the task starts when its code has been imported.
        end = time.monotonic() + START_SECONDS + limits.seconds
        while True:
            answer = self._next(end, cancelled)
            state = answer["state"]
            if state == "started":
                end = time.monotonic() + limits.seconds
            elif state == "progress":
                report(answer["fraction"])
            else:
                self.resident = answer["resident"]
                self.idle_since = time.monotonic()
                return _result(answer)

    def _next(self, end: float, cancelled: Callable[[], bool]) -> dict[str, Any]:
        while True:
            if cancelled():
                raise TaskCancelled
            left = end - time.monotonic()
            if left <= 0:
                raise TimeoutError
            with contextlib.suppress(queue.Empty):
                answer = self._answers.get(timeout=min(left, _GLANCE_SECONDS))
                if answer is None:
                    raise self._crash()
                return answer

    def _crash(self) -> TaskFailed | TaskCancelled:
        if self._ended:
            return TaskCancelled()
        try:
            status = self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            return WorkerCrashed("its worker process closed its output")
        if status == MEMORY_EXIT:
            return TooMuchMemory("")
        if status < 0:
            with contextlib.suppress(ValueError):
                return WorkerCrashed(f"its worker process ended by {signal.Signals(-status).name}")
        return WorkerCrashed(f"its worker process ended with status {status}")

    def end(self) -> None:
        """End the process, whatever it is doing; ending it twice is fine."""
        self._ended = True
        self._process.kill()
        self._process.wait()
        with contextlib.suppress(OSError):
            self._tasks.close()
        self._reader.join(_END_SECONDS)


def _read(answers: IO[bytes], received: queue.SimpleQueue[dict[str, Any] | None]) -> None:
    try:
        while True:
            received.put(messages.receive(answers))
    except Exception:  # noqa: BLE001 - a torn message is the end as well
        received.put(None)
    finally:
        answers.close()


def _result(answer: Mapping[str, Any]) -> Any:
    match answer["state"]:
        case "done":
            return answer["value"]
        case "refused":
            raise Refusal.from_json(answer["fields"])
        case "error":
            kind = getattr(errors, answer["name"], errors.ThumbnbError)
            raise kind(answer["message"], hint=answer["hint"])
        case "missing":
            raise FileNotFoundError(answer["message"])
        case "memory":
            raise TooMuchMemory("")
    raise TaskFailed(answer["message"], answer["details"])
