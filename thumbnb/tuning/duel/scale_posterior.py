"""What the votes say of how strong each image is, for one spread of strengths."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from thumbnb.tuning.extra import library

if TYPE_CHECKING:
    from collections.abc import Sequence

Floats: TypeAlias = NDArray[np.float64]
Pairs: TypeAlias = "Sequence[tuple[int, int]]"

# Sweeps over all votes, each from where the last had come: where many are new, and after one
# more of them, when they have hardly moved.
_SWEEPS_OF_MANY = 20
_SWEEPS_OF_ONE = 1
# choix works out the factors of a probit in microseconds, those of a logistic in most of a
# millisecond; with its argument divided by this, the one is within .01 of the other.
_LOGITS = 1.702
# Half a win each way, as an observation that the difference is 0: the inverse of the
# curvature of the logistic there.
_TIE_VARIANCE = 4.0 / _LOGITS**2


class ScalePosterior:
    """The strengths of ``count`` images given votes, where they spread by ``prior_sd`` logits.

    ``mean`` and ``covariance`` come from expectation propagation (choix), which is the more
    exact the surer an outcome was; a tie counts as half a win each way. ``log_evidence`` is
    the logarithm of how likely the votes are for that spread.
    """

    def __init__(self, count: int, prior_sd: float) -> None:
        self._count = count
        self._precision = (_LOGITS / prior_sd) ** 2
        self._wins: list[tuple[int, int]] = []
        self._ties: list[tuple[int, int]] = []
        # The natural parameters of each vote's factor; choix changes them in place.
        self._tau = np.zeros(0)
        self._nu = np.zeros(0)
        self.mean: Floats = np.zeros(count)
        self.covariance: Floats = np.eye(count) * prior_sd**2
        self.log_evidence = 0.0

    def add(self, wins: Pairs, ties: Pairs = ()) -> None:
        """Take in votes: pairs of the winner and the loser, and pairs that were tied."""
        self._wins += wins
        self._ties += ties
        self._tau = np.append(self._tau, np.zeros(len(wins)))
        self._nu = np.append(self._nu, np.zeros(len(wins)))
        if self._wins:
            self._sweep(_SWEEPS_OF_MANY if len(wins) > 1 else _SWEEPS_OF_ONE)
        self._update()

    def _sweep(self, times: int) -> None:
        choix: Any = library("choix", "A duel")
        # It draws an order from numpy's shared generator: seeded here, and left as it was.
        state = np.random.get_state()  # noqa: NPY002
        np.random.seed(len(self._wins))  # noqa: NPY002
        try:
            choix.ep_pairwise(
                self._count,
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

    def _update(self) -> None:
        """Work out mean, covariance and evidence from the factors of all votes."""
        winners, losers = np.array(self._wins, dtype=int).reshape(-1, 2).T
        ties = np.array(self._ties, dtype=int).reshape(-1, 2)
        design = np.zeros((len(winners) + len(ties), self._count))
        rows = np.arange(len(design))
        design[rows, np.append(winners, ties[:, 0])] = 1.0
        design[rows, np.append(losers, ties[:, 1])] = -1.0
        tau = np.append(self._tau, np.full(len(ties), 1 / _TIE_VARIANCE))
        nu = np.append(self._nu, np.zeros(len(ties)))
        precision = np.eye(self._count) * self._precision + (design.T * tau) @ design
        shift = design.T @ nu
        covariance = np.linalg.inv(precision)
        mean = covariance @ shift
        differences, votes = design @ mean, slice(len(winners))
        variances = np.einsum("vi,ij,vj->v", design, covariance, design)
        self.log_evidence = 0.5 * (
            self._count * np.log(self._precision)
            - np.linalg.slogdet(precision)[1]
            + float(shift @ mean)
        ) + _log_factors(differences[votes], variances[votes], self._tau, self._nu)
        self.covariance = covariance * _LOGITS**2
        self.mean = mean * _LOGITS


def _log_factors(mean: Floats, variance: Floats, tau: Floats, nu: Floats) -> float:
    """Return the logarithm of the heights of the votes' factors, at the fitted differences.

    Without a vote (its cavity), the difference is normal, and so is its factor: the height is
    what makes their product as likely as the vote is.
    """
    if not len(mean):
        return 0.0
    log_ndtr = library("scipy.special", "A duel").log_ndtr
    cavity = np.maximum(1 / variance - tau, 1e-9)
    shift = mean / variance - nu
    likely = log_ndtr(shift / cavity / np.sqrt(1 + 1 / cavity))
    normal = 0.5 * (np.log(cavity * variance) + mean**2 / variance - shift**2 / cavity)
    return float((likely - normal).sum())
