"""The schedule: when to poll a job, learned from earlier ones. Decisions only: no clock, no I/O.

The rule: look when the seconds that have passed unnoticed since the end are expected
to have reached the price of a request. Where the hazard of ending is steady, this is the
interval sqrt(2 price / hazard), the optimum for a job whose law is known; with jobs
that one request shows together, their expected seconds add up; and where requests
are scarce, the one that saves most goes first. One idea for all three.
"""

from __future__ import annotations

import logging
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from thumbnb.client.polling.duration_estimate import DEGREES, DurationEstimate
from thumbnb.client.polling.duration_model import NOTHING, DurationModel
from thumbnb.client.runtime.progress import Eta

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

logger = logging.getLogger(__name__)

# What one request costs, in seconds of somebody's waiting. A request that shows
# several jobs at once has more to read, and is not sent more than once a second.
PRICE = 0.135
FLOOR = 0.4
PRICE_OF_MANY = 0.2
FLOOR_OF_MANY = 1.0

# However sure the law is, it may be wrong: no interval is longer than this.
MAX_SHARE = 0.25
MAX_INTERVAL = 15.0

# A job just begun has no age to take a share of: only its law says when to look first. Were
# that 15 s at most, too, each quarter more of its age would bring another look, and a job
# of two minutes cost 22 requests instead of 16, for no less delay.
MAX_FIRST = 60.0

# Nothing is quicker. Without it, jobs done at every first look would be thought ever quicker.
_QUICKEST = 0.05

_NEAR = 0.02  # so near to the price is at it
_STEPS = 40  # five are usual


class Key(NamedTuple):
    """The key of jobs that last alike: their service (and where it runs), kind and preset."""

    service: str
    kind: str
    preset: str = ""


def eta(model: DurationModel, age: float) -> Eta:
    """Return the seconds left of a job, by its duration model."""
    return Eta(model.remaining(age, 0.5), model.remaining(age, 0.9))


@dataclass(frozen=True, slots=True)
class Span:
    """A job that is waited for, in seconds of one clock.

    It ran at ``seen``; ``observed`` says whether that was seen or is just its start.
    """

    model: DurationModel
    started: float
    seen: float
    observed: bool = False

    def latest(self) -> float:
        """Return the latest time to poll it, however unlikely its end.

        A quarter of its age after the last look, 15 s at most; but the first look of
        all may be as late as a minute after its start.
        """
        if not self.observed:
            return self.started + MAX_FIRST
        return self.seen + min(MAX_SHARE * (self.seen - self.started), MAX_INTERVAL)


class ExpectedDelay:
    """The expected delay of jobs: how many have ended unseen, and how long ago, at any time."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._bases = [(span, *span.model.at(span.seen - span.started)) for span in spans]

    def at(self, now: float) -> tuple[float, float]:
        """Return the seconds since the ends of those that have ended, and how many they are."""
        missed = ended = 0.0
        for span, running, lived in self._bases:
            if now <= span.seen or running < NOTHING:
                continue
            share_running, since = span.model.at(now - span.started)
            missed += max(0.0, now - span.seen - (since - lived) / running)
            ended += 1 - share_running / running
        return missed, ended


def next_poll(spans: Sequence[Span], last: float) -> float:
    """Return when to poll jobs that one request shows, in seconds of their clock.

    ``last`` is when they were looked at last (or when the first of them was begun).
    """
    many = len(spans) > 1
    price, floor = (PRICE_OF_MANY, FLOOR_OF_MANY) if many else (PRICE, FLOOR)
    low, high = floor, min(span.latest() for span in spans) - last
    delay = ExpectedDelay(spans)
    if high <= low or delay.at(last + low)[0] >= price:
        return last + low
    wait = high
    missed, ended = delay.at(last + wait)
    if missed <= price:
        return last + wait
    # Newton on the logs, where the curve is nearly straight, held inside what is known.
    for _ in range(_STEPS):
        if abs(missed - price) <= _NEAR * price:
            break
        low, high = (low, wait) if missed > price else (wait, high)
        steep = wait * ended / missed if missed else 0.0
        wait = wait * (price / missed) ** (1 / steep) if steep else 0.0
        if not low < wait < high:
            wait = math.sqrt(low * high)
        missed, ended = delay.at(last + wait)
    return last + wait


# What to expect before anything was seen, as a median in seconds. The hosted services
# publish no figures; the first few jobs correct these.
PRIORS: Mapping[tuple[str, str], float] = {
    ("YouThumb", "generate"): 30.0,
    ("VideoDB", "thumbnail"): 5.0,
    ("VideoDB", "upload"): 30.0,
    ("embedded", "generate"): 3.0,
    ("embedded", "thumbnail"): 0.5,
    ("embedded", "upload"): 3.0,
}
_ANY = 20.0

# A new preset of a known kind is believed as if from so many jobs of its own.
_OF_A_KIND = 0.5


class Schedule:
    """The duration estimates of all kinds of jobs; each job that ends updates them.

    A preset not seen before starts from what is known of the others of its kind.
    Reading is safe from any thread.

    >>> schedule = Schedule()
    >>> key = Key("YouThumb", "generate", "mrbeast-viral")
    >>> schedule.observe(key, low=24.0, high=25.5)  # it ended at that age, in seconds
    >>> schedule.eta(key, age=10.0).p50 < 30
    True
    """

    def __init__(self, priors: Mapping[tuple[str, str], float] = PRIORS) -> None:
        self._priors = priors
        self._estimates: dict[Key, DurationEstimate] = {}

    def model(self, key: Key) -> DurationModel:
        """Return the duration model of the next job of a key."""
        return self._estimate(key).model()

    def eta(self, key: Key, age: float) -> Eta:
        """Return the seconds left of a job that runs at an age in seconds."""
        return eta(self.model(key), age)

    def observe(self, key: Key, low: float, high: float) -> None:
        """Learn from a job that ran at the age ``low`` and had ended at ``high``, in seconds."""
        if not 0 <= low <= high < math.inf:
            return
        low, high = max(low, _QUICKEST), max(high, _QUICKEST)
        alike = {key, key._replace(preset="")}
        self._estimates.update({each: self._estimate(each).after(low, high) for each in alike})

    def _estimate(self, key: Key) -> DurationEstimate:
        estimate = self._estimates.get(key)
        if estimate:
            return estimate
        kind = self._estimates.get(key._replace(preset=""))
        if kind:
            return DurationEstimate(
                kind.centre, _OF_A_KIND, DEGREES, DEGREES * kind.squares / kind.degrees
            )
        return DurationEstimate(math.log(self._priors.get((key.service, key.kind), _ANY)))

    # -- keeping ------------------------------------------------------------------

    def to_json(self) -> list[list[Any]]:
        """Return what was learned as plain data."""
        return [
            [*key, estimate.centre, estimate.weight, estimate.degrees, estimate.squares]
            for key, estimate in self._estimates.items()
        ]

    @classmethod
    def from_json(cls, rows: Any, priors: Mapping[tuple[str, str], float] = PRIORS) -> Schedule:
        """Return a schedule that knows what ``to_json`` gave; what is damaged is left out."""
        schedule = cls(priors)
        for row in rows if isinstance(rows, list) else []:
            try:
                service, kind, preset, *numbers = row
                estimate = DurationEstimate(*map(float, numbers))
            except (TypeError, ValueError):
                estimate = None
            if estimate is None or not estimate.is_sound():
                logger.warning("A learned duration is damaged and left out: %r", row)
            else:
                schedule._estimates[Key(service, kind, preset)] = estimate
        return schedule
