"""A video kept open: its facts, and its frame or keyframe at any time."""

from __future__ import annotations

import threading
from collections import deque
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Self

from av.error import FFmpegError

from thumbnb.errors import DamagedVideo, InvalidInput, JobCancelled, NotAVideo, TimeOutOfRange
from thumbnb.frames import decode_priority
from thumbnb.frames.cache import CachedImage, ImageCache
from thumbnb.frames.damage_flags import flags_late
from thumbnb.frames.display.display import Display
from thumbnb.frames.index.packet_index import indexed
from thumbnb.frames.index.route import Span
from thumbnb.frames.reader import Reader, Run, shown_at
from thumbnb.frames.source import CORES, VideoFile, decoder_of, is_huge, label, mute_ffmpeg
from thumbnb.frames.tags import tags_of
from thumbnb.frames.time_arguments import seconds_of, steps_of
from thumbnb.imaging.sizes import check_size, whole_number
from thumbnb.text.short_repr import short_repr

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from types import TracebackType

    from av.video.frame import VideoFrame
    from PIL import Image

    from thumbnb.frames.display.display import Beside
    from thumbnb.imaging.sizes import Size

# Times are often passed on rounded to microseconds: 1/3 s as 0.333333 still means
# the frame that starts at 1/3 s.
_ROUNDING = Fraction(1, 2_000_000)

# Seconds by which a time may miss the ends: durations are passed on rounded too.
_TOLERANCE = 0.005

# One more than there are cores, because a frame often waits for the one it leans on.
_THREADS = min(CORES + 1, 8)

# Frames a decoder holds on to beside those its threads work on; seen, not specified.
_REFERENCES = 12
_HUGE_REFERENCES = 8  # the levels of H.264 and HEVC allow 6 above 4K, AV1 and VP9 have 8

# The profile of Dolby Vision whose colours are no other signal's; the others have a base in HDR10,
# HLG or SDR.
_OWN_COLOURS = 5

