"""An illustration: a drawing's file with its metadata."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args

from thumbnb.render.svg_files import ENDING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

Side = Literal["left", "right", "front"]
"""Which way an object faces in its own image."""

Source = Literal["drawn", "twemoji"]

LANGUAGES = ("en", "de", "es", "fr", "pt")
"""The languages that every drawing of ours is named in."""

COLOUR = re.compile(r"#[0-9a-f]{6}\Z")

_METADATA = re.compile(r"<metadata>(.*?)</metadata>(.*)</svg>", re.DOTALL)
_FIELDS = {"words", "also", "stands", "faces", "finish", "slots", "fixed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Illustration:
    """An image of one object, not yet drawn.

    ``words`` are the names that mean this object and no other, ``also`` those it shares, by
    language; ``label`` is the first English one. ``slots`` are the colours that a caller may
    replace (``#rrggbb``, the main one first), ``fixed`` those it may not. ``stands`` says that
    it rests on a ground, ``finish`` that its rim is lit (off for smoke, glass and flames).
    """

    name: str
    source: Source
    path: Traversable
    words: Mapping[str, tuple[str, ...]]
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    slots: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    stands: bool = False
    faces: Side = "front"
    finish: bool = True

    @property
    def label(self) -> str:
        """What to call it in English."""
        return self.words["en"][0]

    def coloured(self, colours: Mapping[str, str] | str | None) -> dict[str, str]:
        """Return all colours by their names, those of ``colours`` in their slots.

        A single ``#rrggbb`` replaces the main colour. ``ValueError`` names an unknown slot
        and a colour that is not ``#rrggbb``.
        """
        if isinstance(colours, str):
            colours = {next(iter(self.slots)): colours} if self.slots else {}
        chosen = {slot: colour.lower() for slot, colour in (colours or {}).items()}
        for slot, colour in chosen.items():
            if slot not in self.slots:
                raise ValueError(f"{self.name} has no colour {slot!r}: {', '.join(self.slots)}")
            if not COLOUR.match(colour):
                raise ValueError(f"{slot} of {self.name} is {colour!r}, not #rrggbb")
        return {**self.fixed, **self.slots, **chosen}


def parse(path: Traversable) -> Illustration:
    """Read what a drawing of ours says of itself; ``ValueError`` tells what is wrong with it."""
    metadata, _ = split(path.read_text("utf-8"))
    unknown = set(metadata) - _FIELDS
    if unknown:
        raise ValueError(f"{path.name}: unknown metadata {sorted(unknown)}")
    faces = metadata.get("faces", "front")
    if faces not in get_args(Side):
        raise ValueError(f"{path.name}: faces {faces!r}, not one of {get_args(Side)}")
    colours = {**metadata.get("slots", {}), **metadata.get("fixed", {})}
    for slot, colour in colours.items():
        if not COLOUR.match(str(colour)):
            raise ValueError(f"{path.name}: {slot} is {colour!r}, not #rrggbb in lower case")
    return Illustration(
        name=path.name.removesuffix(ENDING),
        source="drawn",
        path=path,
        words=_listed(path, metadata.get("words", {})),
        also=_listed(path, metadata.get("also", {})),
        slots=metadata.get("slots", {}),
        fixed=metadata.get("fixed", {}),
        stands=metadata.get("stands", False) is True,
        faces=faces,
        finish=metadata.get("finish", True) is True,
    )


def split(text: str) -> tuple[dict[str, Any], str]:
    """Split a drawing's file into its metadata and the elements that are drawn."""
    found = _METADATA.search(text)
    if found is None:
        raise ValueError("no <metadata> before the drawing")
    return tomllib.loads(found[1]), found[2]


def _listed(path: Traversable, words: Any) -> dict[str, tuple[str, ...]]:
    """Take ``"dog, golden retriever"`` apart, for each language."""
    if not isinstance(words, dict) or not all(isinstance(v, str) for v in words.values()):
        raise ValueError(f"{path.name}: words are texts by language, separated by commas")
    return {
        language: tuple(word.strip() for word in text.split(",") if word.strip())
        for language, text in words.items()
    }
