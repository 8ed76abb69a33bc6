"""How far a batch is, and what stopping it leaves."""

from __future__ import annotations

import threading
from concurrent.futures import Executor, Future

import pandas as pd
import pytest

import thumbnb as tb
from thumbnb.batches.pace import Pace


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


def test_the_pace_is_that_of_the_rows_that_were_made_now():
    clock = Clock()
    pace = Pace(100, clock)
    assert (pace.rate, pace.eta, pace.text) == (None, None, "rows")
    for _ in range(40):
        pace.add(made_before=True)
    assert pace.rate is None
    for number in range(20):
        clock.now += 0.5
        pace.add(failed=number < 3)
    assert pace.rate == pytest.approx(2.0)
    assert pace.eta.p50 == pytest.approx(20.0)
    assert pace.eta.p90 > pace.eta.p50
    assert pace.text == "rows (2 a second, 3 failed)"


def test_the_pace_follows_a_slower_stretch():
    clock = Clock()
    pace = Pace(10_000, clock)
    for step in (0.01, 1.0):
        for _ in range(300):
            clock.now += step
            pace.add()
    assert pace.rate == pytest.approx(1.0)


class Gate(Executor):
    """Answers the first two rows at once, and holds the others back until they may."""

    def __init__(self):
        self.held, self.two = [], threading.Event()
        self.given = 0

    def submit(self, function, /, task):
        future = Future()
        self.given += 1
        if self.given <= 2:
            future.set_result(function(task))
        else:
            self.held.append((future, function, task))
            self.two.set()
        return future


def test_stopped_batch_finishes_running_rows_and_resumes(videos):
    gate = Gate()
    given = pd.DataFrame({"video": ["videos/second.mp4"] * 6, "at": [n / 10 for n in range(6)]})
    batch = tb.Batch(given, frames="at", out="{row}.png", executor=gate)
    assert batch.stop() == "It has not begun."
    job = batch.run.submit(concurrency=1)
    assert gate.two.wait(180)
    assert batch.stop() == "Stopped: 2 of 6 rows are done. Run it again to go on."
    assert job.progress.total == 6
    [(future, function, task)] = gate.held
    future.set_result(function(task))
    table = job.result()
    assert [error == "" for error in table["error"]] == [True, True, True, False, False, False]
    assert table["error"][5] == "Not made: it was stopped."
    assert batch.problem == "it was stopped"
    assert gate.given == 3


def test_a_batch_can_be_awaited(videos, executor):
    import asyncio

    async def make():
        return await tb.Batch("videos/*.mp4", executor=executor).run.aio()

    assert asyncio.run(make())["error"].tolist() == ["", "", ""]
