"""One fit for all attributes: logistic regression on the differences of each duel.

Images differ beyond their attributes, so each has an effect of its own, drawn from a normal
distribution whose width is learned, as is that of the attributes' effects. Without it the votes
on one image would pass for so many independent witnesses, and every interval would be too narrow.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from thumbnb.tuning.extra import library

if TYPE_CHECKING:
    from thumbnb.tuning.duel.scale_posterior import Floats

# How far effects may spread before any vote, and how far images of the same attributes may, as
# standard deviations in logits; weighed by the votes. A wide one alone would claim too little:
# its intervals held the truth in 95 of 100 sweeps, and in all of the small ones.
EFFECT_SDS = (0.45, 0.9, 1.8)
SPREADS = (0.05, 0.4, 0.8, 1.3, 2.0, 3.0)


@dataclass(frozen=True)
class EffectPosterior:
    """What is known of one effect, in logits: a mixture of normal distributions."""

    weights: Floats
    means: Floats
    sds: Floats

    @property
    def mean(self) -> float:
        """Its mean."""
        return float(self.weights @ self.means)

    def probability_below(self, value: float) -> float:
        """Return how likely it is less than a value."""
        ndtr = library("scipy.special", "What mattered").ndtr
        return float(self.weights @ ndtr((value - self.means) / self.sds))

    def quantile(self, share: float) -> float:
        """Return the value that it is less than, with so large a chance."""
        low = float((self.means - 9 * self.sds).min())
        high = float((self.means + 9 * self.sds).max())
        for _ in range(50):
            middle = (low + high) / 2
            low, high = (middle, high) if self.probability_below(middle) < share else (low, middle)
        return (low + high) / 2


@dataclass(frozen=True)
class MixedFit:
    """The effects of the columns: normal distributions, mixed by ``weights`` (fits,).

    ``means`` are (fits, columns), ``covariances`` (fits, columns, columns).
    """

    weights: Floats
    means: Floats
    covariances: Floats

    @property
    def mean(self) -> Floats:
        """The mean of each column."""
        return np.asarray(self.weights @ self.means)

    def effect(self, contrast: Floats) -> EffectPosterior:
        """Return what is known of a sum of the columns, each so often: (columns,)."""
        variances = np.einsum("i,fij,j->f", contrast, self.covariances, contrast)
        sds = np.sqrt(np.maximum(variances, 1e-12))
        return EffectPosterior(self.weights, self.means @ contrast, sds)


def fit_mixed(
    differences: Floats,
    images: Floats,
    won: Floats,
    weights: Floats,
    relative_sd: Floats | float = 1.0,
) -> MixedFit:
    """Fit what made the left image win: (votes, columns), (votes, images), (votes,), (votes,).

    ``differences`` are the attributes of the left image less those of the right; ``images``
    has 1 for the left and -1 for the right; ``won`` is 1, 0, or between; ``relative_sd`` is how
    far the effects of each column spread beside the others. The spreads of effects and of
    images are tried one by one and averaged by how well they explain the votes (Laplace's
    approximation).
    """
    # Not statsmodels.api, which imports all the library's models: seconds more.
    glm: Any = library("statsmodels.genmod.generalized_linear_model", "What mattered")
    columns = differences.shape[1]
    whole = np.hstack([differences, images])
    model = glm.GLM(won, whole, family=glm.families.Binomial(), var_weights=weights)
    relative = np.broadcast_to(np.asarray(relative_sd, dtype=float), (columns,))
    found, params = [], np.zeros(whole.shape[1])
    for effect_sd, spread in itertools.product(EFFECT_SDS, SPREADS):
        prior = np.concatenate([effect_sd * relative, np.full(images.shape[1], spread)])
        found.append(_fit(model, prior, params))
        params = found[-1][0]  # the next is not far
    evidence = np.array([each[2] for each in found])
    share = np.exp(evidence - evidence.max())
    return MixedFit(
        share / share.sum(),
        np.array([each[0][:columns] for each in found]),
        np.array([each[1][:columns, :columns] for each in found]),
    )


def _fit(model: Any, prior_sd: Floats, params: Floats) -> tuple[Floats, Floats, float]:
    """Return the mode of a penalised fit, its covariance, and the log evidence."""
    precision = 1 / prior_sd**2
    for _ in range(60):  # Newton: the objective is concave
        gradient = model.score(params) - precision * params
        curvature = np.diag(precision) - model.hessian(params)
        step = np.linalg.solve(curvature, gradient)
        params = params + step * min(1.0, 3.0 / (np.abs(step).max() + 1e-12))
        if np.abs(step).max() < 1e-6:  # noqa: PLR2004
            break
    curvature = np.diag(precision) - model.hessian(params)
    _, size = np.linalg.slogdet(curvature)
    evidence = (
        model.loglike(params)
        - 0.5 * precision @ params**2
        + 0.5 * np.log(precision).sum()
        - 0.5 * size
    )
    return params, np.linalg.inv(curvature), float(evidence)
