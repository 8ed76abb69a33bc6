"""How often somebody may ask."""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MINUTE = 60.0


class Rate:
    """So many requests in any minute, in this process; no limit where it is ``None``."""

    def __init__(self, limit: int | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._clock = clock
        self._lock = threading.Lock()
        self._asked: deque[float] = deque()

    def wait(self) -> float | None:
        """Count a request; give how long it must wait (seconds) where it is one too many."""
        if self._limit is None:
            return None
        with self._lock:
            now = self._clock()
            while self._asked and now - self._asked[0] >= MINUTE:
                self._asked.popleft()
            if len(self._asked) < self._limit:
                self._asked.append(now)
                return None
            return MINUTE - (now - self._asked[0]) if self._asked else MINUTE
