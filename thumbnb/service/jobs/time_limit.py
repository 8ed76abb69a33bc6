"""Work that may hang: done on a thread of its own, and left to itself when its time is up."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def within(seconds: float, task: Callable[[Callable[[], bool]], T]) -> T:
    """Give what a task returns, or raise what it raises; ``TimeoutError`` after so many seconds.

    The task is given a function that says when its time is up, to ask now and then. No thread
    can be killed: one that does not ask goes on by itself, at the cost of its share of the
    machine, until it ends or the process does. Nothing waits for it, and what it returns is
    dropped. A process a task would bear killing, but costs more than most tasks take.
    """
    outcome: Future[T] = Future()
    late = threading.Event()

    def run() -> None:
        try:
            outcome.set_result(task(late.is_set))
        except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
            outcome.set_exception(error)

    threading.Thread(target=run, name="thumbnb-patience", daemon=True).start()
    try:
        return outcome.result(timeout=seconds)
    finally:
        late.set()
