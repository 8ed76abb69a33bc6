"""On the client's own thread nothing can be waited for, and what has ended need not be."""

from __future__ import annotations

import asyncio

import pytest

from thumbnb import errors
from thumbnb.client.runtime.job import Job
from thumbnb.client.runtime.runner import Runner


@pytest.fixture
def runner():
    runner = Runner()
    yield runner
    runner.stop()


async def three() -> int:
    return 3


def test_a_watcher_reads_the_result_of_a_job_that_ended(runner):
    seen = []

    async def work() -> list[int]:
        ended = asyncio.Event()
        job = Job("three", three, runner)

        def watcher(job: Job[int]) -> None:
            if job.done():
                seen.append(job.result())
                ended.set()

        job.watch(watcher)
        await ended.wait()
        await asyncio.sleep(0)
        return seen

    assert Job("work", work, runner).result(timeout=180) == [3]
    assert Job("again", three, runner).result(timeout=180) == 3, "the loop is as it was"


def test_waiting_there_is_refused_and_harms_nothing(runner):
    async def work() -> str:
        with pytest.raises(errors.InvalidInput, match=r"its own thread.*await"):
            Job("three", three, runner).result()
        return "refused"

    assert Job("work", work, runner).result(timeout=180) == "refused"
    assert Job("again", three, runner).result(timeout=180) == 3
