"""Sessions of jobs with log-normal durations, polled by the schedule's own decisions."""

from __future__ import annotations

import math
import random
from typing import NamedTuple

from thumbnb.client.polling.schedule import Key, Schedule, Span, next_poll

KEY = Key("somewhere", "generate", "bold")

# What a status request is worth in seconds of waiting, to compare ways of polling by.
WORTH = 0.15


class Polled(NamedTuple):
    """How late the ends were noticed, in seconds, and for how many requests, on average."""

    lag: float
    requests: float

    @property
    def cost(self) -> float:
        return self.lag + WORTH * self.requests


def mean(polled: list[Polled]) -> Polled:
    return Polled(*(sum(column) / len(polled) for column in zip(*polled, strict=True)))


def duration(median: float, spread: float, chance: random.Random) -> float:
    return median * math.exp(spread * chance.gauss(0, 1))


def job(schedule: Schedule, lasts: float, key: Key = KEY) -> Polled:
    """Poll one job to its end; the schedule learns from it."""
    model, seen, requests = schedule.model(key), 0.0, 0
    while True:
        at = next_poll([Span(model, 0.0, seen, observed=requests > 0)], seen)
        requests += 1
        if at >= lasts:
            schedule.observe(key, seen, at)
            return Polled(at - lasts, requests)
        seen = at


def sessions(
    median: float, spread: float, *, jobs: int, repeat: int, seed: int = 11
) -> list[list[Polled]]:
    """Return what each job of some sessions cost; each session begins knowing nothing."""
    chance = random.Random(seed)
    return [
        [job(schedule, duration(median, spread, chance)) for _ in range(jobs)]
        for schedule in (Schedule({}) for _ in range(repeat))
    ]


def fixed(interval: float, lasts: float) -> Polled:
    """Poll one job every so many seconds."""
    requests = max(1, math.ceil(lasts / interval))
    return Polled(requests * interval - lasts, requests)
