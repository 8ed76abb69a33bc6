"""A sliding window: at most so many events in any stretch of so many seconds."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MINUTE = 60.0


class SlidingWindow:
    """Counts events and says when one more fits: at most ``limit`` in any ``seconds``.

    ``events`` are the times of earlier ones, oldest first. All times are in seconds of one
    clock, which is the caller's: nothing here sleeps. A ``limit`` of None is none.

    >>> window = SlidingWindow(2)
    >>> window.add(0.0), window.add(1.0)
    (None, None)
    >>> window.wait(5.0), window.wait(60.0)
    (55.0, 0.0)
    """

    def __init__(
        self, limit: int | None, seconds: float = MINUTE, events: Iterable[float] = ()
    ) -> None:
        self.limit = limit
        self.seconds = seconds
        self._events = deque(events)

    def used(self, now: float) -> int:
        """Return how many events the window holds now."""
        while self._events and self._events[0] + self.seconds <= now:
            self._events.popleft()
        return len(self._events)

    def wait(self, now: float) -> float:
        """Return the seconds until one more fits; 0 where it does."""
        used = self.used(now)
        if self.limit is None or used < self.limit:
            return 0.0
        if not self.limit:
            return self.seconds
        return self._events[used - self.limit] + self.seconds - now

    def add(self, now: float) -> None:
        """Count one more event."""
        self._events.append(now)
