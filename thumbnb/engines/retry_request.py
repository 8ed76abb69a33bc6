"""Retries of requests that were refused before any work, or that only read."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, TypeVar

from thumbnb import errors
from thumbnb.resilience import retry

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

T = TypeVar("T")

logger = logging.getLogger(__name__)


async def with_retries(once: Callable[[], Awaitable[T]]) -> T:
    """Call a function until it succeeds, or fails in a way that allows no retry."""
    attempt = 1
    while True:
        try:
            return await once()
        except errors.ThumbnbError as error:
            delay = retry.retry_delay(error, attempt)
            if delay is None:
                raise
            logger.info("%s Trying again in %.1f s.", error.message, delay)
        attempt += 1
        await asyncio.sleep(delay)
