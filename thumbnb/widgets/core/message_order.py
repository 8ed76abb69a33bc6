"""What was told by the browser and is known here: a click waits for what was done before it.

The messages of two widgets may overtake each other: the notebook holds a change back while an
older one of the same widget is under way, and a kernel with subshells takes the messages of
each widget on a thread of its own. So whoever tells numbers what it tells (kit.js), and a
click says how far everybody was.
"""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

from thumbnb import errors

if TYPE_CHECKING:
    from collections.abc import Mapping

# Seconds that a click waits for what was told before it.
PATIENCE = 10.0
# So many tellers are remembered; each view of a widget in a page is one.
MOST = 10_000


class Heard:
    """How far each teller is known."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: dict[str, int] = {}
        self._waiting: dict[asyncio.Event, tuple[asyncio.AbstractEventLoop, dict[str, int]]] = {}

    def count(self, who: str) -> int:
        """Return the number of the last that was heard of somebody; 0 of nobody."""
        return self._counts.get(who, 0)

    def note(self, who: str, count: int) -> None:
        """Note that all up to this number is known here; any thread may call."""
        with self._lock:
            self._counts[who] = max(count, self._counts.pop(who, 0))
            while len(self._counts) > MOST:
                del self._counts[next(iter(self._counts))]
            done = [event for event, (_, after) in self._waiting.items() if self._has(after)]
            loops = [(event, self._waiting.pop(event)[0]) for event in done]
        for event, loop in loops:
            loop.call_soon_threadsafe(event.set)

    def _has(self, after: Mapping[str, int]) -> bool:
        return all(self._counts.get(who, 0) >= count for who, count in after.items())

    async def upto(self, after: Mapping[str, int], patience: float = PATIENCE) -> None:
        """Wait until all of this is known. Raises InvalidInput where it does not come."""
        event = asyncio.Event()
        with self._lock:
            if self._has(after):
                return
            self._waiting[event] = asyncio.get_running_loop(), dict(after)
        try:
            async with asyncio.timeout(patience):
                await event.wait()
        except TimeoutError:
            raise errors.InvalidInput(
                "The kernel is busy and does not know yet what was changed last.",
                hint="Nothing was done: press again.",
            ) from None
        finally:
            with self._lock:
                self._waiting.pop(event, None)


shared = Heard()
