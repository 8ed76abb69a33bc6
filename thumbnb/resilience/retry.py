"""The retry rule: when a request is sent again. Decisions only: no I/O, no sleep."""

from __future__ import annotations

import random

from thumbnb import errors
from thumbnb.resilience import backoff

MAX_ATTEMPTS = 4
MAX_WAIT = 120.0

# What no further call would fare better with: of many, the rest is not sent.
HOPELESS = (
    errors.AuthenticationFailed,
    errors.InsufficientCredits,
    errors.AccessDenied,
    errors.BudgetExceeded,
)

# Between tries at what is full: the least and, where the service asks for nothing, the most.
_MIN_DELAY, _MAX_DELAY = 1.0, 15.0


def retry_delay(
    error: errors.ThumbnbError,
    attempt: int,
    draw: float | None = None,
    *,
    key_worked: bool = False,
    maybe_limited: bool = True,
    left: float | None = None,
) -> float | None:
    """Return the seconds to wait before a retry, or None where none is allowed.

    ``attempt`` counts from 1. What was never sent, what was refused before any
    work, and what only reads may go again; what may have been carried out never.
    ``draw`` in 0-1 replaces the random part. ``key_worked`` says that the key has been
    good: then a 401 is first taken for a rate limit in disguise, unless too few requests
    were sent for that (``maybe_limited``). ``left`` are the seconds until a deadline, where
    there is one: what is full is tried again until then, because it gets free when others
    are done.
    """
    asked = error.retry_after if isinstance(error, errors.ServiceError) else None
    draw = random.random() if draw is None else draw  # noqa: S311  - spread, not secrecy
    grown = 0.5 * 2.0 ** min(attempt - 1, 6) * (0.75 + 0.5 * draw)
    if isinstance(error, errors.RateLimited) and left is not None:
        pause = max(_MIN_DELAY, min(_MAX_DELAY, grown) if asked is None else asked)
        return pause if pause < left else None
    if attempt >= MAX_ATTEMPTS:
        return None
    if key_worked and isinstance(error, errors.AuthenticationFailed):
        return backoff.wait_after(error, attempt, key_worked=True, maybe_limited=maybe_limited)
    if isinstance(error, errors.RateLimited | errors.Unavailable) and asked is not None:
        return asked if asked <= MAX_WAIT else None
    retryable = errors.ConnectionFailed | errors.NoAnswer | errors.RateLimited | errors.Unavailable
    return grown if isinstance(error, retryable) else None
