"""Layers of drawn things: a puppy, a guitar, a chart."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from thumbnb.render.scene.images import Grade  # noqa: TC001 - pydantic reads it
from thumbnb.render.scene.layer import Layer, Point
from thumbnb.render.scene.people import Finish


class ObjectLayer(Layer):
    """A drawn object, ``height`` units high, the middle of its foot ``at`` a point.

    ``colours`` replaces those of its slots (``#rrggbb`` by slot). ``ground`` (0..1) is the
    strength of its shadow on the ground it stands on.
    """

    kind: Literal["object"] = "object"
    name: str
    at: Point
    height: float
    colours: dict[str, str] = Field(default_factory=dict)
    mood: str = ""
    """What an animal feels: "angry", "guilty", "sad", "serious"."""
    state: str = ""
    """What it has gone through: "burning", "cracked", ... (``objects.states.STATES``)."""
    mirrored: bool = False
    turn: float = 0.0
    below: float = 0.0
    """Only what is lower than this share of its height is painted: the front of an open box."""
    ground: float = 0.0
    finish: Finish = Finish()
    grade: Grade | None = None
    ambient: float = 0.0
    """How much of the light of what lies behind falls on it, 0..1."""
    light: str | None = None
    """The colour of that light, known once the background is painted."""
    lamps: bool = False
    """What is bright and warm in it shines by itself: lit windows."""
