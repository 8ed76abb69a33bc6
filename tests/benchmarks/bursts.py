"""Polls of a job while 64 clients look at frames, and while a body of 42 MB is read.

Printed are the times of the polls: p50, p95 and the slowest, alone and beside each of both.
"""

from __future__ import annotations

import base64
import itertools
import random
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from tests.benchmarks._polls import Polls
from tests.service.tools import Server, write_video

if TYPE_CHECKING:
    from collections.abc import Callable

CLIENTS = 64
SECONDS = 15.0
QUICK = 3.0


def main(options: list[str]) -> None:
    """Measure; ``--quick`` for a shorter time."""
    seconds = QUICK if "--quick" in options else SECONDS
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder) / "home") as server:
        talk = write_video(Path(folder) / "talk.mp4", count=100, size=(1280, 720))
        video = server.upload(talk.read_bytes())
        made = server.http.post(f"/video/{video['id']}/thumbnail", json={"time": 1}).json()["data"]
        frame = f"{server.url}/video/{video['id']}/frame"
        image = base64.b64encode(bytes(31_000_000)).decode()
        key = {"x-access-token": server.token, "x-api-key": server.token}
        limits = httpx.Limits(max_connections=None)
        with httpx.Client(headers=key, trust_env=False, timeout=120, limits=limits) as http:

            def look() -> None:
                time = random.uniform(0, video["length"])
                http.get(frame, params={"time": time, "width": 480}).raise_for_status()

            def send() -> None:
                http.post(f"{server.url}/api/assets", json={"type": "face", "base64": image})

            for name, count, work in [
                ("alone", 0, look),
                (f"{CLIENTS} clients at /frame", CLIENTS, look),
                ("images of 42 MB as base64", 1, send),
            ]:
                with Polls(server, made["output_url"]) as polls:
                    done = _repeat(work, count, seconds)
                print(f"{name}: {done} done; polls {polls.summary()}")


def _repeat(work: Callable[[], None], count: int, seconds: float) -> int:
    """Do something on so many threads for a while; give how often it was done."""
    stopping, done = threading.Event(), itertools.count()

    def run() -> None:
        while not stopping.is_set():
            work()
            next(done)

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    stopping.wait(seconds)
    stopping.set()
    for thread in threads:
        thread.join()
    return next(done)
