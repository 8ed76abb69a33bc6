"""A blocking call inside one of several running coroutines: the loop stays whole.

Each scenario runs in a process of its own, because the patch of asyncio, once made, stays.
"""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from hypothesis import settings

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]

# Four tasks of the user's own beside coroutines that make blocking calls.
SETUP = """
import asyncio, sys, threading
from thumbnb.client.runtime.job import Job
from thumbnb.client.runtime.runner import Runner

runner = Runner()

async def work(number):
    await asyncio.sleep(0.002 * (number % 3))
    return number

def blocking(number):
    return Job("work", lambda: work(number), runner).result()

async def counter(counted):
    for _ in range(10):
        counted.append(1)
        # Ready in this turn, or in none of the next: a turn must find what it counted on.
        await asyncio.sleep(0.001 * (len(counted) % 2))

async def caller(number):
    if number % 2:
        await asyncio.sleep(0)
    return blocking(number), blocking(number)

async def scenario(calls=2):
    counts = [[] for _ in range(4)]
    tasks = [asyncio.create_task(counter(each)) for each in counts]
    got = await asyncio.gather(*(caller(number) for number in range(calls)))
    await asyncio.gather(*tasks)
    assert got == [(n, n) for n in range(calls)], got
    assert [len(each) for each in counts] == [10] * 4, counts
"""


def python(code: str, *arguments: str, given: str | None = None) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error::RuntimeWarning", *arguments]
        + ([] if given is not None else ["-c", SETUP + textwrap.dedent(code)]),
        input=given, capture_output=True, text=True, timeout=300, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == 0, done.stderr
    return done.stdout


WAYS = {
    "asyncio.run": "asyncio.run(scenario())",
    "a runner": """
        with asyncio.Runner() as made:
            made.run(scenario())
            made.run(scenario())
    """,
    "a loop of one's own": """
        loop = asyncio.new_event_loop()
        loop.run_until_complete(scenario())
        loop.close()
    """,
    "a loop that runs for ever": """
        loop = asyncio.new_event_loop()
        task = loop.create_task(scenario())
        task.add_done_callback(lambda _: loop.stop())
        loop.run_forever()
        task.result()
    """,
    "debug mode": "asyncio.run(scenario(), debug=True)",
    "task group": """
        async def main():
            counted = []
            async with asyncio.TaskGroup() as group:
                made = [group.create_task(caller(number)) for number in range(3)]
                group.create_task(counter(counted))
            assert [task.result() for task in made] == [(0, 0), (1, 1), (2, 2)]
            assert len(counted) == 10
        asyncio.run(main())
    """,
    "plain callbacks": """
        got = []
        async def main():
            for number in range(5):
                call = lambda number=number: got.append(blocking(number))
                asyncio.get_running_loop().call_soon(call)
            await scenario()
        asyncio.run(main())
        assert sorted(got) == [0, 1, 2, 3, 4], got
    """,
    "more calls than a stack holds": "asyncio.run(scenario(400))",
    "a call in a call's callback": """
        got = []
        async def main():
            loop = asyncio.get_running_loop()
            loop.call_soon(lambda: (got.append(blocking(1)), loop.call_soon(got.append, 2)))
            assert blocking(0) == 0
            await asyncio.sleep(0.01)
        asyncio.run(main())
        assert got == [1, 2], got
    """,
    "a loop that is stopped meanwhile": """
        loop = asyncio.new_event_loop()
        async def slow():
            await asyncio.sleep(0.05)
            return "through"
        got = []
        loop.call_soon(lambda: got.append(Job("slow", slow, runner).result()))
        loop.call_later(0.01, loop.stop)
        loop.run_forever()
        assert got == ["through"], got
        loop.run_until_complete(scenario())
        loop.close()
    """,
}
EAGER = {
    "eager tasks": """
        async def main():
            asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
            await scenario()
            assert await asyncio.create_task(caller(2)) == (2, 2)
        asyncio.run(main())
    """,
}
if sys.version_info >= (3, 12):
    WAYS |= EAGER


@pytest.mark.parametrize("way", WAYS)
def test_calls_in_several_coroutines_and_the_users_own_tasks(way):
    python(WAYS[way])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_the_first_call_of_a_process_many_times(monkeypatch):
    monkeypatch.setenv("TIMES", str(settings().max_examples))
    # Forked: each child makes the patch for itself, in the middle of its loop's turn.
    output = python("""
        import os, signal
        bad = 0
        for number in range(int(os.environ["TIMES"])):
            child = os.fork()
            if not child:
                signal.alarm(20)
                try:
                    asyncio.run(scenario(2 + number % 5), debug=number % 2 == 1)
                except BaseException:
                    os._exit(1)
                os._exit(0)
            bad += os.waitpid(child, 0)[1] != 0
        print(bad, hasattr(asyncio, "_nest_patched"))
    """)
    assert output.split() == ["0", "False"]


def test_in_the_prompt_of_asyncio(tmp_path):
    (tmp_path / "setup.py").write_text(SETUP)
    typed = f"""exec(open({str(tmp_path / "setup.py")!r}).read())
await scenario()
print("whole", blocking(3))
"""
    assert "whole 3" in python("", "-m", "asyncio", given=typed)


def test_in_ipython():
    output = python("""
        from IPython.core.interactiveshell import InteractiveShell
        shell = InteractiveShell.instance()
        shell.user_ns.update(globals())
        assert shell.run_cell("await scenario()").success
        assert shell.run_cell("print(blocking(3))").success
        assert shell.run_cell("await scenario(5)").success
    """)
    assert output.strip() == "3"


def test_under_trio_an_await_is_refused_and_a_plain_call_waits():
    output = python("""
        import trio
        from thumbnb import errors
        from thumbnb.client.runtime.three_way import remote

        class Owner:
            runner = runner
            def keep_job(self, job):
                return ""
            def check_open(self, method):
                pass
            @remote
            async def one(self):
                return await work(1)

        async def main():
            for refused in (Job("work", lambda: work(1), runner), Owner().one.aio()):
                try:
                    await refused
                except errors.InvalidInput as error:
                    print(error)
            assert blocking(2) == Owner().one() + 1 == 2

        trio.run(main)
        async def cell():      # as %autoawait trio runs it: inside a turn of the kernel's loop
            trio.run(main)
        asyncio.run(cell())
    """)
    way_out = "Call it without await, or choose asyncio: in a notebook, %autoawait asyncio."
    refused = [f"{what} cannot be awaited under trio. {way_out}" for what in ("A job", "one.aio()")]
    assert output.splitlines() == refused * 2
