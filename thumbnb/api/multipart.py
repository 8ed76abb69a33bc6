"""Forms with files: small ones that are held, or one large one that is streamed."""

from __future__ import annotations

import asyncio
import os
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from thumbnb import errors

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping, Sequence

CHUNK = 2**20


@dataclass(frozen=True)
class FormFile:
    """A file of a form that fits in memory: an image, not a film. ``kind`` is its media type."""

    field: str
    data: bytes
    filename: str
    kind: str


@dataclass(frozen=True)
class Form:
    """A form with small files; several may have the same field."""

    files: Sequence[FormFile]
    fields: Mapping[str, str]


class StreamedForm:
    """A form with one file of any size, read while it is sent; memory use is one chunk.

    The file goes up from where it stands, every time anew. ``on_progress(sent, total)``
    is called in bytes. Make it on a thread: finding a file's end may block.
    """

    def __init__(
        self,
        file: BinaryIO,
        *,
        filename: str,
        on_progress: Callable[[int, int], None] | None = None,
    ) -> None:
        boundary = secrets.token_hex(16)
        name = filename.replace("\\", "_").replace('"', "_").replace("\r", "").replace("\n", "")
        self._head = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        ).encode()
        self._tail = f"\r\n--{boundary}--\r\n".encode()
        self._file = file
        self._start = file.tell()
        self._total = file.seek(0, os.SEEK_END) - self._start
        self._on_progress = on_progress
        self.headers = {
            "Content-Type": f"multipart/form-data; boundary={boundary}",
            "Content-Length": str(len(self._head) + self._total + len(self._tail)),
        }

    async def body(self) -> AsyncIterator[bytes]:
        """Yield what is sent, from the beginning."""
        await asyncio.to_thread(self.rewind)
        yield self._head
        sent = 0
        while sent < self._total:
            chunk = await asyncio.to_thread(self._file.read, min(CHUNK, self._total - sent))
            if not chunk:
                raise errors.InvalidInput("The file became shorter while it was uploaded.")
            yield chunk
            sent += len(chunk)
            if self._on_progress:
                self._on_progress(sent, self._total)
        yield self._tail

    def rewind(self) -> None:
        """Set the file back to where it stood."""
        self._file.seek(self._start)
