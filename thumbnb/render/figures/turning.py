"""Turning heads and bodies: how far each point of a figure moves, seen from the front."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from thumbnb.render.raster.sketch import Point

    Bend = Callable[[Sequence[Point]], list[Point]]

_ACROSS, _DOWN = 27.0, 15.0
"""How far the middle of a face moves across and down where it turns and nods all the way."""

_HEAD_RADIUS, _BODY_RADIUS = 132.0, 260.0
"""From this far from the middle on nothing moves: the head and the body stay where they are."""

_CROWN, _CROWN_SHARE = -70.0, 0.45
"""Above this height hair and hats move by so much of what the face does."""

_CHEST, _SHOULDER = 22.0, 0.05
"""How far the middle of a chest moves across, and how much lower the nearer shoulder is."""


def head_bend(turn: float, nod: float) -> Bend | None:
    """Return the bend of a head: ``turn`` from -1 (left) to 1, ``nod`` from -1 (up) to 1."""
    if not (turn or nod):
        return None

    def bend(points: Sequence[Point]) -> list[Point]:
        moved = []
        for x, y in points:
            near = x / _HEAD_RADIUS
            share = max(0.0, 1 - near * near)
            if y < _CROWN:
                share *= max(_CROWN_SHARE, 1 + (y - _CROWN) / 110)
            moved.append((x + turn * _ACROSS * share, y + nod * _DOWN * share))
        return moved

    return bend


_HEM, _LONGER = 488.0, 340.0
"""Clothes drawn for head and shoulders end here, and go on where more of a body is seen."""


def body_bend(turn: float, *, longer: bool = False) -> Bend | None:
    """Return the bend of a body whose chest turns, from -1 (to the left) to 1."""
    if not (turn or longer):
        return None
    hem = _HEM if longer else float("inf")

    def bend(points: Sequence[Point]) -> list[Point]:
        moved = []
        for x, y in points:
            near = x / _BODY_RADIUS
            share = max(0.0, 1 - near * near)
            down = _LONGER if y >= hem else 0.0
            moved.append((x + turn * _CHEST * share, y + down - turn * x * _SHOULDER))
        return moved

    return bend
