"""Layers of effects over a photo: steam, smoke, flames, what flies through the air, splatters."""

from __future__ import annotations

from typing import Literal

from thumbnb.render.scene.layer import Box, Layer, Point


class Plume(Layer):
    """Steam or smoke that rises from ``at``: ``height`` units high, ``width`` wide at its top.

    ``dense`` is smoke, which hides what lies behind; else it is thin wisps of light.
    """

    kind: Literal["plume"] = "plume"
    at: Point
    height: float
    width: float
    colour: str = "#ffffff"
    dense: bool = False
    seed: int = 0
    strength: float = 0.8


class Flames(Layer):
    """Flames that rise from the lower edge, ``height`` units high; lower before a ``kept`` box."""

    kind: Literal["flames"] = "flames"
    height: float = 330
    kept: Box | None = None
    seed: int = 0
    strength: float = 1.0


class Flying(Layer):
    """Small things all over the sheet, near ones larger: confetti, petals or bubbles.

    None lies within the ``kept`` boxes.
    """

    kind: Literal["flying"] = "flying"
    shape: Literal["confetti", "petals", "bubbles"] = "confetti"
    colours: tuple[str, ...]
    count: int = 130
    kept: tuple[Box, ...] = ()
    seed: int = 0


class Splatter(Layer):
    """Splashes of a liquid with drops around them, their middles ``at`` points."""

    kind: Literal["splatter"] = "splatter"
    at: tuple[Point, ...]
    radius: float = 120
    colour: str = "#8d0a12"
    seed: int = 0


Opening = Literal["window", "keyhole", "binoculars", "scope", "cage", "camera"]


class SeenThrough(Layer):
    """What is between the eye and a photo: a window, a keyhole, the screen of a camera."""

    kind: Literal["seen through"] = "seen through"
    what: Opening
    at: Point = (640.0, 360.0)
    """The middle of an opening, or where the bars of a window cross."""
    radius: float = 330.0
