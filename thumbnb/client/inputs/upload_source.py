"""What can be uploaded: a path, bytes, an open file, or an address the service fetches itself."""

from __future__ import annotations

import io
import os
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import unquote, urlsplit

from thumbnb import errors
from thumbnb.local_path import local_path, readable_name

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


@dataclass(frozen=True)
class Address:
    """A file on the web."""

    url: str
    name: str


@dataclass(frozen=True)
class LocalFile:
    """A file here: a path, or bytes that are open already."""

    name: str
    path: Path | None = None
    file: BinaryIO | None = None

    def open(self) -> AbstractContextManager[BinaryIO]:
        """Open it for reading; what somebody else opened stays open."""
        return self.path.open("rb") if self.path else nullcontext(self.file or io.BytesIO())


def source_of(
    what: str | os.PathLike[str] | bytes | BinaryIO, name: str | None
) -> Address | LocalFile:
    """Tell what was given, before anything is sent; ``name`` defaults to the file's stem."""
    if isinstance(what, bytes | bytearray | memoryview):
        if not what:
            raise errors.InvalidInput("There is nothing to upload: no bytes.")
        return LocalFile(name or "upload", file=io.BytesIO(what))
    if isinstance(what, str) and is_address(what):
        return _address(what, name)
    if not isinstance(what, str | os.PathLike):
        if hasattr(what, "read") and hasattr(what, "seek"):
            stem = Path(str(getattr(what, "name", "upload"))).stem
            return LocalFile(name or readable_name(stem), file=what)
        raise errors.InvalidInput(
            "upload() takes a path, an http(s) address, bytes or an open binary file, "
            f"not a {type(what).__name__}."
        )
    path = Path(local_path(what))
    if not path.is_file():
        kind = "is a folder" if path.is_dir() else "does not exist"
        raise errors.InvalidInput(f"{path} {kind}.", hint="Give the path of a video file.")
    if path.stat().st_size == 0:
        raise errors.InvalidInput(f"{path} is empty.", hint="Give the path of a video file.")
    return LocalFile(name or readable_name(path.stem), path=path)


def is_address(text: str) -> bool:
    """Whether a text is an address and not a path."""
    return "://" in text


def _address(url: str, name: str | None) -> Address:
    parts = urlsplit(url)
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        raise errors.InvalidInput(
            f"An upload address starts with http:// or https://, not {parts.scheme[:20]}://.",
            hint="Give a local file by its path.",
        )
    return Address(url, name or Path(unquote(parts.path)).stem or parts.hostname)
