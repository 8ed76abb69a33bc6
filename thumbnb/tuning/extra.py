"""Libraries of the extra ``thumbnb[tuning]``, imported when they are used."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from thumbnb import errors


def library(name: str, purpose: str) -> Any:
    """Return a module of the extra. Raises InvalidInput that says how to install it."""
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise errors.InvalidInput(
            f"{purpose} needs {name.partition('.')[0]}, which is not installed.",
            hint='Install it with: pip install "thumbnb[tuning]"',
        ) from error
