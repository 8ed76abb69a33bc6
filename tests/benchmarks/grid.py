"""The image grid in JupyterLab: how soon it is seen, what it sends, what it leaves, how it scrolls.

    uv run python -m tests.benchmarks grid [--quick]

Real pictures of the compositor, a real kernel, a real browser. Bytes are those of the
page's websocket, in both directions.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import thumbnb as tb
from tests.benchmarks._lab import lab, metrics, performance, rerun

if TYPE_CHECKING:
    from tests.benchmarks._lab import Wire
    from tests.browser.notebooks import Notebook

PREPARE = """
import asyncio, time, pathlib, thumbnb as tb
from thumbnb.client.runtime.job import Job
from thumbnb.client.runtime.progress import report_partial, report_progress
files = [path.read_bytes() for path in sorted(pathlib.Path({folder!r}).iterdir())]
def pictures(count, start=0):
    # Bytes after the end of a JPEG are ignored: all differ.
    return [files[n % len(files)] + bytes([n % 256]) for n in range(start, start + count)]
"""
# Jobs of four results each, which come one by one; `last` is when the last of them is there.
JOBS = """
async def make(four, begin):
    await asyncio.sleep(begin)
    for done in range(1, 5):
        await asyncio.sleep(0.05)
        report_partial(four[:done]); report_progress("generating", done / 4, done=done, total=4)
    global last
    last = time.time()
    return four
