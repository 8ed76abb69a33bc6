"""Waiting for work on the runner's thread, from a thread with or without a running loop.

Where the calling thread has a running loop (every notebook cell), nest-asyncio2 makes that
loop run further turns while the caller waits, so that the caller's own tasks go on. It replaces
methods of the loop's class, and the turn that is under way goes on in the method it was
replaced for: such a turn has counted its handles when it began, and takes that many from the
loop's queue. So a wait leaves at least as many handles as it found.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.client.runtime import runner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

# Seconds between two calls of ``tick``: to show progress, and because on Windows a wait
# without an end cannot be interrupted. The end of the work wakes it at once.
TICK = 0.1

# How many waits may run inside each other. Each takes about a dozen frames of the stack, and
# where the stack ends, some task of the user's would be the one that gets the error.
MAX_DEPTH = 16

_thread = threading.local()


def wait(
    future: concurrent.futures.Future[Any],
    timeout: float | None = None,
    tick: Callable[[], None] | None = None,
) -> bool:
    """Block until the future is done or ``timeout`` seconds have passed; return whether it is done.

    ``tick`` is called about ten times a second, on the calling thread. Interrupting ends the
    wait and leaves the work running. Raises InvalidInput on the runner's own thread.
    """
    if future.done():
        return True
    if runner.is_runner_thread():
        raise errors.InvalidInput(
            "A job's callback would wait for its own thread.",
            hint="await the job, or wait for it elsewhere.",
        )
    end = None if timeout is None else time.monotonic() + timeout
    loop = runner.current_loop()
    depth = getattr(_thread, "depth", 0)
    if loop is None or depth >= MAX_DEPTH or in_trio() or not _make_reentrant(loop):
        return _wait_holding_loop(future, end, tick)
    _thread.depth = depth + 1
    try:
        with _handles_left(loop):
            _run_turns(loop, future, end, tick)
    finally:
        _thread.depth = depth
    return future.done()


async def turn(
    future: concurrent.futures.Future[Any],
    end: float | None = None,
    tick: Callable[[], None] | None = None,
) -> None:
    """Wait until the future is done, or ``end``, on whatever loop this is awaited.

    It wakes now and then even without a ``tick``: the kernel's stop button leaves a callback
    on its loop, which a loop without anything to do would not run.
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


def refuse_trio(what: str) -> None:
    """Raise InvalidInput where trio runs the caller: it cannot await what asyncio makes."""
    if in_trio():
        raise errors.InvalidInput(
            f"{what} cannot be awaited under trio.",
            hint="Call it without await, or choose asyncio: in a notebook, %autoawait asyncio.",
        )


def in_trio() -> bool:
    """Whether the caller runs inside a trio task; trio is not imported for that."""
    trio = sys.modules.get("trio")
    if trio is None:
        return False
    try:
        trio.lowlevel.current_trio_token()
    except RuntimeError:
        return False
    return True


# -- the ways to wait -----------------------------------------------------------------


def _wait_holding_loop(
    future: concurrent.futures.Future[Any],
    end: float | None,
    tick: Callable[[], None] | None,
) -> bool:
    """Wait without a loop, or with one that stands still meanwhile."""
    while not future.done():
        pause = _pause(end)
        if pause <= 0:
            return False
        concurrent.futures.wait([future], timeout=pause)
        if tick:
            tick()
    return True


def _run_turns(
    loop: asyncio.AbstractEventLoop,
    future: concurrent.futures.Future[Any],
    end: float | None,
    tick: Callable[[], None] | None,
) -> None:
    """Wait while the running loop runs further turns."""
    waiter = loop.create_task(turn(future, end, tick))
    with _interrupts_end(waiter, loop):
        try:
            loop.run_until_complete(waiter)
        except RuntimeError:
            if waiter.done():
                raise
            # Somebody has stopped the loop, which ends it after its turn: this one.
            waiter.cancel()
            _wait_holding_loop(future, end, tick)


@contextlib.contextmanager
def _handles_left(loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """Leave as many handles in the loop's queue as there are now.

    A turn of asyncio's own that is under way takes a number of them that was counted when it
    began; the turns that run inside the wait have taken some of these.
    """
    ready: Any = loop._ready  # type: ignore[attr-defined]  # noqa: SLF001  - as nest-asyncio2
    before = len(ready)
    try:
        yield
    finally:
        for _ in range(before - len(ready)):
            loop.call_soon(_do_nothing)


def _do_nothing() -> None:
    """Take a place in the loop's queue."""


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


def _make_reentrant(loop: asyncio.AbstractEventLoop) -> bool:
    """Make a running loop turnable from inside, where that is possible (not with uvloop)."""
    if not isinstance(loop, asyncio.BaseEventLoop):
        return False
    import nest_asyncio2  # noqa: PLC0415  - it changes asyncio, so only when it is needed

    nest_asyncio2.apply(loop)
    return True
