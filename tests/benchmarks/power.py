"""Power cuts at every request of batches of generations, with faults of the network between."""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from pathlib import Path

import pytest

from tests.client.kills.power_cut import play

FAULTS = ["none", "none", "none", "refused", "busy", "lost answer", "unreachable"]


def main(argv: list[str] | None = None) -> None:
    """Print the cuts; stops at the first thing lost or paid twice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="2 batches instead of 40")
    batches = 2 if parser.parse_args(argv).quick else 40
    chance, cuts, started = random.Random(1), 0, time.monotonic()
    for batch in range(batches):
        with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
            prompts = [f"prompt {batch} {number}" for number in range(chance.randint(1, 5))]
            # The first request makes a project, which is never sent again by itself.
            faults = ["none", *chance.choices(FAULTS, k=6)]
            cuts += play(Path(folder), patch, prompts, faults if batch % 2 else [])
    seconds = time.monotonic() - started
    print(f"{cuts} power cuts in {batches} batches, {seconds:.0f} s: none lost, none paid twice")
