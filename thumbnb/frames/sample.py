"""The sample of a video that is judged: stretches frame by frame, or keyframes alone.

Of every frame of a stretch a sketch is kept (1.7 kB), of some a second their measures; no
image stays in memory.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from thumbnb.errors import DamagedVideo
from thumbnb.frames.quality import SAMPLE_SIDE, measure
from thumbnb.frames.shots import SHORTEST, SKETCH_SIDE, find_shots, is_same_shot
from thumbnb.imaging.sizes import fit_size

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thumbnb.frames.decoder import Decoder, Frame
    from thumbnb.frames.quality import FrameMeasures
    from thumbnb.frames.shots import Sketches
    from thumbnb.imaging.sizes import Size

_SAME: Final = 1e-6
"""Seconds within which two times are of one frame."""


class Stretch:
    """Frames of a video that follow each other, in small.

    ``times`` are when they come on screen, in seconds.
    """

    def __init__(self, size: Size) -> None:
        self.times = array("d")
        self._size = size
        self._pixels = bytearray()

    def add(self, frame: Frame) -> None:
        """Add the next frame, which has the size of a sketch."""
        self.times.append(frame.time)
        self._pixels += frame.image.tobytes()

    @property
    def sketches(self) -> Sketches:
        """All of them: uint8 (count, height, width, 3)."""
        width, height = self._size
        return np.frombuffer(self._pixels, np.uint8).reshape(-1, height, width, 3)

    def begins(self, fps: float) -> list[float]:
        """Return when shots begin in it, in seconds."""
        return [self.times[i] for i in find_shots(self.sketches, fps)] if self.times else []

    def covers(self, start: float, end: float) -> bool:
        """Whether all frames from ``start`` to ``end`` are in it."""
        return bool(self.times) and self.times[0] <= start and end <= self.times[-1] + _SAME


class Sample:
    """Frames of ``clip`` that were looked at.

    ``measures`` are those of the frames looked at closely, by their times in seconds.
    """

    def __init__(self, clip: Decoder) -> None:
        self.measures: dict[float, FrameMeasures] = {}
        self._clip = clip
        self._size = _longer_side(clip, SAMPLE_SIDE)
        self._sketch_size = _longer_side(clip, SKETCH_SIDE)
        self._sketches: dict[float, Sketches] = {}  # of single frames
        self._stretches: list[Stretch] = []
        self._begins: list[float] = []  # in the stretches
        self._same: dict[tuple[float, float], bool] = {}
        self._fps = clip.fps or 25.0

    @property
    def times(self) -> list[float]:
        """When the frames looked at closely come on screen."""
        return sorted(self.measures)

    def add_keyframes(self, times: Iterable[float]) -> None:
        """Look at the keyframes before these times."""
        for time in times:
            try:
                frame = self._clip.keyframe_at(time, self._size)
            except DamagedVideo:
                continue
            self._measure(frame)

    def add_stretch(self, start: float, end: float, step: float | None) -> None:
        """Sketch every frame from ``start`` to ``end``; look closely at one each ``step`` seconds.

        Where no ``step`` is given, none is looked at closely. What is damaged is left out.
        """
        stretch = Stretch(self._sketch_size)
        time, next_measured = start, start
        while time < end or not stretch.times:
            try:
                frame = self._clip.next_frame_at(time, self._sketch_size)
                if stretch.times and frame.time <= stretch.times[-1]:
                    break  # the last one, which stays
                stretch.add(frame)
                ends = frame.time + max(frame.duration, 1e-3)
                if step is not None and ends > next_measured:
                    self._measure(self._clip.next_frame_at(time, self._size))
                    next_measured += step * max(1, -(-(ends - next_measured) // step))
                time = ends
            except DamagedVideo:
                time += 1 / self._fps
            if time > self._clip.readable:
                break
        self._stretches.append(stretch)
        self._begins += stretch.begins(self._fps)

    def begins(self) -> list[float]:
        """Return when shots begin, in seconds, but for the first.

        Within a stretch at the very frame; elsewhere with the first frame looked at that
        shows another place than the one before it.
        """
        found: list[float] = []
        for time in sorted(self._begins + [after for _, after in self.leaps()]):
            if not found or time - found[-1] >= SHORTEST:  # two stretches may know of one
                found.append(time)
        return found

    def shots(self) -> list[int]:
        """Return for each of ``times`` which shot it belongs to, counted from 0."""
        begins = self.begins()
        numbers = [bisect_right(begins, time + _SAME) for time in self.times]
        distinct = {number: i for i, number in enumerate(sorted(set(numbers)))}
        return [distinct[number] for number in numbers]

    def leaps(self) -> list[tuple[float, float]]:
        """Return the times of frames side by side that show two places, with nothing seen between.

        Nobody has looked there frame by frame yet.
        """
        return [
            (before, after)
            for before, after in pairwise(self.times)
            if not any(stretch.covers(before, after) for stretch in self._stretches)
            and not self._is_same_shot(before, after)
        ]

    def _is_same_shot(self, before: float, after: float) -> bool:
        pair = before, after
        if pair not in self._same:
            self._same[pair] = is_same_shot(self._sketches[before], self._sketches[after])
        return self._same[pair]

    def _measure(self, frame: Frame) -> None:
        if frame.time in self.measures:
            return
        self.measures[frame.time] = measure(np.asarray(frame.image))
        self._sketches[frame.time] = np.asarray(frame.image.resize(self._sketch_size))


def _longer_side(clip: Decoder, side: int) -> Size:
    width, height = clip.size
    return fit_size(clip.size, **({"width": side} if width >= height else {"height": side}))
