"""What the client itself costs: its import, a request over bare httpx, the step to its thread."""

from __future__ import annotations

import argparse
import asyncio
import statistics
import subprocess
import sys
import time

import httpx

from tests.client import stub
from thumbnb.api import videodb
from thumbnb.client.runtime.job import Job
from thumbnb.client.runtime.runner import Runner


def milliseconds(function, repeat: int, warm: int = 3) -> list[float]:
    """Time a function ``repeat`` times, after ``warm`` runs that do not count."""
    times = []
    for index in range(repeat + warm):
        started = time.perf_counter()
        function()
        if index >= warm:
            times.append((time.perf_counter() - started) * 1000)
    return times


def summary(times: list[float]) -> tuple[float, float]:
    return statistics.median(times), sorted(times)[int(len(times) * 0.95)]


def imports(repeat: int) -> None:
    print("import, ms above bare Python (median of", repeat, "processes)")
    bare = None
    for code in ("pass", "import thumbnb", "import httpx", "import thumbnb; thumbnb.connect"):
        times = milliseconds(
            lambda code=code: subprocess.run([sys.executable, "-c", code], check=True), repeat, 1
        )
        median, _ = summary(times)
        bare = median if bare is None else bare
        print(f"  {code:34} {median - bare:8.1f}")


def requests(repeat: int) -> None:
    """One read through the client's whole stack, against httpx alone on the same stub."""
    state = stub.State()
    client = stub.connect(state)
    session = client._session

    async def ours() -> list[float]:
        times = []
        for _ in range(repeat):
            started = time.perf_counter()
            await session.request(videodb.get_video, "m-1")
            times.append((time.perf_counter() - started) * 1000)
        return times

    async def bare() -> list[float]:
        times = []
        async with httpx.AsyncClient(transport=httpx.MockTransport(state.handle)) as http:
            for _ in range(repeat):
                started = time.perf_counter()
                answer = await http.get(f"{stub.BASE}/video/m-1", headers={"x-access-token": "k"})
                answer.json()
                times.append((time.perf_counter() - started) * 1000)
        return times

    results = {"bare httpx": summary(asyncio.run(bare())), "thumbnb": summary(asyncio.run(ours()))}
    print("one request and its record, ms (no network)")
    for name, (median, p95) in results.items():
        print(f"  {name:34} {median:8.3f}   p95 {p95:.3f}")
    over = results["thumbnb"][0] - results["bare httpx"][0]
    print(f"  {'the client costs':34} {over:8.3f}")


def crossing(repeat: int) -> None:
    """A blocking call that does nothing, through the runner's thread and back."""
    runner = Runner()

    async def nothing() -> None:
        pass

    loop = asyncio.new_event_loop()
    rows = {
        "a loop of one's own": milliseconds(lambda: loop.run_until_complete(nothing()), repeat, 50),
        "to the runner and back": milliseconds(
            lambda: runner.start(nothing()).result(), repeat, 50
        ),
        "as a Job": milliseconds(lambda: Job("n", nothing, runner).result(), repeat, 50),
    }
    loop.close()

    async def cell() -> list[float]:
        return milliseconds(lambda: Job("n", nothing, runner).result(), repeat, 50)

    rows["as a Job, in a running loop"] = asyncio.run(cell())
    print("crossing to the runner's thread, microseconds")
    for name, times in rows.items():
        median, p95 = summary(times)
        print(f"  {name:34} {median * 1000:8.0f}   p95 {p95 * 1000:.0f}")
    runner.stop()


def main(argv: list[str] | None = None) -> None:
    """Print the three tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer repeats")
    quick = parser.parse_args(argv).quick
    imports(3 if quick else 9)
    requests(200 if quick else 2000)
    crossing(200 if quick else 2000)
