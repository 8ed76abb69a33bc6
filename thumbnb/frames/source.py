"""Opening a file or address as a video, and nothing but a video."""

from __future__ import annotations

import logging
import os
import re
import stat
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

import av
import av.logging
from av import CodecContext
from av.error import FFmpegError
from av.stream import Discard

from thumbnb.arguments.local_path import input_path, local_path
from thumbnb.arguments.player_page import is_player_page
from thumbnb.errors import DamagedVideo, FileMissing, InvalidInput, MediaError, NotAVideo
from thumbnb.frames.animation import as_video, is_webp
from thumbnb.frames.damage_flags import late_output

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.video.codeccontext import VideoCodecContext
    from av.video.stream import VideoStream

logger = logging.getLogger(__name__)

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

# FFmpeg also "plays" text files, single images and playlists that name other
# files and hosts. An upload must reach none of those, so the doors are listed.
_FORMATS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,flv,ogg,asf,gif,ivf,dv,mxf,nut,rm,wtv,"
    "h264,hevc,m4v,mpegvideo,obu,mjpeg,yuv4mpegpipe,apng"  # in no container, or animated images
)
_IMAGE_CODECS = {"mjpeg", "png", "bmp", "gif", "webp", "tiff", "jpeg2000"}
_MAX_AHEAD = 1 << 29  # bytes read to get to a later one, from a server that cannot seek
_HUGE = 16_000_000  # pixels; above 4K
_PLAYLISTS = (".m3u8", ".m3u")
_STREAMS = (*_PLAYLISTS, ".mpd")
_SEE_ALPHA = {"vp8": "libvpx", "vp9": "libvpx-vp9"}
_FILE_ONLY = {"protocol_whitelist": "file"}
_NETWORK = {
    "protocol_whitelist": "cache,http,https,tcp,tls",
    "read_ahead_limit": str(_MAX_AHEAD),
    "reconnect": "1",
    "reconnect_delay_max": "2",
}

# The pieces that a playlist names come from where it came from: from this machine or from the
# network, not both.
_PIECES_HERE = {"protocol_whitelist": "file,crypto"}
_PIECES_THERE = {"protocol_whitelist": "http,https,tcp,tls,crypto"}

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
    try:
        parts = urlsplit(os.fspath(source))
    except ValueError:  # no address after all
        return repr(os.fspath(source)[:80])
    return repr(f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}")


def is_playlist(source: str | os.PathLike[str]) -> bool:
    """Whether ``source`` is called what playlists of streams (HLS) are called.

    By its name alone: a file that others sent, without one, is never taken for a playlist, which
    would name further files.
    """
    name = urlsplit(str(source)).path if is_address(source) else os.fsdecode(source)
    return name.lower().endswith(_PLAYLISTS)


