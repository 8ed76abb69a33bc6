"""When to send again, and when to ask again. Decisions only: nothing here talks or sleeps."""

from __future__ import annotations

import random

from thumbnb import errors

MAX_ATTEMPTS = 4
MAX_WAIT = 120.0


def retry_delay(
    error: errors.ThumbnbError, attempt: int, draw: float | None = None
) -> float | None:
    """Return the seconds to wait before sending again, or None: do not.

    ``attempt`` counts from 1. What was never sent, what was refused before any
    work, and what only reads may go again; what may have been carried out never.
    ``draw`` in 0-1 replaces the random part.
    """
    if attempt >= MAX_ATTEMPTS:
        return None
    asked = error.retry_after if isinstance(error, errors.ServiceError) else None
    if isinstance(error, errors.RateLimited | errors.Unavailable) and asked is not None:
        return asked if asked <= MAX_WAIT else None
    again = errors.ConnectionFailed | errors.NoAnswer | errors.RateLimited | errors.Unavailable
    if not isinstance(error, again):
        return None
    draw = random.random() if draw is None else draw  # noqa: S311  - spread, not secrecy
    return min(8.0, 0.5 * 2.0 ** (attempt - 1)) * (0.75 + 0.5 * draw)


def poll_delay(age: float) -> float:
    """Return the seconds to the next poll of a job that has run for ``age`` seconds.

    A quarter of the age, between half a second and fifteen: a job is noticed at
    most that share late, however long it takes.
    """
    return min(max(0.5, age / 4), 15.0)
