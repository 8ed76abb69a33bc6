"""The container's boxes: whether a file's end is missing, whether it is in fragments.

Only headers are read, a few bytes each. Sources: ISO/IEC 14496-12 (boxes), RFC 8794
and RFC 9559 (EBML, Matroska).
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_BOXES = 4096
"""So many boxes of one level are looked at: a file of fragments has thousands."""

_WIDE = 1
_BOX_HEADER, _WIDE_HEADER = 8, 16

_EBML = b"\x1a\x45\xdf\xa3"
_SEGMENT = 0x18538067
_MAX_LENGTH = 8


class Box(NamedTuple):
    """A box of an MP4: its type, where its content begins, and where the box ends (bytes)."""

    kind: bytes
    start: int
    end: int


def boxes(file: BinaryIO, start: int, end: int) -> Iterator[Box]:
    """Yield the boxes of an MP4 that lie side by side from ``start`` to ``end``.

    The last one may claim to end after ``end``.
    """
    for _ in range(_MAX_BOXES):
        if start + _BOX_HEADER > end:
            return
        file.seek(start)
        head = file.read(_WIDE_HEADER)
        size, header = int.from_bytes(head[:4], "big"), _BOX_HEADER
        if size == _WIDE:
            size, header = int.from_bytes(head[8:16], "big"), _WIDE_HEADER
        elif size == 0:  # to the end of the file
            size = end - start
        if size < header:
            return
        yield Box(head[4:8], start + header, start + size)
        start += size


class Element(NamedTuple):
    """An element of a Matroska file: its id, where its content begins and ends (bytes)."""

    id: int
    start: int
    end: int | None
    """None where the length was not known when it was written."""


def elements(file: BinaryIO, start: int, end: int) -> Iterator[Element]:
    """Yield the elements of a Matroska file that lie side by side from ``start`` to ``end``."""
    for _ in range(_MAX_BOXES):
        if start >= end:
            return
        file.seek(start)
        head = file.read(12)
        name, width = _number(head, keep_marker=True)
        size, length = _number(head[width:])
        if not width or not length:
            return
        content = start + width + length
        unknown = size == (1 << 7 * length) - 1
        yield Element(name, content, None if unknown else content + size)
        if unknown:
            return
        start = content + size


def _number(data: bytes, *, keep_marker: bool = False) -> tuple[int, int]:
    """Return a number of variable length and how many bytes it takes; 0 bytes if it is none."""
    if not data or not data[0]:
        return 0, 0
    length = _MAX_LENGTH + 1 - data[0].bit_length()
    if len(data) < length:
        return 0, 0
    value = int.from_bytes(data[:length], "big")
    return (value if keep_marker else value & (1 << 7 * length) - 1), length


def size_of(path: str) -> int:
    """Return how many bytes a file has."""
    return os.path.getsize(path)  # noqa: PTH202 (the name may be any bytes)


def is_cut_off(path: str) -> bool:
    """Whether the file promises more bytes than it has (MP4, QuickTime, Matroska, WebM)."""
    size = size_of(path)
    with open(path, "rb") as file:  # noqa: PTH123
        if file.read(4) == _EBML:
            ends = (e.end for e in elements(file, 0, size) if e.id == _SEGMENT)
        else:
            ends = (box.end for box in boxes(file, 0, size))
        return any(end is not None and end > size for end in ends)


def is_fragmented(path: str) -> bool:
    """Whether an MP4 is a row of fragments, as streams and recorders write it."""
    size = size_of(path)
    with open(path, "rb") as file:  # noqa: PTH123
        return any(box.kind == b"moof" for box in boxes(file, 0, size))
