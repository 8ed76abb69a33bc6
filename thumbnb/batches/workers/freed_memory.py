"""Keep freed memory for the next frame, where a cluster has glibc give it back at once.

Dask starts its workers with ``MALLOC_TRIM_THRESHOLD_=65536``. Each buffer of a video frame is
then asked of the system anew, a page at a time: a fifth of the time of a row.
"""

from __future__ import annotations

import ctypes
import os
from contextlib import contextmanager
from threading import Lock, Timer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

# Numbers of <malloc.h>.
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
_MMAP_DEFAULT = 128 * 1024
# A frame of 4K has 12 MB in YUV and 25 in RGB; 32 MiB is the most that glibc takes.
_MMAP_LARGE = 32 * 1024 * 1024
_TRIM_LARGE = 256 * 1024 * 1024

# A worker that rests this long (seconds) between two rows gives back what it kept.
REST = 2.0

_lock = Lock()
_users = 0
_rest: Timer | None = None


@contextmanager
def keep_freed_memory() -> Iterator[None]:
    """Keep freed memory in the block; a rest after it, give it back, as the process was told.

    It does nothing where ``MALLOC_TRIM_THRESHOLD_`` is not set, or without glibc. Blocks of several
    threads may overlap.
    """
    global _users, _rest  # noqa: PLW0603 - what is set belongs to the process
    libc, threshold = _libc(), os.environ.get("MALLOC_TRIM_THRESHOLD_", "")
    if libc is None or not threshold.isdecimal() or int(threshold) >= _TRIM_LARGE:
        yield
        return
    with _lock:
        _users += 1
        libc.mallopt(_MMAP_THRESHOLD, _MMAP_LARGE)
        libc.mallopt(_TRIM_THRESHOLD, _TRIM_LARGE)
    try:
        yield
    finally:
        with _lock:
            _users -= 1
            if _rest is not None:
                _rest.cancel()
            _rest = Timer(REST, _give_back, (libc, int(threshold)))
            _rest.daemon = True
            _rest.start()


def _give_back(libc: Any, threshold: int) -> None:
    with _lock:
        if not _users:
            libc.mallopt(_MMAP_THRESHOLD, _MMAP_DEFAULT)
            libc.mallopt(_TRIM_THRESHOLD, threshold)
            libc.malloc_trim(0)


def _libc() -> Any:
    """Return the C library of the process, if it can be told how to keep memory."""
    try:
        libc = ctypes.CDLL(None)
        libc.mallopt, libc.malloc_trim  # noqa: B018 - of glibc alone
    except (OSError, TypeError, AttributeError):
        return None
    return libc
