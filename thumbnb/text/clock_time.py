"""Clock times: seconds as a text like "1:02:03", and back."""

from __future__ import annotations

import re

# Hours and minutes before the seconds; a text without a colon is a number in quotes by mistake.
_CLOCK = re.compile(r"(?:([0-9]{1,4}):)?([0-9]{1,4}):([0-9]{1,2}(?:\.[0-9]{1,9})?)")


def clock_time(seconds: float, *, digits: int = 1) -> str:
    """Return seconds as minutes and seconds, with hours where there are some.

    >>> clock_time(83.52), clock_time(5, digits=0), clock_time(3723.0)
    ('1:23.5', '0:05', '1:02:03.0')
    """
    unit = 10**digits
    parts = round(max(0.0, seconds) * unit)
    minutes, rest = divmod(parts, 60 * unit)
    hours, minutes = divmod(minutes, 60)
    shown = f"{rest / unit:0{digits + 3 if digits else 2}.{digits}f}"
    return f"{hours}:{minutes:02}:{shown}" if hours else f"{minutes}:{shown}"


def parse_clock_time(text: str) -> float | None:
    """Return the seconds of a text like "0:05" or "1:02:03.5"; None where it is none.

    >>> parse_clock_time("1:23.5"), parse_clock_time("soon")
    (83.5, None)
    """
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    hours, minutes, seconds = found.groups()
    return int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds)