class VideoFile:
    """An open container and its video stream, which can be opened once more.

    Attributes
    ----------
    source
        The path or address it was opened from.
    path
        The file on this machine; None for an address or a playlist.
    container, stream
        What packets are read from.
    sounds
        The sound tracks.
    """

    def __init__(self, source: str | os.PathLike[str]) -> None:
        if not is_address(source):
            input_path("source", source)
        elif is_player_page(str(source)):
            raise NotAVideo(
                f"{label(source)} is a page, not a video file.",
                hint="Give the address of the video file itself, or the path of a file.",
            )
        self.source = source
        self.is_playlist = is_playlist(source)
        self.path = None if is_address(source) or self.is_playlist else local_path(source)
        self.container = self._open()
        try:
            self.stream = _picture_track(self.container, source)
        except BaseException:
            self.container.close()
            raise
        self.sounds: list[AudioStream] = list(self.container.streams.audio)
        if self.is_playlist:
            self._skip_others()

    @property
    def formats(self) -> frozenset[str]:
        """The names FFmpeg has for the container, such as ``mov`` and ``mp4``."""
        return frozenset(self.container.format.name.split(","))

    def reopen(self) -> None:
        """Open the file anew, to read it from its first byte on."""
        index, flags = self.stream.index, self.container.flags
        self.container.close()
        self.container = self._open()
        self.container.flags = flags
        self.stream = next(s for s in self.container.streams.video if s.index == index)
        self.sounds = list(self.container.streams.audio)
        if self.is_playlist:
            self._skip_others()

    def close(self) -> None:
        """Close the file."""
        self.container.close()

    def _open(self) -> InputContainer:
        """Open the container; FileMissing, NotAVideo or DamagedVideo where it is none."""
        if self.is_playlist:
            return self._opened_playlist()
        if self.path is not None:
            return self._opened(f"file:{self.path}", _FILE_ONLY)
        # What came over the network is kept on disk while the file is open: where a server
        # cannot seek but does not say how much there is, all of it can be reached.
        return self._opened(f"cache:{self.source!s}", _NETWORK)

    def _opened_playlist(self) -> InputContainer:
        if is_address(self.source):
            container = self._opened(str(self.source), _PIECES_THERE)
        else:
            container = self._opened(f"file:{local_path(self.source)}", _PIECES_HERE)
        if not container.duration:
            container.close()
            raise NotAVideo(
                f"{label(self.source)} is a playlist without an end, of a live stream.",
                hint="Record it (ffmpeg -i ADDRESS -c copy video.mp4), and open that.",
            )
        return container

    def _skip_others(self) -> None:
        """Let no pieces be fetched of the playlist's other qualities."""
        for stream in self.container.streams.video:
            if stream.index != self.stream.index:
                stream.discard = Discard.all

    def _opened(self, name: str, options: dict[str, str]) -> InputContainer:
        # "file:" keeps a colon in a file's name from being read as a protocol.
        name_shown = str(self.source) if self.path is None else self.path
        formats = _FORMATS + ",hls" * self.is_playlist
        if self.path is not None and _is_device(self.path):
            raise InvalidInput(
                f"{label(name_shown)} is a device or a pipe, not a file.",
                hint="Give the path of a video file.",
            )
        try:
            container: InputContainer = av.open(
                name,
                container_options={"format_whitelist": formats} | options,
                options=dict(_DECODER_OPTIONS),
                **_LENIENT,
                timeout=_READ_TIMEOUT if self.path is None else None,
            )
            return container  # noqa: TRY300
        except FileNotFoundError:
            raise FileMissing(f"There is no file {label(name_shown)}.") from None
        except IsADirectoryError:
            raise InvalidInput(
                f"{label(name_shown)} is a folder.", hint="Give the path of a video file."
            ) from None
        except PermissionError:
            raise MediaError(
                f"{label(name_shown)} may not be read.", hint="Check who may read the file."
            ) from None
        except (FFmpegError, OSError) as error:
            animation = self._animation()
            if animation is not None:
                return animation
            raise _refusal(name_shown, error) from None  # its text has the whole address

    def _animation(self) -> InputContainer | None:
        """Return an animation that FFmpeg does not know as a video; None if it is none."""
        if self.path is None or not is_webp(_head(self.path)):
            return None
        video = as_video(self.path)
        if video is None:
            return None
        return cast("InputContainer", av.open(video, options=dict(_DECODER_OPTIONS)))


def decoder_of(stream: VideoStream, threads: int) -> VideoCodecContext:
    """Return a decoder for ``stream``: its own, or one that sees what shines through."""
    context = stream.codec_context
    seeing = _SEE_ALPHA.get(context.codec.canonical_name)
    # VP8 and VP9 keep their alpha beside the image, where FFmpeg's own decoders do not look.
    if stream.metadata.get("alpha_mode") == "1" and seeing in av.codecs_available:
        context = new_decoder(str(seeing), stream.codec_context)
    known_delay = getattr(context, "reorder_depth", None)  # PyAV 18 does not tell
    prepare_decoder(context, threads)
    context.options |= late_output(context, threads, known_delay)
    return context


def new_decoder(name: str, like: VideoCodecContext) -> VideoCodecContext:
    """Return a decoder called ``name`` for what the decoder ``like`` takes."""
    context = cast("VideoCodecContext", CodecContext.create(name, "r"))
    context.extradata = like.extradata
    context.codec_tag = like.codec_tag
    return context


def mute_ffmpeg() -> None:
    """Turn FFmpeg's messages off, where a notebook has turned them on.

    A decoder's thread that has a message waits for Python; whoever closes or rewinds that
    decoder waits for the thread, and lets nobody else have Python: for ever.
    """
    if av.logging.get_level() is not None:
        av.logging.set_level(None)
        logger.warning("FFmpeg's messages are off: they could stop thumbnb's decoders for good.")


def is_huge(context: VideoCodecContext) -> bool:
    """Whether images are larger than 4K, so that few can be held in memory."""
    return context.width * context.height > _HUGE


