"""Layers of light and air, and of the lens."""

from __future__ import annotations

from typing import Literal

from thumbnb.render.scene.layer import Layer, Point


class Glow(Layer):
    """A lamp: light of ``colour`` around ``at``, ``radius`` units wide."""

    kind: Literal["glow"] = "glow"
    colour: str
    at: Point
    radius: float
    strength: float = 0.8


class Mist(Layer):
    """Clouds of light (or, ``dark``, of shade) from ``top`` down to the lower edge."""

    kind: Literal["mist"] = "mist"
    colour: str
    seed: int = 0
    top: float = 250
    cell: float = 320
    strength: float = 0.6
    dark: bool = False


class Bokeh(Layer):
    """Discs of light out of focus."""

    kind: Literal["bokeh"] = "bokeh"
    colours: tuple[str, ...]
    seed: int = 0
    count: int = 40
    least: float = 8
    most: float = 56
    strength: float = 0.4


class Sparks(Layer):
    """Embers, dust or snow: small glowing points, streaked by ``streak``."""

    kind: Literal["sparks"] = "sparks"
    colours: tuple[str, ...]
    seed: int = 0
    count: int = 90
    size: float = 3.0
    streak: float = 0.0
    strength: float = 0.8


class Rays(Layer):
    """Shafts of light falling from ``at``."""

    kind: Literal["rays"] = "rays"
    colour: str
    at: Point
    seed: int = 0
    strength: float = 0.4


class Vignette(Layer):
    """Darker corners."""

    kind: Literal["vignette"] = "vignette"
    strength: float = 0.5
    at: Point = (640, 360)


class Grain(Layer):
    """Film grain."""

    kind: Literal["grain"] = "grain"
    strength: float = 0.02
    seed: int = 0


class Bars(Layer):
    """The black bars of a film, above and below."""

    kind: Literal["bars"] = "bars"
    height: float = 58
