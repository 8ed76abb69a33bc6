"""Somebody seen from behind who looks at a photo: drawn whole, standing in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from thumbnb.render.objects.drawn import object_aspect
from thumbnb.render.planning.cast.seen_from_behind import FROM_BEHIND
from thumbnb.render.planning.photo_room import CELL

if TYPE_CHECKING:
    from thumbnb.render.planning.photo_room import PhotoRoom
    from thumbnb.render.scene import Box

_HIDES = 4.0
"""How much worse it is to hide the main thing than to stand far from it."""

_HEIGHTS = (460.0, 400.0, 340.0, 280.0)
_LOWEST, _HIGHEST_FOOT = 716.0, 600.0
"""How far down the feet are, at the lowest and at the highest (units)."""


def standing_box(room: PhotoRoom) -> Box | None:
    """Return where somebody stands in a photo: near its main thing, over no words."""
    thing = room.thing_box
    # As the one whom the image is of, they may stand before a part of it.
    room = replace(room, kept=np.zeros_like(room.kept))
    middle = thing[0] + thing[2] / 2 if thing else 640.0
    for high in _HEIGHTS:
        wide = high * object_aspect(FROM_BEHIND)
        hidden = room.hidden_at(wide, high, near_thing=True)
        rows = np.arange(hidden.shape[0]) * CELL + high
        for row in np.flatnonzero((rows <= _LOWEST) & (rows >= _HIGHEST_FOOT))[::-1]:
            x = np.arange(hidden.shape[1]) * CELL
            cost = _HIDES * hidden[row] + np.abs(x + wide / 2 - middle) / 1280
            column = int(cost.argmin())
            if np.isfinite(cost[column]):
                return float(column * CELL), float(row * CELL), wide, high
    return None
