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
        "neutral",
        "happy",
        "excited",
        "surprised",
        "scared",
        "serious",
        "angry",
        "worried",
        "sad",
        "confident",
        "crying",
        "disgusted",
        "evil",
        "tired",
        "asleep",
    ] = "happy"
    clothes: Literal[
        "casual", "professional", "sporty", "elegant", "streetwear", "medical", "laboratory",
        "chef", "police", "pilot", "firefighter", "builder", "mechanic", "farmer", "lumberjack",
        "soldier", "judge", "monk", "wizard", "witch", "king", "knight", "viking", "legionary",
        "samurai", "ninja", "pirate", "cowboy", "detective", "thief", "prisoner", "astronaut",
        "santa", "graduate", "superhero", "sleeveless",
        "clown", "vampire", "plague doctor", "bride", "caveman", "pharaoh", "diver", "boxer",
        "painter", "barista", "waiter", "footballer", "racer", "nurse", "devil", "elf", "magician",
        "ranger", "general", "beekeeper", "surgeon", "referee",
    ] = "casual"  # fmt: skip
    """What is worn: a style, or a costume with its hat."""
    cloth: str = "#3d6bff"
    young: bool = False
    """A child: drawn smaller beside others."""
    build: float = 1.0
    """How broad the shoulders are: 0.84 thin, 1.2 strong."""
    lashes: bool | None = None
    """Whether the eyes have long lashes; None where the hair tells."""
    hat: str = ""
    """A hat of ``figures.hats`` by its name; empty for that of the costume."""
    worn: tuple[str, ...] = ()
    """Accessories by their names in ``figures.accessories``, and the barbell that is lifted."""
    sex: Literal["", "male", "female"] = ""
    """What a face and a body read as; empty for what hair and clothes say."""
    old: bool = False
    beard: Literal["", "stubble", "full", "moustache", "goatee", "long"] = ""
    physique: Literal["", "thin", "muscular", "heavy", "pregnant"] = ""
    garment: Literal[
        "hoodie", "t-shirt", "sweater", "shirt", "checked shirt", "jacket", "bomber", "blouse",
        "dress",
    ] = "hoodie"  # fmt: skip
    """What casual clothes are."""
    silhouette: bool = False
    """Whether only a dark shape is seen of somebody, with light on its edges."""
    from_behind: bool = False
    """Whether somebody is seen from behind, looking into the image."""
    turn: float = 0.0
    """Where the face turns: -1 to the left, 1 to the right."""
    nod: float = 0.0
    """The same up (-1) and down."""
    gaze: tuple[float, float] = (0.0, 0.0)
    """Where the eyes look, beside where the face turns: across and down, -1 to 1."""
    tilt: float = 0.0
    """How far the head is tilted, in degrees anticlockwise."""
    lean: float = 0.0
    """How far the body leans to the left, in degrees."""
    gesture: Literal[
        "rest", "hold", "point", "up", "cheeks", "thumb", "thumbs", "wave", "cheer", "surrender",
        "crossed", "think", "facepalm", "shrug", "head", "hips", "flex", "box", "salute", "hush",
        "pray", "welcome", "selfie", "type", "drive", "hug", "strum", "belly", "call", "dance",
        "speak", "surf", "skate", "lotus", "tree", "run", "jump", "throw", "drop", "punch", "nose",
        "walk", "push", "pull", "carry", "attack", "kneel", "sit", "dig", "climb", "hang", "fall",
        "lie", "cut", "sleep", "work", "swing",
        "shout", "reel", "cower", "gasp", "stand", "hurl", "ride", "perch", "raise", "spread",
        "kick", "dive", "pullup", "squat", "deadlift", "weigh", "ski", "snowboard", "dunk",
        "plank", "ballet", "glide", "float", "finish", "soar",
    ] = "rest"  # fmt: skip
    """What the hands do, on the side of ``reach``: a pose of ``figures.poses``."""
    reach: Literal["left", "right"] = "left"
    raised: float = 0.0
    """How much higher a hand is that holds something, of a face 176 wide."""


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
    mirrored: bool = False
    """Left and right of the image are exchanged; ``face`` is where it is then."""
    seen_to: float | None = None
    """How far down (units) it is seen: what is lower is hidden by what stands before it."""
    finish: Finish = Finish()
    enhance: float = 0.0
    ground: float = 0.0
    """How strong the shadow is on the ground that the feet of somebody whole are on, 0..1."""
    grade: Grade | None = None
    ambient: float = 0.0
    """How much of the light of what lies behind falls on the person, 0..1."""
    light: str | None = None
    """The colour of that light, known once the background is painted."""


class Fingers(Layer):
    """The fingers of a hand over the edge of what it holds, their middle ``at`` a point.

    ``face_width`` (units) tells their size; ``reach`` is the side that the arm reaches to.
    """

    kind: Literal["fingers"] = "fingers"
    at: Point
    face_width: float
    skin: int = 0
    glove: str = ""
    """The colour of a glove (``#rrggbb``); empty for bare hands."""
    reach: Literal["left", "right"] = "left"
    grade: Grade | None = None
    ambient: float = 0.0
    light: str | None = None
