"""Threads for polls alone, as those of other requests may all wait for the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar

if TYPE_CHECKING:
    from collections.abc import Callable

R = TypeVar("R")

THREADS = 8

_limiter: RunVar[CapacityLimiter] = RunVar("thumbnb_poll_limiter")


async def run_for_poll(function: Callable[..., R], *args: object) -> R:
    """Run a function that only reads on a thread that no writing keeps busy."""
    try:
        limiter = _limiter.get()
    except LookupError:
        limiter = CapacityLimiter(THREADS)
        _limiter.set(limiter)
    return await to_thread.run_sync(function, *args, limiter=limiter)
