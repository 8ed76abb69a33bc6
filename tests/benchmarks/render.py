"""The compositor: milliseconds a stage and a preset, previews and full size, memory, two cores.

    uv run --with skia-python python -m tests.benchmarks render [--quick] [--only=cores,fresh]

Each figure is the median of some rounds, warm: typefaces are loaded and portraits were looked at.
Milliseconds are of processor time, which what else the machine does hardly changes; only the
two-core figure is by the clock on the wall.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib.util import find_spec

# As in the service's workers: whoever has all cores at work gains nothing by more threads.
# Before numpy is loaded, which reads it once.
os.environ |= dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OPENCV_FOR_THREADS_NUM"), "1"
)

from thumbnb import render
from thumbnb.render import painters, preset_samples, sheet
from thumbnb.render.presets import PRESETS
from thumbnb.render.subjects.placement import PAINTINGS
from thumbnb.render.vision import faces

PREVIEW, FULL, UHD = (640, 360), (1280, 720), (3840, 2160)


def timed(work, rounds, *, remembered=False):
    """Median of ``rounds`` runs in milliseconds, after one that does not count.

    Each paints its place anew, unless it may be ``remembered``.
    """
    spent = []
    for _ in range(rounds + 1):
        if not remembered:
            PAINTINGS.clear()
        start = time.process_time()
        work()
        spent.append((time.process_time() - start) * 1e3)
    return statistics.median(spent[1:])


def stages(brief, rounds):
    """Milliseconds in each kind of layer, and in planning, judging and encoding."""
    spent = defaultdict(list)

    def watched(kind, paint):
        def run(*arguments):
            start = time.process_time()
            result = paint(*arguments)
            spent[kind].append((time.process_time() - start) * 1e3)
            return result

        return run

    known = dict(painters.PAINTERS)
    painters.PAINTERS.update({k: watched(k, p) for k, p in known.items()})
    try:
        whole = timed(lambda: render.compose(brief), rounds)
    finally:
        painters.PAINTERS.update(known)
    by_kind = {k: sum(v) / (rounds + 1) for k, v in spent.items()}
    by_kind["plan"] = timed(lambda: render.plan(brief), rounds)
    done = render.compose(brief)
    by_kind["jpeg"] = timed(lambda: render.encode(done), rounds)
    by_kind["png"] = timed(lambda: render.encode(done, "PNG", max_bytes=10**8), rounds)
    return whole, by_kind


def one(job):
    preset, variation = job
    PAINTINGS.clear()
    render.compose(sheet.brief(preset, "person"), variation=variation)


def skia_beside(brief, rounds):
    """Print what skia-python takes to draw the like, where it is installed."""
    if find_spec("skia") is None:
        print("skia-python: not installed (uv run --with skia-python ...)")
        return
    from tests.benchmarks._skia import draw

    person = faces.find_person(brief.portraits[0]).cut
    for size in (PREVIEW, FULL):
        print(
            f"skia-python, the like at {size[0]}x{size[1]}: "
            f"{timed(lambda s=size: draw(person, s), rounds):.0f} ms; "
            f"the compositor {timed(lambda s=size: render.compose(brief, size=s), rounds):.0f} ms"
        )


def on_cores(count):
    return ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn"))


def elapsed(pool, jobs, rounds):
    """Seconds on the wall clock: the least of some rounds, which other work delays least."""
    list(pool.map(one, jobs * 2))
    spent = []
    for _ in range(rounds + 1):
        start = time.perf_counter()
        list(pool.map(one, jobs))
        spent.append(time.perf_counter() - start)
    return min(spent)


def once_a_portrait(rounds):
    portrait = preset_samples.sample_portrait()

    def look():
        faces._MEMORY = faces._Memory(8)
        faces.find_person(portrait)

    print(f"once a portrait: look and cut out {timed(look, rounds):7.0f} ms")


def whole_sheet(rounds):
    print(f"\n{'preset':24}{'way':>8}{'640x360':>9}{'1280x720':>10}   the dearest stages (ms)")
    totals = defaultdict(list)
    for preset in PRESETS:
        for way in sheet.WAYS:
            brief = sheet.brief(preset, way)
            preview = partial(render.compose, brief, size=PREVIEW)
            small = timed(preview, rounds)
            totals["preview, the same again"].append(timed(preview, rounds, remembered=True))
            whole, kinds = stages(brief, rounds)
            dear = sorted(kinds.items(), key=lambda item: -item[1])[:5]
            text = "  ".join(f"{k} {v:.0f}" for k, v in dear)
            print(f"{preset:24}{way:>8}{small:9.0f}{whole:10.0f}   {text}")
            totals["preview"].append(small)
            totals["full"].append(whole)
            for kind, spent in kinds.items():
                totals[kind].append(spent)
    print('\nmedian over the sheet (ms); places are painted anew but for "the same again":')
    for kind in sorted(totals, key=lambda k: -statistics.median(totals[k])):
        print(f"  {kind:24}{statistics.median(totals[kind]):8.1f}   in {len(totals[kind])} images")


def variations_and_large(rounds):
    brief = sheet.brief("mrbeast-viral", "person")
    for count in (1, 4):
        spent = timed(
            lambda n=count: [render.compose(brief, variation=v) for v in range(n)], rounds
        )
        print(f"\n{count} variation{'s' * (count > 1)}: {spent:.0f} ms", end="")
    uhd = timed(lambda: render.compose(brief, size=UHD), 1)
    print(f"\n3840x2160: {uhd:.0f} ms")
    print(f"memory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
    skia_beside(brief, rounds)


FRESH = """
import resource, sys, time
began = time.process_time()
from thumbnb.render import compose, sheet
from thumbnb.render.brief import Brief
preset, way, size = sys.argv[1], sys.argv[2], tuple(map(int, sys.argv[3].split("x")))
brief = sheet.brief(preset, way) if way in sheet.WAYS else Brief(
    prompt=way, title="Who is there?", preset=preset)
