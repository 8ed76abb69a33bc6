"""Ten thousand requests made from the OpenAPI document, right and wrong ones, over real sockets.

Every answer is checked by the document: no 5xx, no status, type or shape it does not name, and
nothing accepted that it forbids. Printed beside it: how long polls of a job took meanwhile.
"""

from __future__ import annotations

import itertools
import tempfile
import time
from pathlib import Path
from typing import Any

from schemathesis import GenerationMode
from schemathesis.core.failures import FailureGroup

from tests.benchmarks._polls import Polls
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
        started = time.monotonic()
        with Polls(server, job) as polls:
            sent, faults = _fuzz(load(server.url, server.token), wanted)
        seconds = time.monotonic() - started
        print(f"{sent} requests in {seconds:.0f} s, {faults} faults")
        print(f"polls meanwhile: {polls.summary()}")
        failed = [line for line in server.log if "Traceback" in line]
        print(f"tracebacks in the server's log: {len(failed)}")


def _fuzz(schema: Any, wanted: int) -> tuple[int, int]:
    """Go through the endpoints until so many requests are sent; give both numbers."""
    sent = faults = 0
    each = max(1, wanted // (2 * len(OPERATIONS)))
    for number in itertools.count():
        for method, path in OPERATIONS:
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                try:
                    sent += fuzz(schema[path][method], mode, each, number)
                except (Exception, FailureGroup) as error:  # noqa: BLE001 - it is what is looked for
                    faults += 1
                    print(f"{method} {path} ({mode.value}): {error}")
        if sent >= wanted:
            break
    return sent, faults
