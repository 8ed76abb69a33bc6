"""What the votes so far say of how strong each image is, however far they spread."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from thumbnb.tuning.duel.scale_posterior import Floats, ScalePosterior

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# How far the strengths of images may spread, as standard deviations in logits: takes of one
# prompt hardly differ, twenty ideas do. The votes say which it is.
PRIOR_SDS = (0.75, 1.5, 3.0)


class StrengthPosterior:
    """The strengths of ``count`` images given votes; in logits, their mean 0 before any.

    A mixture of normal distributions, one for each of ``prior_sds``, by ``weights``: how well
    that spread explains the votes. ``mean`` and ``covariance`` are those of the mixture.
    """

    def __init__(self, count: int, prior_sds: Sequence[float] = PRIOR_SDS) -> None:
        self.count = count
        self._scales = [ScalePosterior(count, sd) for sd in prior_sds]
        self._mix()

    def add(self, wins: Iterable[tuple[int, int]], ties: Iterable[tuple[int, int]] = ()) -> None:
        """Take in votes: pairs of the winner and the loser, and pairs that were tied."""
        wins, ties = list(wins), list(ties)
        for scale in self._scales:
            scale.add(wins, ties)
        self._mix()

    def _mix(self) -> None:
        evidence = np.array([scale.log_evidence for scale in self._scales])
        share = np.exp(evidence - evidence.max())
        self.weights: Floats = share / share.sum()
        means = np.array([scale.mean for scale in self._scales])
        self.mean: Floats = self.weights @ means
        apart = means - self.mean
        within = np.array([scale.covariance for scale in self._scales])
        self.covariance: Floats = np.einsum("s,sij->ij", self.weights, within) + np.einsum(
            "s,si,sj->ij", self.weights, apart, apart
        )

    def sample(self, count: int, rng: np.random.Generator) -> Floats:
        """Draw strengths of all images, ``count`` times: (count, images)."""
        ends = np.round(np.cumsum(self.weights) * count).astype(int)
        sizes = np.diff(ends, prepend=0)
        drawn = [
            rng.multivariate_normal(scale.mean, scale.covariance, size=size, method="cholesky")
            for scale, size in zip(self._scales, sizes, strict=True)
        ]
        return np.concatenate(drawn)

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
