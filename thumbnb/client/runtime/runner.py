"""The one thread where everything that talks happens, and how other threads wait for it.

A blocking notebook cell starves the kernel's own loop completely; a loop in a
thread of its own goes on. So every request runs here, and a caller only waits.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import os
import signal
import threading
import time
from typing import TYPE_CHECKING, Any, TypeVar

from thumbnb import errors

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator
    from types import FrameType

T = TypeVar("T")

# How often a wait looks up: to show progress, and because on Windows a wait
# without an end cannot be interrupted. The end of the work wakes it at once.
TICK = 0.1


class Runner:
    """An event loop in a daemon thread, started when first used."""

    def __init__(
        self, loop_factory: Callable[[], asyncio.AbstractEventLoop] = asyncio.SelectorEventLoop
    ) -> None:
        self._loop_factory = loop_factory
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock = threading.Lock()

    def start(self, coroutine: Coroutine[Any, Any, T]) -> concurrent.futures.Future[T]:
        """Run a coroutine on the runner's loop; returns at once. Any thread may call."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._running_loop())

    def is_here(self) -> bool:
        """Whether the caller is on the runner's own loop."""
        return self._loop is not None and _current_loop() is self._loop

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


# Turning a runner's loop from inside, as is done with a cell's, would break it.
_thread = threading.local()


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


# -- waiting --------------------------------------------------------------------------


def wait(
    future: concurrent.futures.Future[Any],
    timeout: float | None = None,
    tick: Callable[[], None] | None = None,
) -> bool:
    """Block until the future is done or ``timeout`` seconds have passed; say whether it is done.

    Where the calling thread has a running loop (every notebook cell), that loop
    is turned meanwhile, so that the caller's own tasks go on. ``tick`` is called
    about ten times a second, on the calling thread. Interrupting ends the wait
    and leaves the work running.
    """
    if future.done():
        return True
    if getattr(_thread, "is_runner", False):
        raise errors.InvalidInput(
            "A job's callback would wait for its own thread.",
            hint="await the job, or wait for it elsewhere.",
        )
    end = None if timeout is None else time.monotonic() + timeout
    loop = _current_loop()
    if loop is None or not _reentrant(loop):
        return _wait_still(future, end, tick)
    waiter = loop.create_task(turn(future, end, tick))
    with _interrupts_end(waiter, loop):
        loop.run_until_complete(waiter)
    return future.done()


def _wait_still(
    future: concurrent.futures.Future[Any],
    end: float | None,
    tick: Callable[[], None] | None,
) -> bool:
    while not future.done():
        pause = _pause(end)
        if pause <= 0:
            return False
        concurrent.futures.wait([future], timeout=pause)
        if tick:
            tick()
    return True


async def turn(
    future: concurrent.futures.Future[Any],
    end: float | None = None,
    tick: Callable[[], None] | None = None,
) -> None:
    """Wait until the future is done, or ``end``, on whatever loop this is awaited.

    It looks up now and then even where nobody wants a ``tick``: the kernel's stop button
    leaves a note on its loop, which a loop without anything to do would not read.
    """
    loop = asyncio.get_running_loop()
    done = asyncio.Event()

    def wake(_: concurrent.futures.Future[Any]) -> None:
        with contextlib.suppress(RuntimeError):  # the loop may be gone by then
            loop.call_soon_threadsafe(done.set)

    future.add_done_callback(wake)
    while not future.done() and (pause := _pause(end)) > 0:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(pause):
                await done.wait()
        if tick:
            tick()


@contextlib.contextmanager
def _interrupts_end(waiter: asyncio.Task[None], loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """Let an interrupt end the wait with a KeyboardInterrupt, between two steps of the loop.

    An async cell, and ``asyncio.run``, replace Python's handler by one that cancels the
    task that called us. It is not awaiting, so it would not hear of it until we return;
    and then the kernel's own task would be the one that is cancelled. Python's handler
    raises wherever the loop happens to be: where that is the kernel's own reading of a
    message, the kernel never reads another. Of the user's tasks one may not let go of the
    loop: a second interrupt is raised at once.
    """
    here = threading.current_thread() is threading.main_thread()
    handler = signal.getsignal(signal.SIGINT) if here else None
    if not callable(handler):  # not ours to change: another thread's, ignored, or C's
        yield
        return
    stopped = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal stopped
        if stopped:
            signal.default_int_handler(number, frame)
        stopped = True
        loop.call_soon_threadsafe(waiter.cancel)

    signal.signal(signal.SIGINT, stop)
    try:
        yield
        if stopped:
            raise KeyboardInterrupt
    except asyncio.CancelledError:
        if stopped:
            raise KeyboardInterrupt from None
        raise
    finally:
        signal.signal(signal.SIGINT, handler)
        waiter.cancel()  # after a second interrupt it would otherwise tick on


def _pause(end: float | None) -> float:
    return TICK if end is None else min(TICK, end - time.monotonic())


def _current_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def _reentrant(loop: asyncio.AbstractEventLoop) -> bool:
    """Make a running loop turnable from inside, where that is possible (not with uvloop)."""
    if not isinstance(loop, asyncio.BaseEventLoop):
        return False
    import nest_asyncio2  # noqa: PLC0415  - it changes asyncio, so only when it is needed

    nest_asyncio2.apply(loop)
    return True
