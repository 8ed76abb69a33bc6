"""Waiting: in a script, inside a running loop, interrupted, after a fork."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
import threading

import pytest

from thumbnb import errors
from thumbnb.client.runtime import waiting
from thumbnb.client.runtime.job import Job
from thumbnb.client.runtime.progress import report_progress
from thumbnb.client.runtime.progress_bar import ProgressBar
from thumbnb.client.runtime.runner import Runner


@pytest.fixture
def runner():
    runner = Runner()
    yield runner
    runner.stop()


async def soon(value="done"):
    await asyncio.sleep(0)
    return value


class Gate:
    """Work that ends when the test says so."""

    def __init__(self):
        self.begun = threading.Event()
        self._open = threading.Event()

    def open(self):
        self._open.set()

    async def work(self, value="through"):
        self.begun.set()
        while not self._open.is_set():  # noqa: ASYNC110 - opened from another thread
            await asyncio.sleep(0.002)
        return value


def test_work_runs_on_one_thread_that_is_not_ours(runner):
    async def where():
        return threading.current_thread()

    first, second = (Job("where", where, runner).result() for _ in range(2))
    assert first is second is not threading.current_thread()
    assert first.daemon


def test_the_loop_of_the_caller_turns_while_it_waits(runner):
    gate, ticks = Gate(), []

    async def user():
        async def other():
            while len(ticks) < 20:
                ticks.append(1)
                await asyncio.sleep(0.001)
            gate.open()  # only this ends the wait: without turning it would last for ever

        task = asyncio.create_task(other())
        result = Job("gate", gate.work, runner).result()
        await task
        return result

    assert asyncio.run(user()) == "through"
    assert len(ticks) == 20


def test_work_in_flight_survives_the_patch_of_asyncio():
    # In a process of its own: the patch, once made, stays.
    code = """
        import asyncio, threading
        from thumbnb.client.runtime.job import Job
        from thumbnb.client.runtime.runner import Runner
        runner = Runner()
        go = threading.Event()
        async def early():
            async with asyncio.timeout(180):
                while not go.is_set():
                    await asyncio.sleep(0.01)
            async with asyncio.timeout(180):
                return await asyncio.gather(asyncio.sleep(0, 1), asyncio.sleep(0, 2))
        job = Job("early", early, runner)
        async def late():
            return 3
        async def cell():
            got = Job("late", late, runner).result()   # patches asyncio
            go.set()
            return got, job.result(), await job
        assert hasattr(asyncio, "_nest_patched") is False
        print(asyncio.run(cell()))
        assert asyncio._nest_patched
    """
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", textwrap.dedent(code)],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == "(3, [1, 2], [1, 2])", done.stderr


def test_a_wait_ends_when_the_time_is_up_and_the_work_goes_on(runner):
    gate = Gate()
    job = Job("gate", gate.work, runner)
    with pytest.raises(errors.DeadlineExceeded, match="goes on"):
        job.result(timeout=0.01)
    assert job.state == "running"
    gate.open()
    assert job.result() == "through"

    async def cell():
        slow = Gate()
        inside = Job("gate", slow.work, runner)
        with pytest.raises(errors.DeadlineExceeded):
            inside.result(timeout=0.01)
        slow.open()
        return inside.result()

    assert asyncio.run(cell()) == "through"


@pytest.mark.parametrize("inside", [False, True], ids=["script", "running loop"])
def test_an_interrupt_ends_the_wait_and_not_the_work(runner, inside, monkeypatch):
    gate = Gate()
    job = Job("gate", gate.work, runner)

    waiting = threading.Event()
    monkeypatch.setattr(ProgressBar, "tick", lambda _: waiting.set())

    def stop_button():
        waiting.wait(30)
        signal.raise_signal(signal.SIGINT)

    async def cell():
        job.result()

    threading.Thread(target=stop_button).start()
    with pytest.raises(KeyboardInterrupt, match="goes on in the background"):
        asyncio.run(cell()) if inside else job.result()
    assert job.state == "running"
    gate.open()
    assert job.result() == "through"


def test_the_interrupt_is_a_keyboard_interrupt_under_asyncio_run_too(runner, monkeypatch):
    # asyncio.run would cancel the task instead, which is busy waiting; its handler is put back.
    handlers = []
    monkeypatch.setattr(ProgressBar, "tick", lambda _: signal.raise_signal(signal.SIGINT))

    async def main():
        signal.signal(signal.SIGINT, lambda *_: handlers.append("cancelled"))
        gate = Gate()
        with pytest.raises(KeyboardInterrupt, match="goes on"):
            Job("gate", gate.work, runner).result()
        signal.raise_signal(signal.SIGINT)
        gate.open()

    before = signal.getsignal(signal.SIGINT)
    try:
        asyncio.run(main())
    finally:
        signal.signal(signal.SIGINT, before)
    assert handlers == ["cancelled"]


def test_a_loop_that_cannot_be_turned_is_waited_in(runner, monkeypatch):
    monkeypatch.setattr(waiting, "_make_reentrant", lambda _: False)  # as with uvloop

    async def cell():
        return Job("soon", soon, runner).result()

    assert asyncio.run(cell()) == "done"


def test_many_threads_may_wait_at_once(runner):
    results = []

    def one(number):
        results.append(Job("x", lambda: soon(number), runner).result())

    threads = [threading.Thread(target=one, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(results) == list(range(20))


def _child(queue):
    queue.put(Job("soon", lambda: soon(os.getpid())).result())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_a_forked_child_starts_a_runner_of_its_own():
    assert Job("soon", soon).result() == "done"
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    child = context.Process(target=_child, args=(queue,))
    child.start()
    assert queue.get(timeout=180) == child.pid
    child.join(30)


# -- jobs -----------------------------------------------------------------------------


def test_a_job_is_awaited_without_blocking(runner):
    async def main():
        job = Job("soon", soon, runner)
        return await job, await job, job.result()

    assert asyncio.run(main()) == ("done", "done", "done")


def test_a_cancelled_await_leaves_the_job(runner):
    gate = Gate()
    job = Job("gate", gate.work, runner)

    async def main():
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await job
        gate.open()
        return await job

    assert asyncio.run(main()) == "through"


def test_cancel_stops_the_work_and_says_so(runner):
    gate, ended = Gate(), threading.Event()

    async def work():
        try:
            return await gate.work()
        finally:
            ended.set()

    job = Job("gate", work, runner)
    assert gate.begun.wait(180)
    assert job.cancel()
    assert ended.wait(180)
    assert job.state == "cancelled"
    with pytest.raises(errors.JobCancelled):
        job.result()

    async def main():
        with pytest.raises(errors.JobCancelled):
            await job

    asyncio.run(main())
    assert not job.cancel()


def test_a_job_cancelled_before_it_began_leaves_no_loose_end(runner):
    for _ in range(50):
        Job("soon", soon, runner).cancel()
    assert Job("soon", soon, runner).result() == "done"


def test_progress_is_reported_and_a_broken_watcher_does_no_harm(runner, caplog):
    gate, seen = Gate(), []

    async def work():
        await gate.work()
        report_progress("uploading", 0.5)
        report_progress("uploading", 0.5)
        report_progress("processing")
        return 1

    job = Job("work", work, runner)
    job.watch(lambda _: 1 / 0)
    job.watch(lambda j: seen.append((j.state, str(j.progress))))
    stop = job.watch(lambda _: seen.append("no"))
    stop()
    gate.open()
    assert job.result() == 1
    assert seen[:2] == [("running", "uploading 50%"), ("running", "processing")]
    assert "A watcher of" in caplog.text


def test_a_job_tells_what_it_is_in_words(runner):
    async def fail():
        raise errors.JobFailed("The disk is full.", hint="Make room.")

    gate = Gate()
    running = Job("gate", gate.work, runner)
    assert "running, starting" in repr(running)
    gate.open()
    running.result()
    assert "done" in repr(running)
    failed = Job("fail", fail, runner)
    with pytest.raises(errors.JobFailed):
        failed.result()
    assert "failed, The disk is full. Make room." in repr(failed)
    assert isinstance(failed.exception(), errors.JobFailed)
    assert failed.elapsed == failed.elapsed
