"""How long a job takes, as a distribution with everything in closed form.

The log of the duration is normal, as it is for most work that is queued and then
done; a small part comes from a much wider one. Without that part, a job that is
long overdue would seem about to end at every moment.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

# The share of jobs that are unlike the others, and how much wider their logs spread.
_ODD = 0.01
_WIDER = 1.5

# How far off the end is that a progress bar promises, as a spread of logs. Bars are optimists.
_PROMISE = 0.25

# No service is more regular than this, however often it was.
REGULAR = 0.05

NOTHING = 1e-9  # a share of jobs too small to reckon with
_ROOT2 = math.sqrt(2.0)


@dataclass(frozen=True, slots=True)
class DurationModel:
    """Durations around ``exp(centre)`` seconds, their logs spread by ``spread``."""

    centre: float
    spread: float

    def running(self, age: float) -> float:
        """Return the share of jobs that still run at an age in seconds."""
        return self.at(age)[0]

    def at(self, age: float) -> tuple[float, float]:
        """Return the share that still runs, and the mean seconds that jobs ran up to then."""
        if age <= 0:
            return 1.0, 0.0
        x = math.log(age) - self.centre
        running = ended = 0.0
        for share, s in ((1 - _ODD, self.spread), (_ODD, self.spread + _WIDER)):
            running += share * below(-x / s)
            ended += share * math.exp(self.centre + s * s / 2) * below(x / s - s)
        return running, ended + age * running

    def remaining(self, age: float, share: float) -> float:
        """Return in how many seconds that share of the jobs running at ``age`` has ended."""
        left = self.running(age) * (1 - share)
        if left < NOTHING:
            return age  # beyond all experience: as long again
        low, high = 0.0, math.exp(self.centre)
        while self.running(age + high) > left:
            low, high = high, high * 2
        while high - low > high / 1000:
            middle = (low + high) / 2
            low, high = (middle, high) if self.running(age + middle) > left else (low, middle)
        return high

    def log_moments(self, low: float, high: float) -> tuple[float, float]:
        """Return mean and variance of the logs of the durations from ``low`` to ``high`` seconds.

        An interval that is wide, because nobody could look, says little; this gives
        it as much weight as it has.
        """
        a, b = ((math.log(end) - self.centre) / self.spread for end in (low, high))
        # From the side where the numbers are small, lest they cancel.
        share = below(b) - below(a) if a < 0 else below(-a) - below(-b)
        if share < NOTHING:  # narrow, or far from all experience
            return (math.log(low) + math.log(high)) / 2, 0.0
        at_a, at_b = _density(a) / share, _density(b) / share
        mean = at_a - at_b
        variance = max(0.0, 1 + a * at_a - b * at_b - mean * mean)
        return self.centre + self.spread * mean, self.spread**2 * variance

    def with_progress(self, age: float, left: float) -> DurationModel:
        """Return the model of a job that at ``age`` reports ``left`` seconds to go."""
        announced = math.log(age + left)
        if abs(announced - self.centre) > 2 * math.hypot(self.spread, _PROMISE):
            return DurationModel(announced, _PROMISE)  # an outlier: its own announcement counts
        own_weight, its_weight = self.spread**-2, _PROMISE**-2
        return DurationModel(
            (own_weight * self.centre + its_weight * announced) / (own_weight + its_weight),
            (own_weight + its_weight) ** -0.5,
        )


def below(z: float) -> float:
    """Return the share of a standard normal that is less than ``z``."""
    return math.erfc(-z / _ROOT2) / 2


def _density(z: float) -> float:
    return math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