def prepare_decoder(context: VideoCodecContext, threads: int) -> None:
    """Set a decoder up to work on ``threads`` threads and within bounds."""
    mute_ffmpeg()
    # Each thread that decodes a frame of its own holds one more of them in memory: of 8K
    # in HDR that is 100 MB each, so there all threads work on one.
    context.thread_type = "SLICE" if is_huge(context) else "AUTO"
    context.thread_count = threads
    context.options = dict(_DECODER_OPTIONS)


def _picture_track(container: InputContainer, source: str | os.PathLike[str]) -> VideoStream:
    """Choose the stream that shows the film, not a cover, a preview or a proxy of it."""
    streams = [s for s in container.streams.video if _is_film(s)]
    if not streams:
        raise NotAVideo(f"There is no video stream in {label(source)}.")

    def rank(stream: VideoStream) -> tuple[bool, bool, bool, int]:
        is_image_codec = stream.codec_context.codec.canonical_name in _IMAGE_CODECS
        moving = not (stream.frames == 1 or (is_image_codec and _is_short(stream, container)))
        default = av.stream.Disposition.default in stream.disposition
        return moving, default, not is_image_codec, stream.width * stream.height

    return max(streams, key=rank)


def _is_film(stream: VideoStream) -> bool:
    # The cover image of a song is a video stream too; and a stream without a
    # decoder in this build has no codec context.
    aside = av.stream.Disposition.attached_pic | av.stream.Disposition.timed_thumbnails
    return not stream.disposition & aside and stream.codec_context is not None


def _is_short(stream: VideoStream, container: InputContainer) -> bool:
    """Whether a stream is over long before the file is: one image, not a film of them."""
    if stream.duration is not None and stream.time_base is not None:
        seconds = float(stream.duration * stream.time_base)
    else:
        seconds = _clock(stream.metadata.get("DURATION", ""))
    return 0 < seconds < (container.duration or 0) / av.time_base / 2


def _clock(text: str) -> float:
    """Return the seconds of a Matroska tag such as ``00:00:04.000000000``; 0 if it is none."""
    try:
        hours, minutes, seconds = text.split(":")
        return int(hours) * 3600 + int(minutes) * 60 + float(seconds)
    except ValueError:
        return 0.0


# What other files begin with that are often given by mistake.
_OTHER_FILES = (
    (re.compile(rb"ID3|fLaC|\xff[\xe2-\xfb]|RIFF....WAVE|FORM....AIF", re.DOTALL), "a sound file"),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|II\*\0|MM\0\*", re.DOTALL), "an image"),
    (re.compile(rb"%PDF|PK\x03\x04|\x1f\x8b|Rar!|7z\xbc\xaf"), "a document or an archive"),
)


def _refusal(name: str, reason: Exception) -> NotAVideo | DamagedVideo:
    reason_text = getattr(reason, "strerror", None) or reason
    head = b"" if is_address(name) else _head(name)
    if head[4:8] == b"ftyp":
        return DamagedVideo(
            f"The index of {label(name)} is missing: "
            "the file was cut off while it was written or sent.",
            hint="Copy or export it again, whole.",
        )
    if head.lstrip().lower().startswith((b"<!doctype", b"<html")):
        return NotAVideo(
            f"{label(name)} is a web page, not a video file.",
            hint="Give the address of the video file itself.",
        )
    if head.startswith(b"#EXTM3U") or _address_path(name).endswith(_STREAMS):
        return NotAVideo(
            f"{label(name)} is a playlist of a stream that cannot be read ({reason_text}).",
            hint="Save the stream as one file first (ffmpeg -i ADDRESS -c copy video.mp4), "
            "or give the address of the video file itself.",
        )
    if is_address(name):
        return NotAVideo(
            f"{label(name)} cannot be read: it is no video, or its index lies at its end and the "
            f"server does not let one seek there ({reason_text}).",
            hint="Give the address of a video file, or download it and open that.",
        )
    for beginning, kind in _OTHER_FILES:
        if beginning.match(head):
            return NotAVideo(f"{label(name)} is {kind}, not a video.")
    return NotAVideo(f"{label(name)} is not a video that can be read ({reason_text}).")


def _address_path(name: str) -> str:
    try:
        return urlsplit(name).path.lower()
    except ValueError:
        return ""


def _head(path: str) -> bytes:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 (the name may be any bytes)
            return file.read(12)
    except OSError:
        return b""


def _is_device(path: str) -> bool:
    """Whether a path is of something that has no end, or whose reading waits for a writer."""
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - a name that pathlib may refuse
    except (OSError, ValueError):
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))