loaded = time.process_time()
compose(brief, size=size)
done = time.process_time()
most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
ms = 1000 * (done - loaded), 1000 * (loaded - began)
print(f"{most:5.0f} MiB at most, {ms[0]:5.0f} ms, loading {ms[1]:.0f}")
"""


def fresh_processes(_):
    """Each in a process of its own, whose first image it is: memory, and how long that takes."""
    print("\nthe first image of a process (ms of processor time):")
    for preset, way in (
        ("mrbeast-viral", "person"), ("cinematic-film", "frame"), ("mystery-dark", "prompt"),
        ("mystery-dark", "The city at night"), ("gaming-esports", "a saxophone in a studio"),
    ):  # fmt: skip
        for size in ("1280x720", "3840x2160"):
            command = [sys.executable, "-c", FRESH, preset, way, size]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            print(f"  {preset + ', ' + way:44}{size:>10}  {done.stdout.strip()}")


def two_cores(rounds):
    presets = list(PRESETS)
    jobs = [(p, v) for p in presets[: 4 if rounds == 1 else None] for v in range(2)]
    with on_cores(1) as alone, on_cores(2) as two:
        for what, work in (
            (f"{len(jobs)} images", jobs),
            ("four variations", [("mrbeast-viral", v) for v in range(4)]),
        ):
            spent = {pool: elapsed(pool, work, rounds) for pool in (alone, two)}
            print(
                f"{what}: {spent[alone]:.2f} s on one core, {spent[two]:.2f} s on two: "
                f"{spent[alone] / spent[two]:.2f} times as fast, {spent[two] / spent[alone]:.2f} x"
            )


PARTS = {
    "portrait": once_a_portrait,
    "sheet": whole_sheet,
    "large": variations_and_large,
    "fresh": fresh_processes,
    "cores": two_cores,
}


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", help=f"parts with commas between: {', '.join(PARTS)}")
    given = parser.parse_args(argv)
    for part in given.only.split(",") if given.only else PARTS:
        PARTS[part](1 if given.quick else 5)
