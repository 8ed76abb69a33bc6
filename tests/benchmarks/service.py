"""The service as a server under load, and under files that mean harm: latencies, errors, memory.

Sixty-four clients for a minute ask for thumbnails, frames and generations and poll for them;
meanwhile, or alone, hostile files come in. Printed are the polls' latencies, the errors, and the
peak of the memory of the server and its worker processes.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import statistics
import tempfile
import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from tests.benchmarks._light_http import LightClient, Response
from tests.service.media import hostile
from tests.service.tools import Server, write_video

if TYPE_CHECKING:
    from collections.abc import Iterator

ASYNC = {"prefer": "respond-async"}
MEGABYTE = 1024 * 1024


@dataclass
class Measured:
    """What clients saw: seconds by kind of request, and what was not as it should be."""

    seconds: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[str] = field(default_factory=Counter)

    def percentile(self, kind: str, share: float) -> float:
        values = sorted(self.seconds[kind])
        return values[min(len(values) - 1, int(share * len(values)))] if values else 0.0

    def report(self) -> None:
        for kind, values in sorted(self.seconds.items()):
            median, longest = 1000 * statistics.median(values), 1000 * max(values)
            p95 = 1000 * self.percentile(kind, 0.95)
            print(
                f"  {kind:12} {len(values):6} requests, median {median:7.1f} ms, "
                f"p95 {p95:7.1f} ms, longest {longest:7.1f} ms"
            )
        print(f"  errors: {dict(self.errors) or 'none'}")


class Memory:
    """Samples the memory of a process and its children: resident, shared pages once.

    A sample takes milliseconds of a core: ``seconds`` lie between two.
    """

    def __init__(self, pid: int, seconds: float = 0.05) -> None:
        self._pid = pid
        self._seconds = seconds
        self._done = threading.Event()
        self.peak = 0
        self.last = 0
        self._thread = threading.Thread(target=self._sample, daemon=True)
        self._thread.start()

    def _sample(self) -> None:
        while not self._done.wait(self._seconds):
            self.last = sum(_memory(pid) for pid in _family(self._pid))
            self.peak = max(self.peak, self.last)

    def stop(self) -> None:
        self._done.set()
        self._thread.join()


def _family(pid: int) -> list[int]:
    family = [pid]
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                family += _family(int(child))
    return family


def _memory(pid: int) -> int:
    with contextlib.suppress(OSError, IndexError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


class _Client:
    """One user: asks, polls until it is there, and asks for something else."""

    def __init__(self, http: LightClient, video: dict[str, Any], measured: Measured) -> None:
        self._http = http
        self._video = video
        self._measured = measured
        self._chance = random.Random()

    async def run(self, until: float) -> None:
        while time.monotonic() < until:
            action = self._chance.choice((self._thumbnail, self._frames, self._generation))
            try:
                await action(until)
            except (OSError, EOFError, KeyError) as error:
                self._measured.errors[f"{type(error).__name__}: {error}"[:100]] += 1
        await self._http.close()

    async def _ask(self, kind: str, method: str, path: str, **options: Any) -> Response:
        began = time.monotonic()
        answer = await self._http.request(method, path, **options)
        self._measured.seconds[kind].append(time.monotonic() - began)
        if answer.status_code >= 400 and answer.status_code != 429:
            self._measured.errors[f"{kind}: {answer.status_code} {answer.text[:80]}"] += 1
        return answer

    async def _thumbnail(self, until: float) -> None:
        wanted = {"time": self._chance.uniform(0, self._video["length"]), "width": 320}
        path = f"/video/{self._video['id']}/thumbnail"
        job = (await self._ask("start", "POST", path, body=wanted, headers=ASYNC)).json()["data"]
        while time.monotonic() < until:
            answer = await self._ask("poll", "GET", job["output_url"], headers=ASYNC)
            if answer.json()["status"] != "processing":
                return
            await asyncio.sleep(0.5)

    async def _frames(self, until: float) -> None:
        for _ in range(5):
            seconds = self._chance.uniform(0, self._video["length"])
            path = f"/video/{self._video['id']}/frame?time={seconds}&width=320"
            await self._ask("frame", "GET", path)
            if time.monotonic() > until:
                return

    async def _generation(self, until: float) -> None:
        prompt = {"prompt": f"A rocket over city {self._chance.random()}"}
        made = (await self._ask("create", "POST", "/api/thumbnails", body=prompt)).json()["data"]
        project = made["projectId"]
        started = await self._ask("start", "POST", f"/api/thumbnails/{project}/start")
        while started.status_code == 200 and time.monotonic() < until:
            answer = await self._ask("poll", "GET", f"/api/thumbnails/{project}/status")
            if answer.json()["data"]["status"] != "processing":
                return
            await asyncio.sleep(0.5)


async def _load(server: Server, video: dict[str, Any], clients: int, seconds: float) -> Measured:
    measured = Measured()
    until = time.monotonic() + seconds
    keys = {"x-access-token": server.token, "x-api-key": server.token}
    users = [_Client(LightClient(server.url, keys), video, measured) for _ in range(clients)]
    await asyncio.gather(*(user.run(until) for user in users))
    return measured


def load(server: Server, talk: bytes, clients: int, seconds: float) -> Measured:
    """Have so many clients work with a server for a while; gives what they saw."""
    return asyncio.run(_load(server, server.upload(talk), clients, seconds))


def hostile_files(folder: Path) -> dict[str, tuple[str, bytes]]:
    """Make the hostile files: whether each is sent as an image or a video, and its bytes."""
    return {
        "endless JPEG": ("image", hostile.endless_jpeg()),
        "64,000,000 x 1": ("image", hostile.png_claiming(64_000_000, 1)),
        "1 x 64,000,000": ("image", hostile.png_claiming(1, 64_000_000, rows=1000)),
        "7,900 x 8,000 of 16 bit": ("image", hostile.png_claiming(7900, 8000, depth=16)),
        "GIF of 16384 x 8192": ("video", hostile.gif_claiming(16384, 8192)),
        "growing WebM": ("video", hostile.webm_growing(folder / "grows.webm").read_bytes()),
        "4,000 edits": ("video", hostile.edited_mp4(folder / "edits.mp4").read_bytes()),
    }


def send_hostile(server: Server, files: dict[str, tuple[str, bytes]]) -> dict[str, str]:
    """Send all at once, as different users would; gives what each was told."""
    reported: dict[str, str] = {}

    def send(name: str, kind: str, content: bytes) -> None:
        began = time.monotonic()
        with httpx.Client(
            base_url=server.url,
            headers={"x-access-token": server.token, "x-api-key": server.token},
            timeout=300,
            trust_env=False,
        ) as http:
            if kind == "image":
                file = {"file": ("it.jpg", content, "image/jpeg")}
                answer = http.post("/api/assets", data={"type": "bucket"}, files=file)
            else:
                job = http.post(
                    "/collection/default/upload", json={"url": server.send(content)}, headers=ASYNC
                ).json()["data"]
                while (answer := http.get(job["output_url"])).json()["status"] == "processing":
                    time.sleep(0.2)
        body = answer.json()
        message = body.get("error") or body.get("message") or body.get("status") or "accepted"
        reported[name] = f"{answer.status_code} after {time.monotonic() - began:5.1f} s: {message}"

    threads = [threading.Thread(target=send, args=(n, *file)) for n, file in files.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return reported


@contextlib.contextmanager
def _served(folder: Path, every: float) -> Iterator[tuple[Server, Memory]]:
    with Server(folder / "home", THUMBNB_CREDITS="1000000") as server:
        memory = Memory(server.process.pid, every)
        try:
            yield server, memory
        finally:
            memory.stop()


def main(argv: list[str] | None = None) -> None:
    """Print what clients see under load, and what hostile files cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="16 clients for 10 s, no waiting")
    quick = parser.parse_args(argv).quick
    clients, seconds = (16, 10) if quick else (64, 60)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        talk = write_video(folder / "talk.mp4").read_bytes()
        files = hostile_files(folder)
        with _served(folder / "load", 1.0) as (server, memory):
            print(f"{clients} clients for {seconds} s")
            load(server, talk, clients, seconds).report()
            print(f"  memory at its peak: {memory.peak / MEGABYTE:.0f} MB")
        with _served(folder / "hostile", 0.05) as (server, memory):
            server.upload(talk)
            print(f"hostile files, before: {memory.last / MEGABYTE:.0f} MB")
            for file, message in send_hostile(server, files).items():
                print(f"  {file:24} {message}")
            print(f"  memory at its peak: {memory.peak / MEGABYTE:.0f} MB")
            time.sleep(5 if quick else 60)
            print(f"  memory {5 if quick else 60} s later: {memory.last / MEGABYTE:.0f} MB")
