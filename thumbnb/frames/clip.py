"""A video, kept open: its facts, its frame at any time, its storyboard."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Self

from thumbnb.errors import DamagedVideo, InvalidInput, JobCancelled, NotAVideo, TimeOutOfRange
from thumbnb.frames.display import Display
from thumbnb.frames.index import Index, Span
from thumbnb.frames.kept import Kept, Picture
from thumbnb.frames.reader import Reader, Run, shown_at
from thumbnb.frames.source import CORES, label, open_source
from thumbnb.imaging.sizes import as_number, check_size

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator
    from types import TracebackType

    from PIL import Image

    from thumbnb.frames.storyboard import Storyboard
    from thumbnb.frames.suggest import Suggestion
    from thumbnb.imaging.sizes import Size

# Times are often passed on rounded to microseconds: 1/3 s as 0.333333 still means
# the frame that starts at 1/3 s.
_ROUNDING = Fraction(1, 2_000_000)

# Seconds by which a time may miss the ends: durations are passed on rounded too.
_TOLERANCE = 0.005

# One more than there are cores, because a frame often waits for the one it leans on.
_THREADS = min(CORES + 1, 8)

# A decoder keeps its threads busy by itself; many at once would only take turns on
# the same cores, each slower and all in memory.
_decoding = threading.BoundedSemaphore(max(2, CORES // 2))

# Frames a decoder holds on to beside those its threads work on; seen, not specified.
_REFERENCES = 12

# Someone who asks for a time this near the last one is stepping, and will want the
# frames around it too.
_NEAR_SECONDS = 1.0
_KEPT_SECONDS = 4.0
_KEPT_BYTES = 24 << 20


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

    ``threads`` decode it (one more than there are cores, at most 8, unless told). Raises
    ``FileNotFoundError``, ``NotAVideo`` or ``DamagedVideo``.

    >>> with frames.open("talk.mp4") as clip:
    ...     clip.at(2.5, size=(640, 360)).save("frame.jpg")
    """
    return Clip(source, threads)


