"""Ten thousand requests made from the OpenAPI document, right and wrong ones, over real sockets.

Every answer is checked by the document: no 5xx, no status, type or shape it does not name, and
nothing accepted that it forbids. Printed beside it: how long polls of a job took meanwhile.
"""

from __future__ import annotations

import itertools
import statistics
import tempfile
import threading
import time
from pathlib import Path

import httpx
from schemathesis import GenerationMode

from tests.service.fuzzing import OPERATIONS, fuzz, load
from tests.service.tools import Server, write_video

REQUESTS = 10_000
QUICK = 300


def main(options: list[str]) -> None:
    """Send them until the number is reached; ``--quick`` sends fewer."""
    wanted = QUICK if "--quick" in options else REQUESTS
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder) / "home") as server:
        video = server.upload(write_video(Path(folder) / "talk.mp4").read_bytes())
        answer = server.http.post(f"/video/{video['id']}/thumbnail", json={"time": 1})
        job = answer.json()["data"]["output_url"]
        polls = _Polls(server.url, server.token, job)
        schema = load(server.url, server.token)
        sent, faults, started = 0, 0, time.monotonic()
        each = max(1, wanted // (2 * len(OPERATIONS)))
        for number in itertools.count():
            for method, path in OPERATIONS:
                for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                    try:
                        sent += fuzz(schema[path][method], mode, each, number)
                    except Exception as error:  # noqa: BLE001 - it is what is looked for
                        faults += 1
                        print(f"{method} {path} ({mode.value}): {error}")
            if sent >= wanted:
                break
        seconds = time.monotonic() - started
        polls.stop()
        print(f"{sent} requests in {seconds:.0f} s, {faults} faults")
        print(f"polls meanwhile: {polls.summary()}")
        failed = [line for line in server.log if "Traceback" in line]
        print(f"tracebacks in the server's log: {len(failed)}")


class _Polls:
    """Asks for a job again and again, and notes how long each answer takes."""

    def __init__(self, url: str, token: str, job: str) -> None:
        self._stopping = threading.Event()
        self._times: list[float] = []
        self._http = httpx.Client(headers={"x-access-token": token}, trust_env=False, timeout=60)
        self._job = job
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        while not self._stopping.wait(0.05):
            started = time.perf_counter()
            self._http.get(self._job).raise_for_status()
            self._times.append(1000 * (time.perf_counter() - started))

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join()
        self._http.close()

    def summary(self) -> str:
        p95 = statistics.quantiles(self._times, n=20)[18]
        return f"{len(self._times)}, p95 {p95:.0f} ms, slowest {max(self._times):.0f} ms"
