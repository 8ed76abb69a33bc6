"""Faults by the hundred: kills, power cuts, full disks, two services, lost databases."""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from pathlib import Path

from tests.faults import play

ROUNDS = {
    "kills": (play.kills, 200),
    "power cuts": (play.power_cuts, 50),
    "full disks": (play.full_disks, 50),
    "two services": (play.two_services, 20),
    "lost databases": (play.lost_databases, 20),
}


def main(argv: list[str] | None = None) -> None:
    """Print what was played; stops at the first thing lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the rounds")
    parser.add_argument("--only", help=f"--only=NAME, one of: {', '.join(ROUNDS)}")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(argv)
    for name, (rounds, count) in ROUNDS.items():
        if options.only not in {None, name}:
            continue
        number, started = max(1, count // 10) if options.quick else count, time.monotonic()
        print(f"  {number} {name}, beginning with seed {options.seed}", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            done = rounds(Path(folder), number, random.Random(options.seed))
        answers = ", ".join(f"{n} x {status}" for status, n in sorted(done.answers.items()))
        print(
            f"  {number} {name} in {time.monotonic() - started:.0f} s: {answers}; "
            f"{len(done.files)} files and {len(done.projects)} projects acknowledged, none lost"
        )
