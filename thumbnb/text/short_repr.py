"""Short reprs of values for messages, whatever their own ``__repr__`` does."""

from __future__ import annotations

from typing import Any


def short_repr(value: Any, length: int = 60) -> str:
    """Return a value's repr in at most ``length`` characters; its type where it has none.

    >>> short_repr("a" * 100, 10)
    "'aaaaaaaa…"
    """
    try:
        text = repr(value)
    except Exception:  # noqa: BLE001 - it is somebody else's code
        text = f"an object of type {type(value).__name__}"
    text = " ".join(text.split())
    return text if len(text) <= length else f"{text[: length - 1]}…"
