"""Checks of values before they are sent; every message names what is allowed."""

from __future__ import annotations

import math
import operator
from collections.abc import Iterable
from typing import Any

from thumbnb import errors
from thumbnb.text.clock_time import parse_clock_time
from thumbnb.text.short_repr import short_repr

MAX_SIDE = 8192
# A service may round a video's length; what is just past the end is its to judge.
LENGTH_TOLERANCE = 0.5


def seconds(value: Any, *, length: float | None = None) -> float:
    """Return a time in seconds, from 0 to the video's length.

    It is given as any real number, numpy's too, or as a text like a clock: "0:05", "1:02:03.5".
    """
    allowed = f"from 0 to {length:g} seconds" if length else "of seconds, 0 or more"
    if isinstance(value, str):
        number = parse_clock_time(value)
    else:
        number = None if isinstance(value, bool | bytes) else _number(value)
    if number is None:
        raise errors.InvalidInput(
            f'time is a number {allowed}, or a text like "0:05", not {short_repr(value)}.'
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
    if hasattr(value, "__index__") and not isinstance(value, bool | type):
        try:
            number = operator.index(value)
        except TypeError:  # an array of several
            number = low - 1
        if low <= number <= high:
            return number
    raise errors.InvalidInput(
        f"{name} is a whole number from {low} to {high}, not {short_repr(value)}."
    )


def flag(name: str, value: Any) -> bool:
    """Return True or False (numpy's too)."""
    if isinstance(value, bool) or type(value).__name__ in {"bool", "bool_"}:
        return bool(value)
    raise errors.InvalidInput(f"{name} is True or False, not {short_repr(value)}.")


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
        raise errors.InvalidInput(
            f"{name} is a number of seconds above 0, not {short_repr(value)}."
        )
    return number


def credits(name: str, value: Any) -> float | None:  # noqa: A001  - the field's word
    """Return a number of credits, zero or more, or None where none is given."""
    if value is None:
        return None
    number = _number(value)
    if number is None or not number >= 0 or isinstance(value, bool):
        raise errors.InvalidInput(
            f"{name} is a number of credits, 0 or more, not {short_repr(value)}."
        )
    return number


def certainty(name: str, value: Any) -> float:
    """Return how sure something is to be, from one half to less than one."""
    number = None if isinstance(value, bool) else _number(value)
    if number is None or not 0.5 <= number < 1:  # noqa: PLR2004 - below it the contrary is likelier
        raise errors.InvalidInput(f"{name} is from 0.5 to less than 1, not {short_repr(value)}.")
    return number


def texts(name: str, value: Any) -> list[str]:
    """Return one text or several as a list; None is none."""
    given = [value] if isinstance(value, str) else value
    if given is None:
        return []
    try:
        listed: list[Any] = list(given) if isinstance(given, Iterable) else [None]
    except Exception:  # noqa: BLE001 - whatever it is that is gone through, such as a closed file
        listed = [None]
    if not all(isinstance(each, str) and each.isprintable() for each in listed):
        raise errors.InvalidInput(f"{name} is a text or a list of texts, not {short_repr(value)}.")
    return listed


def page_of(page: Any, limit: Any) -> tuple[int | None, int | None]:
    """Return which page of a list is asked for, from 1, and how many are on one, up to 100."""
    return (
        None if page is None else whole("page", page, 1, 10**9),
        None if limit is None else whole("limit", limit, 1, 100),
    )


def at_least_zero(name: str, value: Any) -> float | None:
    """Return a number that is zero or more, or None where none is given."""
    if value is None:
        return None
    number = _number(value)
    if number is None or not 0 <= number < math.inf or isinstance(value, bool):
        raise errors.InvalidInput(f"{name} is a number, 0 or more, not {short_repr(value)}.")
    return number


def _number(value: Any) -> float | None:
    try:
        return None if isinstance(value, type) else float(value)
    except Exception:  # noqa: BLE001 - whatever it is, it is no number
        return None
