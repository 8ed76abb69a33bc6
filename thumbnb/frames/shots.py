"""Where shots begin: at cuts, and in the middle of dissolves, wipes and fades. Pure arithmetic."""

# ruff: noqa: PLR2004 (the thresholds are named by the words beside them)

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Sketches = NDArray[np.uint8]
    Floats = NDArray[np.floating]
    Numbers = NDArray[np.integer]

SKETCH_SIDE: Final = 32
"""Frames are compared with this longer side, colours included: what is where, without grain."""
SHORTEST: Final = 0.4
"""Seconds a shot lasts at least."""

_CUT: Final = 0.05
"""So much of the full range the mean pixel changes at least at a cut."""
_CUT_RATIO: Final = 2.5
"""And so much more than from frame to frame around it."""
_AROUND: Final = 0.3
"""Seconds to either side that are around."""
_FLASH: Final = 0.4
"""Seconds within which an image that comes back was only lit by a flash."""
_GRADUAL: Final = (0.24, 0.32, 0.4, 0.48, 0.56, 0.64, 0.72, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5)
"""Seconds that a dissolve or a wipe may take."""
_CHANGED: Final = 0.07
"""So much differ at least the images before and after one."""
_RESIDUE: Final = 0.4
"""So little of that difference is in what lies between but neither blend nor either image."""
_CALM: Final = 0.95
"""And so much slower at least is the change before and after it."""
_MARGIN: Final = 3
"""Frames before and after one that are looked at for that."""
_SEEN, _EVERYWHERE = 0.05, 0.3
"""So much another colour, in so much of the image."""
_MOVED: Final = 0.5
"""And so much of it remains at least however one of the two is moved."""
_BLACK: Final = 0.05
"""The mean level (0..1) of an image in the middle of a fade."""
_FADE: Final = 1.0
"""Seconds that a fade to black or from it may take, and that it stays black."""


def find_shots(sketches: Sketches, fps: float) -> list[int]:
    """Return the frames with which shots begin, but for the first.

    ``sketches`` are the frames in order, uint8 (count, height, width, 3), ``fps`` a second.
    """
    count = len(sketches)
    if count < 2:
        return []
    steps = _distances(sketches, 1)
    cuts = _cuts(sketches, steps, fps)
    marks = [(i, float(steps[i])) for i in cuts]
    marks += _gradual(sketches, cuts, fps)
    return _merged(_without_black(sorted(marks), cuts, sketches, fps), fps)


def is_same_shot(a: Sketches, b: Sketches) -> bool:
    """Whether two frames may be of one shot: alike, or alike when one is moved over the other."""
    change = _difference(a, b)
    if change <= _CHANGED:
        return True
    scale = np.float32(255)
    return _is_moved(a.astype(np.float32) / scale, b.astype(np.float32) / scale, _MOVED * change)


def _difference(a: Sketches, b: Sketches) -> float:
    return float(np.abs(a.astype(np.int16) - b).mean() / 255)


def _distances(sketches: Sketches, lag: int) -> Floats:
    """Return for each frame how far it is from the one ``lag`` before (0 for the first ones)."""
    out = np.zeros(len(sketches), np.float32)
    for i in range(lag, len(sketches), 1024):
        stop = min(len(sketches), i + 1024)
        now, before = sketches[i:stop].astype(np.int16), sketches[i - lag : stop - lag]
        out[i:stop] = np.abs(now - before).mean(axis=(1, 2, 3)) / 255
    return out


def _cuts(sketches: Sketches, steps: Floats, fps: float) -> list[int]:
    around, flash = max(2, round(_AROUND * fps)), max(2, round(_FLASH * fps))
    cuts = []
    for i in np.flatnonzero(steps > _CUT):
        near = np.r_[steps[max(1, i - around) : i], steps[i + 1 : i + 1 + around]]
        if len(near) and steps[i] < _CUT_RATIO * max(float(np.median(near)), 0.004):
            continue
        if near.size and steps[i] < float(np.sort(near)[-2:].mean()):
            continue
        before, after = sketches[i - 1], sketches[i]
        least = steps[i] * 0.5
        lit = any(_difference(s, before) < least for s in sketches[i + 1 : i + flash])
        unlit = any(_difference(s, after) < least for s in sketches[max(0, i - flash) : i - 1])
        if not (lit or unlit):
            cuts.append(int(i))
    return cuts


def _gradual(sketches: Sketches, cuts: list[int], fps: float) -> list[tuple[int, float]]:
    """Return the middles of dissolves and wipes, each with how sure it is."""
    found: list[tuple[int, float]] = []
    for seconds in _GRADUAL:
        length = max(4, round(seconds * fps))
        reach = _distances(sketches, length)  # at the end of each stretch
        for end in np.flatnonzero(reach > _CHANGED):
            start = int(end) - length
            if any(start < cut <= end for cut in cuts):
                continue
            if reach[end] < reach[max(length, end - 2) : end + 3].max():
                continue  # a neighbour spans the change better
            mark = _middle(sketches, start, int(end), float(reach[end]))
            if mark is not None:
                found.append(mark)
    return found


