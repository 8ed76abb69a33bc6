"""A notebook in JupyterLab to measure in: its messages, and what a cell that runs again leaves."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

from tests.browser.chromium import launch
from tests.browser.notebooks import Notebook
from tests.browser.server import Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import CDPSession

KINDS = {  # by what a message has in it
    "code": b'"kind": "assets"',
    "pictures": b'"kind": "copy"',
    "saved": b'"image/jpeg"',
}
COUNT_BLOBS = """() => {
    window.kept = new Map();
    const [make, revoke] = [URL.createObjectURL, URL.revokeObjectURL];
    URL.createObjectURL = blob => { const url = make(blob); kept.set(url, blob); return url; };
    URL.revokeObjectURL = url => { kept.delete(url); revoke(url); };
}"""
KEPT = "[kept.size, [...kept.values()].reduce((sum, blob) => sum + blob.size, 0)]"


class Wire:
    """The bytes that go between the page and its kernel."""

    def __init__(self, nb: Notebook) -> None:
        self.frames: list[bytes] = []
        nb.page.on("websocket", self._opened)

    def _opened(self, socket: Any) -> None:
        for event in ("framereceived", "framesent"):
            socket.on(
                event,
                lambda data: self.frames.append(data if isinstance(data, bytes) else data.encode()),
            )

    def take(self) -> dict[str, int]:
        counted = dict.fromkeys([*KINDS, "other"], 0)
        for frame in self.frames:
            kind = next((name for name, mark in KINDS.items() if mark in frame), "other")
            counted[kind] += len(frame)
        self.frames.clear()
        return counted


@contextmanager
def lab(place: Path) -> Iterator[tuple[Notebook, Wire]]:
    """Open an empty notebook, of a server of its own that keeps its files at ``place``."""
    with sync_playwright() as playwright:
        server, browser = Server(place), launch(playwright)
        try:
            nb = Notebook(browser, server, "lab")
            wire = Wire(nb)
            nb.open("")
            nb.look(width=1400, theme="light", reduced_motion=False)
            yield nb, wire
            nb.close()
        finally:
            browser.close()
            server.stop()


def performance(nb: Notebook, **options: Any) -> CDPSession:
    """Begin to measure the page."""
    cdp = nb.context.new_cdp_session(nb.page)
    cdp.send("Performance.enable", options)
    return cdp


def metrics(cdp: CDPSession) -> dict[str, float]:
    return {m["name"]: m["value"] for m in cdp.send("Performance.getMetrics")["metrics"]}


def heap(cdp: CDPSession) -> tuple[float, int]:
    """Return the megabytes and the nodes in use once what is unused is gone."""
    for _ in range(3):
        cdp.send("HeapProfiler.collectGarbage")
    found = metrics(cdp)
    return found["JSHeapUsedSize"] / 1e6, int(found["Nodes"])


def rerun(nb: Notebook, name: str, cell: str, shown: Callable[[], object], runs: int) -> None:
    """Run a cell again and again, each time until it is ``shown``, and say what that leaves."""
    cdp = performance(nb)
    nb.page.evaluate(COUNT_BLOBS)
    figures = []
    nb.show(cell)
    for n in range(1, runs + 1):
        nb.run_again()
        shown()
        if n in (5, runs):  # the first runs fill caches
            figures.append((*heap(cdp), *nb.page.evaluate(KEPT)))
    (used, nodes, *_), (more, others, blobs, size) = figures
    each = (more - used) / (runs - 5) * 1000
    print(
        f"{name}, its cell run {runs} times: heap {used:.1f} MB after 5, {more:.1f} at the end,"
        f" {each:.0f} kB a run; {nodes} and {others} nodes; {blobs} blobs ({size / 1e3:.0f} kB)"
    )
