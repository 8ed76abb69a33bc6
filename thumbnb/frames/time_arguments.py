"""The times and steps that a caller gives, as numbers."""

from __future__ import annotations

from thumbnb.errors import InvalidInput
from thumbnb.imaging.sizes import as_number
from thumbnb.text.clock_time import parse_clock_time
from thumbnb.text.short_repr import short_repr

# Frames that one step goes at most; further, a time is the way.
MAX_STEP = 1000


def seconds_of(time: object) -> float:
    """Return a time in seconds, given as a number or as a text like "0:05"."""
    seconds = parse_clock_time(time) if isinstance(time, str) else as_number(time)
    if seconds is None:
        raise InvalidInput(
            f'A time is a number of seconds, or a text like "0:05", not {short_repr(time)}.'
        )
    return seconds


def steps_of(step: object) -> int:
    """Return a number of frames to step by, forward or back."""
    number = as_number(step)
    if number is None or not number.is_integer() or abs(number) > MAX_STEP:
        raise InvalidInput(f"step is a whole number of frames, not {short_repr(step)}.")
    return int(number)
