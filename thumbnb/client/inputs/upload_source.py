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
from thumbnb.api.transport import plain_url
from thumbnb.arguments.local_path import input_path, readable_name
from thumbnb.arguments.player_page import is_player_page
from thumbnb.text.short_repr import short_repr

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
            _check_gives_bytes(what)
            stem = Path(str(getattr(what, "name", "upload"))).stem
            return LocalFile(name or readable_name(stem), file=what)
        raise errors.InvalidInput(
            "upload() takes a path, an http(s) address, bytes or an open binary file, "
            f"not a {type(what).__name__}."
        )
    path = input_path("source", what)
    try:
        size = path.stat().st_size if path.is_file() else -1
        kind = "is a folder" if path.is_dir() else "does not exist"
    except (OSError, ValueError) as error:  # a name too long, a folder that is closed to us
        size, kind = -1, f"cannot be read ({getattr(error, 'strerror', None) or error})"
    if size < 0:
        raise errors.InvalidInput(
            f"{short_repr(str(path), 200)[1:-1]} {kind}.", hint="Give the path of a video file."
        )
    if size == 0:
        raise errors.InvalidInput(f"{path} is empty.", hint="Give the path of a video file.")
    return LocalFile(name or readable_name(path.stem), path=path)


def _check_gives_bytes(file: BinaryIO) -> None:
    """Raise InvalidInput for a file that is closed, or open as text."""
    try:
        nothing = file.read(0)
    except (OSError, ValueError) as error:
        raise errors.InvalidInput(
            f"The file cannot be read ({error}).", hint='Open it again: open(path, "rb").'
        ) from error
    if not isinstance(nothing, bytes | bytearray):
        raise errors.InvalidInput(
            "The file is open as text.", hint='Open it in binary mode: open(path, "rb").'
        )


def is_address(text: str) -> bool:
    """Whether a text is an address and not a path."""
    return "://" in text


def refuse_page(what: Address) -> None:
    """Refuse the address of a page with a player, where only files are fetched."""
    if is_player_page(what.url):
        raise errors.InvalidInput(
            f"{plain_url(what.url)} is a page, not a video file.",
            hint="Give the address of the video file itself, or upload the file by its path.",
        )


def _address(url: str, name: str | None) -> Address:
    try:
        parts = urlsplit(url)
    except ValueError:
        raise errors.InvalidInput(f"This is not a web address: {short_repr(url)}.") from None
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        raise errors.InvalidInput(
            f"An upload address starts with http:// or https://, not {parts.scheme[:20]}://.",
            hint="Give a local file by its path.",
        )
    return Address(url, name or Path(unquote(parts.path)).stem or parts.hostname)
