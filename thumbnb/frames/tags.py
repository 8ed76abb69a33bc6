"""Tags of a video track that FFmpeg does not pass on: crop, Dolby Vision.

Sources: ISO/IEC 14496-12 (clean aperture), RFC 9559 (PixelCrop, BlockAdditionMapping),
Dolby Vision Streams Within the ISO Base Media File Format (dvcC).
"""

from __future__ import annotations

import struct
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from thumbnb.frames.display.display import Crop
from thumbnb.frames.index.container import boxes, elements, size_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thumbnb.frames.index.container import Box, Element
    from thumbnb.frames.source import VideoFile

_SAMPLE_ENTRY = 78  # bytes of a visual sample entry before its boxes
_DESCRIPTION = 8  # bytes of stsd before its entries
_CLAP = 32
_DOLBY = {b"dvcC", b"dvvC", b"dvwC"}
_MAX_BYTES = 64  # bytes of a value that is looked at

_SEGMENT, _TRACKS, _TRACK, _TRACK_TYPE = 0x18538067, 0x1654AE6B, 0xAE, 0x83
_VIDEO, _MAPPING, _MAPPING_TYPE, _MAPPING_DATA = 0xE0, 0x41E4, 0x41E7, 0x41ED
_CROPS = (0x54CC, 0x54BB, 0x54DD, 0x54AA)  # left, top, right, bottom


class Tags(NamedTuple):
    """``crop`` in coded pixels; the number of the Dolby Vision profile, None without it."""

    crop: Crop = Crop()
    dolby_vision: int | None = None


def tags_of(file: VideoFile) -> Tags:
    """Read the tags of a local file's video stream."""
    if file.path is None:
        return Tags()
    size = size_of(file.path)
    with open(file.path, "rb") as stream:  # noqa: PTH123 (the name may be any bytes)
        try:
            if "mov" in file.formats:
                return _of_mp4(stream, size, file)
            if "matroska" in file.formats:
                return _of_matroska(stream, size, file)
        except (struct.error, IndexError, ZeroDivisionError):
            pass  # torn headers have nothing to say
    return Tags()


def _of_mp4(stream: BinaryIO, size: int, file: VideoFile) -> Tags:
    def inside(parents: Iterator[Box], kind: bytes) -> Iterator[Box]:
        for parent in parents:
            yield from (b for b in boxes(stream, parent.start, parent.end) if b.kind == kind)

    whole = (b for b in boxes(stream, 0, size) if b.kind == b"moov")
    for track in inside(whole, b"trak"):
        header = next(inside(iter([track]), b"tkhd"), None)
        if header is None or _track_id(_value(stream, header.start)) != file.stream.id:
            continue
        place = iter([track])
        for kind in (b"mdia", b"minf", b"stbl", b"stsd"):
            place = inside(place, kind)
        for description in place:
            for entry in boxes(stream, description.start + _DESCRIPTION, description.end):
                return _of_entry(stream, entry, file)
    return Tags()


def _track_id(header: bytes) -> int:
    """Return the number in a tkhd box, which stands later where its times are wide."""
    at = 20 if header[0] else 12
    return int.from_bytes(header[at : at + 4], "big")


def _of_entry(stream: BinaryIO, entry: Box, file: VideoFile) -> Tags:
    crop, profile = Crop(), None
    for box in boxes(stream, entry.start + _SAMPLE_ENTRY, entry.end):
        value = _value(stream, box.start)
        if box.kind == b"clap" and len(value) >= _CLAP:
            crop = _clean(value, file.stream.width, file.stream.height)
        elif box.kind in _DOLBY:
            profile = value[2] >> 1
    return Tags(crop, profile)


def _clean(value: bytes, width: int, height: int) -> Crop:
    """Return the crop that a clean aperture means; none if it makes no sense."""
    wide, wide_of, high, high_of = struct.unpack(">4I", value[:16])
    x, x_of, y, y_of = struct.unpack(">iIiI", value[16:32])
    left = round((width - wide / wide_of) / 2 + x / x_of)
    top = round((height - high / high_of) / 2 + y / y_of)
    crop = Crop(left, top, width - left - wide // wide_of, height - top - high // high_of)
    return crop if min(crop) >= 0 else Crop()


def _of_matroska(stream: BinaryIO, size: int, file: VideoFile) -> Tags:
    def inside(parents: Iterator[Element], kind: int) -> Iterator[Element]:
        for parent in parents:
            end = size if parent.end is None else parent.end
            yield from (e for e in elements(stream, parent.start, end) if e.id == kind)

    def number(parent: Element, kind: int) -> int:
        found = next(inside(iter([parent]), kind), None)
        return 0 if found is None else int.from_bytes(_value(stream, *found[1:]), "big")

    segments = (e for e in elements(stream, 0, size) if e.id == _SEGMENT)
    place = [s.index for s in file.container.streams.video].index(file.stream.index)
    tracks = inside(inside(segments, _TRACKS), _TRACK)
    videos = (t for t in tracks if number(t, _TRACK_TYPE) == 1)
    for track in islice(videos, place, place + 1):
        video = next(inside(iter([track]), _VIDEO), None)
        edges = [number(video, kind) if video else 0 for kind in _CROPS]
        profile = None
        for mapping in inside(iter([track]), _MAPPING):
            if number(mapping, _MAPPING_TYPE).to_bytes(8, "big")[4:] in _DOLBY:
                data = next(inside(iter([mapping]), _MAPPING_DATA), None)
                profile = _value(stream, data.start)[2] >> 1 if data else None
        return Tags(Crop(*edges), profile)
    return Tags()


def _value(stream: BinaryIO, start: int, end: int | None = None) -> bytes:
    stream.seek(start)
    return stream.read(_MAX_BYTES if end is None else min(_MAX_BYTES, end - start))
