"""Jobs where asyncio wants futures, and where something wants to copy them."""

from __future__ import annotations

import asyncio
import copy
import os
import pickle

import pytest

import thumbnb as tb
from tests.client import stub
from thumbnb import errors
from thumbnb.client.runtime.job import Job
from thumbnb.client.runtime.runner import Runner


@pytest.fixture
def runner():
    runner = Runner()
    yield runner
    runner.stop()


async def sleep(seconds):
    await asyncio.sleep(seconds)
    return seconds


async def fail():
    raise errors.JobFailed("It is broken.")


def jobs(runner, *seconds):
    return [Job("sleep", lambda each=each: sleep(each), runner) for each in seconds]


def test_asyncio_wait_takes_jobs(runner):
    async def main():
        quick, slow = jobs(runner, 0.01, 30)
        done, pending = await asyncio.wait([quick, slow], return_when=asyncio.FIRST_COMPLETED)
        assert (done, pending) == ({quick}, {slow})
        slow.cancel()
        done, pending = await asyncio.wait([quick, slow])
        assert (done, pending) == ({quick, slow}, set())
        assert (quick.cancelled(), slow.cancelled()) == (False, True)
        broken = Job("fail", fail, runner)
        done, _ = await asyncio.wait([broken, *jobs(runner, 0.01)], timeout=10)
        assert len(done) == 2
        with pytest.raises(errors.JobFailed):
            await broken

    asyncio.run(main())


def test_gather_as_completed_and_ensure_future_take_jobs(runner):
    async def main():
        assert await asyncio.gather(*jobs(runner, 0.0, 0.01)) == [0.0, 0.01]
        ended = [await each for each in asyncio.as_completed(jobs(runner, 0.2, 0.01))]
        assert ended == [0.01, 0.2]
        assert await asyncio.ensure_future(jobs(runner, 0.01)[0]) == 0.01

    asyncio.run(main())


def test_callback_runs_only_on_the_loop_that_added_it(runner):
    async def main():
        called, [job] = [], jobs(runner, 0.02)
        job.add_done_callback(called.append)
        job.add_done_callback(print)
        assert job.remove_done_callback(print) == 1
        assert job.remove_done_callback(print) == 0
        await job
        await asyncio.sleep(0.01)
        assert called == [job]

    asyncio.run(main())


@pytest.mark.parametrize("copying", [copy.copy, copy.deepcopy, pickle.dumps])
def test_what_belongs_to_a_client_is_not_copied_and_says_so(runner, copying, tmp_path):
    client = stub.connect(stub.State(), home=tmp_path)
    video = client.video("m-1")
    frame = video.generate_thumbnail(time=5)
    for thing in (jobs(runner, 0.0)[0], client, video, frame, [frame]):
        with pytest.raises(errors.InvalidInput, match="cannot be pickled or copied"):
            copying(thing) if thing.__class__ is not list else copy.deepcopy(thing)
    client.close()
    client._session.runner.stop()


def test_a_relative_home_stays_where_it_was(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    client = tb.connect(home="data", videodb_key="k", youthumb_key="k", quiet=True)
    os.chdir("/")
    assert client.result_store.folder == tmp_path / "data" / "results"
    client.close()


@pytest.mark.parametrize(
    ("time", "seconds"), [("0:05", 5.0), ("1:02:03.5", 3723.5), (" 00:05.25 ", 5.25)]
)
def test_a_time_may_be_a_text_like_a_clock(tmp_path, time, seconds):
    state = stub.State(length=4000.0)
    client = stub.connect(state, home=tmp_path)
    assert client.video("m-1").generate_thumbnail(time=time).time == seconds
    for wrong in ("5", "1:2:3:4", "0:5x", "-0:05", "", ":"):
        with pytest.raises(errors.InvalidInput, match='a text like "0:05"'):
            client.video("m-1").generate_thumbnail(time=wrong)
    client.close()
    client._session.runner.stop()


def test_unknown_keyword_suggests_the_nearest(tmp_path):
    state = stub.State()
    client = stub.connect(state, home=tmp_path)
    video = client.video("m-1")
    state.forget()
    with pytest.raises(errors.InvalidInput, match=r"takes no widht=. Did you mean width=\?"):
        video.generate_thumbnail(time=5, widht=320)
    with pytest.raises(errors.InvalidInput, match=r"takes no x=. It takes time, width, height"):
        asyncio.run(video.generate_thumbnail.aio(x=5))
    assert not state.requests
    client.close()
    client._session.runner.stop()
