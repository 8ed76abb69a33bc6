"""How late the ends of jobs are noticed, and for how many requests: ours and other ways.

All on a clock that jumps, seeded; the poller and the schedule are the product's own.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import random
import statistics
import time
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tests.client import polled_service, sessions
from tests.client.sessions import WORTH, Polled, duration, mean
from thumbnb.client.polling.duration_model import DurationModel
from thumbnb.client.polling.schedule import Schedule, Span, next_poll

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MEDIANS = (5, 30, 120)
GOALS = {5: (0.45, 5.5), 30: (1.1, 9), 120: (2.3, 16.5)}
JOBS = 24


def back_off() -> Iterator[float]:
    at, wait = 0.0, 0.5
    while True:
        at += wait
        yield at
        wait = min(wait * 1.5, 5.0)


def every(interval: float) -> Iterator[float]:
    return itertools.count(interval, interval)


def optimum(median: float, spread: float) -> Iterable[float]:
    """Return the looks that cost least when the law is known: backwards over a grid of times."""
    grid = median * np.exp(np.linspace(-4 * spread, 6 * spread, 1500))
    grid[0] = 0.0
    ended = np.zeros_like(grid)
    ended[1:] = [1 - DurationModel(np.log(median), spread).running(at) for at in grid[1:]]
    # The area under the share that has ended: what is missed up to a time.
    missed = np.concatenate([[0], np.cumsum((ended[1:] + ended[:-1]) / 2 * np.diff(grid))])
    cost, following = np.zeros_like(grid), np.zeros(len(grid), int)
    for i in range(len(grid) - 2, -1, -1):
        left, span = max(1 - ended[i], 1e-12), grid[i + 1 :] - grid[i]
        late = missed[i + 1 :] - missed[i] - ended[i] * span
        total = WORTH + (late + (1 - ended[i + 1 :]) * cost[i + 1 :]) / left
        best = int(np.argmin(total))
        cost[i], following[i] = total[best], i + 1 + best
    looks, i = [], 0
    while i < len(grid) - 1:
        i = int(following[i])
        looks.append(float(grid[i]))
    return itertools.chain(looks, every(median))


def known(median: float, spread: float) -> Iterator[float]:
    """Return the looks of our own rule when it knows the law."""
    model, seen, looked = DurationModel(float(np.log(median)), spread), 0.0, False
    while True:
        seen = next_poll([Span(model, 0.0, seen, looked)], seen)
        looked = True
        yield seen


def by(looks: Iterable[float], durations: list[float]) -> Polled:
    """Return what jobs cost when all are looked at by the same times."""
    times = list(itertools.takewhile(lambda at: at < 4 * max(durations), looks))
    at = np.searchsorted(times, durations)
    return Polled(float(np.mean(np.take(times, at) - durations)), float(np.mean(at + 1)))


def single(repeat: int, spread: float) -> None:
    print(
        f"\none job at a time, sigma {spread}: mean lag in s / requests = lag + {WORTH} x requests"
    )
    rows: dict[str, list[Polled]] = {}
    for median in MEDIANS:
        chance = random.Random(5)
        durations = [duration(median, spread, chance) for _ in range(repeat * 100)]
        learning = sessions.sessions(median, spread, jobs=40, repeat=repeat)
        parts = {"job 1": (0, 1), "jobs 2-5": (1, 5), "6-15": (5, 15), "16-40": (15, 40)}
        column = {
            "every 3 s": by(every(3), durations),
            "back-off .5 x1.5 cap 5": by(back_off(), durations),
            **{
                f"ours, {name}": mean([j for session in learning for j in session[a:b]])
                for name, (a, b) in parts.items()
            },
            "ours, durations known": by(known(median, spread), durations),
            "optimum, durations known": by(optimum(median, spread), durations),
            **({"asked for after 15 jobs": Polled(*GOALS[median])} if spread == 0.3 else {}),
        }
        for name, cell in column.items():
            rows.setdefault(name, []).append(cell)
    print(f"  {'':26}" + "".join(f"{f'median {m} s':>22}" for m in MEDIANS))
    for name, cells in rows.items():
        print(
            f"  {name:26}"
            + "".join(f"{c.lag:8.2f} /{c.requests:5.1f} ={c.cost:5.2f}" for c in cells)
        )


class Way(NamedTuple):
    """How 24 jobs lie with their service."""

    together: bool = False
    listed: bool = False
    limit: int | None = None


WAYS = {
    "in one project: a status for all": Way(together=True),
    "in 24 projects: a list, each read once": Way(listed=True),
    "the same, governed at 90 a minute": Way(listed=True, limit=90),
    "no list, governed at 90 a minute": Way(limit=90),
}


def sweep(way: Way, median: float, spread: float, seed: int) -> tuple[float, float, float]:
    """Wait for 24 jobs at once with the poller; return lag, status requests and reads a minute.

    A read shows what a job has made, which is wanted however its end was noticed.
    """
    service, chance = polled_service.Service(), random.Random(seed)

    async def main() -> float:
        at_work = polled_service.poller(
            schedule=Schedule({}), list_request=service.survey if way.listed else None
        )
        for n in range(15):
            await service.job(at_work, f"before {n}", duration(median, spread, chance))
        service.forget()
        at_work.rate_limiter.limit = way.limit
        how = {"group": "one"} if way.together else {}
        began = polled_service.now()
        jobs = [duration(median, spread, chance) for _ in range(JOBS)]
        await asyncio.gather(
            *(service.job(at_work, f"{n}", lasts, **how) for n, lasts in enumerate(jobs))
        )
        return (polled_service.now() - began) / 60

    minutes = polled_service.run(main())
    reads = len(service.reads)
    return (
        statistics.fmean(service.lags.values()),
        (len(service.requests) - reads) / minutes,
        reads / minutes,
    )


def _means(rows: list[tuple[float, float, float]]) -> tuple[float, float, float]:
    lags, statuses, reads = zip(*rows, strict=True)
    return statistics.fmean(lags), statistics.fmean(statuses), statistics.fmean(reads)


def many(repeat: int) -> None:
    print(f"\n{JOBS} jobs at once, after 15: mean lag in s, status requests (+ reads) a minute")
    columns = [(30, 0.3), (30, 0.6), (120, 0.3), (5, 0.3)]
    print(f"  {'':38}" + "".join(f"{f'{m} s, sigma {s}':>20}" for m, s in columns))
    cells = []
    for median, spread in columns:
        chance = random.Random(1)
        lags, rates = [], []
        for _ in range(repeat * 20):
            durations = [duration(median, spread, chance) for _ in range(JOBS)]
            cell = by(every(3), durations)
            lags.append(cell.lag)
            rates.append(cell.requests * JOBS / (max(durations) / 60))
        cells.append((statistics.fmean(lags), statistics.fmean(rates), 0.0))
    rows = {"each every 3 s": cells}
    for name, way in WAYS.items():
        rows[name] = [
            _means([sweep(way, *column, seed) for seed in range(repeat)]) for column in columns
        ]
    for name, cells in rows.items():
        shown = (
            f"{lag:8.2f},{status:5.0f}{f' +{reads:.0f}' if reads else '':>6}"
            for lag, status, reads in cells
        )
        print(f"  {name:38}" + "".join(shown))
    print(f"  {'asked for':38}    0.60,   45")


def decisions(repeat: int) -> None:
    print("\none decision, microseconds (median, 95 %)")
    schedule, chance = Schedule(), random.Random(1)
    for _ in range(15):
        schedule.observe(sessions.KEY, *sorted(duration(30, 0.3, chance) for _ in range(2)))
    model = schedule.model(sessions.KEY)
    ages = [chance.uniform(0, 60) for _ in range(repeat * 20)]
    works = {
        "when to look, 1 job": lambda age: next_poll([Span(model, -age, 0.0, age > 1)], 0.0),
        "when to look, 24 jobs": lambda age: next_poll([Span(model, -age, 0.0, age > 1)] * 24, 0.0),
        "eta": lambda age: schedule.eta(sessions.KEY, age),
        "learn": lambda age: schedule.observe(sessions.KEY, age, age + 1),
    }
    for name, work in works.items():
        times = []
        for age in ages:
            started = time.perf_counter()
            work(age)
            times.append((time.perf_counter() - started) * 1e6)
        p95 = sorted(times)[len(times) * 95 // 100]
        print(f"  {name:26}{statistics.median(times):8.0f}{p95:8.0f}")


def main(argv: list[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer repeats")
    quick = parser.parse_args(argv).quick
    for spread in (0.3, 0.6):
        single(20 if quick else 200, spread)
    many(5 if quick else 30)
    decisions(20 if quick else 200)
