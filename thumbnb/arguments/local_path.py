"""Paths as people give them, and file names as people read them."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thumbnb.errors import InvalidInput
from thumbnb.text.short_repr import short_repr

if TYPE_CHECKING:
    from collections.abc import Iterator

# Bytes that a disk takes as the name of one file or folder.
MAX_NAME = 255


def input_path(name: str, value: Any) -> Path:
    """Return what a user gives as a path, ``~`` as the home folder. Raises InvalidInput."""
    try:
        path = local_path(value)
        is_name = isinstance(path, str) and path and "\0" not in path
        if is_name and all(len(os.fsencode(part)) <= MAX_NAME for part in Path(path).parts):
            return Path(path)
    except (TypeError, ValueError):
        pass
    raise InvalidInput(f"{name} is the path of a file or folder, not {short_repr(value)}.")


def local_path(source: str | os.PathLike[str]) -> str:
    """Return ``source`` as a path, with ``~`` as the home folder where no file has that name."""
    path = os.fspath(source)
    if path.startswith("~") and not os.path.lexists(path):
        return os.path.expanduser(path)  # noqa: PTH111 (pathlib raises for an unknown user)
    return path


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Have what goes wrong while a file or a folder is written raise InvalidInput."""
    try:
        yield
    except OSError as error:
        raise InvalidInput(
            f"{path.name!r} cannot be written: {error.strerror or error}.",
            hint="Give another name, or another folder.",
        ) from error


def readable_name(name: str) -> str:
    """Return a file's name as text that can be sent: names from old disks are Latin-1."""
    raw = name.encode("utf-8", "surrogateescape")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def slug(text: str, limit: int = 60) -> str:
    """Return a text as a piece of a file's name: small letters, digits and dashes.

    >>> slug("I LEFT Earth!")
    'i-left-earth'
    """
    plain = re.sub(r"[\W_]+", "-", text).strip("-").lower()
    return plain[:limit].strip("-")
