"""Tuning: planning, running again, duels of simulated judges, intervals of effects, a busy sweep.

    uv run python -m tests.benchmarks tuning [--planning] [--busy] [--kills] [--duels] [--intervals]

Judges are logistic: of two images the stronger wins with 1 / (1 + exp(-difference)); 24 images,
strengths N(0, sd).
"""

from __future__ import annotations

import argparse
import itertools
import math
import os
import random
import statistics
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

import thumbnb as tb
from tests.kernel import ManagedKernel
from tests.tuning.killed_sweep import play
from thumbnb.tuning.duel.next_pair import next_pair
from thumbnb.tuning.duel.posterior import StrengthPosterior
from thumbnb.tuning.effects.mixed_fit import fit_mixed

IMAGES = 24


def planning() -> None:
    with tempfile.TemporaryDirectory() as home:
        client = tb.connect(embedded=True, home=home, quiet=True)
        axes: dict[str, Any] = {
            "prompt": "{a=red|blue|green|white|black} kite {b=at night|at noon|in rain|in snow} "
            "over {c=sea|city|woods|hills|desert}",
            "preset": ["mrbeast-viral", "tech-review"],
            "options": {"background_blur": range(0, 100, 4), "text_position": ["top", "bottom"]},
        }
        tb.Sweep(client, prompt="A {red|blue} kite").plan()
        made, planned, used = [], [], []
        for _ in range(5):
            start, before = time.perf_counter(), time.process_time()
            sweep = tb.Sweep(client, **axes)
            made.append(time.perf_counter() - start)
            sweep.plan()
            planned.append(time.perf_counter() - start - made[-1])
            used.append(time.process_time() - before)
        print(
            f"{len(sweep.cells)} cells: made in {min(made):.2f} s, planned in {min(planned):.2f} "
            f"s, with {min(used):.2f} s of processor (best of {len(made)}; goal 0.5 s)"
        )


def duel(job: tuple[int, float, int, bool]) -> tuple[dict[int, tuple[bool, bool, float]], float]:
    """One simulated duel: by number of votes whether the best is first, among three, how sure."""
    seed, sd, votes, informed = job
    rng = np.random.default_rng(seed)
    strengths = rng.normal(0, sd, IMAGES)
    best, posterior = int(np.argmax(strengths)), StrengthPosterior(IMAGES)
    seen: list[Any] = []
    took: list[float] = []
    found = {}
    for number in range(1, votes + 1):
        start = time.perf_counter()
        if informed:
            i, j = next_pair(posterior, rng, seen[-2:])
        else:
            i, j = (int(each) for each in rng.choice(IMAGES, 2, replace=False))
        took.append(time.perf_counter() - start)
        wins = rng.random() < 1 / (1 + math.exp(strengths[j] - strengths[i]))
        start = time.perf_counter()
        posterior.add([(i, j) if wins else (j, i)])
        took[-1] += time.perf_counter() - start
        seen.append((i, j))
        if number in {60, 100}:
            chance = posterior.p_best(rng)
            order = np.argsort(-chance)
            found[number] = int(order[0]) == best, best in order[:3], float(chance[order[0]])
    return found, statistics.median(took)


def duels(pool: ProcessPoolExecutor, runs: int) -> None:
    for sd, votes, informed in (
        (1.5, 60, True), (2, 100, True), (3, 60, True), (4, 60, True), (2, 60, False),
    ):  # fmt: skip
        jobs = [(seed, sd, votes, informed) for seed in range(runs)]
        done = list(pool.map(duel, jobs, chunksize=5))
        for number in done[0][0]:
            first, three, sure = np.array([each[0][number] for each in done], dtype=float).T
            clear = first[sure >= 0.9]
            right = clear.mean() if len(clear) else math.nan
            milliseconds = 1000 * statistics.median(each[1] for each in done)
            print(
                f"sd {sd:g}, {'informed' if informed else 'random  '}, {number:3} choices: "
                f"first {first.mean():.2f}, in the top three {three.mean():.2f}; called clear "
                f"{len(clear) / runs:.2f}, then right {right:.2f}; a choice takes "
                f"{milliseconds:.0f} ms"
            )


# The number of values of each axis, takes, and votes.
DESIGNS: tuple[tuple[tuple[int, ...], int, int], ...] = (
    ((2, 3, 2), 3, 80), ((2, 2), 2, 25), ((3,), 2, 15),
)  # fmt: skip


def sweep_effects(job: tuple[int, Any, float, float, bool]) -> list[bool]:
    """One simulated sweep: which intervals hold the truth."""
    seed, (levels, takes, votes), effect_sd, spread, informed = job
    rng = np.random.default_rng(seed)
    places = list(np.ndindex(*levels)) * takes
    starts = np.cumsum([0, *levels])
    attributes = np.zeros((len(places), sum(levels)))
    for row, place in enumerate(places):
        attributes[row, starts[:-1] + np.array(place)] = 1
    true = np.concatenate([rng.normal(0, effect_sd, size) for size in levels])
    strengths = attributes @ true + rng.normal(0, spread, len(places))
    posterior, images, won = StrengthPosterior(len(places)), np.zeros((votes, len(places))), []
    for number in range(votes):
        if informed:
            i, j = next_pair(posterior, rng)
        else:
            i, j = (int(each) for each in rng.choice(len(places), 2, replace=False))
        wins = rng.random() < 1 / (1 + math.exp(strengths[j] - strengths[i]))
        if informed:
            posterior.add([(i, j) if wins else (j, i)])
        images[number, [i, j]] = 1, -1
        won.append(float(wins))
    fit = fit_mixed(images @ attributes, images, np.array(won), np.ones(votes))
    held = []
    for axis, size in enumerate(levels):
        for value in range(size):
            contrast = np.zeros(sum(levels))
            contrast[starts[axis] : starts[axis] + size] = -1 / (size - 1)
            contrast[starts[axis] + value] = 1
            effect = fit.effect(contrast)
            held.append(effect.quantile(0.05) < contrast @ true < effect.quantile(0.95))
    return held