def _middle(sketches: Sketches, start: int, end: int, change: float) -> tuple[int, float] | None:
    """Return the middle of the transition from ``start`` to ``end``; None if it is none."""
    rate = change / (end - start)
    last = len(sketches) - 1
    outside = max(
        _difference(sketches[max(0, start - _MARGIN)], sketches[start]),
        _difference(sketches[end], sketches[min(last, end + _MARGIN)]),
    )
    unrest = outside / _MARGIN / rate
    if unrest > _CALM:
        return None
    a, b = sketches[start].astype(np.float32) / 255, sketches[end].astype(np.float32) / 255
    between = sketches[start : end + 1].astype(np.float32) / 255
    way = b - a
    seen = np.abs(way).max(axis=-1) > _SEEN
    if seen.mean() < _EVERYWHERE:
        return None  # something came by
    share = ((between - a) * way).sum(axis=(1, 2, 3)) / float((way * way).sum())
    blends = np.abs(between - (a + share[:, None, None, None] * way)).mean(axis=(1, 2, 3))
    either = np.minimum(np.abs(between - a), np.abs(between - b)).mean(axis=(1, 2, 3))
    residue = min(float(blends.max()), float(either.max())) / change
    if residue > _RESIDUE:
        return None
    if either.max() < blends.max():  # a wipe: what counts is how much of the image is new
        new = np.abs(between - b).mean(axis=-1) < np.abs(between - a).mean(axis=-1)
        share = new[:, seen].mean(axis=1)
    rises = np.diff(share)
    if rises.min() < -0.12 or rises.max() > 0.45:
        return None
    if _is_moved(a, b, _MOVED * change):
        return None  # the same place, seen from beside
    rising = np.maximum.accumulate(share)
    middle = np.mean([np.interp(level, rising, np.arange(len(share))) for level in (0.2, 0.5, 0.8)])
    return start + round(float(middle) + 0.5), 1 - residue - unrest / 2


def _is_moved(a: Floats, b: Floats, limit: float) -> bool:
    """Whether two images are nearer than ``limit`` when one is moved over the other."""
    height, width = a.shape[:2]
    xs = np.arange(-width // 2, width // 2 + 1)
    ys = np.arange(-height // 3, height // 3 + 1)[:, None]
    # Two images are at least as far apart as their mean colours, which rules most places out.
    least = np.abs(_means(a, ys, xs) - _means(b, -ys, -xs)).mean(axis=-1)
    for place in np.argsort(least, axis=None)[: int((least < limit).sum())]:
        row, column = divmod(int(place), len(xs))
        y, x = int(ys[row, 0]), int(xs[column])
        over_a = a[max(0, y) : height + min(0, y), max(0, x) : width + min(0, x)]
        over_b = b[max(0, -y) : height + min(0, -y), max(0, -x) : width + min(0, -x)]
        if float(np.abs(over_a - over_b).sum()) / over_a.size < limit:
            return True
    return False


def _means(image: Floats, ys: Numbers, xs: Numbers) -> Floats:
    """Return the mean colour of what is left of an image when it is moved by each x and y."""
    height, width = image.shape[:2]
    sums = np.zeros((height + 1, width + 1, image.shape[2]))
    sums[1:, 1:] = image.cumsum(axis=0, dtype=np.float64).cumsum(axis=1)
    top, bottom = np.maximum(0, ys), height + np.minimum(0, ys)
    left, right = np.maximum(0, xs), width + np.minimum(0, xs)
    inside = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
    means: Floats = inside / ((bottom - top) * (right - left))[..., None]
    return means


def _without_black(
    marks: list[tuple[int, float]], cuts: list[int], sketches: Sketches, fps: float
) -> list[tuple[int, float]]:
    """Return ``marks`` with one, not two, for what goes by way of black."""
    levels = sketches.mean(axis=(1, 2, 3)) / 255
    dark = np.flatnonzero(np.diff(np.r_[False, levels < _BLACK, False].astype(np.int8)))
    for first, end in zip(dark[::2], dark[1::2], strict=True):
        near = [m for m in marks if first - _FADE * fps <= m[0] <= end + _FADE * fps]
        inside = first > 0 and end < len(sketches)
        if end - first > _FADE * fps or not (near and inside):
            continue
        sharp = [m for m in near if m[0] in cuts and m[0] in (first, end)]
        marks = [m for m in marks if m not in near]
        darkest = first + np.flatnonzero(levels[first:end] < levels[first:end].min() + 0.003)
        marks.append(sharp[0] if sharp else (round(float(darkest.mean())), 2.0))
    return sorted(marks)


def _merged(marks: list[tuple[int, float]], fps: float) -> list[int]:
    """Return one mark of those too near each other, the surest."""
    apart = SHORTEST * fps
    kept: list[int] = []
    for mark, _ in sorted(marks, key=lambda m: -m[1]):
        if all(abs(mark - other) >= apart for other in kept):
            kept.append(mark)
    return sorted(kept)
