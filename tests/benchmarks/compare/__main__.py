"""Two commits side by side: import, requests, frames, rendering and scrubbing, in turns.

    uv run --group bench python -m tests.benchmarks.compare 6f7c45d [--rounds 2] [--no-scrub]

The commit before is checked out beside this one for the time of the comparison, and both run in
this environment. A figure is the median of the rounds; the rounds of the two alternate, so that
what else the machine does weighs on both alike. Trust the ratios more than the figures.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[3]
MEASURE = Path(__file__).with_name("measure.py")
# What is compared of a benchmark whose own output is read: label and pattern.
CLIENT = {
    "import thumbnb, ms": r"^  import thumbnb +([\d.]+)$",
    "import thumbnb; connect, ms": r"^  import thumbnb; thumbnb\.connect +([\d.]+)$",
}
SCRUB = {
    "scrub: exact frame after release, ms": r"exact frame after release: median ([\d.]+) ms",
    "scrub: arrow right, ms": r"ArrowRight: first [\d.]+ ms, median ([\d.]+) ms",
    "scrub: arrow left, ms": r"ArrowLeft: first [\d.]+ ms, median ([\d.]+) ms",
}


def run(tree: Path, *command: str) -> str:
    """Run Python in a checkout, whose packages go before the installed one; return its output."""
    return subprocess.run(
        [sys.executable, *command], cwd=tree, check=True, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(tree)},
    ).stdout  # fmt: skip


def benchmark(tree: Path, name: str, patterns: dict[str, str]) -> dict[str, float]:
    """Run a benchmark of a checkout, and return the figures that the patterns find."""
    output = run(tree, "-m", "tests.benchmarks", name, "--quick")
    found = {label: re.search(pattern, output, re.MULTILINE) for label, pattern in patterns.items()}
    return {label: float(match[1]) for label, match in found.items() if match}


def measurements(tree: Path, *, scrub: bool) -> dict[str, float]:
    """Return all figures of one round of a checkout."""
    figures = benchmark(tree, "client", CLIENT)
    for part in ("client", "frames", "render"):
        figures |= json.loads(run(tree, str(MEASURE), part))
    return figures | (benchmark(tree, "scrub", SCRUB) if scrub else {})


def main() -> None:
    """Run the rounds, and print both sides and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("commit", help="what this checkout is compared with")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--no-scrub", action="store_true", help="without JupyterLab and Chromium")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        before = Path(folder) / "before"
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "--quiet", "--detach", before, options.commit], check=True)
        # Without it, a package of the same name among the dependencies would be taken for it.
        (before / "tests" / "__init__.py").touch()
        try:
            compare({options.commit: before, "now": ROOT}, options.rounds, not options.no_scrub)
        finally:
            subprocess.run([*git, "remove", "--force", before], check=True)


def compare(trees: dict[str, Path], rounds: int, scrub: bool) -> None:
    """Print the medians of two checkouts; scrubbing, which takes a minute, is measured once."""
    taken: dict[str, list[dict[str, float]]] = {name: [] for name in trees}
    for index in range(rounds):
        for name, tree in trees.items():
            taken[name].append(measurements(tree, scrub=scrub and not index))
    names = list(trees)
    print(f"{'':44}{names[0]:>10}{names[1]:>10}{'ratio':>8}")
    for label in taken[names[0]][0]:
        sides = [
            statistics.median(figures[label] for figures in taken[name] if label in figures)
            for name in names
        ]
        print(f"{label:44}{sides[0]:10.2f}{sides[1]:10.2f}{sides[1] / sides[0]:8.2f}")


main()
