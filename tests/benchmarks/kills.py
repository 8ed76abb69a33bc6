"""``kill -9`` on both sides, at random moments of batches of twelve: what is lost or paid twice."""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from pathlib import Path

from tests.client.kills.kill_batch import play

A_BATCH = 10


def main(argv: list[str] | None = None) -> None:
    """Print the kills; stops at the first thing lost or paid twice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="20 kills instead of 200")
    kills = 20 if parser.parse_args(argv).quick else 200
    chance, done, batches, started = random.Random(1), 0, 0, time.monotonic()
    while done < kills:
        with tempfile.TemporaryDirectory() as folder:
            done += play(Path(folder), min(A_BATCH, kills - done), chance)
            batches += 1
            print(f"  {done} kills in {batches} batches, {time.monotonic() - started:.0f} s")
    print(f"{done} kills, {batches * 12} thumbnails: none lost, none paid twice")
