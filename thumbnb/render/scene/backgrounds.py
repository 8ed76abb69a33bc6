"""Layers that lie behind: gradients, paintings, patterns and shades."""

from __future__ import annotations

from typing import Literal

from thumbnb.render.scene.layer import Layer, Point


class Radial(Layer):
    """A round gradient from ``inner`` at ``at`` to ``outer`` at ``radius`` heights."""

    kind: Literal["radial"] = "radial"
    inner: str
    outer: str
    at: Point = (640, 360)
    radius: float = 0.95
    power: float = 1.0


class Linear(Layer):
    """A straight gradient; ``angle`` 0 runs to the right, 90 down."""

    kind: Literal["linear"] = "linear"
    colours: tuple[str, ...]
    angle: float = 90


class Painting(Layer):
    """A painted subject as the ground, its main thing ``aim`` (0..1) of the way across.

    ``zoom`` is how much nearer it is seen than whole (a scene or a place, no single object).
    ``light`` is the palette it is painted in (see ``colour.Palette.of``); ``None`` is its own.
    ``bare`` leaves out what would stand in its middle, as something else stands there.
    ``half``: it fills that half of a comparison (see ``Split``), its middle in the middle of that.
    """

    kind: Literal["painting"] = "painting"
    subject: str
    seed: int = 0
    aim: float = 0.5
    zoom: float = 1.0
    light: dict[str, str] | None = None
    bare: bool = False
    half: Literal["left", "right"] | None = None


class Sunburst(Layer):
    """Rays from ``at`` in two colours, put on as soft light unless ``solid``."""

    kind: Literal["sunburst"] = "sunburst"
    colours: tuple[str, str]
    at: Point
    rays: int = 24
    turn: float = 0.1
    strength: float = 0.9
    solid: bool = False


class Halftone(Layer):
    """Printer's dots that grow with the distance from ``at``."""

    kind: Literal["halftone"] = "halftone"
    colour: str
    at: Point
    step: float = 20
    near: float = 0.45
    far: float = 1.25
    angle: float = 20
    strength: float = 0.35


class Slashes(Layer):
    """Slanted bars: (x at the top, width, colour, opacity) each."""

    kind: Literal["slashes"] = "slashes"
    bars: tuple[tuple[float, float, str, float], ...]
    lean: float = 240


class Wedge(Layer):
    """A flat field on one side of a slanted line, with an edge of its own colour."""

    kind: Literal["wedge"] = "wedge"
    colour: str
    side: Literal["left", "right"]
    top: float
    bottom: float
    edge: str | None = None
    edge_width: float = 0
    opacity: float = 1.0


class Grid(Layer):
    """Fine lines, ``step`` apart."""

    kind: Literal["grid"] = "grid"
    colour: str
    step: float = 64
    strength: float = 0.3


class Wash(Layer):
    """Everything goes ``strength`` of the way to ``colour``; or, ``multiply``, is dyed by it."""

    kind: Literal["wash"] = "wash"
    colour: str
    strength: float
    multiply: bool = False


class Scrim(Layer):
    """A colour that covers one side, from full at the edge to nothing at ``reach`` (0..1)."""

    kind: Literal["scrim"] = "scrim"
    colour: str
    side: Literal["left", "right", "top", "bottom"]
    reach: float = 0.6
    strength: float = 0.85
