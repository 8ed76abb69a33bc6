"""The bar in a terminal: drawn for work that takes a while and says how far it is."""

from __future__ import annotations

import asyncio
import io
import sys
import threading

import pytest

from thumbnb.client.runtime import progress_bar
from thumbnb.client.runtime.job import Job
from thumbnb.client.runtime.progress import Eta, Progress, report_progress


class Work:
    name = "generate_thumbnail"
    watched = False

    def __init__(self, fraction, elapsed, eta=None, stage="uploading"):
        self.progress = Progress(stage, fraction)
        self.elapsed = elapsed
        self.eta = eta


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("work", "drawn"),
    [
        (Work(0.25, 2.0), "uploading:  25% |"),
        (Work(0.25, 2.0, Eta(5.2, 11.9)), "uploading, about 5 s left, at most 12 s:  25% |"),
        (Work(None, 2.0, Eta(5.2, 11.9)), "uploading, about 5 s left, at most 12 s: 00:"),
        (Work(0.25, 0.1), None),
        (Work(None, 2.0), "uploading: 00:"),
        (Work(None, 2.0, stage="starting"), "generate thumbnail: 00:"),
    ],
)
def test_it_is_drawn_when_there_is_something_to_see(monkeypatch, work, drawn):
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    with progress_bar.ProgressBar(work) as shown:
        shown.tick()
    assert (drawn in terminal.getvalue()) if drawn else not terminal.getvalue()


def test_no_terminal_no_bar(capsys):
    with progress_bar.ProgressBar(Work(0.5, 2.0)) as shown:
        shown.tick()
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("watched", [False, True])
def test_the_wait_for_a_job_shows_it_unless_something_else_does(monkeypatch, watched):
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    monkeypatch.setattr(progress_bar, "DELAY", 0.0)
    go, tick = threading.Event(), progress_bar.ProgressBar.tick

    async def work():
        report_progress("uploading", 0.5)
        await asyncio.to_thread(go.wait)

    def ticked(self):
        tick(self)
        if self._job.progress.fraction:
            go.set()

    monkeypatch.setattr(progress_bar.ProgressBar, "tick", ticked)
    job = Job("upload", work)
    if watched:
        job.watch(lambda _: None)
    job.result()
    assert ("uploading:  50%" in terminal.getvalue()) is not watched