# Someone who asks for a time this near the last one is stepping, and will want the
# frames around it too.
_NEAR_SECONDS = 1.0
_CACHED_SECONDS = 4.0
_CACHED_BYTES = 24 << 20


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame of a video: its image, and when it is on screen.

    ``time`` is when it comes on screen, in seconds from the video's start, and
    ``duration`` how long it stays; ``time + duration`` is the next frame's time.
    """

    image: Image.Image
    time: float
    duration: float


class Decoder:
    """An open video. May be used from several threads; they take turns.

    Times are seconds from the video's start (its first image or its first sound);
    sizes are (width, height) in pixels.

    Attributes
    ----------
    source
        The path or address it was opened from.
    size
        Width and height as displayed: upright, with square pixels.
    duration
        How long the video is, in seconds; of a file cut off, as it promises.
    readable
        How many of those seconds can be read: all, unless the file is cut off.
    fps
        The mean frame rate.
    start
        The timestamp in seconds, in the file, that our times count from.
    codec
        The codec's name, such as ``"h264"``.
    footprint
        About how many bytes of memory the decoder holds while it is open.
    """

    def __init__(
        self,
        source: str | os.PathLike[str],
        threads: int | None = None,
        *,
        ahead_of_time: bool = False,
    ) -> None:
        # What nobody waits for yet takes no turn from those who wait.
        self._turn: Callable[[], AbstractContextManager[None]] = (
            nullcontext if ahead_of_time else decode_priority.decoding
        )
        self._lock = threading.RLock()
        threads = _THREADS if threads is None else whole_number("number of threads", threads, 64)
        self._file = VideoFile(source)
        try:
            self._index, self._extent = indexed(self._file)
            stream = self._file.stream
            context = decoder_of(stream, threads)
            self._tick = self._index.tick
            self._reader = Reader(self._index, stream, context)
            first = self._reader.first()
            if first is None:
                raise NotAVideo(f"No frame of {label(source)} can be decoded.")  # noqa: TRY301
            tags = tags_of(self._file)
            self._display = Display(
                first,
                self._reader.pixel_aspect(first),
                tags.crop,
                dolby_vision=tags.dolby_vision == _OWN_COLOURS,
            )
            self._origin = self._index.origin
        except BaseException:
            self._file.close()
            raise
        self._closed = False
        self._cache = ImageCache(_CACHED_BYTES)
        self._run: Run | None = None
        self._last_ticks: int | None = None
        self._stretch = 0  # the longest way from a keyframe that was seen, in ticks

        self.source = source
        self.size: Size = self._display.size
        self.duration = self._seconds(self._extent.promised)
        self.readable = self._seconds(self._extent.readable)
        self.fps = self._index.rate
        self.start = float(self._origin * self._tick)
        self.codec = context.codec.canonical_name
        frame_bytes = sum(plane.buffer_size for plane in first.planes)
        held = 1 + _HUGE_REFERENCES if is_huge(stream.codec_context) else threads + _REFERENCES
        held += threads if flags_late(context) else 0  # none is given out too soon
        self.footprint = frame_bytes * held + _CACHED_BYTES

    def frame_at(
        self,
        time: float | str,
        size: tuple[int, int] | None = None,
        *,
        step: int = 0,
        stop: Callable[[], bool] | None = None,
    ) -> Frame:
        """Return the frame on screen at ``time`` (seconds, or "0:05"), with its true time.

        ``size`` is the size wanted, cropped to cover it and never stretched; the
        size as displayed otherwise. ``step`` goes so many frames on from there, or back
        if negative, and no further than the first and the last. ``stop`` is asked now
        and then from this thread: once it says true, the work ends with ``JobCancelled``.

        Any time from 0 to ``duration`` has a frame; raises ``TimeOutOfRange`` beyond,
        ``DamagedVideo`` where it cannot be decoded.
        """
        ticks = self._ticks(time)
        if stop is not None and not callable(stop):
            raise InvalidInput(f"stop is a function, not {short_repr(stop)}.")
        wanted = None if size is None else check_size(size)
        with self._lock:
            found = self._shown(ticks, wanted, stop)
            for _ in range(abs(steps_of(step))):
                beside = found and self._beside(found[1], step)
                if beside is None:
                    break
                found = self._shown(beside, wanted, stop)
        if found is None:
            raise DamagedVideo(
                f"The frame at {seconds_of(time):.3f} s is damaged and cannot be decoded.",
                hint="Ask for another time.",
            )
        image, span = found
        return self._frame(image.copy(), span)

    def next_frame_at(self, time: float | str, size: tuple[int, int] | None = None) -> Frame:
        """Return what :meth:`frame_at` does, decoding on from the frame asked for before.

        The quick way to many frames in rising order that lie close together: no frame is
        decoded twice. Where a keyframe lies between, going there is quicker.
        """
        ticks = self._ticks(time)
        wanted = None if size is None else check_size(size)
        with self._lock, self._decoding():
            run = self._run
            if run is None or run.position is None or not self._leads_to(run.position, ticks):
                run = self._run = self._reader.run(ticks)
                if run.begins is not None:  # a keyframe
                    self._stretch = max(self._stretch, ticks - run.begins)
            self._last_ticks = ticks
            last = deque(run.to(ticks), maxlen=1)
            if last and self._reader.intact(last[0][0]):
                frame, span = last[0]
                return self._frame(self._image(frame, wanted, run.beside), span)
            self._run = None
        return self.frame_at(time, size)

    def keyframe_at(self, time: float | str, size: tuple[int, int] | None = None) -> Frame:
        """Return the last keyframe at or before ``time``: many times faster than an exact one."""
        ticks = self._ticks(time)
        wanted = None if size is None else check_size(size)
        with self._lock, self._decoding():
            self._run = None
            frame = self._reader.keyframe(ticks)
            if frame is None:
                raise DamagedVideo(
                    f"The keyframe before {seconds_of(time):.3f} s is damaged.",
                    hint="Ask for another time.",
                )
            start = shown_at(frame) or 0
            span = Span(start, start + (frame.duration or 0))
            return self._frame(self._image(frame, wanted), span)

    def keyframe_times(self) -> list[float]:
        """Return when keyframes come on screen, in seconds; all of the file is read for it."""
        with self._lock:
            self._run = None
            return sorted(self._seconds(ticks) for ticks in self._index.keyframes())

    def close(self) -> None:
        """Close the file. The video cannot be used any more."""
        with self._lock:
            mute_ffmpeg()
            self._closed = True
            self._run = None
            self._index.close()
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        width, height = self.size
        return (
            f"{type(self).__name__}({label(self.source)}, {width}x{height}, "
            f"{self.duration:.2f} s, {self.fps:.4g} fps, {self.codec})"
        )

    @contextmanager
    def _decoding(self) -> Iterator[None]:
        if self._closed:
            raise InvalidInput("This clip is closed.", hint="Open the video again.")
        with self._turn():
            yield

    def _shown(
        self, ticks: int, size: Size | None, stop: Callable[[], bool] | None
    ) -> CachedImage | None:
        """Return the image on screen at ``ticks``, kept or decoded; None where damaged."""

        def go_on() -> None:
            if stop is not None and stop():
                raise JobCancelled("The frame is not wanted any more.")

        found = self._cache.get(ticks, size)
        if found is None:
            with self._decoding():
                found = self._decoded(ticks, size, go_on)
        self._last_ticks = ticks
        return found

    def _beside(self, span: Span, step: int) -> int | None:
        """Return a tick of the next frame, or of the one before; None where there is none."""
        if step < 0:
            return span.start - 1 if span.start > self._index.first else None
        last = span.end is None or span.end >= self._extent.readable
        return None if last else span.end

    def _decoded(
        self, ticks: int, size: Size | None, go_on: Callable[[], None]
    ) -> CachedImage | None:
        go_on()
        if self._stepping(ticks):
            found = self._stepped_to(ticks, size, go_on)
            if found is not None:
                return found
        self._run = None
        shown = self._reader.frame(ticks, go_on)
        if shown is None:
            return None
        frame, span = shown

        def beside() -> tuple[VideoFrame | None, VideoFrame | None]:
            return self._reader.beside(span)

        return self._image(frame, size, beside), span

    def _leads_to(self, position: int, ticks: int) -> bool:
        """Whether decoding on from ``position`` comes to ``ticks`` sooner than a seek would."""
        return position <= ticks and ticks - position <= self._stretch

    def _stepping(self, ticks: int) -> bool:
        near = _NEAR_SECONDS / self._tick
        return self._last_ticks is not None and abs(ticks - self._last_ticks) <= near

    def _stepped_to(
        self, ticks: int, size: Size | None, go_on: Callable[[], None]
    ) -> CachedImage | None:
        """Decode every frame up to ``ticks``, keeping images of those just before it."""
        run = self._run
        if run is None or run.position is None or run.position > ticks:
            run = self._run = self._reader.run(ticks)
        seconds = min(
            _CACHED_SECONDS, self._cache.room_for(size or self.size) / 2 / (self.fps or 25)
        )
        horizon = ticks - seconds / self._tick
        found = None
        for frame, span in run.to(ticks):
            go_on()
            if not self._reader.intact(frame):
                return None  # which frames are missing, only the packets tell
            if span.end is None or span.end > horizon:
                found = self._cache.get(span.start, size)
                if found is None:
                    image = self._image(frame, size, run.beside)
                    found = image, span
                    self._cache.put(image, span, size)
        return found

    def _image(
        self, frame: VideoFrame, size: Size | None, beside: Beside | None = None
    ) -> Image.Image:
        aspect = self._reader.pixel_aspect(frame)
        try:
            return self._display.image(frame, size, aspect, beside)
        except (FFmpegError, OSError, ValueError) as error:
            raise DamagedVideo(
                f"A frame was decoded, but no image can be made of it ({error}).",
                hint="Ask for another time.",
            ) from error

    def _frame(self, image: Image.Image, span: Span) -> Frame:
        # The first image is shown from the start, where sounds begin before it.
        start = self._origin if span.start <= self._index.first else span.start
        end = self._extent.readable if span.end is None else span.end
        return Frame(
            image=image,
            time=max(0.0, self._seconds(start)),
            duration=max(0.0, float((end - start) * self._tick)),
        )

    def _seconds(self, ticks: int) -> float:
        return float((ticks - self._origin) * self._tick)

    def _ticks(self, time: float | str) -> int:
        """Return the tick of a time in seconds, or say why there is no frame."""
        seconds = seconds_of(time)
        if not -_TOLERANCE <= seconds <= self.duration + _TOLERANCE:
            raise TimeOutOfRange(
                f"There is no frame at {seconds:g} s: "
                f"the video runs from 0 to {self.duration:.3f} s."
            )
        ticks = self._origin + max(0, floor((Fraction(seconds) + _ROUNDING) / self._tick))
        if self._extent.cut_off and ticks >= self._extent.readable:
            raise DamagedVideo(
                f"The file is cut off: of its {self.duration:.3f} s only the first "
                f"{self._seconds(self._extent.readable):.3f} s can be read.",
                hint="Ask for an earlier time, or copy the file again, whole.",
            )
        return max(ticks, self._index.first)
