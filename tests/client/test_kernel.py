"""A real kernel: what a blocked cell leaves running, and what the stop button does."""

from __future__ import annotations

import base64
import io
import os
import sys
import textwrap
from pathlib import Path

import pytest
from jupyter_client.manager import KernelManager
from PIL import Image

ROOT = Path(__file__).parents[2]
SETUP = """
    import asyncio, threading, time
    from tests.client import stub
    state = stub.State()
    client = stub.connect(state)
    video = client.video("m-1")

    from thumbnb.client.job import Job
    from thumbnb.client.remote import remote
    from thumbnb.client.session import Handle
    from thumbnb.client.runner import Runner

    # Work that takes real time, until the notebook says otherwise.
    go = threading.Event()
    client._session._run_on = Runner()
    class Slow(Handle):
        @remote
        async def work(self):
            while not go.is_set():
                await asyncio.sleep(0.005)
            return "through"
    slow = Slow(client._session)
"""


class Kernel:
    """One kernel, asked in cells."""

    def __init__(self):
        self.manager = KernelManager(kernel_name="python3")
        self.manager.start_kernel(
            cwd=str(ROOT), extra_arguments=["--IPKernelApp.log_level=50"],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)

    def run(self, code, *, on_start=None):
        """Run a cell; returns (printed text, shown data, error name and text)."""
        message = self.client.execute(textwrap.dedent(code))
        text, data, error = "", [], None
        while True:
            reply = self.client.get_iopub_msg(timeout=60)
            if reply["parent_header"].get("msg_id") != message:
                continue
            content = reply["content"]
            match reply["msg_type"]:
                case "stream":
                    text += content["text"]
                    if on_start and "waiting" in content["text"]:
                        on_start()
                        on_start = None
                case "execute_result" | "display_data" | "update_display_data":
                    data.append(content["data"])
                case "error":
                    error = f"{content['ename']}: {content['evalue']}"
                case "status" if content["execution_state"] == "idle":
                    return text, data, error

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


@pytest.fixture(scope="module")
def kernel():
    kernel = Kernel()
    text, _, error = kernel.run(SETUP)
    assert error is None, (text, error)
    yield kernel
    kernel.close()


def test_the_kernel_is_this_interpreter(kernel):
    text, _, _ = kernel.run("import sys; print(sys.version_info[:2])")
    assert text.strip() == str(sys.version_info[:2])


def test_a_thumbnail_alone_in_a_cell_shows_the_picture(kernel):
    _, data, error = kernel.run("video.generate_thumbnail(time=5, width=320, height=180)")
    assert error is None
    with Image.open(io.BytesIO(base64.b64decode(data[0]["image/jpeg"]))) as shown:
        assert shown.size == (320, 180)


def test_await_in_a_cell(kernel):
    text, _, error = kernel.run("""
        frames = await asyncio.gather(*(video.generate_thumbnail.aio(time=t) for t in (0, 2.5, 7)))
        job = video.generate_thumbnail.submit(time=9)
        print([f.time for f in frames], (await job).time, job.result().time)
    """)
    assert error is None
    assert text.strip() == "[0.0, 2.5, 7.0] 9.0 9.0"


def test_the_users_own_tasks_go_on_while_a_cell_is_blocked(kernel):
    text, _, error = kernel.run("""
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
    assert error is None
    assert text.strip() == "through 5"


@pytest.mark.parametrize("awaiting", [False, True], ids=["plain cell", "async cell"])
def test_the_stop_button_ends_the_wait_and_leaves_the_job(kernel, awaiting):
    head = "await asyncio.sleep(0)\n" if awaiting else ""
    code = head + textwrap.dedent("""
        from threading import Timer
        def say():
            print("waiting", flush=True)
        asyncio.get_running_loop().call_later(0.05, say)
        slow.work()
    """)
    _, _, error = kernel.run(code, on_start=kernel.manager.interrupt_kernel)
    assert error is not None
    assert "client.jobs[-1].result()" in error
    text, _, error = kernel.run("""
        job = client.jobs[-1]
        print(job.state)
        go.set()
        print(job.result(), await job)
        go.clear()
    """)
    assert error is None
    assert text.split() == ["running", "through", "through"]


def test_a_long_call_shows_a_bar_and_takes_it_away(kernel):
    text, data, error = kernel.run("""
        from thumbnb.client.job import report
        class Long(Handle):
            @remote
            async def work(self):
                report("uploading", 0.25)
                await asyncio.sleep(0.9)
        Long(client._session).work()
    """)
    assert (text, error) == ("", None)
    assert data[0] == {"text/plain": ""}
    drawn = [shown for shown in data if "text/html" in shown]
    assert "uploading 25%" in drawn[0]["text/html"]
    assert data[-1] == {"text/plain": ""}


def test_nothing_secret_and_no_traceback_in_an_error(kernel):
    _, _, error = kernel.run("video.generate_thumbnail(time=99)")
    assert error.startswith("TimeOutOfRange: time is 99, past the end")
