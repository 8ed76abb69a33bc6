"""Messages between the service and its worker processes: plain data, pickled, with their length.

Only plain data is read back. A worker process decodes files of strangers; if one of them
ever takes it over, it still cannot name code for the service to run.
"""

from __future__ import annotations

import io
import pickle
import struct
from typing import IO, Any, NoReturn

_LENGTH = struct.Struct(">Q")
# A result is an encoded image and a few facts (bytes).
MAX_MESSAGE = 256 * 1024 * 1024


class _PlainData(pickle.Unpickler):
    """Reads numbers, texts, bytes, lists, tuples, sets and dicts, and nothing that has a class."""

    def find_class(self, module: str, name: str, /) -> NoReturn:
        raise pickle.UnpicklingError(f"A message may not name {module}.{name}.")


def encode(message: Any) -> bytes:
    """Return a message as bytes, its length first."""
    body = pickle.dumps(message, protocol=5)
    return _LENGTH.pack(len(body)) + body


def send(stream: IO[bytes], message: Any) -> None:
    """Write one message, whole."""
    stream.write(encode(message))
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read one message; raises ``EOFError`` where the other side has ended."""
    head = _read(stream, _LENGTH.size)
    (length,) = _LENGTH.unpack(head)
    if length > MAX_MESSAGE:
        raise EOFError(f"A message of {length:,} bytes is none of ours.")
    return _PlainData(io.BytesIO(_read(stream, length))).load()


def _read(stream: IO[bytes], length: int) -> bytes:
    parts = []
    while length:
        part = stream.read(length)
        if not part:
            raise EOFError("The other side has ended.")
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
