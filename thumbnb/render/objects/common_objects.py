"""The most common objects, drawn before anybody asks: the first drawing of one takes a second."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import thumbnb
from thumbnb.render.objects import drawn
from thumbnb.render.objects.raster import can_draw

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# What titles of videos name most, of what is drawn slowly.
COMMON = (
    "phone", "laptop", "camera", "car", "rocket", "robot", "puppy", "cat", "burger", "pizza",
    "coffee", "birthday-cake", "banknotes", "money-bag", "coins", "bitcoin", "chart-rising",
    "chart-falling", "house", "guitar", "microphone", "headphones", "game-controller", "monitor",
    "trophy", "american-football", "soccer-ball", "basketball", "dumbbell", "airplane",
    "suitcase", "tent", "tree", "fire", "lightning", "light-bulb", "brain", "heart", "clock",
    "calendar", "book", "gift", "crown", "dragon", "castle", "ghost", "skull", "sword",
    "volcano", "earth",
)  # fmt: skip

# The sizes (pixels) that objects are drawn in for a frame of 1280x720, the most frequent first.
_SIZES = (512, 576, 448, 640, 384)


def draw_common(*, stopped: Callable[[], bool] = lambda: False) -> bool:
    """Draw what is missing in the cache; return whether all was drawn before it was ``stopped``.

    What was drawn stays: called again, it goes on from there.
    """
    if not can_draw():
        return True
    for size in _SIZES:
        for name in COMMON:
            if stopped():
                return False
            drawn.object_box(name)
            drawn.draw_at_size(name, size)
    mark = _mark()
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()
    return True


def all_drawn() -> bool:
    """Return whether all common objects were drawn before, by this version."""
    return _mark().exists()


def _mark() -> Path:
    made_by = f"{thumbnb.__version__} {COMMON} {_SIZES}"
    return drawn.CACHE / f"common-{hashlib.sha256(made_by.encode()).hexdigest()[:16]}"
