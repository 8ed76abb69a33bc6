"""``kill -9`` to client and service while an engine paints: what is paid twice, lost, overspent."""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.engines.kill_batch import BUDGET, PRICE, play

A_BATCH = 5


def main(argv: list[str] | None = None) -> None:
    """Print the kills; stops at the first thing paid twice, lost or overspent."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="20 kills instead of 100")
    kills = 20 if parser.parse_args(argv).quick else 100
    chance, done, started = random.Random(1), 0, time.monotonic()
    came: Counter[str] = Counter()
    while done < kills:
        with tempfile.TemporaryDirectory() as folder:
            more, states = play(Path(folder), min(A_BATCH, kills - done), chance)
            done += more
            came.update(states)
            print(f"  {done} kills, {time.monotonic() - started:.0f} s: {dict(came)}")
    print(
        f"{done} kills at {PRICE} an image of a budget of {BUDGET} a batch: no job asked twice, "
        "nothing painted lost, no budget overrun"
    )
