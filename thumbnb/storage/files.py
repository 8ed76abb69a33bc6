"""Durable file writes: a file is whole or not there, and on the disk when the call returns."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Our files are for their owner only. A file that the user names is made with ``SHARED``
# instead, from which the process's umask takes what is usual there.
PRIVATE = 0o600
PRIVATE_FOLDER = 0o700
SHARED = 0o666
# What systems and disks without second names say to a request for one.
_NO_LINKS = frozenset(
    {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EINVAL}
)
# The end of the name that a file has until it is whole.
UNFINISHED = ".part"


def write_file(path: Path, data: bytes | str, *, mode: int = PRIVATE) -> None:
    """Write a file whole or not at all, durably; text as UTF-8. Raises OSError."""
    with replace_file(path, mode=mode) as file:
        file.write(data.encode() if isinstance(data, str) else data)


@contextlib.contextmanager
def replace_file(path: Path, *, mode: int = PRIVATE) -> Iterator[IO[bytes]]:
    """Open a new file that takes the place of ``path`` when the block ends well.

    Until then it lies beside it under a hidden name that ends in ``.part``.
    """
    beside = path.with_name(f".{secrets.token_hex(8)}{UNFINISHED}")
    try:
        with create_file(beside, mode=mode) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        sync_folder(path.parent)
    finally:
        beside.unlink(missing_ok=True)


def create_file(path: Path, *, mode: int = PRIVATE) -> IO[bytes]:
    """Open a file for writing that is not there yet; from its first byte it has this mode."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, mode), "wb")


def move_file(source: Path, path: Path) -> None:
    """Move a file to its place durably: its bytes are on the disk before its name is."""
    with source.open("rb+") as file:
        os.fsync(file.fileno())
    source.replace(path)
    sync_folder(path.parent)


def link_file(source: Path, path: Path) -> None:
    """Give a file a second name durably; raises FileExistsError where that is taken.

    Where the disk knows no second names, the file moves.
    """
    with source.open("rb+") as file:
        os.fsync(file.fileno())
    try:
        path.hardlink_to(source)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise  # such as a full disk: the file must stay where it is
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        source.replace(path)
    sync_folder(path.parent)


def make_folder(path: Path) -> None:
    """Make a folder that only its owner may enter, and those above it, durably.

    One that is there already stays as it is.
    """
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    sync_folder(path.parent)


def delete_file(path: Path) -> None:
    """Delete a file durably, so that no power cut brings it back; one that is gone is fine."""
    try:
        path.unlink()
    except FileNotFoundError:
        return
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Have the names in a folder on the disk: what a file is called is in its folder."""
    if os.name == "nt":  # there a folder cannot be opened, and names are written at once
        return
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
