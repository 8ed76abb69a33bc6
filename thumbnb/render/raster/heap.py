"""The heap: memory that was freed and is still this process's."""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any


@cache
def _trim() -> Any:
    """Return the C library's function that gives free memory back; None where it has none."""
    try:
        return ctypes.CDLL(None).malloc_trim
    except (OSError, TypeError, AttributeError):  # not Linux, or another C library
        return None


def give_back_free_memory() -> None:
    """Give free memory back to the system.

    The C library keeps up to a hundred megabytes of what images took, in pieces too small for
    a large one.
    """
    if trim := _trim():
        trim(0)
