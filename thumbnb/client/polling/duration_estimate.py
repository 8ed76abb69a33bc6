"""Duration estimates: how long the next job takes, by the jobs seen so far."""

from __future__ import annotations

import math
from dataclasses import dataclass

from thumbnb.client.polling.duration_model import REGULAR, DurationModel

# Before any job: a spread of 0.45, as if from three jobs, around a guess worth a fifth of one.
WEIGHT, DEGREES, SQUARES = 0.2, 1.5, 0.3

# Each job makes the older ones count so much less, about as the last 14 together: a
# service changes its pace.
_KEPT = 0.93

# Two in three jobs within a factor of 20 either way: more than that is to know nothing.
_WILDEST = 3.0
_LONGEST = 20.0  # the log of some years


@dataclass(frozen=True, slots=True)
class DurationEstimate:
    """The estimate for a kind of job, from those that were seen to end.

    A normal-inverse-gamma distribution: the mean log duration is ``centre``, as if
    from ``weight`` jobs; the spread of the logs is sqrt(``squares`` / ``degrees``),
    as if from twice ``degrees`` jobs.
    """

    centre: float
    weight: float = WEIGHT
    degrees: float = DEGREES
    squares: float = SQUARES

    def model(self) -> DurationModel:
        """Return the duration model of the next job; the fewer jobs were seen, the wider."""
        spread = math.sqrt(self.squares / self.degrees * (1 + 1 / self.weight))
        return DurationModel(self.centre, min(spread, _WILDEST))

    def is_sound(self) -> bool:
        """Whether its numbers can be used, wherever they came from."""
        numbers = self.weight, self.degrees, self.squares
        return math.isfinite(sum(numbers)) and min(numbers) > 0 and abs(self.centre) < _LONGEST

    def after(self, low: float, high: float) -> DurationEstimate:
        """Return the estimate after a job that ended between two ages, in seconds."""
        mean, variance = self.model().log_moments(low, high)
        weight = max(self.weight * _KEPT, WEIGHT)
        degrees = max(self.degrees * _KEPT, DEGREES) + 0.5
        off = (mean - self.centre) ** 2 * weight / (weight + 1)
        return DurationEstimate(
            centre=(weight * self.centre + mean) / (weight + 1),
            weight=weight + 1,
            degrees=degrees,
            squares=max(self.squares * _KEPT + (off + variance) / 2, degrees * REGULAR**2),
        )
