"""What the votes so far say of how strong each image is: a normal distribution over all."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from thumbnb.tuning.extra import library

if TYPE_CHECKING:
    from collections.abc import Iterable

Floats: TypeAlias = NDArray[np.float64]

# How different images are before any vote: the standard deviation of their strengths, in
# logits. People seldom agree more than this; where they do, the votes soon say so.
PRIOR_SD = 2.5
# Sweeps over all votes after one more of them; each starts from where the last had come.
_SWEEPS = 2
_MANY_VOTES = 150  # from here one sweep has to do, or a choice would take too long
# choix works out the factors of a probit in microseconds, those of a logistic in most of a
# millisecond; with its argument divided by this, the one is within .01 of the other.
_LOGITS = 1.702
# Half a win each way, as an observation that the difference is 0: the inverse of the
# curvature of the logistic there.
_TIE_VARIANCE = 4.0 / _LOGITS**2


class StrengthPosterior:
    """The strengths of ``count`` images given votes; in logits, their mean 0 before any.

    ``mean`` and ``covariance`` come from expectation propagation (choix), which is the more
    exact the surer an outcome was; a tie counts as half a win each way.
    """

    def __init__(self, count: int, prior_sd: float = PRIOR_SD) -> None:
        self.count = count
        self._precision = (_LOGITS / prior_sd) ** 2
        self._wins: list[tuple[int, int]] = []
        self._ties: list[tuple[int, int]] = []
        # The natural parameters of each vote's factor; choix changes them in place.
        self._tau = np.zeros(0)
        self._nu = np.zeros(0)
        self.mean: Floats = np.zeros(count)
        self.covariance: Floats = np.eye(count) * prior_sd**2

    def add(self, wins: Iterable[tuple[int, int]], ties: Iterable[tuple[int, int]] = ()) -> None:
        """Take in votes: pairs of the winner and the loser, and pairs that were tied."""
        wins = list(wins)
        self._wins += wins
        self._ties += ties
        self._tau = np.append(self._tau, np.zeros(len(wins)))
        self._nu = np.append(self._nu, np.zeros(len(wins)))
        if self._wins:
            # All at once from nothing needs more sweeps than one more vote.
            self._sweep(20 if len(wins) > 1 else 1 if len(self._wins) > _MANY_VOTES else _SWEEPS)
        self._converge()

    def _sweep(self, times: int) -> None:
        choix: Any = library("choix", "A duel")
        # It draws an order from numpy's shared generator: seeded here, and left as it was.
        state = np.random.get_state()  # noqa: NPY002
        np.random.seed(len(self._wins))  # noqa: NPY002
        try:
            choix.ep_pairwise(
                self.count,
                self._wins,
                self._precision,
                model="probit",
                max_iter=times,
                initial_state=(self._tau, self._nu),
            )
        except RuntimeError:
            pass  # not converged to its last digits: the factors are as far as they came
        finally:
            np.random.set_state(state)  # noqa: NPY002

    def _converge(self) -> None:
        """Work out mean and covariance from the factors of all votes."""
        precision = np.eye(self.count) * self._precision
        shift = np.zeros(self.count)
        for (winner, loser), tau, nu in zip(self._wins, self._tau, self._nu, strict=True):
            _add_difference(precision, winner, loser, tau)
            shift[winner] += nu
            shift[loser] -= nu
        for one, other in self._ties:
            _add_difference(precision, one, other, 1 / _TIE_VARIANCE)
        covariance = np.linalg.inv(precision)
        self.covariance = np.asarray(covariance * _LOGITS**2, dtype=np.float64)
        self.mean = np.asarray(covariance @ shift * _LOGITS, dtype=np.float64)

    def sample(self, count: int, rng: np.random.Generator) -> Floats:
        """Draw strengths of all images, ``count`` times: (count, images)."""
        return rng.multivariate_normal(self.mean, self.covariance, size=count, method="cholesky")

    def p_best(self, rng: np.random.Generator, samples: int = 4096) -> Floats:
        """Return how likely each image is the best of all."""
        best = self.sample(samples, rng).argmax(axis=1)
        return np.bincount(best, minlength=self.count) / samples

    def differences(self) -> tuple[Floats, Floats]:
        """Return mean and variance of the difference of every two images."""
        variances = np.diag(self.covariance)
        variance = variances[:, None] + variances[None, :] - 2 * self.covariance
        return self.mean[:, None] - self.mean[None, :], np.maximum(variance, 0.0)

    def chances(self) -> Floats:
        """Return how likely each image is to win against each other."""
        mean, variance = self.differences()
        # The mean of a logistic under a normal, by the usual approximation.
        shrunk = mean / np.sqrt(1 + math.pi * variance / 8)
        return 1 / (1 + np.exp(-shrunk))


def _add_difference(precision: Floats, one: int, other: int, value: float) -> None:
    precision[one, one] += value
    precision[other, other] += value
    precision[one, other] -= value
    precision[other, one] -= value
