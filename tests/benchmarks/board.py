"""The board in JupyterLab: how soon 200 cells are seen, and how they scroll.

    uv run python -m tests.benchmarks board [--quick]

Painted pictures of 640x360, a real kernel, a real browser. The peer is an ImageGrid of the same
pictures.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks._lab import lab, metrics, performance

if TYPE_CHECKING:
    from tests.browser.notebooks import Notebook

# A run that is finished: the board is measured, not the service.
RUN = """
import itertools, time, thumbnb as tb
from tests.widgets.small_sweep import SmallRun, jpeg, picture
rows, columns = {rows}, {columns}
run = SmallRun({{"prompt": [f"prompt {{n}} of a creator" for n in range(rows)],
                "colour": [f"colour {{n}}" for n in range(columns)]}})
run.finish()
"""
SEEN = """async selector => {
    const ready = img => img.naturalWidth && img.complete;
    const seen = () => [...document.querySelectorAll(selector)].filter(el => {
        const box = el.getBoundingClientRect();
        return box.top < innerHeight && el.checkVisibility();
    });
    while (!seen().length || !seen().slice(0, 12).every(ready))
        await new Promise(requestAnimationFrame);
    return Date.now() / 1000;
}"""
SCROLL = """async ([selector, seconds]) => {
    const list = document.querySelector(selector);
    const times = [], from = performance.now(), step = list.scrollHeight / (seconds * 60);
    for (let before = from; before < from + seconds * 1000;) {
        const now = await new Promise(requestAnimationFrame);
        times.push(now - before); before = now; list.scrollTop += step;
        if (list.scrollTop + list.clientHeight >= list.scrollHeight - 1) list.scrollTop = 0;
    }
    return times;
}"""
SHOWN = {
    "board": ("tb.SweepBoard(run)", ".thumbnb-table", ".thumbnb-table-image img"),
    "ImageGrid": (
        "tb.ImageGrid([run.results[c.id].image for c in run.cells], columns=5)",
        ".thumbnb-grid-cells",
        ".thumbnb-grid-image img",
    ),
}


def scrolling(nb: Notebook, name: str, seconds: float) -> None:
    made, scroller, images = SHOWN[name]
    nb.run(f"started = time.time(); shown = {made}; shown")
    seen = nb.page.evaluate(SEEN, images)
    print(f"{name}: seen {seen - nb.value('started'):.2f} s after its cell began")
    cdp = performance(nb, timeDomain="threadTicks")
    for turn in ("first time", "again"):
        nb.page.evaluate("s => document.querySelector(s).scrollTop = 0", scroller)
        before = metrics(cdp)["TaskDuration"]
        times = sorted(nb.page.evaluate(SCROLL, [scroller, seconds]))
        work = (metrics(cdp)["TaskDuration"] - before) / len(times) * 1000
        print(
            f"{name}, scrolling {turn}: {1000 / statistics.mean(times):.0f} frames a second,"
            f" {work:.1f} ms of processor time a frame, p50 {statistics.median(times):.1f} ms,"
            f" p95 {times[int(len(times) * 0.95)]:.1f}, longest {times[-1]:.0f}"
        )
    nb.show("")


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="board")
    parser.add_argument("--quick", action="store_true", help="shorter")
    quick = parser.parse_args(arguments).quick
    with (
        tempfile.TemporaryDirectory() as name,
        lab(Path(name) / "jupyter") as (nb, _),
    ):
        root = Path(__file__).parents[2]
        nb.do(f"import sys; sys.path.insert(0, {str(root)!r})")
        nb.do(RUN.format(rows=40, columns=5))
        for shown in SHOWN:
            scrolling(nb, shown, 3 if quick else 6)
