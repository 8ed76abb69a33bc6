"""A group of pictures (GOP) of a proxy: the JPEGs of the frames from one time to another."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from thumbnb.imaging.small_copy import encode_jpeg

if TYPE_CHECKING:
    from thumbnb.frames.decoder import Frame
    from thumbnb.imaging.sizes import Size

# What is looked at for a moment is half as large, with the colour that videos have (4:2:0).
QUALITY = 85

# Times are passed on rounded to microseconds.
_ROUNDING = 5e-7

_MIN_FRAMES, _MAX_FRAMES = 12, 300
"""Frames: shorter groups are joined, longer ones split."""
_REACH = 300
"""Groups behind somebody that are made at most, and twice as many ahead."""


class SmallFrame(NamedTuple):
    """A frame as a JPEG: its size in pixels, when it comes on screen and how long it stays (s)."""

    jpeg: bytes
    size: Size
    time: float
    duration: float


def small_frame(frame: Frame) -> SmallFrame:
    """Return ``frame`` as a JPEG."""
    jpeg = encode_jpeg(frame.image, quality=QUALITY)
    return SmallFrame(jpeg, frame.image.size, frame.time, frame.duration)


class Gop:
    """Frames in the order of time, from ``start`` to ``end`` (seconds); readable while it grows.

    ``done`` says that all of them are there, but for damaged ones.
    """

    def __init__(self, start: float, end: float) -> None:
        self.start, self.end = start, end
        self.bytes = 0
        self.done = False
        self._times = array("d")
        self._frames: list[SmallFrame] = []

    def __len__(self) -> int:
        """Return how many frames are there."""
        return len(self._frames)

    def add(self, frame: SmallFrame) -> None:
        """Add the next frame. One thread adds while others read."""
        self._frames.append(frame)
        self.bytes += len(frame.jpeg)
        self._times.append(frame.time)

    def at(self, time: float) -> SmallFrame | None:
        """Return the frame on screen at ``time`` (seconds), if it is there."""
        i = bisect_right(self._times, time + _ROUNDING) - 1
        if i < 0:
            return None
        frame = self._frames[i]
        return frame if time + _ROUNDING < frame.time + frame.duration else None


def gop_spans(keyframes: list[float], end: float, fps: float) -> list[tuple[float, float]]:
    """Return from when to when each group lasts, in seconds, for keyframes at these times.

    All of the video is in one of them, from 0 to ``end``.
    """
    shortest, longest = _MIN_FRAMES / (fps or 25), _MAX_FRAMES / (fps or 25)
    starts = [0.0]
    for key in sorted(keyframes):
        if shortest <= key - starts[-1] and key < end:
            starts.append(key)
    spans: list[tuple[float, float]] = []
    for start, stop in pairwise([*starts, end]):
        parts = max(1, -(-(stop - start) // longest))
        edges = [start + (stop - start) * i / parts for i in range(int(parts))]
        spans += pairwise([*edges, stop])
    return spans


def near_first(here: int, count: int) -> list[int]:
    """Return numbers below ``count`` from ``here`` outward: two ahead for each one behind."""
    order = [here]
    for i in range(min(count, _REACH)):
        order += [here + 2 * i + 1, here + 2 * i + 2, here - i - 1]
    return [n for n in order if 0 <= n < count]