grid = tb.ImageGrid(columns=10)
jobs = [Job("make", lambda n=n: make(pictures(4, 4 * n), 0.5 + n * 0.04)) for n in range(25)]
for job in jobs: grid.watch(job)
grid
"""
# When every cell that can be seen has its picture, decoded.
SEEN = """async count => {
    const all = () => [...document.querySelectorAll('.thumbnb-grid-cell')];
    const isSeen = el => {
        const { x, y, width, height } = el.getBoundingClientRect();
        return el.contains(document.elementFromPoint(x + width / 2, y + height / 2));
    };
    const pictures = () => all().filter(isSeen).map(el => el.querySelector('img'));
    const ready = img => img.naturalWidth && img.complete;
    while (all().length !== count || !pictures().every(ready))
        await new Promise(requestAnimationFrame);
    await Promise.all(pictures().map(img => img.decode()));
    return [Date.now() / 1000, pictures().length];
}"""
SCROLL = """async seconds => {
    const list = document.querySelector('.thumbnb-grid-cells');
    const times = [], from = performance.now(), step = list.scrollHeight / (seconds * 60);
    for (let before = from; before < from + seconds * 1000;) {
        const now = await new Promise(requestAnimationFrame);
        times.push(now - before); before = now; list.scrollTop += step;
    }
    return times.slice(1);
}"""
PEER = """
ipywidgets.GridBox([ipywidgets.Image(value=data, format="jpeg") for data in pictures(30)])
"""


def thumbnails(folder: Path, count: int) -> None:
    """Have the compositor make real pictures, 1280x720."""
    subjects = ("creator with a rocket", "bowl of ramen", "sailing boat", "laptop with code")
    with tb.connect(embedded=True, home=folder.parent / "home") as client:
        for n in range(0, count, 4):
            project = client.create_project(
                f"A {subjects[n // 4 % 4]}, bright", title=f"IDEA {n}", options={"variations": 4}
            )
            for k, result in enumerate(project.generate()):
                (folder / f"{n + k:02d}.jpg").write_bytes(result.bytes)


def log_messages(name: str, counted: dict[str, int], whole: int) -> None:
    own = counted["pictures"] + counted["other"]
    parts = ", ".join(f"{kind} {size / 1e3:.0f}" for kind, size in counted.items())
    print(
        f"{name}: {sum(counted.values()) / 1e3:.0f} kB ({parts}); the pictures at full size in "
        f"base64 {whole / 1e3:.0f} kB: {whole / own:.0f} times what showing them took"
    )


def full_size(nb: Notebook, names: str) -> int:
    return nb.value(f"sum(-(-len(data) // 3) * 4 for data in {names})")


def visible(nb: Notebook, wire: Wire) -> None:
    wire.take()
    nb.run(JOBS)
    seen, count = nb.page.evaluate(SEEN, 100)
    nb.eventually("all(job.done() for job in jobs)")
    last = nb.value("last")
    took = seen - last
    print(f"100 pictures of 25 jobs: {count} in sight are seen {took:.2f} s after the last result")
    nb.page.wait_for_function("() => !document.querySelector('[data-state=waiting]')")
    log_messages("  messages", wire.take(), full_size(nb, "grid.items"))
    nb.show("")


def all_at_once(nb: Notebook, wire: Wire) -> None:
    wire.take()
    nb.run("started = time.time(); grid = tb.ImageGrid(pictures(100), columns=10); grid")
    seen, count = nb.page.evaluate(SEEN, 100)
    took = seen - nb.value("started")
    print(f"100 pictures at once: {count} in sight are seen {took:.2f} s after the cell began")
    log_messages("  messages", wire.take(), full_size(nb, "grid.items"))
    nb.show("")


def four(nb: Notebook, wire: Wire) -> None:
    nb.do(
        "client = tb.connect(embedded=True)\n"
        "project = client.create_project('A red rocket', title='UP', options={'variations': 4})"
    )
    wire.take()
    nb.run("job = project.start(); grid = tb.ImageGrid(job); grid")
    nb.page.evaluate(SEEN, 4)
    nb.eventually("job.done()", timeout=60)
    nb.page.wait_for_timeout(1000)  # what stays in the notebook is sent at the end
    log_messages(
        "A run of four variations",
        wire.take(),
        full_size(nb, "[item.bytes for item in grid.items]"),
    )
    nb.show("")


def memory(nb: Notebook, runs: int) -> None:
    nb.do("import ipywidgets")
    for name, cell, drawn in (
        ("a grid of 30", "grid = tb.ImageGrid(pictures(30)); grid", ".thumbnb-grid img[src]"),
        ("30 ipywidgets.Image", PEER, "img.widget-image"),
    ):
        last = nb.page.locator(drawn).nth(29)
        rerun(nb, name, cell, partial(last.wait_for, state="attached"), runs)


def scrolling(nb: Notebook, count: int) -> None:
    nb.show(f"grid = tb.ImageGrid(pictures({count}), columns=6); grid")
    nb.page.evaluate(SEEN, count)
    cdp = performance(nb, timeDomain="threadTicks")
    for name in ("first time", "again"):
        nb.page.evaluate("document.querySelector('.thumbnb-grid-cells').scrollTop = 0")
        before = metrics(cdp)["TaskDuration"]  # seconds the main thread has worked
        times = sorted(nb.page.evaluate(SCROLL, 6))
        work = (metrics(cdp)["TaskDuration"] - before) / len(times) * 1000
        late = sum(each > 25 for each in times) / len(times)
        print(
            f"scrolling {count} in 6 s, {name}: {work:.1f} ms of processor time a frame,"
            f" {1000 / statistics.mean(times):.0f} frames a second,"
            f" p50 {statistics.median(times):.1f} ms, p95 {times[int(len(times) * 0.95)]:.1f},"
            f" longest {times[-1]:.0f}; {late:.1%} later than 25 ms"
        )
    nb.show("")


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="grid")
    parser.add_argument("--quick", action="store_true", help="fewer runs")
    quick = parser.parse_args(arguments).quick
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "pictures"
        folder.mkdir()
        thumbnails(folder, 8 if quick else 16)
        with lab(Path(name) / "jupyter") as (nb, wire):
            nb.do(PREPARE.format(folder=str(folder)))
            visible(nb, wire)
            all_at_once(nb, wire)
            four(nb, wire)
            scrolling(nb, 500)
            memory(nb, 10 if quick else 50)
