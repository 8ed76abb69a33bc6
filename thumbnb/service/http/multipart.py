"""The body of a file upload, written to disk as it comes in and never held in memory.

python-multipart does the parsing: streaming-form-data is less code, but cannot say whether a
body came to its end, and so takes half a file for a whole one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool

from thumbnb.service.refusal import invalid, too_large

if TYPE_CHECKING:
    from starlette.requests import Request

    from thumbnb.service.media.file_store import NewFile

# Bytes collected before a thread parses, hashes and writes them: fewer would
# cost a thread hop each, more would only take memory.
BATCH = 1024 * 1024
# What headers and fields may add to the file (bytes). It bounds their number, too: a million
# empty parts are past it before they cost anything.
MAX_OVERHEAD = 64 * 1024
# Of a body that large no part is looked at before so many bytes of it have been parsed.
STEP = 16 * 1024
# RFC 2046: a boundary is no longer.
MAX_BOUNDARY = 70


class _FormParser:
    """Passes the bytes of the part named ``file`` to a new file; small text fields are kept."""

    def __init__(self, boundary: bytes, new_file: NewFile, limit: int) -> None:
        self.found = False
        self.whole = False
        self.filename = b""
        self.texts: dict[bytes, bytearray] = {}
        self._new_file = new_file
        self._limit = limit
        self._received = 0
        self._inside = False
        self._text = bytearray()
        self._header = bytearray()
        self._value = bytearray()
        self._disposition = b""
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._part_begin,
                "on_header_field": lambda data, start, end: self._header.extend(data[start:end]),
                "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
                "on_header_end": self._header_end,
                "on_headers_finished": self._headers_finished,
                "on_part_data": self._part_data,
                "on_end": self._end,
            },
        )

    def write(self, data: bytes) -> None:
        """Parse what has come; refuses what is malformed or too large."""
        for start in range(0, len(data), STEP):
            step = data[start : start + STEP]
            self._received += len(step)
            try:
                self._parser.write(step)
            except FormParserError:
                raise invalid("The body is not well-formed multipart/form-data.") from None
            if self._received - self._new_file.size > MAX_OVERHEAD + STEP:
                raise too_large("What the form holds beside the file", MAX_OVERHEAD)

    def _part_begin(self) -> None:
        self._disposition = b""

    def _header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._disposition = bytes(self._value)
        self._header.clear()
        self._value.clear()

    def _headers_finished(self) -> None:
        _, options = parse_options_header(self._disposition)
        name = options.get(b"name", b"")
        self._inside = name == b"file" and not self.found
        if self._inside:
            self.found = True
            self.filename = options.get(b"filename", b"")
        else:
            self._text = self.texts.setdefault(name, bytearray())

    def _part_data(self, data: bytes, start: int, end: int) -> None:
        if self._inside:
            if self._new_file.size + end - start > self._limit:
                raise too_large("The file", self._limit)
            self._new_file.write(memoryview(data)[start:end])
        else:
            self._text += data[start:end]

    def _end(self) -> None:
        self.whole = True


async def receive_file(request: Request, new_file: NewFile, limit: int) -> dict[str, str]:
    """Write the multipart field ``file`` of a request to ``new_file``, ``limit`` bytes at most.

    Gives the other fields, and the file's own name as ``filename``.
    """
    kind, options = parse_options_header(request.headers.get("content-type"))
    boundary = options.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary:
        raise invalid("Send the file as multipart/form-data, in a field named 'file'.")
    if len(boundary) > MAX_BOUNDARY:
        raise invalid(f"The boundary of the form is longer than {MAX_BOUNDARY} characters.")
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > limit + MAX_OVERHEAD:
        raise too_large("The file", limit)

    form = _FormParser(boundary, new_file, limit)
    batch = bytearray()
    async for chunk in request.stream():
        batch += chunk
        if len(batch) >= BATCH:
            await run_in_threadpool(form.write, bytes(batch))
            batch.clear()
    await run_in_threadpool(form.write, bytes(batch))
    if not form.found:
        raise invalid("There is no field named 'file' in the body.")
    if not form.whole:
        raise invalid("The body ends in the middle of the file.")
    texts = {
        name.decode(errors="replace"): t.decode(errors="replace") for name, t in form.texts.items()
    }
    return {"filename": form.filename.decode(errors="replace"), **texts}
