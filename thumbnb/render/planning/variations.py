"""Variations: of all designs a preset has for a brief, some that are unlike each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.layout import Layout
    from thumbnb.render.planning.cast.cast import Cast

_STRIDE = 37
"""No number of designs shares a factor with it, so that every one is some seed's first."""


@dataclass(frozen=True, slots=True)
class Design:
    """What may differ between two thumbnails of one brief: ``palette`` and ``voice`` by number."""

    cast: Cast
    layout: Layout
    palette: int
    voice: int


MAX_VARIATIONS = 4
"""How many variations are asked for at a time."""


def preferred_designs(designs: Sequence[Design], avoid: Sequence[str]) -> Sequence[Design]:
    """Leave out designs whose frame is filled by what is to be avoided, if enough are left."""
    kept = [design for design in designs if design.cast.background_kind not in avoid]
    return kept if len(kept) >= MAX_VARIATIONS else designs


def choose_design(designs: Sequence[Design], seed: int, variation: int) -> Design:
    """Choose a design: the first by the seed, each further one as unlike those before as can be.

    Seed 0 begins with the first design. None comes twice before all have come. Where an image
    may fill the frame, it does so in the first variation: on a card it is smaller.
    """
    left = list(designs)
    filled = [design for design in designs if design.cast.background_kind == "image"] or left
    taken = [filled[seed * _STRIDE % len(filled)]]
    left.remove(taken[0])
    for _ in range(variation % len(designs)):
        best = max(left, key=lambda design: _novelty(design, taken))
        left.remove(best)
        taken.append(best)
    return taken[-1]


def _novelty(design: Design, taken: Sequence[Design]) -> tuple[float, float]:
    """Return how new a design is beside others: first, how unlike the most similar of them."""
    apart = [_difference(design, other) for other in taken]
    return min(apart), sum(apart)


def _difference(a: Design, b: Design) -> float:
    """Return how different two designs look; the weights are judgement."""
    apart = 0.0
    if a.layout.side != b.layout.side:
        apart += 3
    elif a.layout.name != b.layout.name:
        apart += 1
    apart += 3 * (a.cast.background_kind != b.cast.background_kind)
    return apart + 1.5 * (a.palette != b.palette) + 0.5 * (a.voice != b.voice)
