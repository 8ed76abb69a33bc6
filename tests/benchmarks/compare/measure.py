"""One part of a comparison, measured in the checkout it runs in: figures as JSON, by label.

It uses only what has had the same name since the commits that are compared.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from functools import partial
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def milliseconds(work: Callable[[], object], *, cpu: bool = False) -> float:
    clock = time.process_time if cpu else time.perf_counter
    started = clock()
    work()
    return (clock() - started) * 1000


def frames_figures() -> dict[str, float]:
    """Random exact frames, steps and storyboards of a ten-minute film."""
    from tests.benchmarks import frames as benchmark
    from tests.benchmarks._film import FPS, film
    from thumbnb import frames

    video, random = film(), Random(7)
    jpeg = benchmark.ours(video)
    jpeg(300.0)
    times = [(random.randrange(599 * FPS) + 0.5) / FPS for _ in range(25)]
    figures = {"frames: a random frame, ms": [milliseconds(partial(jpeg, t)) for t in times]}
    with frames.open(video) as clip:
        clip.at(305.02, benchmark.SIZE)
        figures["frames: a step forward, ms"] = [
            milliseconds(partial(clip.at, 305.02 + i / FPS, benchmark.SIZE)) for i in range(1, 60)
        ]
        figures["frames: storyboard, ms"] = [milliseconds(clip.storyboard) for _ in range(3)]
    return {label: statistics.median(taken) for label, taken in figures.items()}


def render_figures() -> dict[str, float]:
    """Every preset of the contact sheet, small and whole: milliseconds of processor time."""
    from thumbnb import render
    from thumbnb.render import sheet
    from thumbnb.render.presets import PRESETS

    briefs = [sheet.brief(preset, "person") for preset in PRESETS]
    figures = {}
    for label, size in (("preview", (640, 360)), ("full", (1280, 720))):
        render.compose(briefs[0], size=size)
        figures[f"render: {label}, ms"] = statistics.median(
            milliseconds(partial(render.compose, brief, size=size), cpu=True) for brief in briefs
        )
    return figures


print(json.dumps({"frames": frames_figures, "render": render_figures}[sys.argv[1]]()))
