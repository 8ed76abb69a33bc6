"""``kill -9``, to the client and to the service, while a batch is under way."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.client.kills.batch import PROMPTS
from tests.service.tools import Server, until
from thumbnb.client.ledger.ledger_database import LedgerDatabase
from thumbnb.client.ledger.result_store import ResultStore

if TYPE_CHECKING:
    import random

    from thumbnb.client.ledger.choices_database import Vote

ROOT = Path(__file__).parents[3]


class Batch:
    """A batch, its service, and who of them is killed when."""

    module = "tests.client.kills.batch"

    def __init__(self, folder: Path, count: int = len(PROMPTS)) -> None:
        self.prompts = PROMPTS[:count]
        self.service_home, self.home = folder / "service", folder / "client"
        self.server = Server(self.service_home)
        self.address = self.server.url.rstrip("/")
        self._ledger = LedgerDatabase(self.home / "ledger.sqlite3")
        self.process = self._start()

    def _start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", self.module, self.address, str(self.home),
             str(len(self.prompts))],
            cwd=ROOT, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "THUMBNB_TOKEN": self.server.token, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip

    def steps(self) -> int:
        """How far it is: everything that was written down so far."""
        runs, results = self._ledger.tables()
        named = sum(job is not None for job in runs["job_id"])
        return len(runs["run"]) + named + sum(digest is not None for digest in results["sha256"])

    def run_to(self, steps: int) -> bool:
        """Wait until it is so far; False where it has ended before."""
        until(lambda: self.process.poll() is not None or self.steps() >= steps, "Progress", 600)
        return self.process.poll() is None

    def kill_client(self) -> None:
        self.process.kill()
        self.process.communicate()
        self.process = self._start()

    def kill_service(self) -> None:
        self.server.kill()
        self.server = Server(self.service_home, f"--port={urlsplit(self.address).port}")

    def finish(self) -> None:
        _, output = self.process.communicate(timeout=1200)
        assert self.process.returncode == 0, output

    def check(self) -> None:
        """Nothing was lost and nothing was paid twice, as both sides have it written."""
        runs, results = self._ledger.tables()
        output = zip(runs["prompt"], runs["state"], runs["job_id"], runs["error"], strict=True)
        story = "\n".join(map(str, output))
        # A job that took the service down with it too often is failed, and not charged.
        assert self.server.rows("SELECT sum(credits) FROM spent") == [(len(self.prompts),)], story
        made = self.server.rows("SELECT id FROM generation_states WHERE status = 'completed'")
        assert len(made) == len(self.prompts), story
        done = [
            (prompt, job)
            for prompt, job, state in zip(
                runs["prompt"], runs["job_id"], runs["state"], strict=True
            )
            if state == "done"
        ]
        assert Counter(prompt for prompt, _ in done) == Counter(self.prompts)
        assert sorted(job for _, job in done) == sorted(job for (job,) in made)
        others = Counter(state for state in runs["state"] if state != "done")
        assert set(others) <= {"void", "unknown", "intent", "failed"}, others
        cache = ResultStore(self.home / "results")
        assert len(results["sha256"]) == len(self.prompts)
        for digest in results["sha256"]:
            assert hashlib.sha256(cache.path(digest).read_bytes()).hexdigest() == digest

    def votes(self) -> list[Vote]:
        """The votes between images that are here."""
        _, results = self._ledger.tables()
        return self._ledger.choices.votes(set(results["sha256"]))

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()
        self.server.kill()
        self._ledger.close()


def play(folder: Path, kills: int, chance: random.Random, count: int = len(PROMPTS)) -> int:
    """Run one batch to its end through so many kills; returns how many there were."""
    batch, done = Batch(folder, count), 0
    try:
        moments = sorted(chance.choices(range(3 * count), k=kills))
        for moment in moments:
            if not batch.run_to(moment):
                break
            done += 1
            if chance.random() < 0.5:
                batch.kill_client()
            else:
                batch.kill_service()
        batch.finish()
        batch.check()
    finally:
        batch.close()
    return done
