"""Layers of words."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from thumbnb.render.scene.layer import Layer, Point


class Type(BaseModel):
    """A typeface, found: family, weight, and the file where it is one of the system's."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    family: str
    weight: int = 400
    file: str = ""


class SetLine(BaseModel):
    """A line of a headline: words with their stress, font size, start of the baseline, width."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    words: tuple[tuple[str, bool], ...]
    size: float
    x: float
    y: float
    width: float


class Effects(BaseModel):
    """What is done to letters. Lengths are font sizes.

    ``shadow`` is right, down, blur, strength; ``glow`` colour, radius, strength;
    ``depth`` colour and length of letters drawn as blocks.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    fill: tuple[str, ...] = ("#ffffff",)
    stress: tuple[str, ...] = ("#ffe100",)
    stroke: float = 0.0
    stroke_colour: str = "#000000"
    rim: float = 0.0
    rim_colour: str = "#ffffff"
    shadow: tuple[float, float, float, float] | None = (0.025, 0.045, 0.05, 0.9)
    glow: tuple[str, float, float] | None = None
    depth: tuple[str, float] | None = None
    slant: float = 0.0
    turn: float = 0.0
    plate: Literal["none", "word", "line", "block"] = "none"
    plate_colour: str = "#e3001b"
    worn: float = 0.0
    """How much of the letters is rubbed off, 0..1."""


class Words(Layer):
    """The headline. ``veil`` (0..1) is the strength of a soft shade laid behind it.

    ``legibility_ensured``: its contrast with what lies behind was measured, and made good.
    """

    kind: Literal["words"] = "words"
    lines: tuple[SetLine, ...]
    face: Type
    track: float = 0.0
    effects: Effects = Effects()
    veil: float = 0.0
    veil_colour: str = "#000000"
    legibility_ensured: bool = False


class Chip(Layer):
    """A label: a word or two on a small plate. ``at`` is its upper left corner."""

    kind: Literal["chip"] = "chip"
    text: str
    at: Point
    size: float
    face: Type
    ink: str = "#ffffff"
    plate: str | None = "#e3001b"
    radius: float = 0.25
    slant: float = 0.0
    turn: float = 0.0
    track: float = 0.0