class Clip:
    """An open video. May be used from several threads; they take turns.

    Times are seconds from the first frame; sizes are (width, height) in pixels.

    Attributes
    ----------
    source
        The path or address it was opened from.
    size
        Width and height as displayed: upright, with square pixels.
    duration
        How long the picture is shown, in seconds; of a file cut off, as it promises.
    readable
        How many of those seconds can be read: all, unless the file is cut off.
    fps
        The mean frame rate.
    start
        The first frame's own timestamp in seconds: what our times count from.
    codec
        The codec's name, such as ``"h264"``.
    footprint
        About how many bytes of memory the clip holds while it is open.
    """

    def __init__(self, source: str | os.PathLike[str], threads: int | None = None) -> None:
        self._lock = threading.RLock()
        threads = threads or _THREADS
        self._container, stream = open_source(source, threads)
        try:
            self._tick = stream.time_base or Fraction(1)
            index = Index(self._container, stream, self._tick)
            self._reader = Reader(index, stream)
            first = self._reader.first()
            if first is None:
                raise NotAVideo(f"No frame of {label(source)} can be decoded.")  # noqa: TRY301
            self._display = Display(first, stream.sample_aspect_ratio)
            self._origin = shown_at(first) or 0
            self._extent = index.extent()
        except BaseException:
            self._container.close()
            raise
        self._closed = False
        self._kept = Kept(_KEPT_BYTES)
        self._run: Run | None = None
        self._last_ticks: int | None = None

        self.source = source
        self.size: Size = self._display.size
        self.duration = self._seconds(self._extent.promised)
        self.readable = self._seconds(self._extent.readable)
        self.fps = float(stream.average_rate or stream.guessed_rate or 0)
        self.start = float(self._origin * self._tick)
        self.codec = stream.codec_context.codec.canonical_name
        frame_bytes = sum(plane.buffer_size for plane in first.planes)
        self.footprint = frame_bytes * (threads + _REFERENCES) + _KEPT_BYTES

    def at(self, t: float, size: tuple[int, int] | None = None) -> Image.Image:
        """Return the frame on screen at ``t`` seconds as an RGB picture.

        ``size`` is the size wanted, cropped to cover it and never stretched; the
        size as displayed otherwise. Any ``t`` from 0 to ``duration`` has a frame;
        raises ``TimeOutOfRange`` beyond, ``DamagedVideo`` where it cannot be decoded.
        """
        return self.frame_at(t, size).image

    def frame_at(
        self,
        t: float,
        size: tuple[int, int] | None = None,
        *,
        step: int = 0,
        stop: Callable[[], bool] | None = None,
    ) -> Frame:
        """Return the frame on screen at ``t`` seconds, with its true time.

        ``step`` goes so many frames on from there, or back if negative, and no further
        than the first and the last. ``stop`` is asked now and then from this thread: once
        it says true, the work ends with ``JobCancelled``.
        """
        ticks = self._ticks(t)
        wanted = self.size if size is None else check_size(size)
        with self._lock:
            picture = self._shown(ticks, wanted, stop)
            for _ in range(abs(step)):
                beside = picture and self._beside(picture[1], step)
                if beside is None:
                    break
                picture = self._shown(beside, wanted, stop)
        if picture is None:
            raise DamagedVideo(
                f"The frame at {float(t):.3f} s is damaged and cannot be decoded.",
                hint="Ask for another time.",
            )
        image, span = picture
        return self._frame(image.copy(), span)

    def keyframe_at(self, t: float, size: tuple[int, int] | None = None) -> Frame:
        """Return the keyframe at or before ``t`` seconds: many times faster than an exact one."""
        ticks = self._ticks(t)
        wanted = self.size if size is None else check_size(size)
        with self._lock, self._decoder():
            self._run = None
            frame = self._reader.keyframe(ticks)
            if frame is None:
                raise DamagedVideo(
                    f"The keyframe before {float(t):.3f} s is damaged.",
                    hint="Ask for another time.",
                )
            start = shown_at(frame) or 0
            span = Span(start, start + (frame.duration or 0))
            return self._frame(self._display.picture(frame, wanted), span)

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

    def survey(self, n: int = 5) -> tuple[list[Suggestion], list[float]]:
        """Return what :meth:`suggest` does, and when each shot but the first begins (seconds)."""
        from thumbnb.frames.suggest import survey  # noqa: PLC0415 (numpy, when first used)

        return survey(self, n)

    def close(self) -> None:
        """Close the file. The clip cannot be used any more."""
        with self._lock:
            self._closed = True
            self._run = None
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
            f"Clip({label(self.source)}, {width}x{height}, {self.duration:.2f} s, "
            f"{self.fps:.4g} fps, {self.codec})"
        )

    @contextmanager
    def _decoder(self) -> Iterator[None]:
        if self._closed:
            raise InvalidInput("This clip is closed.", hint="Open the video again.")
        with _decoding:
            yield

    def _shown(self, ticks: int, size: Size, stop: Callable[[], bool] | None) -> Picture | None:
        """Return the picture on screen at ``ticks``, kept or decoded; None where damaged."""

        def go_on() -> None:
            if stop is not None and stop():
                raise JobCancelled("The frame is not wanted any more.")

        picture = self._kept.get(ticks, size)
        if picture is None:
            with self._decoder():
                picture = self._picture(ticks, size, go_on)
        self._last_ticks = ticks
        return picture

    def _beside(self, span: Span, step: int) -> int | None:
        """Return a tick of the next frame, or of the one before; None where there is none."""
        if step < 0:
            return span.start - 1 if span.start > self._origin else None
        last = span.end is None or span.end >= self._extent.readable
        return None if last else span.end

    def _picture(self, ticks: int, size: Size, go_on: Callable[[], None]) -> Picture | None:
        go_on()
        if self._stepping(ticks):
            picture = self._stepped_to(ticks, size, go_on)
            if picture is not None:
                return picture
        self._run = None
        shown = self._reader.frame(ticks, go_on)
        return shown and (self._display.picture(shown[0], size), shown[1])

    def _stepping(self, ticks: int) -> bool:
        near = _NEAR_SECONDS / self._tick
        return self._last_ticks is not None and abs(ticks - self._last_ticks) <= near

    def _stepped_to(self, ticks: int, size: Size, go_on: Callable[[], None]) -> Picture | None:
        """Decode every frame up to ``ticks``, keeping pictures of those just before it."""
        run = self._run
        if run is None or run.position is None or run.position > ticks:
            run = self._run = self._reader.run(ticks)
        seconds = min(_KEPT_SECONDS, self._kept.room_for(size) / 2 / (self.fps or 25))
        horizon = ticks - seconds / self._tick
        picture = None
        for frame, span in run.to(ticks):
            go_on()
            if not self._reader.intact(frame):
                return None  # which frames are missing, only the packets tell
            if span.end is None or span.end > horizon:
                picture = self._kept.get(span.start, size)
                if picture is None:
                    picture = self._display.picture(frame, size), span
                    self._kept.put(*picture)
        return picture

    def _frame(self, image: Image.Image, span: Span) -> Frame:
        end = self._extent.readable if span.end is None else span.end
        return Frame(
            image=image,
            time=max(0.0, self._seconds(span.start)),
            duration=max(0.0, float((end - span.start) * self._tick)),
        )

    def _seconds(self, ticks: int) -> float:
        return float((ticks - self._origin) * self._tick)

    def _ticks(self, t: float) -> int:
        """Return the tick of second ``t``, or say why there is no frame."""
        seconds = as_number(t)
        if seconds is None:
            raise InvalidInput(f"A time is a number of seconds, not {t!r}.")
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
        return ticks
