"""The quality of frames in numbers: pure arithmetic on small arrays."""

# ruff: noqa: PLR2004 (the thresholds are named by the words beside them)

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.floating]

SAMPLE_SIDE: Final = 320
"""Frames are judged with this longer side: enough to tell blur, and a few milliseconds each."""

_TILES: Final = (6, 8)
_NEIGHBOURHOOD: Final = 3.0
"""Seconds to either side that a frame is compared with."""
_MOMENT: Final = 0.8
"""Seconds to either side within which a transition is one event."""


@dataclass(frozen=True, slots=True)
class FrameMeasures:
    """The measures of one frame. Shares and levels are in 0..1."""

    edges: Floats
    """For each tile of the image: log(1 + variance of the Laplacian of its luma in 0..255)."""
    sharpness: float
    """What a quarter of the tiles exceed: a subject does, a caption is too small to."""
    brightness: float
    contrast: float
    """Standard deviation of the luma."""
    colour: float
    """Hasler and Suesstrunk's colourfulness, over 100."""
    clipped: float
    """Share of pixels that are all black or all white."""
    detail: float
    """Share of the image's tiles in which anything can be seen."""
    histogram: Floats
    """Eight bins for each of R, G and B, each channel adding up to 1."""
    sketch: Floats
    """The luma in 18x32 cells: what is where."""


def _cells(plane: Floats, rows: int, columns: int) -> Floats:
    """Cut ``plane`` into (rows, columns, pixels), leaving out a remainder at the edges."""
    height, width = plane.shape
    rows, columns = min(rows, height), min(columns, width)
    tall, wide = height // rows, width // columns
    cut = plane[: tall * rows, : wide * columns].reshape(rows, tall, columns, wide)
    return cut.swapaxes(1, 2).reshape(rows, columns, tall * wide)


def measure(pixels: Pixels) -> FrameMeasures:
    """Measure one frame: uint8 (height, width, 3), best about 320 pixels wide."""
    red, green, blue = (pixels[..., i].astype(np.float32) for i in range(3))
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    wide = np.pad(luma, 1, mode="edge")
    around = wide[:-2, 1:-1] + wide[2:, 1:-1] + wide[1:-1, :-2] + wide[1:-1, 2:]
    laplacian = 4 * luma - around
    edges = np.log1p(_cells(laplacian, *_TILES).var(axis=-1)).ravel()
    rg, yb = red - green, (red + green) / 2 - blue
    spread, offset = np.hypot(rg.std(), yb.std()), np.hypot(rg.mean(), yb.mean())
    level = luma / 255
    bins = np.stack([np.bincount(pixels[..., i].ravel() >> 5, minlength=8) for i in range(3)])
    return FrameMeasures(
        edges=edges,
        sharpness=float(np.percentile(edges, 75)),
        brightness=float(level.mean()),
        contrast=float(level.std()),
        colour=float((spread + 0.3 * offset) / 100),
        clipped=float(((level < 0.03) | (level > 0.97)).mean()),
        detail=float((_cells(luma, *_TILES).std(axis=-1) > 4).mean()),
        histogram=bins.ravel() / luma.size,
        sketch=_cells(level, 18, 32).mean(axis=-1),
    )


