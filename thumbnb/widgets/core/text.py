"""Texts for people: errors in words, and texts of bounded length."""

from __future__ import annotations

from thumbnb import errors

# What comes from a service or a file may be of any length.
MAX_LENGTH = 600


def error_text(error: BaseException) -> str:
    """Return what an error says: our own as they are, others with their class."""
    if isinstance(error, errors.ThumbnbError):
        return str(error)
    return f"{type(error).__name__}: {error}"


def shortened(text: str, length: int = MAX_LENGTH) -> str:
    """Return a text of at most ``length`` characters; an ellipsis stands for the rest."""
    return text if len(text) <= length else f"{text[: length - 1]}\u2026"
