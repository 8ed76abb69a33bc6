"""Seconds as a clock says them."""

from __future__ import annotations


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
