"""The best moments of a video for a thumbnail, and why."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from thumbnb.errors import DamagedVideo, InvalidInput
from thumbnb.frames.quality import LOOK_SIDE, colour_distance, judge, measure
from thumbnb.frames.shots import SKETCH_SIZE, find_shots
from thumbnb.imaging.sizes import fit_size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from thumbnb.frames.decoder import Decoder
    from thumbnb.frames.quality import FrameMeasures, Verdict
    from thumbnb.imaging.sizes import Size

_STEP: Final = 0.25
"""Seconds between the frames looked at, where all are."""
_MOST: Final = 320
"""At most so many frames of a video are looked at closely."""
_KEYFRAMES: Final = (40, 150)
"""So many keyframes are looked at first, when it is too much to look at it all."""
_KEYFRAME_PIXELS: Final = 3e8
"""Between the two, as many as have so many pixels (a 4K one costs four of 1080p)."""
_PIXELS: Final = 1e9
"""Pixels that may be decoded to look closely (about 480 frames of 1080p)."""

_SHOT_PIXELS: Final = 4e9
"""Pixels that may be decoded to find the shots (about a minute and a quarter of 1080p)."""
_LEAD: Final = 1.5
"""Seconds around a change that are looked at too, to tell what kind it is."""

_ALIKE: Final = 0.1
"""Two frames less unlike than this show the same, whatever lies between them."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A moment worth a thumbnail.

    ``time`` is when its frame comes on screen, in seconds; ``score`` is 0..1 and
    compares frames of one video; ``reasons`` say in plain words what speaks against
    the frame, if anything, and then what speaks for it.
    """

    time: float
    score: float
    reasons: tuple[str, ...]


def suggest(clip: Decoder, count: int = 5) -> list[Suggestion]:
    """Return the ``count`` best moments of ``clip``, best first, one a shot while there are enough.

    Fewer come back when the video has fewer frames that differ. Something always comes
    back: of an all black video a black frame, saying so. The cost is bounded: a long
    video is looked at through its keyframes, then closely where those promise most.
    Raises ``InvalidInput`` for a ``count`` below 1, ``DamagedVideo`` if no frame can be read.
    """
    return _look(clip, count)[0]


def survey(clip: Decoder, count: int = 5) -> tuple[list[Suggestion], list[float]]:
    """Return what :func:`suggest` does, and when each shot but the first begins (seconds).

    Of a film of ordinary length every frame is compared with those around it, and shots
    begin within two frames of these times: at a cut, or in the middle of a dissolve, a
    wipe or a fade. Of a longer one only some are: there a time may be that of the first
    keyframe looked at that shows the shot.
    """
    suggestions, seen, coarse = _look(clip, count)
    a_second = clip.size[0] * clip.size[1] * max(clip.fps, 1)
    if clip.readable * a_second <= _SHOT_PIXELS:
        return suggestions, _shots_within(clip, 0.0, clip.readable)
    room = _SHOT_PIXELS / a_second  # seconds that may be looked at
    times = sorted(seen)
    shots = []
    for mark in coarse:
        before = max((t for t in times if t < mark), default=0.0)
        start, end = max(0.0, before - _LEAD), min(clip.readable, mark + _LEAD)
        room -= end - start
        exact = _shots_within(clip, start, end) if room > 0 else []
        shots += [t for t in exact if before - _LEAD / 2 <= t <= mark + _LEAD / 2] or [mark]
    return suggestions, sorted(set(shots))


def _look(
    clip: Decoder, count: int
) -> tuple[list[Suggestion], dict[float, FrameMeasures], list[float]]:
    """Return the best moments, all frames looked at by their times, and where shots may begin."""
    if count < 1:
        raise InvalidInput(f"The number of suggestions must be at least 1, not {count}.")
    width, height = clip.size
    size = fit_size(
        clip.size, **({"width": LOOK_SIDE} if width >= height else {"height": LOOK_SIDE})
    )
    affordable = _PIXELS / (width * height * max(clip.fps, 1))
    if clip.readable <= affordable:
        seen, spans = {}, [(0.0, clip.readable)]
    else:
        seen = dict(_leaf_through(clip, size))
        best, _ = _rank(seen, clip.duration, 2 * count + 4)
        spans = [(time, time + affordable / len(best)) for time, _ in best]
    seen |= _watch(clip, size, spans)
    if not seen:
        raise DamagedVideo("None of the video's frames can be read.")
    best, shots = _rank(seen, clip.duration, count)
    suggestions = [
        Suggestion(time, verdict.score, verdict.faults + verdict.merits) for time, verdict in best
    ]
    return suggestions, seen, shots


def _shots_within(clip: Decoder, start: float, end: float) -> list[float]:
    """Return when shots begin from ``start`` to ``end`` (seconds), comparing every frame."""
    times: list[float] = []
    sketches: list[NDArray[np.uint8]] = []
    t = start
    while t < end:
        try:
            frame = clip.next_frame_at(t, SKETCH_SIZE)
        except DamagedVideo:
            t += 1 / (clip.fps or 25)
            continue
        if times and frame.time <= times[-1]:
            break  # the last one, which stays
        times.append(frame.time)
        sketches.append(np.asarray(frame.image))
        t = frame.time + max(frame.duration, 1e-3)
    if not times:
        return []
    return [times[i] for i in find_shots(np.stack(sketches), clip.fps or 25)]


def _leaf_through(clip: Decoder, size: Size) -> Iterator[tuple[float, FrameMeasures]]:
    """Look at keyframes spread over the clip."""
    seen: set[float] = set()
    width, height = clip.size
    fewest, most = _KEYFRAMES
    count = round(min(most, max(fewest, _KEYFRAME_PIXELS / (width * height))))
    for i in range(count):
        try:
            frame = clip.keyframe_at((i + 0.5) / count * clip.readable, size)
        except DamagedVideo:
            continue
        if frame.time not in seen:
            seen.add(frame.time)
            yield frame.time, measure(np.asarray(frame.image))


def _watch(
    clip: Decoder, size: Size, spans: list[tuple[float, float]]
) -> Iterator[tuple[float, FrameMeasures]]:
    """Look at the frames of these spans of time (in seconds), some each second."""
    total = sum(end - start for start, end in spans)
    step = max(_STEP, total / _MOST)
    seen: set[float] = set()
    for start, end in spans:
        for i in range(max(1, math.ceil((end - start) / step))):
            t = min(start + i * step, clip.readable)
            try:
                frame = clip.frame_at(t, size)
            except DamagedVideo:
                continue
            if frame.time not in seen:
                seen.add(frame.time)
                yield frame.time, measure(np.asarray(frame.image))


def _rank(
    seen: dict[float, FrameMeasures], duration: float, count: int
) -> tuple[list[tuple[float, Verdict]], list[float]]:
    """Judge what was seen; return times and verdicts of up to ``count``, best first, and the shots.

    Chosen are faultless frames of new shots, then more of those, then the least bad.
    """
    times = sorted(seen)
    if not times:
        return [], []
    measures = [seen[t] for t in times]
    verdicts = judge(np.array(times), measures, duration)
    apart = max(1.0, (times[-1] - times[0]) / (4 * count))
    order = sorted(range(len(times)), key=lambda i: -verdicts[i].score)
    chosen: list[int] = []

    def new(i: int, j: int) -> bool:
        return (
            verdicts[i].shot != verdicts[j].shot
            and colour_distance(measures[i], measures[j]) > _ALIKE
        )

    def elsewhere(i: int, j: int) -> bool:
        return abs(times[i] - times[j]) >= apart

    faultless = [i for i in order if not verdicts[i].faults]
    for some, differs in (
        (faultless, new),
        (faultless, elsewhere),
        (order, new),
        (order, elsewhere),
    ):
        for i in some:
            if len(chosen) < count and all(i != j and differs(i, j) for j in chosen):
                chosen.append(i)
    begins = [t for i, t in enumerate(times) if i and verdicts[i].shot != verdicts[i - 1].shot]
    return [(times[i], verdicts[i]) for i in order if i in chosen], begins
