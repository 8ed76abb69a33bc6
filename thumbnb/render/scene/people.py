"""Layers of somebody without their ground."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from thumbnb.render.scene.images import Grade  # noqa: TC001 - pydantic reads it
from thumbnb.render.scene.layer import Box, Layer, Point


class Rim(BaseModel):
    """Light on the edge of a cut-out, from one side."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    colour: str
    strength: float = 1.2
    shift: float = 16


class Finish(BaseModel):
    """How a cut-out is set off from the ground."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    outline: str | None = None
    outline_width: float = 11
    glow: str | None = None
    glow_width: float = 40
    glow_strength: float = 1.0
    shadow: float = 0.5
    rims: tuple[Rim, ...] = ()


class Figure(BaseModel):
    """Someone drawn by code: tones and hair by number, what they feel and wear."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    skin: int = 0
    hair: int = 0
    style: int = 0
    expression: Literal[
        "neutral", "happy", "excited", "surprised", "serious", "worried", "confident"
    ] = "happy"
    clothes: Literal[
        "casual", "professional", "sporty", "elegant", "streetwear", "medical", "laboratory"
    ] = "casual"
    cloth: str = "#3d6bff"
    young: bool = False
    """A child: drawn smaller beside others."""


class Cutout(Layer):
    """A person without their ground: the face (a box of the image's pixels) put to ``at``.

    Either of an ``image``, or a ``figure`` drawn by code.
    """

    kind: Literal["cutout"] = "cutout"
    image: str | None = None
    figure: Figure | None = None
    face: Box
    at: Point
    face_width: float
    fade: float = 0.0
    """The lower edge fades out over so many units."""
    finish: Finish = Finish()
    enhance: float = 0.0
    grade: Grade | None = None
    ambient: float = 0.0
    """How much of the light of what lies behind falls on the person, 0..1."""
    light: str | None = None
    """The colour of that light, known once the background is painted."""
