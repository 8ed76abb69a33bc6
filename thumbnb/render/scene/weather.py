"""Layers of weather: clouds, lightning, rain, snow."""

from __future__ import annotations

from typing import Literal

from thumbnb.render.scene.layer import Layer, Point


class Lightning(Layer):
    """A bolt of lightning from ``start`` down to ``end``, and the sky lit up around it."""

    kind: Literal["lightning"] = "lightning"
    start: Point
    end: Point
    seed: int = 0
    colour: str = "#e6edff"
    strength: float = 1.0


class Rain(Layer):
    """Falling rain: fine slanted streaks of light, near and far."""

    kind: Literal["rain"] = "rain"
    colour: str = "#cfdcf0"
    seed: int = 0
    count: int = 420
    length: float = 46
    lean: float = 0.28
    strength: float = 0.5


class StormClouds(Layer):
    """Heavy dark clouds that hang down to ``bottom``."""

    kind: Literal["clouds"] = "clouds"
    dark: str = "#0b111d"
    light: str = "#5d6c84"
    seed: int = 0
    bottom: float = 330
    strength: float = 0.9


class Snowfall(Layer):
    """Falling snow: soft flakes, the nearer the larger."""

    kind: Literal["snowfall"] = "snowfall"
    seed: int = 0
    count: int = 150
    strength: float = 0.85
