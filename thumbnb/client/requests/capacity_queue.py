"""The capacity queue: requests wait in line where a service is full."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Self

from thumbnb import errors

if TYPE_CHECKING:
    from types import TracebackType


class CapacityQueue:
    """One request's place among those a service refuses because it is full.

    What is full for one is full for all: they stand in ``line``, and only the first
    asks again. Else their tries would take the requests that tell of the jobs under way.
    """

    def __init__(self, line: asyncio.Lock) -> None:
        self._line = line
        self._first = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._first:
            self._line.release()

    async def wait(self, refused: errors.ThumbnbError, delay: float) -> None:
        """Wait for so many seconds, and in line where it was refused because it is full."""
        clock = asyncio.get_running_loop().time
        until = clock() + delay
        if isinstance(refused, errors.RateLimited) and not self._first:
            await self._line.acquire()
            self._first = True
        await asyncio.sleep(max(0.0, until - clock()))
