"""Opening a file or address as a video, and nothing but a video."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import av
from av.error import FFmpegError

from thumbnb.errors import DamagedVideo, NotAVideo

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.stream import VideoStream

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

# FFmpeg also "plays" text files, single images and playlists that name other
# files and hosts. An upload must reach none of those, so the doors are listed.
_FORMATS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,flv,ogg,asf,gif,ivf,dv,mxf,nut,rm,wtv"
)
_FILE_ONLY = "file"
_NETWORK = "http,https,tcp,tls"

# Titles in any encoding: PyAV 19 takes them as they are, before it has to be told.
_LENIENT: dict[str, Any] = {"metadata_errors": "replace"} if int(av.__version__[:2]) < 19 else {}  # noqa: PLR2004

# More than any camera records, and few enough to hold some in memory: a file of a
# few bytes may claim any size.
_DECODER_OPTIONS = {"max_pixels": str(16_384 * 8_192)}

_READ_TIMEOUT = 30.0  # seconds; a server that stalls must not hang a notebook


def is_address(source: str | os.PathLike[str]) -> bool:
    """Whether ``source`` is an http(s) address rather than a path."""
    return isinstance(source, str) and source.lower().startswith(("http://", "https://"))


def label(source: str | os.PathLike[str]) -> str:
    """Return ``source`` as messages show it: an address without passwords or signatures."""
    if not is_address(source):
        return repr(os.fspath(source))
    parts = urlsplit(os.fspath(source))
    return repr(f"{parts.scheme}://{parts.hostname}{parts.path}")


def open_source(source: str | os.PathLike[str], threads: int) -> tuple[InputContainer, VideoStream]:
    """Open ``source`` and its picture track, set up to decode on ``threads`` threads.

    Raises ``FileNotFoundError``, ``NotAVideo``, or ``DamagedVideo`` for an MP4
    that was cut off before its index.
    """
    remote = is_address(source)
    name = str(source) if remote else os.fspath(Path(source).expanduser())
    try:
        container = av.open(
            # "file:" keeps a colon in a file's name from being read as a protocol.
            name if remote else f"file:{name}",
            container_options={
                "format_whitelist": _FORMATS,
                "protocol_whitelist": _NETWORK if remote else _FILE_ONLY,
            },
            options=dict(_DECODER_OPTIONS),
            **_LENIENT,
            timeout=_READ_TIMEOUT if remote else None,
        )
    except FileNotFoundError:
        raise FileNotFoundError(f"There is no file {label(name)}.") from None
    except (PermissionError, IsADirectoryError):
        raise
    except (FFmpegError, OSError) as error:
        raise _refusal(name, error) from None  # its text has the whole address
    stream = next((s for s in container.streams.video if _shows_motion(s)), None)
    if stream is None:
        container.close()
        raise NotAVideo(f"There is no picture track in {label(name)}.")
    context = stream.codec_context
    context.thread_type = "AUTO"
    context.thread_count = threads
    context.options = dict(_DECODER_OPTIONS)
    return container, stream


def _shows_motion(stream: VideoStream) -> bool:
    # The cover picture of a song is a video stream too; and a stream without a
    # decoder in this build has no codec context.
    cover_picture = av.stream.Disposition.attached_pic in stream.disposition
    return not cover_picture and stream.codec_context is not None


def _refusal(name: str, reason: Exception) -> NotAVideo | DamagedVideo:
    if not is_address(name) and _starts_like_mp4(Path(name)):
        return DamagedVideo(
            f"The index of {label(name)} is missing: "
            "the file was cut off while it was written or sent.",
            hint="Copy or export it again, whole.",
        )
    said = getattr(reason, "strerror", None) or reason
    return NotAVideo(f"{label(name)} is not a video that can be read ({said}).")


def _starts_like_mp4(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(8)[4:] == b"ftyp"
    except OSError:
        return False
