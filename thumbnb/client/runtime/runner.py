"""The I/O thread: one event loop for all requests, jobs and polls of the process.

A blocking notebook cell starves the kernel's own loop completely; a loop in a
thread of its own goes on. So every request runs here, and a caller only waits.
"""

from __future__ import annotations

import asyncio
import os
import threading
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import concurrent.futures
    from collections.abc import Callable, Coroutine

T = TypeVar("T")


class RunnerLoop(asyncio.SelectorEventLoop):
    """A loop that stays as Python made it where nest-asyncio2 changes the class it comes from.

    Nobody nests on this one, and Python's own turn forgets timers that were cancelled.
    """

    _run_once: Any = asyncio.BaseEventLoop._run_once  # type: ignore[attr-defined]  # noqa: SLF001
    _check_running: Any = asyncio.BaseEventLoop._check_running  # type: ignore[attr-defined]  # noqa: SLF001
    run_forever = asyncio.BaseEventLoop.run_forever
    run_until_complete = asyncio.BaseEventLoop.run_until_complete


class Runner:
    """An event loop in a daemon thread, started when first used."""

    def __init__(self, loop_factory: Callable[[], asyncio.AbstractEventLoop] = RunnerLoop) -> None:
        self._loop_factory = loop_factory
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock = threading.Lock()

    def start(self, coroutine: Coroutine[Any, Any, T]) -> concurrent.futures.Future[T]:
        """Run a coroutine on the runner's loop; returns at once. Any thread may call."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._running_loop())

    def is_here(self) -> bool:
        """Whether the caller is on the runner's own loop."""
        return self._loop is not None and current_loop() is self._loop

    def stop(self) -> None:
        """End the loop and its thread. Unfinished work is cancelled."""
        with self._lock:
            loop, self._loop = self._loop, None
        if loop is not None:
            loop.call_soon_threadsafe(loop.stop)

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = self._loop_factory()
                threading.Thread(
                    target=_run, args=(self._loop,), name="thumbnb-runner", daemon=True
                ).start()
            return self._loop


_thread = threading.local()


def is_runner_thread() -> bool:
    """Whether the caller is on a runner's thread: waiting there for work would stop the work."""
    return getattr(_thread, "is_runner", False)


def current_loop() -> asyncio.AbstractEventLoop | None:
    """Return the loop that runs on the calling thread; None where there is none."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def _run(loop: asyncio.AbstractEventLoop) -> None:
    _thread.is_runner = True
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        tasks = asyncio.all_tasks(loop)
        for task in tasks:
            task.cancel()
        if tasks:
            loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


_shared: Runner | None = None
_shared_lock = threading.Lock()


def shared() -> Runner:
    """Return the process's runner."""
    global _shared  # noqa: PLW0603
    with _shared_lock:
        if _shared is None:
            _shared = Runner()
        return _shared


def _after_fork() -> None:
    # Threads do not survive a fork: the child starts a runner of its own.
    global _shared, _shared_lock
    _shared, _shared_lock = None, threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
