"""A real kernel: what a blocked cell leaves running, and what the stop button does."""

from __future__ import annotations

import base64
import io
import sys
from contextlib import closing

import pytest
from PIL import Image

from tests.kernel import ManagedKernel
from tests.service.tools import until

SETUP = """
    import asyncio, threading, time
    from tests.client import stub
    state = stub.State()
    client = stub.connect(state)
    video = client.video("m-1")

    from thumbnb.client.runtime.job import Job
    from thumbnb.client.runtime.three_way import remote
    from thumbnb.client.resource import Resource
    from thumbnb.client.runtime.runner import Runner

    # Work that takes real time, until the notebook says otherwise.
    go = threading.Event()
    client._session._run_on = Runner()
    class Slow(Resource):
        @remote
        async def work(self):
            while not go.is_set():
                await asyncio.sleep(0.005)
            return "through"
    slow = Slow(client._session)
"""


@pytest.fixture(scope="module")
def kernel(tmp_path_factory):
    with closing(ManagedKernel(tmp_path_factory.mktemp("home"))) as kernel:
        kernel.do(SETUP)
        yield kernel


def test_the_kernel_is_this_interpreter(kernel):
    assert kernel.value("__import__('sys').executable") == sys.executable


def test_the_end_of_a_cell_is_heard_after_thousands_of_messages_that_nobody_read(kernel, tmp_path):
    shown = "{'text/plain': 20_000 * 'x'}"
    kernel.value(f"[get_ipython().display_pub.publish({shown}) for _ in range(2500)] and True")
    cell = kernel.start(f"open({str(tmp_path / 'through')!r}, 'w').close()")
    until((tmp_path / "through").exists, "The end of the cell")
    assert kernel.finish(cell).error is None


def test_a_thumbnail_alone_in_a_cell_shows_the_image(kernel):
    cell = kernel.run("video.generate_thumbnail(time=5, width=320, height=180)")
    assert cell.error is None
    with Image.open(io.BytesIO(base64.b64decode(cell.data[0]["image/jpeg"]))) as shown:
        assert shown.size == (320, 180)


def test_await_in_a_cell(kernel):
    output = kernel.do("""
        frames = await asyncio.gather(*(video.generate_thumbnail.aio(time=t) for t in (0, 2.5, 7)))
        job = video.generate_thumbnail.submit(time=9)
        print([f.time for f in frames], (await job).time, job.result().time)
    """)
    assert output.strip() == "[0.0, 2.5, 7.0] 9.0 9.0"


def test_the_users_own_tasks_go_on_while_a_cell_is_blocked(kernel):
    output = kernel.do("""
        ticks = []
        async def ticker():
            while len(ticks) < 5:
                ticks.append(time.monotonic())
                await asyncio.sleep(0.001)
            go.set()                 # only this ends the blocking call below
        task = asyncio.create_task(ticker())
        print(slow.work(), len(ticks))
        go.clear()
    """)
    assert output.strip() == "through 5"


@pytest.mark.parametrize("begin", ["", "await asyncio.sleep(0)"], ids=["plain cell", "async cell"])
def test_the_stop_button_ends_the_wait_and_leaves_the_job(kernel, begin):
    cell = kernel.start(f"""
        {begin}
        def say():
            print("waiting", flush=True)
        asyncio.get_running_loop().call_later(0.05, say)
        slow.work()
    """)
    kernel.until(lambda _: "waiting" in cell.text)
    kernel.interrupt()
    assert "client.jobs[-1].result()" in kernel.finish(cell).error
    output = kernel.do("""
        job = client.jobs[-1]
        print(job.state)
        go.set()
        print(job.result(), await job)
        go.clear()
    """)
    assert output.split() == ["running", "through", "through"]


def test_a_long_call_shows_a_bar_and_takes_it_away(kernel):
    cell = kernel.run("""
        from thumbnb.client.runtime.progress import report_progress
        class Long(Resource):
            @remote
            async def work(self):
                report_progress("uploading", 0.25)
                await asyncio.sleep(0.9)
        Long(client._session).work()
    """)
    assert (cell.text, cell.error) == ("", None)
    assert cell.data[0] == {"text/plain": ""}
    drawn = [shown for shown in cell.data if "text/html" in shown]
    assert "uploading 25%" in drawn[0]["text/html"]
    assert cell.data[-1] == {"text/plain": ""}


def test_nothing_secret_and_no_traceback_in_an_error(kernel):
    cell = kernel.run("video.generate_thumbnail(time=99)")
    assert cell.error.startswith("TimeOutOfRange: time is 99, past the end")
