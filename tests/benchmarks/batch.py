"""Batches: cores kept busy, a LocalCluster against our pool, planning, memory, kills.

``python -m tests.benchmarks batch [--quick] [--only=kills]``: 200 clips of two seconds in 1080p
and 20 kills; quick: 24 clips, 3 kills. ``--only=pools,planning`` runs these parts alone.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pandas as pd
import psutil  # type: ignore[import-untyped]  # distributed brings it

import thumbnb as tb
from tests.batches import killed_batch, killed_frames
from thumbnb.batches.workers.executors import WorkerProcesses

if TYPE_CHECKING:
    from collections.abc import Iterator

_FILMS = 8


def main(options: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="batch")
    parser.add_argument("--quick", action="store_true", help="fewer clips, rows and kills")
    parser.add_argument("--only", help=f"parts by name, with commas between: {', '.join(PARTS)}")
    given = parser.parse_args(options)
    wanted = given.only.split(",") if given.only else list(PARTS)
    if unknown := set(wanted) - set(PARTS):
        parser.error(f"no part is called {', '.join(sorted(unknown))}; there are {list(PARTS)}")
    with tempfile.TemporaryDirectory() as name:
        os.environ["THUMBNB_HOME"] = f"{name}/home"
        for part in wanted:
            PARTS[part](Path(name), quick=given.quick)


_WARM_UP = 4
"""Clips that each worker is given before the steady state is measured: it loads its code first."""


def pools(folder: Path, *, quick: bool) -> None:
    videos = make_clips(folder / "videos", 24 if quick else 200)
    ours, cluster = (
        measured(what, of, videos, folder / name)
        for what, of, name in (
            ("our worker processes", our_processes, "ours"),
            ("a LocalCluster", local_cluster, "dask"),
        )
    )
    with busy("our processes, all made before", len(list(videos.iterdir()))):
        tb.batch(videos, out=folder / "ours" / "all")
    print(
        f"LocalCluster of 2 workers against our pool of 2: {cluster[0] / ours[0]:.2f} x the time "
        f"in the steady state, {cluster[1] / ours[1]:.2f} x with start, warm-up and end"
    )


def measured(what: str, of: Any, videos: Path, out: Path) -> tuple[float, float]:
    """Return the seconds of all clips in the steady state, and those with start and end.

    Both are measured alike: the executor is started, given a few clips, then all, then ended.
    """
    every = sorted(videos.iterdir())
    began = time.perf_counter()
    with of() as executor:
        few = [*map(str, every[: 2 * _WARM_UP])]
        assert not len(tb.batch(few, out=out / "few", executor=executor).failed)
        with busy(f"{what}, warm", len(every)) as seconds:
            table = tb.batch(videos, out=out / "all", executor=executor)
    whole = time.perf_counter() - began
    assert not len(table.failed), table.failed
    print(
        f"    its start, {2 * _WARM_UP} clips before and its end: {whole - seconds[0]:.1f} s more"
    )
    return seconds[0], whole


def processor_seconds() -> float:
    """Return what this process and its children have used; those that live are asked."""
    alive = psutil.Process().children(recursive=True)
    return sum(os.times()[:4]) + sum(sum(each.cpu_times()[:2]) for each in alive)


@contextmanager
def our_processes() -> Iterator[Executor]:
    executor = WorkerProcesses(2)
    try:
        yield executor
    finally:
        executor.shutdown()


@contextmanager
def local_cluster() -> Iterator[Executor]:
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as local,
        Client(local) as client,
    ):
        yield client.get_executor()


def make_clips(folder: Path, count: int) -> Path:
    """Write ``count`` clips, of which eight differ: to the batch each is a file of its own."""
    folder.mkdir()
    for number in range(min(_FILMS, count)):
        noise = np.random.default_rng(number).integers(0, 255, (1080, 2400, 3), dtype=np.uint8)
        noise = np.asarray(noise)[:: 1 + number % 2].repeat(1 + number % 2, axis=0)[:1080]
        with av.open(str(folder / f"{number:03d}.mp4"), "w") as container:
            stream: Any = container.add_stream("libx264", rate=25, options={"preset": "ultrafast"})
            stream.width, stream.height, stream.pix_fmt = 1920, 1080, "yuv420p"
            for frame in range(50):
                view = np.ascontiguousarray(noise[:, frame * 8 : frame * 8 + 1920])
                picture = av.VideoFrame.from_ndarray(view, format="rgb24")
                container.mux(stream.encode(picture))
            container.mux(stream.encode(None))
    for number in range(_FILMS, count):
        os.link(folder / f"{number % _FILMS:03d}.mp4", folder / f"{number:03d}.mp4")
    return folder


@contextmanager
def busy(what: str, rows: int) -> Iterator[list[float]]:
    """Say how long it took and how many cores were busy, of this process and its children."""
    before, began = processor_seconds(), time.perf_counter()
    seconds: list[float] = []
    yield seconds
    used, wall = processor_seconds() - before, time.perf_counter() - began
    seconds.append(wall)
    print(
        f"{what}: {rows} rows in {wall:.1f} s, {rows / wall:.2f} a second, {used / wall:.2f} cores"
    )


def planning(folder: Path, *, quick: bool) -> None:
    del quick  # it takes seconds
    empty = folder / "planned"
    empty.mkdir()
    for number in range(10_000):
        (empty / f"{number}.mp4").touch()
    began = time.perf_counter()
    plan = tb.Batch(f"{empty}/*.mp4", count=3, out=f"{folder}/p/{{slug}}.jpg").plan()
    print(f"10,000 rows of frames planned in {time.perf_counter() - began:.2f} s")
    assert plan.to_make == 10_000
    client = tb.connect(embedded=True, quiet=True)
    table = pd.DataFrame({"topic": [f"a red kite {n}" for n in range(10_000)]})
    began = time.perf_counter()
    plan = tb.Batch(
        table, prompt="{topic}, bright", title="NUMBER {row}", preset="tech-review",
        out=f"{folder}/p/{{row}}.jpg", client=client,
    ).plan()  # fmt: skip
    print(f"10,000 rows of briefs planned in {time.perf_counter() - began:.2f} s")
    assert plan.price == 10_000


class Instant(Executor):
    """Answers at once with images of 200 kB: what is left is what the batch itself holds."""

    def submit(self, *_: Any, **__: Any) -> Future[Any]:
        future: Future[Any] = Future()
        frame = {"time": 0.0, "score": 0.5, "reasons": [], "data": os.urandom(200_000)}
        future.set_result({"frames": [frame], "seconds": 0.0})
        return future


def memory(folder: Path, *, quick: bool) -> None:
    code = "import sys; from tests.benchmarks.batch import one_batch; one_batch(*sys.argv[1:])"
    for rows in (200, 2000) if quick else (1000, 10_000):
        subprocess.run([sys.executable, "-c", code, str(folder), str(rows)], check=True)


def one_batch(folder: str, rows: str) -> None:
    """Run a batch of so many rows in this process, and say the most memory it had."""
    video = Path(folder) / "never-read.mp4"
    video.touch()
    start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    table = pd.DataFrame({"video": [str(video)] * int(rows), "at": np.arange(int(rows)) / 1000})
    made = tb.batch(table, frames="at", out=f"{folder}/m{rows}/{{row}}.jpg", executor=Instant())
    assert not len(made.failed)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{int(rows):,} rows: {peak / 1024:.0f} MiB at most, {start / 1024:.0f} before")


def kills(folder: Path, *, quick: bool) -> None:
    count = 3 if quick else 20
    chance = random.Random(17)
    done = killed_batch.play(folder / "paid", count, chance)
    print(f"{done} kills of a batch of thumbnails: nothing lost, nothing paid twice", flush=True)
    parts = [chance.choice(["worker", "client", "scheduler"]) for _ in range(count)]
    killed_frames.play(folder / "frames", parts, 4 * count, chance)
    of_each = ", ".join(f"{parts.count(who)} of a {who}" for who in sorted(set(parts)))
    print(f"{count} kills ({of_each}): nothing lost, nothing made twice")


PARTS = {"pools": pools, "planning": planning, "memory": memory, "kills": kills}
