"""Backoff: which failures of a poll are temporary, and how long to wait. Decisions only."""

from __future__ import annotations

import math

from thumbnb import errors

# YouThumb answers 401 when a key asks too often, and its makers wait a minute then.
_LIMITED: tuple[float, ...] = (15.0, 30.0, 60.0)

# Where it cannot have been that: once more, in case that a server has not heard of a new key.
_REFUSED: tuple[float, ...] = (0.5, 1.5)

# An answer that makes no sense, or a job that cannot be found just after its start.
_ODD: tuple[float, ...] = (1.0, 4.0)

_LONGEST = 30.0

# These say something of the service or of the way to it, not of the job asked about.
_GENERAL = (
    errors.ConnectionFailed,
    errors.NoAnswer,
    errors.Unavailable,
    errors.RateLimited,
    errors.AuthenticationFailed,
)


def is_service_wide(error: errors.ThumbnbError) -> bool:
    """Whether the error would have hit any other job of the service too."""
    return isinstance(error, _GENERAL)


def wait_after(
    error: errors.ThumbnbError, failures: int, *, key_worked: bool, maybe_limited: bool = True
) -> float | None:
    """Return the seconds until the next try, or None where the error is final.

    ``failures`` counts them one after the other, this one included. ``key_worked`` says
    that the key has been good before, ``maybe_limited`` that a 401 may be a rate limit.
    """
    wait = error.retry_after if isinstance(error, errors.ServiceError) else None
    match error:
        case errors.RateLimited() | errors.Unavailable() if wait is not None:
            return wait
        case errors.RateLimited():
            return _LIMITED[min(failures, len(_LIMITED)) - 1]
        case errors.ConnectionFailed() | errors.NoAnswer() | errors.Unavailable():
            return min(_LONGEST, 2.0 ** min(failures - 1, 8))
        case errors.AuthenticationFailed() if key_worked:
            waits = _LIMITED if maybe_limited else _REFUSED
        case errors.ProtocolError() | errors.NotFound():
            waits = _ODD
        case _:
            return None
    return waits[failures - 1] if failures <= len(waits) else None


class Backoff:
    """Counts failures in a row, and says when to try again."""

    def __init__(self) -> None:
        self.failures = 0
        self.until = -math.inf
        self._known = -math.inf

    def record_failure(
        self,
        error: errors.ThumbnbError,
        sent_at: float,
        now: float,
        *,
        key_worked: bool,
        maybe_limited: bool = True,
    ) -> float | None:
        """Record an error of a request sent at ``sent_at``; return the seconds to wait, or None.

        None: it is to be believed. What was on its way when an earlier error came
        says nothing new.
        """
        if sent_at < self._known:
            return max(0.0, self.until - now)
        self.failures += 1
        wait = wait_after(error, self.failures, key_worked=key_worked, maybe_limited=maybe_limited)
        if wait is not None:
            self._known, self.until = now, now + wait
        return wait

    def reset(self) -> None:
        """Record an answer: failures are counted from 0 again."""
        self.failures = 0
