"""How many requests a host is sent in a minute, whoever sends them."""

from __future__ import annotations

import asyncio
import math
from collections import deque
from typing import TYPE_CHECKING

from thumbnb.client.requests.per_loop import PerLoop

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import TypeAlias

    Tally: TypeAlias = Callable[[int], Awaitable[float]]

# YouThumb's makers document 100 a minute and a key. Some of it is left for what else
# uses the key, and for requests that bunch up on their way.
PER_MINUTE = 90

_MINUTE = 60.0

# Polls take a twentieth of what is free each second, and so never all of it: what a
# person asks for finds room, and polls slow down before they would have to stop.
_SHARE = 1 / 20


class RateLimiter:
    """Lets at most ``limit`` requests go in any 60 s; None lets all go.

    ``tally`` counts those of other kernels too: given the limit it counts one more and
    returns 0, or the seconds until it may go.

    >>> governor = Governor(limit=90)
    >>> await governor.turn()  # before each request  # doctest: +SKIP
    """

    def __init__(self, limit: int | None = PER_MINUTE, tally: Tally | None = None) -> None:
        self.limit = limit
        self.tally = tally
        self._gone: deque[float] = deque()  # when requests of the last minute went
        self._polled = -math.inf
        self._held = -math.inf
        self._line = asyncio.Lock()  # first come, first served

    async def turn(self, *, polling: bool = False) -> None:
        """Wait until one more request may go, and count it.

        ``polling`` gives way: to ask how something is can wait for who wants something.
        """
        if polling:
            await _until(self._pace)
        async with self._line:
            now = await _until(self._wait)
            while self.limit and self.tally and (pause := await self.tally(self.limit)) > 0:
                await asyncio.sleep(pause)
                now = await _until(self._wait)
            self._gone.append(now)
            if polling:
                self._polled = now

    def hold(self, seconds: float) -> None:
        """Let nothing go for so long: the host said that it has had enough."""
        self._held = max(self._held, asyncio.get_running_loop().time() + seconds)

    def _used(self, now: float) -> int:
        while self._gone and self._gone[0] + _MINUTE <= now:
            self._gone.popleft()
        return len(self._gone)

    def _wait(self, now: float) -> float:
        used, held = self._used(now), self._held - now
        if self.limit is None or used < self.limit:
            return held
        return max(held, self._gone[used - self.limit] + _MINUTE - now)

    def _pace(self, now: float) -> float:
        if self.limit is None:
            return 0.0
        free = self.limit - self._used(now)
        if free <= 0:
            return self._wait(now)
        # It gets free meanwhile, so this is not slept through.
        return min(1.0, self._polled + 1 / (_SHARE * free) - now)


async def _until(wait: Callable[[float], float]) -> float:
    """Sleep until there is nothing to wait for; return when that is."""
    clock = asyncio.get_running_loop().time
    while (pause := wait(now := clock())) > 0:  # noqa: ASYNC110  - nothing tells of passing time
        await asyncio.sleep(pause)
    return now


_shared: PerLoop[RateLimiter] = PerLoop()


def shared(host: str, limit: int | None = PER_MINUTE, tally: Tally | None = None) -> RateLimiter:
    """Return the governor of a host, the same for all clients on this loop; the last limit holds.

    Kernels share it where their ``tally`` does.
    """
    governor = _shared.get(host, RateLimiter)
    governor.limit, governor.tally = limit, tally
    return governor
