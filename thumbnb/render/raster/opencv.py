"""OpenCV, where it is installed: what it does takes it a tenth of the time."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import Any


@cache
def load_opencv() -> Any:
    """Return OpenCV, which does the work on one thread; None where it is not installed."""
    if find_spec("cv2") is None:
        return None
    import cv2  # noqa: PLC0415 - an extra

    return cv2
