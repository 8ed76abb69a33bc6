"""A batch of frames on a cluster whose workers, scheduler and client are killed.

``python -m tests.batches.killed_frames <folder> <address>`` makes the frames of the folder's
videos on the workers of a Dask scheduler. Exit code 3 says that the cluster was lost.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

import thumbnb as tb
from tests.service.tools import until, write_video
from thumbnb import errors

if TYPE_CHECKING:
    import random

ROOT = Path(__file__).parents[2]
LOST = 3


def main(folder: str, address: str) -> int:
    from distributed import Client

    with Client(address, timeout=30, set_as_default=False) as cluster:
        executor = cluster.get_executor()
        try:
            made = tb.batch(f"{folder}/videos", out=f"{folder}/out", executor=executor)
        except errors.InvalidInput:  # lost before a row was made
            return LOST
        return LOST if len(made.failed) else 0


class Cluster:
    """A scheduler and two workers, each a process that can be killed, and the client."""

    def __init__(self, folder: Path, videos: int) -> None:
        self.folder = folder
        (folder / "videos").mkdir(parents=True)
        write_video(folder / "film.mp4", count=30, size=(320, 180))
        for number in range(videos):
            os.link(folder / "film.mp4", folder / "videos" / f"{number:03d}.mp4")
        self.env = {
            **os.environ, "PYTHONPATH": str(ROOT), "THUMBNB_HOME": str(folder / "home"),
            "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "3s",
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "20",
        }  # fmt: skip
        self.kept: dict[Path, int] = {}
        self.workers: list[subprocess.Popen[str]] = []
        self.begin()

    def begin(self) -> None:
        """Start all of it."""
        log = self.folder / "scheduler.log"
        with log.open("w") as file:  # a pipe that nobody reads would stop it once it is full
            self.scheduler = self._start(
                "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0",
                "--no-dashboard", "--no-show",
                stderr=file,
            )  # fmt: skip
        said = re.compile(r"Scheduler at:\s+(tcp://\S+)")
        self.address = until(lambda: said.search(log.read_text()), "The scheduler", 240)[1]
        self.workers = [self._worker(), self._worker()]
        self.client = self._client()

    def _worker(self) -> subprocess.Popen[str]:
        return self._start(
            "distributed.cli.dask_worker", self.address, "--host", "127.0.0.1",
            "--nthreads", "1", "--no-nanny",
            "--no-dashboard",
        )  # fmt: skip

    def _client(self) -> subprocess.Popen[str]:
        return self._start("tests.batches.killed_frames", str(self.folder), self.address)

    def _start(self, module: str, *arguments: str, stderr: int | IO[str] = subprocess.DEVNULL):
        return subprocess.Popen(
            [sys.executable, "-m", module, *arguments], cwd=self.folder, env=self.env,
            stdout=subprocess.DEVNULL, stderr=stderr, text=True,
        )  # fmt: skip

    def made(self) -> dict[Path, int]:
        """When each image was written."""
        out = self.folder / "out"
        return {path: path.stat().st_mtime_ns for path in out.glob("[!.]*.jpg")}

    def run_to(self, count: int) -> None:
        """Wait until so many images are there; what is lost meanwhile is begun again."""
        while self.client.poll() != 0 and len(self.made()) < count:
            until(lambda: self.client.poll() is not None or len(self.made()) >= count, "Rows", 240)
            if self.client.poll() not in {None, 0}:
                self.end()
                self.begin()

    def kill(self, who: str) -> None:
        """Kill one of them, and start it again."""
        self.kept |= {path: at for path, at in self.made().items() if path not in self.kept}
        if who == "worker":
            kill(self.workers.pop(0))
            self.workers.append(self._worker())
        elif who == "client":
            kill(self.client)
            self.client = self._client()
        else:  # its workers end with it, and the client says that it is lost
            kill(self.scheduler)
            self.client.wait(240)
            self.end()
            self.begin()

    def finish(self, videos: int) -> None:
        """Wait for the end. Nothing is missing, and nothing that was made was made again."""
        self.run_to(videos)
        assert self.client.wait(240) == 0
        made = self.made()
        assert len(made) == videos
        assert {path: made[path] for path in self.kept} == self.kept
        assert all(tb.open_result(path)[1]["request"] for path in made)

    def end(self) -> None:
        """End all of it."""
        for process in (self.client, *self.workers, self.scheduler):
            kill(process)


def kill(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGKILL)
    process.wait()
    if process.stderr:
        process.stderr.close()


def play(folder: Path, kills: list[str], videos: int, chance: random.Random) -> None:
    """Run one batch to its end through these kills."""
    cluster = Cluster(folder, videos)
    try:
        for who, moment in zip(
            kills, sorted(chance.sample(range(1, videos), len(kills))), strict=True
        ):
            cluster.run_to(moment)
            cluster.kill(who)
        cluster.finish(videos)
    finally:
        cluster.end()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
