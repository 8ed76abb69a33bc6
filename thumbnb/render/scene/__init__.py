"""A scene: what lies where, back to front, as plain data. Painting it gives the image.

Lengths are units of a sheet of 1280x720, colours ``#rrggbb``, angles degrees, so a
scene holds for every size. ``Scene.model_dump()`` is JSON-able, ``model_validate`` its inverse.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from thumbnb.render.scene.backgrounds import (
    Grid,
    Halftone,
    Linear,
    Painting,
    Radial,
    Scrim,
    Slashes,
    Sunburst,
    Wash,
    Wedge,
)
from thumbnb.render.scene.effects import Flames, Flying, Plume, SeenThrough, Splatter
from thumbnb.render.scene.graphics import Arrow, Burst, Cross, Frame, Ring, Rule, Streaks, Tape
from thumbnb.render.scene.images import (
    Blur,
    Card,
    Duotone,
    Grade,
    ImageLayer,
    Match,
    Sharpen,
    Split,
)
from thumbnb.render.scene.layer import Box, Layer, Point
from thumbnb.render.scene.light import Bars, Bokeh, Glow, Grain, Mist, Rays, Sparks, Vignette
from thumbnb.render.scene.objects import ObjectLayer
from thumbnb.render.scene.people import Cutout, Figure, Fingers, Finish, Rim
from thumbnb.render.scene.photo_subjects import PhotoSubject, Spotlight
from thumbnb.render.scene.text import Chip, Effects, SetLine, Type, Words
from thumbnb.render.scene.weather import Lightning, Rain, Snowfall, StormClouds

__all__ = [
    "AnyLayer",
    "Arrow",
    "Bars",
    "Blur",
    "Bokeh",
    "Box",
    "Burst",
    "Card",
    "Chip",
    "Cross",
    "Cutout",
    "Duotone",
    "Effects",
    "Figure",
    "Fingers",
    "Finish",
    "Flames",
    "Flying",
    "Frame",
    "Glow",
    "Grade",
    "Grain",
    "Grid",
    "Halftone",
    "ImageLayer",
    "Layer",
    "Lightning",
    "Linear",
    "Match",
    "Mist",
    "ObjectLayer",
    "Painting",
    "PhotoSubject",
    "Plume",
    "Point",
    "Radial",
    "Rain",
    "Rays",
    "Rim",
    "Ring",
    "Rule",
    "Scene",
    "Scrim",
    "SeenThrough",
    "SetLine",
    "Sharpen",
    "Slashes",
    "Snowfall",
    "Sparks",
    "Splatter",
    "Split",
    "Spotlight",
    "StormClouds",
    "Streaks",
    "Sunburst",
    "Tape",
    "Type",
    "Vignette",
    "Wash",
    "Wedge",
    "Words",
]

AnyLayer = Annotated[
    Radial
    | Linear
    | Painting
    | ImageLayer
    | Blur
    | Grade
    | Wash
    | Duotone
    | Match
    | Sharpen
    | Sunburst
    | Halftone
    | Slashes
    | Wedge
    | Grid
    | Mist
    | Bokeh
    | Sparks
    | Rays
    | Glow
    | Scrim
    | Vignette
    | Grain
    | Bars
    | Tape
    | Frame
    | Cutout
    | Fingers
    | ObjectLayer
    | Card
    | Split
    | Words
    | Chip
    | Rule
    | Arrow
    | Ring
    | Burst
    | Streaks
    | Lightning
    | Rain
    | Snowfall
    | StormClouds
    | Plume
    | Flames
    | Flying
    | Splatter
    | Spotlight
    | PhotoSubject
    | Cross
    | SeenThrough,
    Field(discriminator="kind"),
]


class Scene(BaseModel):
    """Everything that is painted, back to front, and where it came from."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    preset: str
    preset_version: int
    seed: int
    variation: int
    layout: str
    palette: dict[str, str]
    layers: tuple[AnyLayer, ...]

    def plain(self) -> dict[str, Any]:
        """Give the scene as lists, dicts, texts and numbers."""
        return self.model_dump(mode="json")

    def first(self, kind: str) -> Any:
        """Give the rearmost layer of this kind, or ``None``."""
        return next((layer for layer in self.layers if layer.kind == kind), None)
