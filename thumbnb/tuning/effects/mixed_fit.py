"""One fit for all attributes: logistic regression on the differences of each duel.

Images differ beyond their attributes, so each has an effect of its own, drawn from a normal
distribution whose width is learned. Without it the votes on one image would pass for so many
independent witnesses, and every interval would be too narrow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from thumbnb.tuning.extra import library

if TYPE_CHECKING:
    from thumbnb.tuning.duel.posterior import Floats

# The standard deviation of effects before any vote, in logits. It keeps the fit finite where
# one value has won all of its duels, and is too wide to matter elsewhere.
PRIOR_SD = 2.0
# How wide images of the same attributes may spread, in logits; weighed by the votes.
SPREADS = (0.05, 0.4, 0.8, 1.3, 2.0, 3.0)


@dataclass(frozen=True)
class MixedFit:
    """The effects of the columns, as a normal distribution: ``mean`` and ``covariance``.

    ``spread`` is how far images of the same attributes differ, in logits.
    """

    mean: Floats
    covariance: Floats
    spread: float


def fit_mixed(
    differences: Floats, images: Floats, won: Floats, weights: Floats, prior_sd: Floats | float
) -> MixedFit:
    """Fit what made the left image win: (votes, columns), (votes, images), (votes,), (votes,).

    ``differences`` are the attributes of the left image less those of the right; ``images``
    has 1 for the left and -1 for the right; ``won`` is 1, 0, or between; ``prior_sd`` is that
    of each column. The spreads of images are tried one by one and averaged by how well they
    explain the votes (Laplace's approximation).
    """
    sm: Any = library("statsmodels.api", "What mattered")
    columns = differences.shape[1]
    whole = np.hstack([differences, images])
    model = sm.GLM(won, whole, family=sm.families.Binomial(), var_weights=weights)
    prior = np.broadcast_to(np.asarray(prior_sd, dtype=float), (columns,))
    found = [_fit(model, np.concatenate([prior, np.full(images.shape[1], sd)])) for sd in SPREADS]
    evidence = np.array([each[2] for each in found])
    share = np.exp(evidence - evidence.max())
    share /= share.sum()
    means = np.array([each[0][:columns] for each in found])
    mean = share @ means
    covariance = sum(
        part * (each[1][:columns, :columns] + np.outer(m - mean, m - mean))
        for part, each, m in zip(share, found, means, strict=True)
    )
    return MixedFit(mean, np.asarray(covariance), float(share @ np.array(SPREADS)))


def _fit(model: Any, prior_sd: Floats) -> tuple[Floats, Floats, float]:
    """Return the mode of a penalised fit, its covariance, and the log evidence."""
    precision = 1 / prior_sd**2
    params = np.zeros(len(precision))
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
