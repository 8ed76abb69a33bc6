"""Message order: a click is handled after the changes that were made in the page before it.

The messages of two widgets may overtake each other: the notebook holds a change back while an
older one of the same widget is under way, and a kernel with subshells takes the messages of
each widget on a thread of its own. So the browser numbers what each view of a widget sends
(message_order.js), and a click brings the numbers that were sent before it.
"""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

from thumbnb import errors

if TYPE_CHECKING:
    from collections.abc import Mapping

# Seconds that a click waits for the messages before it.
TIMEOUT = 10.0
# Senders that are remembered; each view of a widget in a page is one.
MAX_SENDERS = 10_000


class MessageOrder:
    """The number of the last message received from each sender."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers: dict[str, int] = {}
        self._waiting: dict[asyncio.Event, tuple[asyncio.AbstractEventLoop, dict[str, int]]] = {}

    def last(self, sender: str) -> int:
        """Return the number of the last message received from a sender; 0 where there is none."""
        return self._numbers.get(sender, 0)

    def received(self, sender: str, number: int) -> None:
        """Note that a sender's messages up to this number are received; any thread may call."""
        with self._lock:
            self._numbers[sender] = max(number, self._numbers.pop(sender, 0))
            while len(self._numbers) > MAX_SENDERS:
                del self._numbers[next(iter(self._numbers))]
            done = [event for event, (_, after) in self._waiting.items() if self._has(after)]
            loops = [(event, self._waiting.pop(event)[0]) for event in done]
        for event, loop in loops:
            loop.call_soon_threadsafe(event.set)

    def _has(self, after: Mapping[str, int]) -> bool:
        return all(self._numbers.get(sender, 0) >= number for sender, number in after.items())

    async def wait_for(self, after: Mapping[str, int], timeout: float = TIMEOUT) -> None:  # noqa: ASYNC109
        """Wait until these numbers are received. Raises InvalidInput after ``timeout`` seconds."""
        event = asyncio.Event()
        with self._lock:
            if self._has(after):
                return
            self._waiting[event] = asyncio.get_running_loop(), dict(after)
        try:
            async with asyncio.timeout(timeout):
                await event.wait()
        except TimeoutError:
            raise errors.InvalidInput(
                "The kernel is busy and does not know yet what was changed last.",
                hint="Nothing was done: press again.",
            ) from None
        finally:
            with self._lock:
                self._waiting.pop(event, None)


shared = MessageOrder()