def colour_distance(a: FrameMeasures, b: FrameMeasures) -> float:
    """Return how different two frames' colours are: 0 the same, 1 mostly, 2 nothing in common."""
    return float(np.abs(a.histogram - b.histogram).sum() / 3)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The worth of one frame among the others of its video."""

    score: float
    """0..1, higher is better."""
    faults: tuple[str, ...]
    """What speaks against it, in plain words."""
    merits: tuple[str, ...]
    """What speaks for it."""
    shot: int
    """Which shot it belongs to, counted from 0."""


def _standard(values: Floats, floor: float) -> Floats:
    """Put values on a common scale; differences below ``floor`` mean nothing."""
    return np.asarray((values - values.mean()) / max(float(values.std()), floor))


def _turnover(a: FrameMeasures, b: FrameMeasures) -> float:
    """Return how much changed from one frame to the next, in place and in colour.

    Colours stay while things move, and go over in a dissolve.
    """
    return float(np.abs(a.sketch - b.sketch).mean()) + 0.3 * colour_distance(a, b)


def _lost_edges(edges: Floats, others: Floats) -> Floats:
    """Return how much sharper each of ``others`` is: 0 as sharp, 1 to 1.5 much sharper.

    Blur takes edges away everywhere, so each tile has only so much say: a title
    that comes up, or a rocket that flies in, makes no frame without it a soft one.
    """
    textured = np.maximum(edges, others) > 1.5
    gain = np.clip(others - edges, -1.5, 1.5) * textured
    return np.asarray(gain.sum(axis=1) / np.maximum(1, textured.sum(axis=1)))


def judge(
    times: Floats, measures: list[FrameMeasures], shots: list[int], duration: float
) -> list[Verdict]:
    """Judge frames against each other: what they are, and how they stand out nearby.

    ``times`` are in seconds, rising; one set of measures for each, and the number of its shot.
    """
    sharpness, brightness, contrast, colour, clipped, detail = (
        np.array([getattr(one, name) for one in measures])
        for name in ("sharpness", "brightness", "contrast", "colour", "clipped", "detail")
    )
    edges = np.array([one.edges for one in measures])
    of_shot = np.array(shots)
    exposure = 1 - np.minimum(1, np.abs(brightness - 0.48) / 0.48) ** 2
    softer, flatter, change = np.zeros((3, len(measures)))
    for i, one in enumerate(measures):
        near = (np.abs(times - times[i]) <= _NEIGHBOURHOOD) & (of_shot == of_shot[i])
        # Most of the best neighbours, not the one best: the end of a dissolve is among them.
        softer[i] = np.percentile(_lost_edges(edges[i], edges[near]), 75)
        flatter[i] = np.percentile(contrast[near], 75) - contrast[i]
        beside = [j for j in (i - 1, i + 1) if 0 <= j < len(measures)]
        steps = [_turnover(one, measures[j]) for j in beside if abs(times[j] - times[i]) <= _MOMENT]
        # The calmer side counts: the frame after a cut is as good as any.
        change[i] = min(steps, default=0.0)
    worth = (
        0.7 * _standard(sharpness, 0.3)
        + 0.6 * _standard(exposure, 0.05)
        + 0.4 * _standard(contrast, 0.02)
        + 0.5 * _standard(colour, 0.05)
        - 0.5 * _standard(clipped, 0.05)
        + 0.6 * _standard(detail, 0.05)
        - 1.5 * softer
        - 0.6 * _standard(flatter, 0.02)
        - 0.8 * np.minimum(1, change / 0.07)
    )
    faults = {
        "almost black": brightness < 0.06,
        "washed out": brightness > 0.93,
        "mostly one flat area": detail < 0.33,
        "blurred": sharpness < np.log1p(12),
        "softer than the frames around it": softer > 0.7,
        "paler than the frames around it": flatter > 0.08,
        "in the middle of a transition or a fast move": change > 0.07,
        "at the very start or end": (times < 0.03 * duration) | (times > 0.97 * duration),
    }
    merits = {
        "sharp": (sharpness > np.median(sharpness)) & (softer < 0.3),
        "well exposed": (exposure > 0.6) & (clipped < 0.1),
        "colourful": colour > 0.3,
        "rich in contrast": contrast > 0.18,
        "steady": change < 0.03,
    }
    worth = worth - 4.0 * np.sum(list(faults.values()), axis=0)
    score = 1 / (1 + np.exp(-worth / 2))
    return [
        Verdict(
            score=float(score[i]),
            faults=tuple(name for name, where in faults.items() if where[i]),
            merits=tuple(name for name, where in merits.items() if where[i]),
            shot=shots[i],
        )
        for i in range(len(measures))
    ]
