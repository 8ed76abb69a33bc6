"""Which places of a space are made: all of them, one axis at a time, or a sample."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from thumbnb import errors
from thumbnb.tuning.extra import library

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Indexes: TypeAlias = tuple[int, ...]
SampleBy: TypeAlias = Literal["spread", "random"]

MAX_CELLS = 10_000
MAX_LOOKED_AT = 100_000  # places that a filter is asked about
_TRIES = 200  # draws for one place of a sample, before the space is taken for used up
_BATCH = 256


def all_places(sizes: Sequence[int], takes: int, *, filtered: bool) -> Iterator[Indexes]:
    """Yield every place. Raises InvalidInput where they are too many.

    Where they are ``filtered`` afterwards there may be more of them.
    """
    count = math.prod(sizes) * takes
    if count > (MAX_LOOKED_AT if filtered else MAX_CELLS):
        raise errors.InvalidInput(
            f"These axes make {count:,} cells; a sweep has at most {MAX_CELLS:,}.",
            hint="Take a sample of them (sample=48), one axis at a time (one_at_a_time=True), "
            "or fewer values.",
        )
    return itertools.product(*(range(size) for size in sizes))


def one_at_a_time(sizes: Sequence[int]) -> Iterator[Indexes]:
    """Yield the baseline (the first value of each axis), then each other value alone."""
    baseline = (0,) * len(sizes)
    yield baseline
    for axis, size in enumerate(sizes):
        for index in range(1, size):
            yield (*baseline[:axis], index, *baseline[axis + 1 :])


def sampled_places(sizes: Sequence[int], seed: int, by: SampleBy) -> Iterator[Indexes]:
    """Yield different places of a space of any size, in the order of a seeded sample.

    ``spread`` covers the space evenly, as far as it has come; ``random`` does not try.
    It ends where no new place is found for long.
    """
    rng = np.random.default_rng(seed)
    if by == "random":
        draws = (row for _ in itertools.count() for row in rng.random((_BATCH, len(sizes))))
    else:
        qmc = library("scipy.stats.qmc", "A low-discrepancy sample")
        halton = qmc.Halton(d=len(sizes), rng=rng)
        draws = (row for _ in itertools.count() for row in halton.random(_BATCH))
    seen: set[Indexes] = set()
    total, missed = math.prod(sizes), 0
    for row in draws:
        place = tuple(min(int(u * n), n - 1) for u, n in zip(row, sizes, strict=True))
        if place in seen:
            missed += 1
            if missed > _TRIES * 50:
                return
            continue
        missed = 0
        seen.add(place)
        yield place
        if len(seen) == total:
            return


def coarse_first(places: Sequence[Indexes], sizes: Sequence[int]) -> list[int]:
    """Return the order in which places are made: the ends of all axes, then the middles.

    So something comparable over all axes is there early. The first value of each axis comes
    first of all.
    """
    if not sizes:
        return list(range(len(places)))
    at = np.array(places, dtype=np.intp).reshape(len(places), len(sizes))
    latest = np.max([np.array(_levels(size))[at[:, i]] for i, size in enumerate(sizes)], axis=0)
    return [int(each) for each in np.lexsort((*at.T[::-1], latest))]


def _levels(size: int) -> list[int]:
    """Return how late each value of an axis comes: 0 for the first, 1 for the last, then between.

    >>> _levels(5)
    [0, 3, 2, 3, 1]
    """
    levels = [0] * size
    if size > 1:
        levels[-1] = 1
    gaps, level = [(0, size - 1)], 2
    while gaps:
        after = []
        for low, high in gaps:
            if high - low > 1:
                middle = (low + high) // 2
                levels[middle] = level
                after += [(low, middle), (middle, high)]
        gaps, level = after, level + 1
    return levels
