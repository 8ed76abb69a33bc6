"""The best moments of a video for a thumbnail, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from thumbnb.errors import DamagedVideo
from thumbnb.frames.quality import colour_distance, judge
from thumbnb.frames.sample import Sample
from thumbnb.imaging.sizes import whole_number

if TYPE_CHECKING:
    from thumbnb.frames.decoder import Decoder
    from thumbnb.frames.quality import Verdict

_STEP: Final = 0.25
"""Seconds between the frames looked at closely, where all are decoded."""
_MAX_FRAMES: Final = 320
"""At most so many frames of a video are looked at closely."""
_KEYFRAMES: Final = (40, 150)
"""So many keyframes are looked at first, when it is too much to look at it all."""
_KEYFRAME_PIXELS: Final = 3e8
"""Between the two, as many as have so many pixels (a 4K one costs four of 1080p)."""
_PIXELS: Final = 1e9
"""Pixels that may be decoded to find the best moments (about 480 frames of 1080p)."""
_QUICK_PIXELS: Final = 1e8
"""Pixels that may be decoded, and in as many keyframes again, where somebody waits."""
_SHOT_PIXELS: Final = 4e9
"""Pixels that may be decoded to find the shots (about a minute and a quarter of 1080p)."""
_FEWEST_PIXELS: Final = 200_000
"""A frame costs as much as one of so many pixels at least."""
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


MAX_COUNT = 1000


def suggest(clip: Decoder, count: int = 5, *, quick: bool = False) -> list[Suggestion]:
    """Return the ``count`` best moments of ``clip``, best first, one a shot while there are enough.

    Fewer come back when the video has fewer frames that differ. Something always comes
    back: of an all black video a black frame, saying so. The cost is bounded: a long
    video is looked at through its keyframes, then closely where those promise most;
    ``quick`` looks at a tenth as much, which does for one good frame. Raises
    ``InvalidInput`` for a ``count`` below 1, ``DamagedVideo`` if no frame can be read.
    """
    pixels = _QUICK_PIXELS if quick else _PIXELS
    return _suggestions(_sampled(clip, count, pixels), clip.duration, count)


def survey(clip: Decoder, count: int = 5) -> tuple[list[Suggestion], list[float]]:
    """Return the best moments as :func:`suggest` does, and when each shot but the first begins.

    Of a film of ordinary length every frame is compared with those around it, and shots
    begin within two frames of these times (seconds): at a cut, or in the middle of a
    dissolve, a wipe or a fade. Of a longer one only some are: there a time may be that of
    the first frame looked at that shows the shot.
    """
    sample = _sampled(clip, count, _SHOT_PIXELS)
    suggestions = _suggestions(sample, clip.duration, count)
    room = _SHOT_PIXELS / _cost(clip)  # seconds that may be looked at
    for before, after in sample.leaps():
        start, end = max(0.0, before - _LEAD), min(clip.readable, after + _LEAD)
        room -= end - start
        if room < 0:
            break
        sample.add_stretch(start, end, step=None)
    return suggestions, sample.begins()


def _cost(clip: Decoder) -> float:
    """Return how many pixels a second of ``clip`` has."""
    width, height = clip.size
    return max(width * height, _FEWEST_PIXELS) * max(clip.fps, 1)


def _sampled(clip: Decoder, count: int, pixels: float) -> Sample:
    """Look at all of ``clip`` if it has no more than ``pixels``, else at keyframes and the best."""
    count = whole_number("number of suggestions", count, MAX_COUNT)
    sample = Sample(clip)
    if clip.readable <= pixels / _cost(clip):
        sample.add_stretch(0.0, clip.readable, max(_STEP, clip.readable / _MAX_FRAMES))
    else:
        lowest, highest = _KEYFRAMES
        width, height = clip.size
        wanted = min(_KEYFRAME_PIXELS, pixels) / (width * height)
        number = round(min(highest, max(lowest, wanted)))
        sample.add_keyframes((i + 0.5) / number * clip.readable for i in range(number))
        best = [time for time, _ in _rank(sample, clip.duration, 2 * count + 4)]
        length = min(_PIXELS, pixels) / _cost(clip) / max(1, len(best))
        step = max(_STEP, len(best) * length / _MAX_FRAMES)
        for time in best:
            sample.add_stretch(time, min(time + length, clip.readable), step)
    if not sample.measures:
        raise DamagedVideo("None of the video's frames can be read.")
    return sample


def _suggestions(sample: Sample, duration: float, count: int) -> list[Suggestion]:
    return [
        Suggestion(time, verdict.score, verdict.faults + verdict.merits)
        for time, verdict in _rank(sample, duration, count)
    ]


def _rank(sample: Sample, duration: float, count: int) -> list[tuple[float, Verdict]]:
    """Judge what was looked at; return times and verdicts of up to ``count``, best first.

    Chosen are faultless frames of new shots, then more of those, then the least bad.
    """
    times = sample.times
    if not times:
        return []
    measures = [sample.measures[time] for time in times]
    verdicts = judge(np.array(times), measures, sample.shots(), duration)
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
    return [(times[i], verdicts[i]) for i in order if i in chosen]
