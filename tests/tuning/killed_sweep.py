"""A sweep of the batch's prompts, with votes on its images; run again after a crash.

``python -m tests.tuning.killed_sweep <address> <home> <how many>`` ends when all images are
on disk. It may be killed at any moment; started again it goes on. Each vote that was given is
written into ``votes.log`` beside the ledger.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import thumbnb as tb
from tests.client.kills.batch import PROMPTS
from tests.client.kills.kill_batch import Batch
from thumbnb import errors
from thumbnb.client.purchases import recoverable_purchase

if TYPE_CHECKING:
    import random

    from thumbnb.tuning.sweep_run import SweepRun

LOG = "votes.log"


def vote(run: SweepRun, home: Path) -> None:
    """Give a vote between the images that are there."""
    with contextlib.suppress(errors.InvalidInput):  # too few, or the winner is clear
        run.duel(sure=0.999).vote("left")
        with (home / LOG).open("a") as log:
            log.write("voted\n")
            log.flush()
            os.fsync(log.fileno())


def _set(changed: threading.Event, _: object) -> None:
    changed.set()


def main(address: str, home: str, count: str) -> None:
    setattr(recoverable_purchase, "LOOKUP_PAUSES", (0.0, 0.5, 1.0))  # noqa: B010 - shorter than its type
    client = tb.connect(videodb_url=address, youthumb_url=f"{address}/api", home=home, quiet=True)
    prompts = PROMPTS[: int(count)]
    while True:
        run = tb.Sweep(client, prompt=prompts).start()
        changed = threading.Event()
        run.subscribe(partial(_set, changed))
        while run.state == "running":
            changed.wait(1.0)
            changed.clear()
            vote(run, Path(home))
        if len(run.done) == len(prompts):
            return
        # Of some nobody knows whether they were sent: sent again, as a person may.
        for lost in client.open_jobs():
            with contextlib.suppress(errors.ThumbnbError):
                lost.resend()


class SweepBatch(Batch):
    """A sweep, its service, and when its kernel is killed."""

    module = "tests.tuning.killed_sweep"


def play(
    folder: Path, kills: int, chance: random.Random, cells: int = len(PROMPTS)
) -> tuple[int, int]:
    """Run one sweep to its end through so many kills; returns those and the votes kept."""
    batch, done = SweepBatch(folder, cells), 0
    try:
        for moment in sorted(chance.choices(range(3 * cells), k=kills)):
            if not batch.run_to(moment):
                break
            done += 1
            batch.kill_client()
        batch.finish()
        batch.check()
        given = (batch.home / LOG).read_text().count("\n")
        kept = len(batch.votes())
        # A vote may be on disk whose word in the log the kill came before.
        assert given <= kept <= given + done, (given, kept)
    finally:
        batch.close()
    return done, kept


if __name__ == "__main__":
    main(*sys.argv[1:])