def intervals(pool: ProcessPoolExecutor, runs: int) -> None:
    for design, effect_sd, spread, informed in (
        *itertools.product(DESIGNS[:1], (0.6,), (0.0, 0.7, 1.5), (False,)),
        *itertools.product(DESIGNS[:1], (0.3, 1.2), (0.7,), (False,)),
        *itertools.product(DESIGNS[:1], (0.6,), (0.7,), (True,)),
        *itertools.product(DESIGNS[1:], (0.6,), (0.0, 0.7), (True,)),
    ):
        jobs = [(seed, design, effect_sd, spread, informed) for seed in range(runs)]
        held = [each for found in pool.map(sweep_effects, jobs, chunksize=4) for each in found]
        levels, takes, votes = design
        print(
            f"{' x '.join(map(str, levels))} values, {takes} takes, {votes} votes of "
            f"{'informed' if informed else 'random'} pairs; effects of sd {effect_sd:g}, images "
            f"differ by {spread:g} beside: 90 % intervals hold the truth in {np.mean(held):.1%} "
            "(goal 85-95 %)"
        )


BUSY = """
import thumbnb as tb
client = tb.connect(embedded=True, quiet=True)
sweep = tb.Sweep(client, prompt="{a=red|blue|green|white} kite over the {b=sea|city|woods}",
                 preset=["mrbeast-viral", "tech-review"], title="HOLD ON", takes=TAKES)
client.generate("A warm kite", take=0)  # workers start

def by_hand():
    for cell in sweep.cells:
        project = client.create_project(cell.fields["prompt"], preset=cell.fields["preset"],
                                        title=cell.fields["title"])
        project.generate(take=cell.take)
"""


def busy(cells: int) -> None:
    """A sweep of a kernel on the embedded service, and the same loop by hand.

    Beside the cores at work: how soon the kernel answers a trivial message throughout. By hand
    its cell is busy to the end, so that it answers none.
    """
    for name, begin, is_over in (
        ("sweep", "run = sweep.start()", "run.state == 'finished'"),
        ("by hand", "", ""),
    ):
        with tempfile.TemporaryDirectory() as home, closing(ManagedKernel(Path(home))) as kernel:
            kernel.do(BUSY.replace("TAKES", str(-(-cells // 24))))
            pid, waits = kernel.value("__import__('os').getpid()"), []
            before, start = _cpu(pid), time.perf_counter()
            if begin:
                kernel.do(begin)
                over = False
                while not over:
                    asked = time.perf_counter()
                    over = kernel.do(f"print({is_over})") == "True\n"
                    waits.append(time.perf_counter() - asked)
                    time.sleep(0.02)
            else:
                kernel.do("by_hand()")
            took, used = time.perf_counter() - start, _cpu(pid) - before
            line = f"{cells} cells, {name}: {took:.1f} s, {used / took:.2f} cores at work"
            if waits:
                made = kernel.value("run.counts()['done']")
                assert made == cells, f"{made} of {cells} were made: {kernel.value('run.counts()')}"
                waits.sort()
                again = kernel.do(
                    "import time; start = time.perf_counter(); sweep.run(budget=0)\n"
                    "print(f'{time.perf_counter() - start:.2f}')"
                )
                late = 1000 * waits[int(0.99 * len(waits))]
                line += (
                    f"; {len(waits)} messages answered after "
                    f"{1000 * waits[len(waits) // 2]:.0f} ms, p99 {late:.0f}, longest "
                    f"{1000 * waits[-1]:.0f}; again, free: {again.strip()} s"
                )
            print(line)


def kills(count: int) -> None:
    """Kill -9 in the middle of sweeps of twelve; stops at the first thing lost or paid twice."""
    chance, done, votes, sweeps = random.Random(1), 0, 0, 0
    while done < count:
        with tempfile.TemporaryDirectory() as folder:
            killed, kept = play(Path(folder), min(5, count - done), chance)
        done, votes, sweeps = done + killed, votes + kept, sweeps + 1
    print(
        f"{done} kills of the kernel in {sweeps} sweeps of 12: none lost, none paid twice, "
        f"all of {votes} votes kept"
    )


def _cpu(pid: int) -> float:
    """Return the seconds of processor that a process and its workers have used."""
    total = 0.0
    for number in [pid, *_children(pid)]:
        try:
            fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
            total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        except OSError:
            continue
    return total


def _children(number: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{number}/task").glob("*/children"):
        try:
            direct = [int(each) for each in task.read_text().split()]
        except OSError:
            continue
        found += [each for child in direct for each in (child, *_children(child))]
    return found


PARTS = ("planning", "busy", "kills", "duels", "intervals")


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="tuning")
    parser.add_argument("--quick", action="store_true", help="fewer of each")
    for name in PARTS:
        parser.add_argument(
            f"--{name}", action="store_true", help=f"{name}, and what else is named"
        )
    given = vars(parser.parse_args(argv))
    wanted = [name for name in PARTS if given[name]] or PARTS
    quick, runs = given["quick"], 20 if given["quick"] else 200
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        parts = {
            "planning": planning,
            "busy": lambda: busy(24 if quick else 48),
            "kills": lambda: kills(3 if quick else 20),
            "duels": lambda: duels(pool, runs),
            "intervals": lambda: intervals(pool, runs),
        }
        for name in wanted:
            parts[name]()


if __name__ == "__main__":
    main()
