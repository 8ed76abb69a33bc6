"""Presets: styles as data, one file each. To add one, add its file.

A preset's layers name colours by their role in the palette (``$ground``, ``$accent``) and
places by who stands there (``$hero``); the planner fills these in.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from thumbnb.render.scene import Type  # noqa: TC001 - pydantic reads it

Recipe = tuple[dict[str, Any], ...]
"""Layers still to be filled in."""


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Headline(_Data):
    """How a headline is set; see ``setting.Style``."""

    face: Type
    upper: bool = True
    justify: bool = True
    ratio: float = 1.8
    gap: float = 0.22
    track: float = 0.0
    max_lines: int = 3
    most: float = 300
    """The tallest capital (units): some styles want air."""


class Label(_Data):
    """The second voice: chips and small lines."""

    face: Type
    upper: bool = True
    plate: str | None = "$plate"
    ink: str = "$ink"
    radius: float = 0.25
    slant: float = 0.0
    track: float = 0.0


class Voice(_Data):
    """One way to speak: effects of the letters (``scene.Effects``), perhaps another face."""

    effects: dict[str, Any]
    face: Type | None = None


class Preset(_Data):
    """A style.

    ``palettes``: the first is its signature, variations go on through the list. Of its colours
    ``ground`` and ``deep`` are the background's middle and edge, ``glow`` its light, ``ink`` the
    letters, ``accent`` the one that stands out, ``plate`` what words are put on, ``line`` what
    they are outlined with.
    ``voices``: effects of the letters, likewise. ``layouts``: families of the planner.
    ``ground``: layers painted where no place is asked for; ``over``: what is put over a
    painting or an image; ``last``: over everything but the words.
    ``person``: how people are shown.
    ``backs``: what stands behind a person when the prompt names a place. ``paints``: whether
    a painted subject fills the frame or stands on a card. ``avoid``: what does not fill the
    frame where anything else can. ``devices``: burst, arrow, rules.
    """

    key: str
    order: int
    name: str
    emoji: str
    category: str
    version: int
    description: str
    place: str
    feeling: str
    mood: str
    """What is shown where the prompt leaves these open."""
    example: str
    palettes: tuple[dict[str, str], ...]
    layouts: tuple[str, ...]
    rows: tuple[float, float] = (44, 676)
    """Words stand between these heights (units)."""
    headline: Headline
    label: Label
    voices: tuple[Voice, ...]
    ground: Recipe
    other_ground: Recipe = ()
    """Another pattern, for every other variation."""
    over: Recipe = ()
    panel: Recipe = ()
    """Paper laid under words that stand beside an image or a painting."""
    last: Recipe = ()
    backs: Literal["painting", "ground"] = "painting"
    person: dict[str, Any] = {}
    person_grade: dict[str, Any] = {}
    avoid: tuple[Literal["image", "painting", "ground", "other"], ...] = ()
    face_width: float = 228
    card: dict[str, Any] = {}
    paints: Literal["full", "card"] = "full"
    split: bool = False
    devices: tuple[str, ...] = ()


@cache
def _load() -> dict[str, Preset]:
    folder = files("thumbnb.render.presets")
    found = []
    for entry in folder.iterdir():
        if entry.name.endswith(".toml"):
            data = tomllib.loads(entry.read_text("utf-8"))
            found.append(Preset(key=entry.name.removesuffix(".toml"), **data))
    return {p.key: p for p in sorted(found, key=lambda p: p.order)}


class _Presets(Mapping[str, Preset]):
    """All presets by key, read when first looked at."""

    def __getitem__(self, key: str) -> Preset:
        return _load()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(_load())

    def __len__(self) -> int:
        return len(_load())


PRESETS: Mapping[str, Preset] = _Presets()
