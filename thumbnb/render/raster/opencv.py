"""OpenCV, where it is installed: what it does takes it a tenth of the time."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from threading import Lock
from typing import Any

_lock = Lock()


def has_opencv() -> bool:
    """Whether OpenCV is installed; it is not loaded."""
    try:
        return find_spec("cv2") is not None
    except ValueError:  # another thread is loading it: meanwhile it has no spec
        return True


def load_opencv() -> Any:
    """Return OpenCV, which does the work on one thread; None where it is not installed.

    While it loads, OpenCV puts another module in its own place for a moment, which no other
    thread must see: all that use it come here.
    """
    with _lock:
        return _loaded()


@cache
def _loaded() -> Any:
    if not has_opencv():
        return None
    import cv2  # noqa: PLC0415 - an extra, and slow to load

    return cv2
