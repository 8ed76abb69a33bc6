"""The studio in JupyterLab: how soon it can be used, what it sends, what running it again leaves.

    uv run python -m tests.benchmarks studio [--quick]

A warm kernel has run a studio before; usable means that the slider shows the film's
pictures and that the prompt can be typed into. The limit is 1.5 s. The peer is a page of
plain ipywidgets with as many controls, in the same notebook.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks._film import film
from tests.benchmarks._lab import lab, rerun

if TYPE_CHECKING:
    from tests.browser.notebooks import Notebook

SETUP = """
import time, ipywidgets, thumbnb as tb
client = tb.connect(embedded=True, quiet=True)
video = client.upload({path!r})
"""
FRESH = "began = time.time(); studio = tb.Studio(client, video=video, fresh=True); studio"
AGAIN = "began = time.time(); studio = tb.Studio(client); studio"
PLAIN = """began = time.time()
ipywidgets.VBox([ipywidgets.VBox([ipywidgets.Text(), ipywidgets.Dropdown(options=["a", "b"]),
                                  ipywidgets.Button(description="Go"), ipywidgets.IntSlider()])
                 for _ in range(8)])"""
# The slider's picture is drawn, and the prompt takes letters.
USABLE = """async () => {
    const drawn = () => {
        const canvas = document.querySelector(".thumbnb-film-canvas");
        if (!canvas?.width) return false;
        const { width, height } = canvas;
        const data = canvas.getContext("2d").getImageData(width >> 1, height >> 1, 1, 1).data;
        return data[3] === 255;
    };
    const typed = () => document.querySelector(".thumbnb-studio textarea")?.offsetHeight > 0;
    while (!drawn() || !typed()) await new Promise(requestAnimationFrame);
    return Date.now() / 1000;
}"""
PLAIN_THERE = """async () => {
    while (document.querySelectorAll(".widget-slider").length < 8)
        await new Promise(requestAnimationFrame);
    return Date.now() / 1000;
}"""


def soon(nb: Notebook, name: str, cell: str, there: str, runs: int) -> None:
    times = []
    for _ in range(runs):
        nb.show("")
        nb.run(cell)
        times.append(nb.page.evaluate(there) - nb.value("began"))
    shown = ", ".join(f"{each:.2f}" for each in sorted(times))
    print(f"{name}: usable {statistics.median(times):.2f} s after its cell began ({shown})")


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="studio")
    parser.add_argument("--quick", action="store_true", help="fewer runs")
    quick = parser.parse_args(arguments).quick
    path, runs = film(seconds=30, gop=30), 3 if quick else 9
    with tempfile.TemporaryDirectory() as name, lab(Path(name) / "jupyter") as (nb, wire):
        nb.do(SETUP.format(path=str(path)))
        nb.run(FRESH)  # what is imported once is imported now
        nb.page.evaluate(USABLE)
        wire.take()
        soon(nb, "A new studio", FRESH, USABLE, runs)
        print(f"  messages: {sum(wire.take().values()) / runs / 1e3:.0f} kB each")
        soon(nb, "The same studio, its cell run again", AGAIN, USABLE, runs)
        soon(nb, "32 plain controls", PLAIN, PLAIN_THERE, runs)
        many = 10 if quick else 50
        rerun(nb, "The studio", AGAIN, lambda: nb.page.evaluate(USABLE), many)
        rerun(nb, "32 plain controls", PLAIN, lambda: nb.page.evaluate(PLAIN_THERE), many)
