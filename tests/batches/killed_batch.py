"""A batch of thumbnails, run again after a crash.

``python -m tests.batches.killed_batch <address> <home> <count>`` ends when all images are on
disk. It may be killed at any moment; started again it goes on.
"""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

import pandas as pd

import thumbnb as tb
from tests.client.kills.batch import PROMPTS
from tests.client.kills.kill_batch import Batch
from thumbnb import errors
from thumbnb.client.purchases import recoverable_purchase

if TYPE_CHECKING:
    import random
    from pathlib import Path


def main(address: str, home: str, count: str) -> None:
    setattr(recoverable_purchase, "LOOKUP_PAUSES", (0.0, 0.5, 1.0))  # noqa: B010 - of another length
    client = tb.connect(videodb_url=address, youthumb_url=f"{address}/api", home=home, quiet=True)
    table = pd.DataFrame({"prompt": PROMPTS[: int(count)]})
    while True:
        made = tb.batch(table, prompt="{prompt}", out=f"{home}-out/{{row}}.jpg", client=client)
        if not len(made.failed):
            return
        # Of some nobody knows whether they were sent: sent again, as a person may.
        for lost in client.open_jobs():
            with contextlib.suppress(errors.ThumbnbError):
                lost.resend()


class KilledBatch(Batch):
    """A batch, its service, and when its process is killed."""

    module = "tests.batches.killed_batch"


def play(folder: Path, kills: int, chance: random.Random, count: int = len(PROMPTS)) -> int:
    """Run one batch to its end through so many kills; returns how many there were."""
    batch, done = KilledBatch(folder, count), 0
    try:
        for moment in sorted(chance.choices(range(3 * count), k=kills)):
            if not batch.run_to(moment):
                break
            done += 1
            batch.kill_client()
        batch.finish()
        batch.check()
        written = {path.name for path in folder.joinpath("client-out").glob("*.jpg")}
        assert written == {f"{number + 1}.jpg" for number in range(count)}
    finally:
        batch.close()
    return done


if __name__ == "__main__":
    main(*sys.argv[1:])
