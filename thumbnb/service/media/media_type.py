"""The type of a file by its first bytes, and the extension that goes with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_SIGNATURES: tuple[tuple[re.Pattern[bytes], str, str], ...] = (
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg", "jpg"),
    (re.compile(rb"\x89PNG\r\n"), "image/png", "png"),
    (re.compile(rb"....ftypqt  ", re.DOTALL), "video/quicktime", "mov"),
    (re.compile(rb"....(ftyp|moov|mdat|wide|free)", re.DOTALL), "video/mp4", "mp4"),
    (re.compile(rb"\x1aE\xdf\xa3.{0,40}webm", re.DOTALL), "video/webm", "webm"),
    (re.compile(rb"\x1aE\xdf\xa3"), "video/x-matroska", "mkv"),
    (re.compile(rb"RIFF....AVI ", re.DOTALL), "video/x-msvideo", "avi"),
    (re.compile(rb"\x00\x00\x01[\xb3\xba]"), "video/mpeg", "mpg"),
    (re.compile(rb"G.{187}G", re.DOTALL), "video/mp2t", "ts"),
    (re.compile(rb"FLV\x01"), "video/x-flv", "flv"),
    (re.compile(rb"OggS"), "video/ogg", "ogv"),
    (re.compile(rb"GIF8[79]a"), "image/gif", "gif"),
)
_EXTENSIONS = {media_type: extension for _, media_type, extension in _SIGNATURES}


def media_type(path: Path) -> str:
    """Name a file's type by its first bytes, for the browser that will show it."""
    with path.open("rb") as file:
        head = file.read(256)
    return next(
        (name for pattern, name, _ in _SIGNATURES if pattern.match(head)),
        "application/octet-stream",
    )


def extension(media_type: str) -> str:
    """Give the usual file extension of a media type, without its dot."""
    return _EXTENSIONS.get(media_type, "bin")
