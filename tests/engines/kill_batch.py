"""``kill -9``, to the client and to the service, while an engine paints a batch."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.engines.batch import PROMPTS
from tests.engines.image_server import ImageServer, State
from tests.service.tools import Server, until

if TYPE_CHECKING:
    import random

ROOT = Path(__file__).parents[2]
PRICE, BUDGET = 0.5, 5.0


class PaintedBatch:
    """A batch, its image server, its service, and who is killed when."""

    def __init__(self, folder: Path, count: int = len(PROMPTS)) -> None:
        self.count = count
        self.service_home, self.home = folder / "service", folder / "client"
        self.state = State(dialect="ollama")
        self.images = ImageServer(self.state)
        self.server = self._serve(0)
        self.address = self.server.url.rstrip("/")
        self.process = self._start()

    def _serve(self, port: int) -> Server:
        return Server(
            self.service_home, f"--port={port}", "--engine=openai",
            f"--engine-url={self.images.url}", f"--engine-model={self.state.model}",
            "--engine-dialect=ollama", f"--engine-price={PRICE}", f"--engine-budget={BUDGET}",
        )  # fmt: skip

    def _start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.engines.batch", self.address, str(self.home),
             str(self.count)],
            cwd=ROOT, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "THUMBNB_TOKEN": self.server.token, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip

    def run_to(self, requests: int) -> bool:
        """Wait until the engine has been asked so often; False where the batch ended before."""
        until(
            lambda: self.process.poll() is not None or len(self.state.requests) >= requests,
            "Progress",
            300,
        )
        return self.process.poll() is None

    def kill_client(self) -> None:
        self.process.kill()
        self.process.communicate()
        self.process = self._start()

    def kill_service(self) -> None:
        self.server.kill()
        self.server = self._serve(urlsplit(self.address).port or 0)

    def finish(self) -> None:
        _, output = self.process.communicate(timeout=300)
        assert self.process.returncode == 0, output

    def check(self) -> dict[str, int]:
        """No job was sent to the engine twice, nothing painted was lost, the budget held."""
        rows = self.server.rows
        jobs = rows("SELECT id, params, status FROM generation_states")
        asked = Counter(next(p for p in PROMPTS if p in r["prompt"]) for r in self.state.requests)
        begun = Counter(json.loads(params)["brief"]["prompt"] for _, params, _ in jobs)
        assert all(asked[prompt] <= begun[prompt] for prompt in asked), (asked, begun)
        states = Counter(state for (state,) in rows("SELECT state FROM paintings"))
        assert states["painted"] <= self.state.painted <= states["painted"] + states["unknown"]
        [(spent,)] = rows(
            "SELECT sum(coalesce(cost, reserved)) FROM paintings WHERE state != 'refused'"
        )
        assert self.state.painted * PRICE <= spent <= BUDGET
        done = [job for job, _, status in jobs if status == "completed"]
        lettered = rows("SELECT owner_id FROM pictures WHERE role = 'result'")
        assert sorted(done) == sorted(owner for (owner,) in lettered)
        assert len(done) == states["painted"], "what was painted is there, with its words"
        [(charged,)] = rows("SELECT ifnull(sum(credits), 0) FROM spent")
        assert charged == len(done)
        return dict(states)

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()
        self.server.kill()
        self.images.__exit__()


def play(
    folder: Path, kills: int, chance: random.Random, count: int = len(PROMPTS)
) -> tuple[int, dict[str, int]]:
    """Run one batch through so many kills; returns how many there were, and what came of it."""
    batch, done = PaintedBatch(folder, count), 0
    try:
        for moment in sorted(chance.choices(range(1, count), k=kills)):
            if not batch.run_to(moment):
                break
            done += 1
            if chance.random() < 0.5:
                batch.kill_client()
            else:
                batch.kill_service()
        batch.finish()
        return done, batch.check()
    finally:
        batch.close()
