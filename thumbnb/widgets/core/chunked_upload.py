"""Chunked upload: files that come from the browser in parts, because a message has a limit."""

from __future__ import annotations

from typing import Any

from thumbnb import errors

MEGABYTE = 2**20
MAX_IMAGE = 25 * MEGABYTE
# Files that may be on their way to one widget; of one that was left, the rest never comes.
MAX_OPEN = 8
MAX_NAME = 200


class ChunkedUploads:
    """Puts files together from their parts in memory; each of at most ``max_bytes``."""

    def __init__(self, max_bytes: int = MAX_IMAGE) -> None:
        self._max_bytes = max_bytes
        self._open: dict[str, bytearray] = {}

    def add(self, upload_id: str, size: int, buffers: list[Any]) -> bytes | None:
        """Take the next part of a file of ``size`` bytes; return the file once it is whole."""
        if not isinstance(size, int) or not 0 < size <= self._max_bytes:
            raise errors.InvalidInput(
                f"A file has at most {self._max_bytes // MEGABYTE} MB.", hint="Make it smaller."
            )
        if upload_id not in self._open:
            while len(self._open) >= MAX_OPEN:
                self._open.pop(next(iter(self._open)))
            self._open[upload_id] = bytearray()
        data = self._open[upload_id]
        for buffer in buffers:
            data += memoryview(buffer).cast("B")
        if len(data) < size and buffers:
            return None
        del self._open[upload_id]
        if len(data) != size:
            raise errors.InvalidInput("The file did not come whole.", hint="Add it again.")
        return bytes(data)


def clean_file_name(name: Any) -> str:
    """Return a file's name as a line of text of bounded length."""
    return " ".join(str(name).split())[:MAX_NAME] or "image"
