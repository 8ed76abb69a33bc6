"""Addresses of videos and images: what may be a path, http(s), or any store that fsspec knows."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from thumbnb import errors
from thumbnb.storage import files
from thumbnb.storage.home import is_in_home

if TYPE_CHECKING:
    from collections.abc import Iterator

# One letter and a colon is a drive of Windows.
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+(::|://)")
_CHUNK = 1 << 20
# What a full disk of ours says, and not the store.
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


def has_scheme(name: str) -> bool:
    """Whether a text is an address, such as ``s3://bucket/a.mp4``, rather than a path."""
    return _SCHEME.match(name) is not None


def is_http(name: str) -> bool:
    """Whether the decoder itself fetches what is there."""
    return name.lower().startswith(("http://", "https://"))


def file_path(name: str) -> str | None:
    """Return the path of a file here: of a path, or of a ``file://`` address; else None."""
    if name.lower().startswith("file://"):
        return unquote(urlsplit(name).path)
    return None if has_scheme(name) else name


def base_name(name: str) -> str:
    """Return the last part of a path or address, without what may be secret in an address."""
    if has_scheme(name):
        name = unquote(name.split("?", 1)[0].split("#", 1)[0])
    return os.path.basename(name.rstrip("/\\")) or "video"  # noqa: PTH119 - many a second


def stem(name: str) -> str:
    """Return the last part of a path or address without its suffix."""
    return os.path.splitext(base_name(name))[0]  # noqa: PTH122


def file_system(address: str) -> tuple[Any, str]:
    """Return fsspec's file system of an address, and the path there. Raises InvalidInput."""
    try:
        import fsspec  # noqa: PLC0415 - only for addresses
    except ImportError:
        raise errors.InvalidInput(
            f"Addresses like {address.split(':', 1)[0]}:// need fsspec.",
            hint="Run: pip install 'thumbnb[dask]', and the package of that store, such as s3fs.",
        ) from None
    try:
        system, path = fsspec.core.url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise errors.InvalidInput(
            f"Addresses like {address.split(':', 1)[0]}:// cannot be used here: {error}.",
            hint="Install the package of that store where the work is done, such as s3fs or gcsfs.",
        ) from error
    return system, str(path)


@contextlib.contextmanager
def local_copy(name: str) -> Iterator[str]:
    """Lend what the decoder can open: the path or http address itself, or a copy of the file."""
    path = name if is_http(name) else file_path(name)
    if path is not None:
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="thumbnb-") as folder:
        copy = Path(folder) / f"video{Path(base_name(name)).suffix}"
        try:
            _fetch(name, copy)
        except FileNotFoundError:
            raise errors.FileMissing(f"There is no file {base_name(name)!r} there.") from None
        except OSError as error:
            if error.errno in _NO_ROOM:
                raise
            # A store's text may have the whole address, and an address a signature.
            reason = (error.strerror or type(error).__name__).replace(name, base_name(name))
            reason = reason.split("?", 1)[0]
            raise errors.MediaError(
                f"{base_name(name)!r} cannot be fetched ({reason}).",
                hint="See that its address can be reached from where the work is done.",
            ) from None
        yield str(copy)


def _fetch(name: str, copy: Path) -> None:
    """Copy what is at an address into a file here. Raises OSError."""
    system, remote = file_system(name)
    with system.open(remote, "rb") as source, copy.open("wb") as target:
        while chunk := source.read(_CHUNK):
            target.write(chunk)


def write_address(name: str, data: bytes) -> None:
    """Write a file at an address, whole or not at all as far as that store can. Raises OSError."""
    path = file_path(name)
    if path is not None:
        target = Path(path)
        if is_in_home(target):
            files.make_folder(target.parent)
            files.write_file(target, data)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            files.write_file(target, data, mode=files.SHARED)
        return
    system, remote = file_system(name)
    parent = remote.rpartition("/")[0]
    if parent:
        system.makedirs(parent, exist_ok=True)
    system.pipe_file(remote, data)


def read_address(name: str) -> bytes | None:
    """Return the bytes at an address; None where there are none."""
    path = file_path(name)
    try:
        if path is not None:
            return Path(path).read_bytes()
        system, remote = file_system(name)
        data: bytes = system.cat_file(remote)
    except FileNotFoundError:
        return None
    return data
