"""The next pair of a duel: the images whose vote tells most about which is best."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thumbnb.tuning.duel.posterior import StrengthPosterior
    from thumbnb.tuning.duel.scale_posterior import Floats

SAMPLES = 512
# Pairs are made of so many images, the likeliest to be the best: others can wait.
CONTENDERS = 10
TOP = 3
# So sure that the best is among the top three, which of them it is comes next.
TOP_SURE = 0.8
# What a nat of information about the best is worth, in chance that it is among the top three: a
# vote that changes nothing yet may do so together with the next.
NAT = 0.05


def next_pair(
    posterior: StrengthPosterior,
    rng: np.random.Generator,
    avoid: Iterable[tuple[int, int]] = (),
) -> tuple[int, int]:
    """Return the two images whose vote is expected to make the verdict surest.

    For each pair the chances of being the best are worked out for either outcome, by samples
    of the strengths. First what counts is how likely the best would then be among the first
    three; once that is likely, how much is learned of which it is (mutual information). Pairs
    to ``avoid``, in either order, come last. By simulation (``tests/benchmarks/tuning.py``) the
    best is then among the first three more often than by information alone.
    """
    strengths = posterior.sample(SAMPLES, rng)
    best = np.zeros_like(strengths)
    best[np.arange(len(best)), strengths.argmax(axis=1)] = 1.0
    p_best = best.mean(axis=0)
    order = np.lexsort((posterior.mean, p_best))[::-1]
    near = np.sort(order[:CONTENDERS])
    ones, others = (near[places] for places in np.triu_indices(len(near), 1))
    wins = 1 / (1 + np.exp(strengths[:, others] - strengths[:, ones]))
    worth = _worth(best[:, p_best > 0], wins)
    unwanted = {frozenset(pair) for pair in avoid}
    worth -= [10.0 * ({one, other} in unwanted) for one, other in zip(ones, others, strict=True)]
    pair = int(worth.argmax())
    left, right = int(ones[pair]), int(others[pair])
    return (left, right) if rng.random() < 0.5 else (right, left)  # noqa: PLR2004


def _worth(best: Floats, wins: Floats) -> Floats:
    """Return what a vote on each pair is worth.

    ``best`` (samples, images) is 1 for the best image of a sample, ``wins`` (samples, pairs)
    how likely the first of a pair wins there.
    """
    p_best = best.mean(axis=0)[:, None]
    won = best.T @ wins / len(best)  # how likely each is the best and the vote is a win
    lost = p_best - won
    outcome = won.sum(axis=0)
    told: Floats = _entropy(outcome) - (p_best * _entropy(won / p_best)).sum(axis=0)
    # Where nothing can be learned of the best, the openness of the outcome still ranks pairs.
    told += 1e-6 * outcome * (1 - outcome)
    if np.sort(p_best, axis=0)[-TOP:].sum() > TOP_SURE:
        return told
    top: Floats = np.sort(won, axis=0)[-TOP:].sum(axis=0) + np.sort(lost, axis=0)[-TOP:].sum(axis=0)
    return top + NAT * told


def _entropy(chance: Floats) -> Floats:
    """Return the entropy of a yes or no, in nats."""
    inside = np.clip(chance, 1e-9, 1 - 1e-9)
    return -(inside * np.log(inside) + (1 - inside) * np.log(1 - inside))
