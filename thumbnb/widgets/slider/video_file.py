"""Upload of a video file: it comes from the browser in parts and is put together on disk."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.widgets.core.chunked_upload import MEGABYTE, clean_file_name

if TYPE_CHECKING:
    from collections.abc import Sequence

# A film goes through the notebook's server in messages: beyond this a path is the better way.
MAX_BYTES = 512 * MEGABYTE


class UploadedFile:
    """A file that came whole; ``with`` gives its path, and removes it afterwards."""

    def __init__(self, folder: tempfile.TemporaryDirectory[str], path: Path) -> None:
        self._folder = folder
        self._path = path

    def __enter__(self) -> Path:
        return self._path

    def __exit__(self, *_: object) -> None:
        _remove(self._folder)


class VideoFileUpload:
    """Takes one file at a time; what was begun is gone with the next, or with ``drop()``."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self._max_bytes = max_bytes
        self._upload_id = ""
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._path = Path()

    def add(
        self, upload_id: str, name: str, size: int, buffers: Sequence[Any]
    ) -> UploadedFile | None:
        """Take the next part of a file of ``size`` bytes; return the file once it is whole."""
        if not isinstance(size, int) or not 0 < size <= self._max_bytes:
            raise errors.InvalidInput(
                f"A file sent from the browser has at most {self._max_bytes // MEGABYTE} MB.",
                hint="Use client.upload(path) for a larger one.",
            )
        if self._folder is None or upload_id != self._upload_id:
            self.drop()
            self._upload_id = upload_id
            self._folder = tempfile.TemporaryDirectory(prefix="thumbnb-")
            self._path = Path(self._folder.name) / _file_name(name)
        with self._path.open("ab") as file:
            for buffer in buffers:
                file.write(memoryview(buffer).cast("B"))
            gathered = file.tell()
        if gathered < size and buffers:
            return None
        if gathered != size:
            self.drop()
            raise errors.InvalidInput("The file did not come whole.", hint="Choose it again.")
        whole, self._folder = UploadedFile(self._folder, self._path), None
        return whole

    def drop(self) -> None:
        """Remove what came of a file that is not whole."""
        folder, self._folder = self._folder, None
        if folder is not None:
            _remove(folder)


def _remove(folder: tempfile.TemporaryDirectory[str]) -> None:
    with contextlib.suppress(OSError):  # Windows keeps what is being read
        folder.cleanup()


def _file_name(name: str) -> str:
    """Return a name from outside as a name only: no folder, and nothing a disk can't hold."""
    plain = "".join(c if c.isalnum() or c in " -_.()" else "_" for c in clean_file_name(name))
    return plain.strip(". ")[-80:] or "video"
