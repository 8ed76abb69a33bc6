"""Polls of a job beside other work, and how long each answer takes."""

from __future__ import annotations

import statistics
import threading
import time
from typing import TYPE_CHECKING, Self

import httpx

if TYPE_CHECKING:
    from tests.service.tools import Server

PAUSE = 0.02


class Polls:
    """Asks for a job again and again while its block lasts."""

    def __init__(self, server: Server, job: str) -> None:
        self._stopping = threading.Event()
        self._times: list[float] = []
        self._http = httpx.Client(
            headers={"x-access-token": server.token}, trust_env=False, timeout=60
        )
        self._job = job
        self._thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        while not self._stopping.wait(PAUSE):
            started = time.perf_counter()
            self._http.get(self._job).raise_for_status()
            self._times.append(1000 * (time.perf_counter() - started))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join()
        self._http.close()

    def summary(self) -> str:
        """Write the times (milliseconds)."""
        p95 = statistics.quantiles(self._times, n=20)[18]
        return (
            f"{len(self._times)}: p50 {statistics.median(self._times):.0f} ms, "
            f"p95 {p95:.0f} ms, slowest {max(self._times):.0f} ms"
        )
