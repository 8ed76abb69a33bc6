"""The rate limit of requests: so many in any minute."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from thumbnb.resilience.rate_limit import SlidingWindow

if TYPE_CHECKING:
    from collections.abc import Callable


class RateLimiter:
    """Counts the requests of this process, from any thread; no limit where it is None."""

    def __init__(self, limit: int | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._window = SlidingWindow(limit)
        self._clock = clock
        self._lock = threading.Lock()

    def admit(self) -> float | None:
        """Count a request; return how long it must wait (seconds) where it is one too many."""
        if self._window.limit is None:
            return None
        with self._lock:
            now = self._clock()
            wait = self._window.wait(now)
            if wait > 0:
                return wait
            self._window.add(now)
            return None
