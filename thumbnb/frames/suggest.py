"""The best moments of a video for a thumbnail, and why."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from thumbnb.errors import DamagedVideo, InvalidInput
from thumbnb.frames.looks import LOOK_SIDE, judge, measure, unlike
from thumbnb.imaging.sizes import fit_size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thumbnb.frames.decoder import Decoder
    from thumbnb.frames.looks import Look, Verdict
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


def suggest(clip: Decoder, n: int = 5) -> list[Suggestion]:
    """Return the ``n`` best moments of ``clip``, best first, one a shot while there are enough."""
    return survey(clip, n)[0]


def survey(clip: Decoder, n: int = 5) -> tuple[list[Suggestion], list[float]]:
    """Return the ``n`` best moments of ``clip``, and when each shot but the first begins.

    The beginnings are in seconds: a moment after the cut at most, of a long video the
    first keyframe looked at that shows the shot. Of the best moments there is one a shot
    while there are enough; fewer come back when the video has fewer frames that differ.
    Something always comes back: of an all black video a black frame, saying so. The cost
    is bounded: a long video is looked at through its keyframes, then closely where those
    promise most. Raises ``InvalidInput`` for ``n`` below 1, ``DamagedVideo`` if no frame
    can be read.
    """
    if n < 1:
        raise InvalidInput(f"The number of suggestions must be at least 1, not {n}.")
    width, height = clip.size
    size = fit_size(
        clip.size, **({"width": LOOK_SIDE} if width >= height else {"height": LOOK_SIDE})
    )
    affordable = _PIXELS / (width * height * max(clip.fps, 1))
    if clip.readable <= affordable:
        seen, spans = {}, [(0.0, clip.readable)]
    else:
        seen = dict(_leaf_through(clip, size))
        best, _ = _rank(seen, clip.duration, 2 * n + 4)
        spans = [(time, time + affordable / len(best)) for time, _ in best]
    seen |= _watch(clip, size, spans)
    if not seen:
        raise DamagedVideo("None of the video's frames can be read.")
    best, shots = _rank(seen, clip.duration, n)
    suggestions = [
        Suggestion(time, verdict.score, verdict.faults + verdict.merits) for time, verdict in best
    ]
    return suggestions, shots


def _leaf_through(clip: Decoder, size: Size) -> Iterator[tuple[float, Look]]:
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
) -> Iterator[tuple[float, Look]]:
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
    seen: dict[float, Look], duration: float, n: int
) -> tuple[list[tuple[float, Verdict]], list[float]]:
    """Judge what was seen; return the times and verdicts of up to ``n``, best first, and the shots.

    Chosen are faultless frames of new shots, then more of those, then the least bad.
    """
    times = sorted(seen)
    if not times:
        return [], []
    looks = [seen[t] for t in times]
    verdicts = judge(np.array(times), looks, duration)
    apart = max(1.0, (times[-1] - times[0]) / (4 * n))
    order = sorted(range(len(times)), key=lambda i: -verdicts[i].score)
    chosen: list[int] = []

    def new(i: int, j: int) -> bool:
        return verdicts[i].shot != verdicts[j].shot and unlike(looks[i], looks[j]) > _ALIKE

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
            if len(chosen) < n and all(i != j and differs(i, j) for j in chosen):
                chosen.append(i)
    begins = [t for i, t in enumerate(times) if i and verdicts[i].shot != verdicts[i - 1].shot]
    return [(times[i], verdicts[i]) for i in order if i in chosen], begins
