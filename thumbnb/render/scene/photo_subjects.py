"""Layers that set off the main subject of a photo from what is around it."""

from __future__ import annotations

from typing import Literal

from thumbnb.render.scene.images import ImageLayer  # noqa: TC001 - pydantic reads it
from thumbnb.render.scene.layer import Layer, Point
from thumbnb.render.scene.people import Finish


class Spotlight(Layer):
    """Light on an ellipse around ``at``; all else is darker by ``strength`` (0..1).

    ``radius``: how wide and high it is lit, in units. The light has a ``colour`` if there is one.
    """

    kind: Literal["spotlight"] = "spotlight"
    at: Point
    radius: Point
    strength: float = 0.5
    colour: str | None = None


class PhotoSubject(Layer):
    """The main subject of a ``photo`` that lies on the sheet already, cut out, over what is there.

    It is set off by its ``finish`` and by its light: as much brighter as ``lift`` says (0..1).
    Nothing is painted where its outline is not sure.
    """

    kind: Literal["photo subject"] = "photo subject"
    photo: ImageLayer
    finish: Finish = Finish()
    lift: float = 0.0
