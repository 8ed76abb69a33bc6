"""What we send, checked before it is sent; every message names what is allowed."""

from __future__ import annotations

import math
import operator
import re
from typing import Any

from thumbnb import errors

MAX_SIDE = 8192
# A service may round a video's length; what is just past the end is its to judge.
LENGTH_TOLERANCE = 0.5


def seconds(value: Any, *, length: float | None = None) -> float:
    """Return a time in seconds, from 0 to the video's length.

    It is given as any real number, numpy's too, or as a text like a clock: "0:05", "1:02:03.5".
    """
    allowed = "from 0" + (f" to {length:g}" if length else "") + " seconds"
    if isinstance(value, str):
        number = _clock(value)
    else:
        number = None if isinstance(value, bool | bytes) else _number(value)
    if number is None:
        raise errors.InvalidInput(
            f'time is a number {allowed}, or a text like "0:05", not {_short(value)}.'
        )
    if not math.isfinite(number) or number < 0:
        raise errors.TimeOutOfRange(f"time is a number {allowed}, not {number}.")
    if length and number > length + LENGTH_TOLERANCE:
        raise errors.TimeOutOfRange(
            f"time is {number:g}, past the end of the video.", hint=f"It may be {allowed}."
        )
    return number


def whole(name: str, value: Any, low: int, high: int) -> int:
    """Return an integer (numpy's too) within its limits."""
    if hasattr(value, "__index__") and not isinstance(value, bool):
        number = operator.index(value)
        if low <= number <= high:
            return number
    raise errors.InvalidInput(
        f"{name} is a whole number from {low} to {high}, not {_short(value)}."
    )


def take(value: Any) -> int | None:
    """Return the number of a take, or None where any new one will do."""
    return None if value is None else whole("take", value, 0, 10**9)


def side(name: str, value: Any) -> int | None:
    """Return a width or height in pixels, or None where none is asked for."""
    return None if value is None else whole(name, value, 1, MAX_SIDE)


def positive(name: str, value: Any) -> float | None:
    """Return a duration in seconds above zero, or None where none is given."""
    if value is None:
        return None
    number = _number(value)
    if number is None or not number > 0 or isinstance(value, bool):
        raise errors.InvalidInput(f"{name} is a number of seconds above 0, not {_short(value)}.")
    return number


def credits(name: str, value: Any) -> float | None:  # noqa: A001  - the field's word
    """Return a number of credits, zero or more, or None where none is given."""
    if value is None:
        return None
    number = _number(value)
    if number is None or not number >= 0 or isinstance(value, bool):
        raise errors.InvalidInput(f"{name} is a number of credits, 0 or more, not {_short(value)}.")
    return number


# Hours and minutes before the seconds; a text without a colon is a number in quotes by mistake.
_CLOCK = re.compile(r"(?:([0-9]{1,4}):)?([0-9]{1,4}):([0-9]{1,2}(?:\.[0-9]{1,9})?)")


def _clock(text: str) -> float | None:
    """Return the seconds of a text like "0:05"; None where it is none."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    hours, minutes, seconds = found.groups()
    return int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds)


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return None


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:59] + "…"  # noqa: PLR2004
