"""Layers that show an image, and treatments of everything painted so far."""

from __future__ import annotations

from typing import Literal

from thumbnb.render.scene.backgrounds import Painting  # noqa: TC001 - pydantic reads it
from thumbnb.render.scene.layer import Box, Layer, Point

SLANT = (735.0, 545.0)
"""Where a comparison is cut in two: at the top of the sheet, and at its bottom."""


class ImageLayer(Layer):
    """An image that fills the frame, its ``focus`` (0..1 of it) brought to ``aim`` of the frame.

    ``cut`` shows only the person in it, over what is there: sharp before a blurred ground.
    ``half``: it fills that half of a comparison (see ``Split``) instead.
    """

    kind: Literal["image"] = "image"
    image: str
    focus: Point = (0.5, 0.5)
    aim: Point = (0.5, 0.5)
    zoom: float = 1.0
    cut: bool = False
    half: Literal["left", "right"] | None = None
    area: Box | None = None
    """The part of the sheet that it fills; all of it where ``None``."""
    fade: float = 0.0
    """Over so many units the area's inner edges fade into a blurred copy that fills the rest."""
    over: bool = False
    """Its inner edges fade into what is painted already instead."""
    bars: float = 0.0
    """How high the bars of a film are that lie over the sheet: an edge at one does not fade."""
    tones: tuple[float, float] = (0.0, 1.0)
    """These become black and white (0..1 each): a hazy or a dull photo gets its contrast."""
    saturation: float = 1.0


class Blur(Layer):
    """Out of focus, 0..100 as the eye takes it."""

    kind: Literal["blur"] = "blur"
    amount: float


class Sharpen(Layer):
    """Crisper edges (``fine``) and more local contrast (``wide``), in percent."""

    kind: Literal["sharpen"] = "sharpen"
    fine: float = 55
    wide: float = 16


class Grade(Layer):
    """Contrast, saturation and gamma; warmth -1..1; shadows and highlights tinted."""

    kind: Literal["grade"] = "grade"
    contrast: float = 1.0
    saturation: float = 1.0
    gamma: float = 1.0
    warmth: float = 0.0
    lift: float = 0.0
    shadows: str | None = None
    highlights: str | None = None
    tint: float = 0.0


class Duotone(Layer):
    """Brightness becomes a way through ``colours``, from the shadows to the lights."""

    kind: Literal["duotone"] = "duotone"
    colours: tuple[str, ...]
    strength: float = 0.8


class Match(Layer):
    """The colours of a reference: mean and spread of its Lab values, taken over in part."""

    kind: Literal["match"] = "match"
    mean: tuple[float, float, float]
    spread: tuple[float, float, float]
    light: float = 0.35
    chroma: float = 0.7


class Card(Layer):
    """An image in a frame of its own: rounded, a square or a disc. An image, or a painting."""

    kind: Literal["card"] = "card"
    image: str | None = None
    painting: Painting | None = None
    box: Box
    shape: Literal["rounded", "square", "disc"] = "rounded"
    focus: Point = (0.5, 0.5)
    zoom: float = 1.0
    tilt: float = 0.0
    border: str | None = "#ffffff"
    border_width: float = 9
    foot: float = 0.0
    """How much wider the border is at its lower edge, as that of a polaroid."""
    glow: str | None = None
    glow_width: float = 60
    shadow: float = 0.7
    device: Literal["phone", "tablet", "laptop", "monitor", "television"] | None = None
    """What shows the image on its screen, which fills the box."""
    grade: Grade | None = None
    enhance: float = 0.0
    face: Box | None = None
    """A face in the image, in its pixels, for ``enhance``."""


class Split(Layer):
    """Cut what is painted so far in two along a slanted line: before and after.

    The left half is graded ``dull``, the right ``bright``.
    """

    kind: Literal["split"] = "split"
    dull: Grade
    bright: Grade
    line: str = "#ffffff"
    line_width: float = 22
    jagged: bool = False
    """Whether the line is a jagged band, and not straight."""
