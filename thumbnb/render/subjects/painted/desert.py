"""Dunes under a low sun."""

from __future__ import annotations

from typing import ClassVar

from thumbnb.render.colour.mixing import Palette
from thumbnb.render.subjects.painted.mountains import Mountains


class Desert(Mountains):
    """The mountains worn smooth, and nothing growing on them."""

    light: ClassVar[Palette] = Palette.of(
        "#3f86a8 #b0603f #d98a52 #f3bd7c #fbe0b0", light="#fff4d2", land="#6b2a22", accent="#e4572e"
    )
    hours: ClassVar[frozenset[str]] = frozenset({"day"})
    ridges: ClassVar[int] = 5
    roughness: ClassVar[float] = 0.12
    wooded: ClassVar[bool] = False
