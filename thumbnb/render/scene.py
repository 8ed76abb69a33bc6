"""A scene: what lies where, back to front, as plain data. Painting it gives the picture.

Lengths are units of a sheet of 1280x720, colours ``#rrggbb``, angles degrees, so a
scene holds for every size. ``Scene.model_dump()`` is JSON-able, ``model_validate`` its inverse.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""x, y, width, height."""


class Layer(BaseModel):
    """One thing that is painted over what is already there."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# ---- grounds


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

    ``light`` is the palette it is painted in (see ``colour.Palette.of``); ``None`` is its own.
    """

    kind: Literal["painting"] = "painting"
    subject: str
    seed: int = 0
    aim: float = 0.5
    light: dict[str, str] | None = None


class Picture(Layer):
    """An image that fills the frame, its ``focus`` (0..1 of it) brought to ``aim`` of the frame.

    ``cut`` shows only the person in it, over what is there: sharp before a blurred ground.
    """

    kind: Literal["picture"] = "picture"
    image: str
    focus: Point = (0.5, 0.5)
    aim: Point = (0.5, 0.5)
    zoom: float = 1.0
    cut: bool = False


# ---- treatments of everything painted so far


class Blur(Layer):
    """Out of focus, 0..100 as the eye takes it."""

    kind: Literal["blur"] = "blur"
    amount: float


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


class Wash(Layer):
    """Everything goes ``strength`` of the way to ``colour``; or, ``multiply``, is dyed by it."""

    kind: Literal["wash"] = "wash"
    colour: str
    strength: float
    multiply: bool = False


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


class Sharpen(Layer):
    """Crisper edges (``fine``) and more local contrast (``wide``), in percent."""

    kind: Literal["sharpen"] = "sharpen"
    fine: float = 55
    wide: float = 16


# ---- patterns and light


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


class Mist(Layer):
    """Clouds of light (or, ``dark``, of shade) from ``top`` down to the lower edge."""

    kind: Literal["mist"] = "mist"
    colour: str
    seed: int = 0
    top: float = 250
    cell: float = 320
    strength: float = 0.6
    dark: bool = False


class Bokeh(Layer):
    """Discs of light out of focus."""

    kind: Literal["bokeh"] = "bokeh"
    colours: tuple[str, ...]
    seed: int = 0
    count: int = 40
    least: float = 8
    most: float = 56
    strength: float = 0.4


class Sparks(Layer):
    """Embers, dust or snow: small glowing points, streaked by ``streak``."""

    kind: Literal["sparks"] = "sparks"
    colours: tuple[str, ...]
    seed: int = 0
    count: int = 90
    size: float = 3.0
    streak: float = 0.0
    strength: float = 0.8


class Rays(Layer):
    """Shafts of light falling from ``at``."""

    kind: Literal["rays"] = "rays"
    colour: str
    at: Point
    seed: int = 0
    strength: float = 0.4


class Glow(Layer):
    """A lamp: light of ``colour`` around ``at``, ``radius`` units wide."""

    kind: Literal["glow"] = "glow"
    colour: str
    at: Point
    radius: float
    strength: float = 0.8


class Scrim(Layer):
    """A colour that covers one side, from full at the edge to nothing at ``reach`` (0..1)."""

    kind: Literal["scrim"] = "scrim"
    colour: str
    side: Literal["left", "right", "top", "bottom"]
    reach: float = 0.6
    strength: float = 0.85


class Vignette(Layer):
    """Darker corners."""

    kind: Literal["vignette"] = "vignette"
    strength: float = 0.5
    at: Point = (640, 360)


class Grain(Layer):
    """Film grain."""

    kind: Literal["grain"] = "grain"
    strength: float = 0.02
    seed: int = 0


class Bars(Layer):
    """The black bars of a film, above and below."""

    kind: Literal["bars"] = "bars"
    height: float = 58


class Tape(Layer):
    """Hazard tape across the picture, its middle at height ``y``."""

    kind: Literal["tape"] = "tape"
    colours: tuple[str, str]
    y: float
    height: float = 34
    turn: float = 0.0


class Frame(Layer):
    """A line around the picture."""

    kind: Literal["frame"] = "frame"
    colour: str
    width: float = 10
    inset: float = 0


# ---- who and what stands in front


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
    expression: Literal["neutral", "happy", "excited", "surprised", "serious", "confident"] = (
        "happy"
    )
    clothes: Literal["casual", "professional", "sporty", "elegant", "streetwear"] = "casual"
    cloth: str = "#3d6bff"


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


class Card(Layer):
    """A picture in a frame of its own: rounded, a square or a disc. An image, or a painting."""

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
    glow: str | None = None
    glow_width: float = 60
    shadow: float = 0.7
    grade: Grade | None = None
    enhance: float = 0.0
    face: Box | None = None
    """A face in the image, in its pixels, for ``enhance``."""


class Split(Layer):
    """Cut what is painted so far in two along a slanted line: before and after.

    The left half is graded ``dull``, the right ``bright``, or shows the image ``after``.
    """

    kind: Literal["split"] = "split"
    after: str | None = None
    focus: Point = (0.5, 0.5)
    top: float = 735
    bottom: float = 545
    dull: Grade
    bright: Grade
    line: str = "#ffffff"
    line_width: float = 22


# ---- words and devices


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

    ``secured``: its contrast with what lies behind was measured, and made good.
    """

    kind: Literal["words"] = "words"
    lines: tuple[SetLine, ...]
    face: Type
    track: float = 0.0
    effects: Effects = Effects()
    veil: float = 0.0
    veil_colour: str = "#000000"
    secured: bool = False


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


class Rule(Layer):
    """A short straight line, as printers set them."""

    kind: Literal["rule"] = "rule"
    box: Box
    colour: str


class Arrow(Layer):
    """A bent arrow from ``start`` to ``end``."""

    kind: Literal["arrow"] = "arrow"
    start: Point
    end: Point
    bend: float = 0.25
    colour: str = "#ff1e1e"
    width: float = 26
    outline: str = "#ffffff"


class Burst(Layer):
    """Short strokes around a head: surprise."""

    kind: Literal["burst"] = "burst"
    at: Point
    radius: float
    colour: str
    count: int = 11
    width: float = 12


AnyLayer = Annotated[
    Radial
    | Linear
    | Painting
    | Picture
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
    | Card
    | Split
    | Words
    | Chip
    | Rule
    | Arrow
    | Burst,
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
