"""Layers that point and frame: arrows, bursts, rules, tape."""

from __future__ import annotations

from typing import Literal

from thumbnb.render.scene.layer import Box, Layer, Point


class Arrow(Layer):
    """A bent arrow from ``start`` to ``end``."""

    kind: Literal["arrow"] = "arrow"
    start: Point
    end: Point
    bend: float = 0.25
    colour: str = "#ff1e1e"
    width: float = 26
    outline: str = "#ffffff"


class Ring(Layer):
    """An ellipse drawn by hand around what is in ``box``."""

    kind: Literal["ring"] = "ring"
    box: Box
    colour: str
    width: float = 15


class Cross(Layer):
    """Two strokes across a ``box``: what is in it is crossed out."""

    kind: Literal["cross"] = "cross"
    box: Box
    colour: str = "#f0202a"
    width: float = 54


class Burst(Layer):
    """Short strokes around a head: surprise."""

    kind: Literal["burst"] = "burst"
    at: Point
    radius: float
    colour: str
    count: int = 11
    width: float = 12


class Streaks(Layer):
    """Lines of motion, each from its thin end to what moves: x, y, x, y."""

    kind: Literal["streaks"] = "streaks"
    lines: tuple[tuple[float, float, float, float], ...]
    colour: str = "#ffffff"
    width: float = 9.0
    opacity: float = 0.85


class Rule(Layer):
    """A short straight line, as printers set them."""

    kind: Literal["rule"] = "rule"
    box: Box
    colour: str


class Frame(Layer):
    """A line around the image."""

    kind: Literal["frame"] = "frame"
    colour: str
    width: float = 10
    inset: float = 0


class Tape(Layer):
    """Hazard tape across the image, its middle at height ``y``."""

    kind: Literal["tape"] = "tape"
    colours: tuple[str, str]
    y: float
    height: float = 34
    turn: float = 0.0
