"""A thing that a prompt names, with all that the prompt says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from thumbnb.render.objects.vocabulary.thing_kinds import AIRBORNE, IN_GROUND

Spread = Literal["", "crowd", "pile", "floor", "air", "filled", "wall"]
"""Many of one thing: a crowd with depth, a pile, scattered on what lies below, in the air, a pool
full of them."""


@dataclass(frozen=True, slots=True)
class NamedThing:
    """A thing to be drawn: the object's ``name``, the ``word`` that names it, how many, its colour.

    ``colour`` is the name of a colour in the lexicon, None for the object's own; ``extra`` is
    what only goes with another thing, as fries with a burger; ``listed`` what a list of three
    or a number names.
    """

    name: str
    word: str
    count: int = 1
    colour: str | None = None
    extra: bool = False
    listed: bool = False
    text: str = ""
    """What is written on it: the amount on a price tag."""
    state: str = ""
    """What it has gone through, as ``ObjectLayer`` names it: "burning", "cracked"."""
    price: str = ""
    """What its price tag shows."""
    reading: str = ""
    """What it shows: "-50\u00b0" on a thermometer."""
    size: Literal["", "huge", "tiny"] = ""
    behind: bool = False
    """Whether it stands behind somebody, or behind what is named before it."""
    between: bool = False
    """Whether it is between two others: "a bolt between them"."""
    spread: Spread = ""
    """How many of it are spread: as a crowd, a pile, on the floor, in the air."""
    base: str = ""
    """The drawing that it is on, in, or worn by, as ``how`` says."""
    how: Literal["", "on", "in", "worn", "above"] = ""

    in_sky: bool = False
    """Whether it is said to be in the sky: "the earth above them"."""

    @property
    def flies(self) -> bool:
        """Whether it is in the sky: what crashed lies on the ground."""
        return self.in_sky or (self.name in AIRBORNE and self.state not in IN_GROUND)

    @property
    def described(self) -> str:
        """The word with the state: "cracked phone"."""
        return f"{self.state} {self.word}".strip()
