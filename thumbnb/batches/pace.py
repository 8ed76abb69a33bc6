"""The pace of a batch: rows done, rows a second, time left."""

from __future__ import annotations

import math
import time
from collections import deque
from typing import TYPE_CHECKING

from thumbnb.client.runtime.progress import Eta

if TYPE_CHECKING:
    from collections.abc import Callable

# The last so many rows say how fast it goes now: a fast start must not promise a fast end.
_REMEMBERED = 200


class Pace:
    """Counts rows: ``done`` of ``total``, ``failed`` among them, ``rate`` in rows a second.

    Rows that were done before count as done, and say nothing of how fast others go.
    """

    def __init__(self, total: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.total = total
        self.done = 0
        self.failed = 0
        self._clock = clock
        self._ends: deque[float] = deque([clock()], maxlen=_REMEMBERED + 1)

    def add(self, *, failed: bool = False, made_before: bool = False) -> None:
        """Count one row more."""
        self.done += 1
        self.failed += failed
        if not made_before:
            self._ends.append(self._clock())

    @property
    def rate(self) -> float | None:
        """Rows a second; None until there are some."""
        count = len(self._ends) - 1
        seconds = self._clock() - self._ends[0]
        return count / seconds if count and seconds > 0 else None

    @property
    def eta(self) -> Eta | None:
        """Seconds left, even odds and nine in ten."""
        rate = self.rate
        if rate is None:
            return None
        left = (self.total - self.done) / rate
        return Eta(left, left * (1 + 1.3 / math.sqrt(len(self._ends) - 1)))

    @property
    def text(self) -> str:
        """How fast it goes and how many failed, in words."""
        parts = [f"{self.rate:.3g} a second"] if self.rate else []
        parts += [f"{self.failed} failed"] if self.failed else []
        return f"rows ({', '.join(parts)})" if parts else "rows"
