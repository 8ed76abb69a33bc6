"""Thread-safe trait updates: work on other threads changes widgets through here.

Work may report as often as it likes and never waits: a thread of its own sets the traits,
at most ten times a second a widget, with the newest values. A widget that is just handling
an event of the user is left until it has, because traitlets loses notices when two threads
set traits of one object; the others don't wait for it.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
import time
from collections import deque
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

logger = logging.getLogger(__name__)

# Seconds between two updates of one widget, and until a busy widget is tried again.
INTERVAL = 0.1
RETRY_DELAY = 0.02


class TraitUpdates:
    """Sets traits in the order of the calls, on a thread that starts when first needed.

    A widget with an ``event_lock`` (an RLock) is changed while no event holds it.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._pending: dict[int, tuple[Any, dict[str, Any]]] = {}
        self._updated: dict[int, float] = {}
        self._calls: deque[tuple[Any, Callable[[], None]]] = deque()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def set(self, widget: Any, **traits: Any) -> None:
        """Set traits soon; a newer value of the same trait replaces one that waits.

        A function given for a value is called when its turn comes, to return it.
        """
        with self._changed:
            self._pending.setdefault(id(widget), (widget, {}))[1].update(traits)
            self._wake()

    def call(self, widget: Any, function: Callable[[], None]) -> None:
        """Call a function that changes a widget, soon, in order."""
        with self._changed:
            self._calls.append((widget, function))
            self._wake()

    def _wake(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(
                target=self._run, name="thumbnb-trait-updates", daemon=True
            )
            self._thread.start()
        self._changed.notify()

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._calls and not self._pending:
                    self._changed.wait()
            pause = self._update_all()
            if pause > 0:
                with self._changed:
                    self._changed.wait(pause)

    def _update_all(self) -> float:
        """Do what can be done now; return the seconds until there may be more."""
        pause = self._do_calls()
        with self._changed:
            waiting = list(self._pending.items())
        for key, (widget, _) in waiting:
            early = self._updated.get(key, 0.0) + INTERVAL - self._clock()
            if early > 0:
                pause = min(pause or early, early)
            elif not _call_unless_busy(widget, lambda key=key: self._apply(key)):  # type: ignore[misc]
                pause = min(pause or RETRY_DELAY, RETRY_DELAY)
        return pause

    def _do_calls(self) -> float:
        busy: set[int] = set()
        with self._changed:
            waiting, self._calls = self._calls, deque()
        left: deque[tuple[Any, Callable[[], None]]] = deque()
        for widget, function in waiting:
            if id(widget) in busy or not _call_unless_busy(widget, function):
                busy.add(id(widget))
                left.append((widget, function))
        with self._changed:
            self._calls.extendleft(reversed(left))
        return RETRY_DELAY if left else 0.0

    def _apply(self, key: int) -> None:
        with self._changed:
            widget, traits = self._pending.pop(key)
            now = self._clock()
            # Widgets come and go; what was updated long ago holds nothing up.
            self._updated = {each: at for each, at in self._updated.items() if now - at < INTERVAL}
            self._updated[key] = now
        _set_traits(widget, traits)


def _call_unless_busy(widget: Any, function: Callable[[], None]) -> bool:
    """Call a function unless the widget handles an event; a failing display harms nobody."""
    lock = getattr(widget, "event_lock", None)
    if lock is not None and not lock.acquire(blocking=False):
        return False
    try:
        function()
    except Exception:
        logger.exception("%s could not be updated", type(widget).__name__)
    finally:
        if lock is not None:
            lock.release()
    return True


def _set_traits(widget: Any, traits: Mapping[str, Any]) -> None:
    # One message for all of them, and for what their observers set.
    with getattr(widget, "hold_sync", contextlib.nullcontext)():
        for name, value in traits.items():
            try:
                setattr(widget, name, value() if callable(value) else value)
            except Exception:
                logger.exception("%s.%s could not be updated", type(widget).__name__, name)


shared = TraitUpdates()


def _after_fork() -> None:
    # Threads do not survive a fork: the child starts one of its own.
    global shared  # noqa: PLW0603
    shared = TraitUpdates()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
