"""The one place where widgets are changed by work that goes on elsewhere.

Work tells as often as it likes and is never held up: a thread of its own sets the
traits, at most ten times a second a widget, with the newest values. A widget that is
just handling a gesture of the user is left until it has, because traitlets loses
notices when two threads set traits of one object; the others don't wait for it.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
import time
from collections import deque
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

logger = logging.getLogger(__name__)

# Seconds between two changes of one widget, and until a busy widget is tried again.
PACE = 0.1
BUSY = 0.02


class Actor(Protocol):
    """A widget that says when its traits can be set."""

    gestures: threading.RLock


class Stage:
    """Sets traits in the order they were told, on a thread that starts when first needed."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._pending: dict[int, tuple[Any, dict[str, Any]]] = {}
        self._shown: dict[int, float] = {}
        self._calls: deque[tuple[Any, Callable[[], None]]] = deque()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def put(self, widget: Any, **traits: Any) -> None:
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
            self._thread = threading.Thread(target=self._run, name="thumbnb-stage", daemon=True)
            self._thread.start()
        self._changed.notify()

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._calls and not self._pending:
                    self._changed.wait()
            pause = self._play()
            if pause > 0:
                with self._changed:
                    self._changed.wait(pause)

    def _play(self) -> float:
        """Do what can be done now; return the seconds until there may be more."""
        pause = self._play_calls()
        with self._changed:
            waiting = list(self._pending.items())
        for key, (widget, _) in waiting:
            early = self._shown.get(key, 0.0) + PACE - self._clock()
            if early > 0:
                pause = min(pause or early, early)
            elif not _with(widget, lambda key=key: self._apply(key)):  # type: ignore[misc]
                pause = min(pause or BUSY, BUSY)
        return pause

    def _play_calls(self) -> float:
        busy: set[int] = set()
        with self._changed:
            waiting, self._calls = self._calls, deque()
        left: deque[tuple[Any, Callable[[], None]]] = deque()
        for widget, function in waiting:
            if id(widget) in busy or not _with(widget, function):
                busy.add(id(widget))
                left.append((widget, function))
        with self._changed:
            self._calls.extendleft(reversed(left))
        return BUSY if left else 0.0

    def _apply(self, key: int) -> None:
        with self._changed:
            widget, traits = self._pending.pop(key)
            now = self._clock()
            # Widgets come and go; what was shown long ago holds nothing up.
            self._shown = {each: at for each, at in self._shown.items() if now - at < PACE}
            self._shown[key] = now
        _set(widget, traits)


def _with(widget: Any, function: Callable[[], None]) -> bool:
    """Call a function unless the widget is handling a gesture; a failing display harms nobody."""
    gestures = getattr(widget, "gestures", None)
    if gestures is not None and not gestures.acquire(blocking=False):
        return False
    try:
        function()
    except Exception:
        logger.exception("%s could not be shown", type(widget).__name__)
    finally:
        if gestures is not None:
            gestures.release()
    return True


def _set(widget: Any, traits: Mapping[str, Any]) -> None:
    # One message for all of them, and for what their observers set.
    with getattr(widget, "hold_sync", contextlib.nullcontext)():
        for name, value in traits.items():
            try:
                setattr(widget, name, value() if callable(value) else value)
            except Exception:
                logger.exception("%s.%s could not be shown", type(widget).__name__, name)


shared = Stage()


def _after_fork() -> None:
    # Threads do not survive a fork: the child starts a stage of its own.
    global shared  # noqa: PLW0603
    shared = Stage()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
