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

from playwright.sync_api import sync_playwright

from tests.benchmarks._film import film
from tests.benchmarks.grid import COUNT_BLOBS, KEPT, Wire, heap
from tests.browser.chromium import launch
from tests.browser.notebooks import Notebook
from tests.browser.server import Server

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


def again(nb: Notebook, name: str, cell: str, there: str, runs: int) -> None:
    cdp = nb.context.new_cdp_session(nb.page)
    cdp.send("Performance.enable")
    figures = []
    nb.show(cell)
    for n in range(1, runs + 1):
        nb._run(0)
        nb.page.evaluate(there)
        if n in (5, runs):  # the first runs fill caches
            figures.append((*heap(cdp), *nb.page.evaluate(KEPT)))
    (used, nodes, *_), (more, others, blobs, size) = figures
    each = (more - used) / (runs - 5) * 1000
    print(
        f"{name}, run {runs} times: heap {used:.1f} MB after 5, {more:.1f} at the end,"
        f" {each:.0f} kB a run; {nodes} and {others} nodes; {blobs} blobs ({size / 1e3:.0f} kB)"
    )


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="studio")
    parser.add_argument("--quick", action="store_true", help="fewer runs")
    quick = parser.parse_args(arguments).quick
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        path = film(seconds=30, gop=30)
        server, browser = Server(Path(name) / "jupyter"), launch(playwright)
        try:
            nb = Notebook(browser, server, "lab")
            wire = Wire(nb)
            nb.open("")
            nb.look(width=1400, theme="light", reduced_motion=False)
            nb.do(SETUP.format(path=str(path)))
            nb.run(FRESH)  # what is imported once is imported now
            nb.page.evaluate(USABLE)
            wire.take()
            soon(nb, "A new studio", FRESH, USABLE, 3 if quick else 9)
            runs = 3 if quick else 9
            print(f"  messages: {sum(wire.take().values()) / runs / 1e3:.0f} kB each")
            soon(nb, "The same studio, its cell run again", AGAIN, USABLE, runs)
            soon(nb, "32 plain controls", PLAIN, PLAIN_THERE, runs)
            nb.page.evaluate(COUNT_BLOBS)
            again(nb, "The studio", AGAIN, USABLE, 10 if quick else 50)
            again(nb, "32 plain controls", PLAIN, PLAIN_THERE, 10 if quick else 50)
            nb.close()
        finally:
            browser.close()
            server.stop()
