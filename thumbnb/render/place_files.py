"""The drawings of places, as files: what each says of itself, and the words it is named by."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from thumbnb.render.svg_files import ENDING, svg_files

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_FOLDER = Path(__file__).parent / "subjects" / "places"
_METADATA = re.compile(r"<metadata>(.*?)</metadata>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class PlaceFile:
    """One drawing: its SVG, and what the TOML in its ``<metadata>`` says.

    ``near`` is the painted subject most like it; ``sky``, ``light``, ``land`` and ``accent`` are
    the light it is drawn in, ``hours`` those it is right for as it is. ``words``: what prompts
    call it, in five languages; empty where the lexicon has them.
    """

    name: str
    svg: str
    near: str
    sky: str
    light: str
    land: str
    accent: str
    hours: frozenset[str]
    indoors: bool = False
    weather: bool = True
    """Whether it can rain or snow there."""
    words: tuple[str, ...] = ()


@cache
def place_files() -> dict[str, PlaceFile]:
    """Read all drawings of places, by name: ``subjects/places/KIND/NAME.svg``."""
    return {place.name: place for place in map(_read, svg_files(_FOLDER))}


def places_with_words() -> frozenset[str]:
    """Return the places whose files say what prompts call them."""
    return frozenset(name for name, place in place_files().items() if place.words)


def words_of_places() -> dict[str, str]:
    """Return the place for each word, as it is looked up: "estación-de-metro", and plain too."""
    words: dict[str, str] = {}
    for place in place_files().values():
        for word in place.words:
            joined = re.sub(r"\s+", "-", word.casefold())
            plain = unicodedata.normalize("NFKD", joined)
            words["".join(c for c in plain if not unicodedata.combining(c))] = place.name
            words[joined] = place.name
    return words


def _read(path: Traversable) -> PlaceFile:
    svg = path.read_text("utf-8")
    found = _METADATA.search(svg)
    about = tomllib.loads(found[1] if found else "")
    return PlaceFile(
        name=path.name.removesuffix(ENDING),
        svg=svg,
        near=about["near"],
        sky=about["sky"],
        light=about["light"],
        land=about["land"],
        accent=about["accent"],
        hours=frozenset(about["hours"].split()),
        indoors=about.get("indoors", False),
        weather=about.get("weather", True),
        words=tuple(
            word.strip() for words in about.get("words", {}).values() for word in words.split(",")
        ),
    )
