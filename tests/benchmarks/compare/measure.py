"""One part of a comparison, measured in the checkout it runs in: figures as JSON, by label.

It uses only what has had the same name since the commits that are compared.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from random import Random
from typing import TYPE_CHECKING, Any

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


def client_figures() -> dict[str, float]:
    """A request beside httpx's own, and a call to the I/O thread: microseconds of processor time.

    What the machine does besides moves the clock on the wall by more than either.
    """
    import httpx

    from tests.client import stub
    from thumbnb.api import videodb

    # Its place in older commits differs.
    place = "runtime.runner" if find_spec("thumbnb.client.runtime") else "runner"
    Runner = import_module(f"thumbnb.client.{place}").Runner  # noqa: N806 - a class
    state, runner, count = stub.State(), Runner(), 200
    client: Any = stub.connect(state)
    session = getattr(client, "_session", None) or client._maker
    request = getattr(session, "request", None) or session.ask

    async def ours() -> None:
        for _ in range(count):
            await request(videodb.get_video, "m-1")

    async def bare() -> None:
        async with httpx.AsyncClient(transport=httpx.MockTransport(state.handle)) as http:
            for _ in range(count):
                answer = await http.get(f"{stub.BASE}/video/m-1", headers={"x-access-token": "k"})
                answer.json()

    async def nothing() -> None:
        pass

    def call() -> None:
        for _ in range(count):
            runner.start(nothing()).result()

    def least(work: Callable[[], object]) -> float:
        return min(milliseconds(work, cpu=True) for _ in range(8)) * 1000 / count

    with asyncio.Runner() as loop:
        cost = least(lambda: loop.run(ours())) - least(lambda: loop.run(bare()))
    return {"client: a request, us": cost, "client: to the I/O thread and back, us": least(call)}


PARTS = {"client": client_figures, "frames": frames_figures, "render": render_figures}
print(json.dumps(PARTS[sys.argv[1]]()))
