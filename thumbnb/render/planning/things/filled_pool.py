"""A pool before everybody, full of a liquid or of many of one thing."""

from __future__ import annotations

import numpy as np

from thumbnb.render.objects.drawn import object_aspect
from thumbnb.render.objects.vocabulary.seats import single_form
from thumbnb.render.planning.things.placed_thing import PlacedThing
from thumbnb.render.prompt.named_thing import NamedThing

POOL = "filled-pool"

_WIDTH, _FOOT = 1600.0, 746.0
"""How wide the pool is, and how far down it reaches (units): its near side is out of the frame."""

_FAR, _NEAR = (452.0, 262.0, 1018.0), (760.0, -40.0, 1320.0)
"""How far down what fills it is at its far and near side, from where to where (units)."""

_ROWS = 5
_SMALL, _LARGE = 66.0, 178.0
"""How high one of what fills it is there."""

_CLOSE = 0.74
"""How far apart they are, in their widths: they touch."""


def place_filling(thing: NamedThing) -> list[PlacedThing]:
    """Place a pool and what fills it, behind everybody, the near ones last."""
    high = _WIDTH / object_aspect(POOL)
    pool = thing if thing.name == POOL else NamedThing(POOL, thing.word, spread="filled")
    placed = [PlacedThing(pool, 640.0, _FOOT, high, _WIDTH, behind=True)]
    if thing.name == POOL:
        return placed
    aspect = object_aspect(single_form(thing.name))
    rng = np.random.default_rng(len(thing.name))
    copy = NamedThing(single_form(thing.name), thing.word, colour=thing.colour, spread="filled")
    for row in range(_ROWS):
        near = row / (_ROWS - 1)
        foot, left, right = (a + near * (b - a) for a, b in zip(_FAR, _NEAR, strict=True))
        tall = (_SMALL + near * (_LARGE - _SMALL)) / max(1.0, aspect) ** 0.5
        step = max(_CLOSE * tall * aspect, (right - left) / 13)
        count = max(2, round((right - left) / step))
        for number in range(count):
            across = left + (number + 0.5 + float(rng.uniform(-0.2, 0.2))) * (right - left) / count
            size = tall * float(rng.uniform(0.9, 1.1))
            placed.append(
                PlacedThing(
                    copy, across, foot + float(rng.uniform(-8, 8)), size, size * aspect,
                    turn=float(rng.uniform(-14, 14)), mirrored=bool(rng.integers(2)), behind=True,
                )
            )  # fmt: skip
    return placed
