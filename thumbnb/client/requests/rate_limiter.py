"""The rate limiter: bounds the requests to a host in a minute, over all clients."""

from __future__ import annotations

import asyncio
import math
from typing import TYPE_CHECKING

from thumbnb.client.requests.per_loop import PerLoop
from thumbnb.resilience.rate_limit import SlidingWindow

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import TypeAlias

    # Given the limit it counts one more request and returns 0, or the seconds until it may go.
    RequestCounter: TypeAlias = Callable[[int], Awaitable[float]]

# YouThumb's makers document 100 a minute and a key. Some of it is left for what else
# uses the key, and for requests that bunch up on their way.
PER_MINUTE = 90

# Polls take a twentieth of what is free each second, and so never all of it: what a
# person asks for finds room, and polls slow down before they would have to stop.
_SHARE = 1 / 20


class RateLimiter:
    """Lets at most ``limit`` requests go in any 60 s; None lets all go.

    ``request_counter`` counts those of other kernels too.

    >>> rate_limiter = RateLimiter(limit=90)
    >>> await rate_limiter.acquire()  # before each request  # doctest: +SKIP
    """

    def __init__(
        self, limit: int | None = PER_MINUTE, request_counter: RequestCounter | None = None
    ) -> None:
        self.request_counter = request_counter
        self._window = SlidingWindow(limit)  # of this process
        self._last_poll = -math.inf
        self._paused_until = -math.inf
        self._queue = asyncio.Lock()  # first come, first served

    @property
    def limit(self) -> int | None:
        """The most requests in 60 s."""
        return self._window.limit

    @limit.setter
    def limit(self, limit: int | None) -> None:
        self._window.limit = limit

    async def acquire(self, *, polling: bool = False) -> None:
        """Wait until one more request may go, and count it.

        ``polling`` gives way: to ask how something is can wait for who wants something.
        """
        if polling:
            await _until(self._wait_to_poll)
        async with self._queue:
            now = await _until(self._wait)
            count = self.request_counter
            while self.limit and count and (pause := await count(self.limit)) > 0:
                await asyncio.sleep(pause)
                now = await _until(self._wait)
            self._window.add(now)
            if polling:
                self._last_poll = now

    async def is_near_limit(self) -> bool:
        """Whether so many requests went in the last minute that there may have been too many."""
        if self.limit is None:
            return False
        half = self.limit // 2
        if self._window.used(asyncio.get_running_loop().time()) >= half:
            return True
        return self.request_counter is not None and await self.request_counter(half) > 0

    def pause_for(self, seconds: float) -> None:
        """Let no request go for some seconds: the host has refused one."""
        now = asyncio.get_running_loop().time()
        self._paused_until = max(self._paused_until, now + seconds)

    def _wait(self, now: float) -> float:
        return max(self._paused_until - now, self._window.wait(now))

    def _wait_to_poll(self, now: float) -> float:
        if self.limit is None:
            return 0.0
        free = self.limit - self._window.used(now)
        if free <= 0:
            return self._wait(now)
        # It gets free meanwhile, so this is not slept through.
        return min(1.0, self._last_poll + 1 / (_SHARE * free) - now)


async def _until(wait: Callable[[float], float]) -> float:
    """Sleep until there is nothing to wait for; return when that is."""
    clock = asyncio.get_running_loop().time
    while (pause := wait(now := clock())) > 0:  # noqa: ASYNC110  - nothing tells of passing time
        await asyncio.sleep(pause)
    return now


_shared: PerLoop[RateLimiter] = PerLoop()


def shared(
    host: str, limit: int | None = PER_MINUTE, request_counter: RequestCounter | None = None
) -> RateLimiter:
    """Return the limiter of a host, one for all clients on this loop; the last limit holds.

    Kernels share it where their ``request_counter`` does.
    """
    limiter = _shared.get(host, RateLimiter)
    limiter.limit, limiter.request_counter = limit, request_counter
    return limiter
