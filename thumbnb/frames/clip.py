"""A video, kept open: its facts, its frame at any time, its storyboard."""

from __future__ import annotations

import math
import os
import threading
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Self

from thumbnb.errors import DamagedVideo, NotAVideo, TimeOutOfRange
from thumbnb.frames.display import Display
from thumbnb.frames.fit import check_size
from thumbnb.frames.reader import Reader, shown_at
from thumbnb.frames.source import open_source

if TYPE_CHECKING:
    from types import TracebackType

    from PIL import Image

    from thumbnb.frames.fit import Size
    from thumbnb.frames.storyboard import Storyboard
    from thumbnb.frames.suggest import Suggestion

# Times are often passed on rounded to microseconds: 1/3 s as 0.333333 still means
# the frame that starts at 1/3 s.
_ROUNDING = Fraction(1, 2_000_000)

_MAX_THREADS = 8


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame of a video: its picture, and when it is on screen.

    ``time`` is when it comes on screen, in seconds from the video's start, and
    ``duration`` how long it stays; ``time + duration`` is the next frame's time.
    """

    image: Image.Image
    time: float
    duration: float


def open_clip(source: str | os.PathLike[str], threads: int | None = None) -> Clip:
    """Open a video file, or one at an http(s) address, and keep it open.

    ``threads`` decode it (all cores, at most 8, unless told). Raises
    ``FileNotFoundError``, ``NotAVideo`` or ``DamagedVideo``.

    >>> with frames.open("talk.mp4") as clip:
    ...     clip.at(2.5, size=(640, 360)).save("frame.jpg")
    """
    return Clip(source, threads)


class Clip:
    """An open video. May be used from several threads; they take turns.

    Times are seconds from the first frame; sizes are (width, height) in pixels.
    """

    def __init__(self, source: str | os.PathLike[str], threads: int | None = None) -> None:
        self.source = source
        self._lock = threading.RLock()
        cores = min(os.cpu_count() or 1, _MAX_THREADS)
        self._container, self._stream = open_source(source, threads or cores)
        try:
            self._reader = Reader(self._container, self._stream)
            first = next(self._reader.run(self._stream.start_time or 0), None)
            if first is None:
                raise NotAVideo(f"No frame of {str(source)!r} can be decoded.")
            self._origin = shown_at(first) or 0
            self._display = Display(first, self._stream.sample_aspect_ratio)
        except BaseException:
            self._container.close()
            raise

    @property
    def size(self) -> Size:
        """Width and height as displayed: upright, with square pixels."""
        return self._display.size

    @property
    def codec(self) -> str:
        """The codec's name, such as ``"h264"``."""
        return self._stream.codec_context.codec.canonical_name

    @property
    def start(self) -> float:
        """The first frame's own timestamp in seconds: what our times count from."""
        return float(self._origin * self._tick)

    @cached_property
    def duration(self) -> float:
        """How long the picture is shown, in seconds."""
        if self._stream.duration:
            return float(self._stream.duration * self._tick)
        return (self._container.duration or 0) / 1e6

    @cached_property
    def fps(self) -> float:
        """The mean frame rate."""
        return float(self._stream.average_rate or self._stream.guessed_rate or 0)

    def at(self, t: float, size: tuple[int, int] | None = None) -> Image.Image:
        """Return the frame on screen at ``t`` seconds as an RGB picture.

        ``size`` is the size wanted, cropped to cover it and never stretched; the
        size as displayed otherwise. Raises ``TimeOutOfRange`` or ``DamagedVideo``.
        """
        return self.frame_at(t, size).image

    def frame_at(self, t: float, size: tuple[int, int] | None = None) -> Frame:
        """Return the frame on screen at ``t`` seconds, with its true time."""
        ticks = self._ticks(t)
        wanted = None if size is None else check_size(size)
        with self._lock:
            found = self._reader.frame(ticks)
            if found is None:
                raise DamagedVideo(f"No frame can be read at {float(t):.3f} s.")
            frame, span = found
            start = span.start or 0
            end = span.end if span.end is not None else start + (frame.duration or 0)
            return Frame(
                image=self._display.picture(frame, wanted),
                time=self._seconds(start),
                duration=float((end - start) * self._tick),
            )

    def keyframe_at(self, t: float, size: tuple[int, int] | None = None) -> Frame:
        """Return the keyframe at or before ``t`` seconds: many times faster than an exact one."""
        ticks = self._ticks(t)
        wanted = None if size is None else check_size(size)
        with self._lock:
            frame = self._reader.keyframe(ticks)
            if frame is None:
                raise DamagedVideo(f"No keyframe can be read before {float(t):.3f} s.")
            return Frame(
                image=self._display.picture(frame, wanted),
                time=max(0.0, self._seconds(shown_at(frame) or 0)),
                duration=float((frame.duration or 0) * self._tick),
            )

    def storyboard(
        self, n: int = 100, tile_width: int = 160, columns: int = 10, *, exact: bool = False
    ) -> Storyboard:
        """Return ``n`` small frames, evenly spaced, on one sheet.

        Quick, because each tile shows the keyframe before its time, and says which
        time that is; ``exact`` shows the very frame instead, and takes its time.
        """
        from thumbnb.frames.storyboard import make  # noqa: PLC0415 (it needs Clip's type)

        return make(self, n, tile_width, columns, exact=exact)

    def suggest(self, n: int = 5) -> list[Suggestion]:
        """Return the ``n`` best moments for a thumbnail, best first, one a shot."""
        from thumbnb.frames.suggest import suggest  # noqa: PLC0415 (numpy, when first used)

        return suggest(self, n)

    def close(self) -> None:
        """Close the file. The clip cannot be used any more."""
        with self._lock:
            self._container.close()

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
            f"Clip({str(self.source)!r}, {width}x{height}, {self.duration:.2f} s, "
            f"{self.fps:.4g} fps, {self.codec})"
        )

    @property
    def _tick(self) -> Fraction:
        return self._stream.time_base or Fraction(1, 1)

    def _seconds(self, ticks: int) -> float:
        return float((ticks - self._origin) * self._tick)

    def _ticks(self, t: float) -> int:
        seconds = float(t)
        slack = max(1e-3, 0.5 / self.fps if self.fps else 0)
        if not 0 <= seconds <= self.duration + slack:
            raise TimeOutOfRange(
                f"There is no frame at {seconds:g} s: "
                f"the video runs from 0 to {self.duration:.3f} s."
            )
        return self._origin + math.floor((Fraction(seconds) + _ROUNDING) / self._tick)
