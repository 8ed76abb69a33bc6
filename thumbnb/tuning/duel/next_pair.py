"""Which two images to show next: those whose vote tells most about which is best."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thumbnb.tuning.duel.posterior import StrengthPosterior

SAMPLES = 256


def next_pair(
    posterior: StrengthPosterior,
    rng: np.random.Generator,
    avoid: Iterable[tuple[int, int]] = (),
) -> tuple[int, int]:
    """Return the pair with the largest sqrt(p_i p_j) · Var(difference) · q(1 - q).

    p is how likely an image is the best of all, q how likely i wins against j: both must be
    able to be the best, their difference must be open, and so must the outcome. Pairs to
    ``avoid``, in either order, come last. By simulation this finds the best in fewer choices
    than Thompson sampling or the leader against its rival.
    """
    best = np.sqrt(posterior.p_best(rng, SAMPLES))
    _, variance = posterior.differences()
    chance = posterior.chances()
    worth = np.outer(best, best) * variance * chance * (1 - chance)
    # Where no pair can both be best, the openness of the outcome still ranks them.
    worth += 1e-9 * variance * chance * (1 - chance)
    worth[np.tril_indices(posterior.count)] = -2.0
    for one, other in avoid:
        worth[min(one, other), max(one, other)] -= 1.0 + worth.max()
    left, right = divmod(int(worth.argmax()), posterior.count)
    return (left, right) if rng.random() < 0.5 else (right, left)  # noqa: PLR2004
