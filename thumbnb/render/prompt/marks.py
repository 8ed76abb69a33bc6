"""Marks that a prompt wants on a photo: a circle around something, a question mark."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thumbnb.render.objects.vocabulary.words import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle to be drawn around something: the ``word`` for it, the name of its colour."""

    word: str
    colour: str | None = None


_DRAWN = r"circle|ring|ellipse|oval|kreis|cercle|circulo|circolo"
_AROUND = r"around|round|over|on|um|autour|alrededor|intorno"
_CIRCLE = re.compile(
    rf"\b(?:(?P<before>[\w-]+)\s+)?(?P<word>{_DRAWN})\s+(?:is\s+|drawn\s+)?(?:{_AROUND})\b"
    rf"|\b(?P<colour>[\w-]+)\s+(?P<named>circle|ellipse)\b"
    rf"|\b(?P<done>circled|encircled)\b(?:\s+in\s+(?P<after>[\w-]+))?"
    rf"|\b(?P<what>circle|highlight)\s+(?:it|this|that|the|its|one|his|her|my)\b",
    re.IGNORECASE,
)
_NO_CIRCLE = frozenset({"full", "inner", "vicious", "whole", "crop", "half"})

QUESTION_MARK = re.compile(r"\bquestion\s+marks?\b", re.IGNORECASE)


def find_circle(prompt: str, colours: Mapping[str, Sequence[str]]) -> Circle | None:
    """Find the circle that a prompt wants drawn; ``colours`` gives the colours of a word."""
    for found in _CIRCLE.finditer(prompt):
        said = fold(found["before"] or found["colour"] or found["after"] or "")
        if said in _NO_CIRCLE or (found["named"] and said not in colours):
            continue
        word = found["word"] or found["named"] or found["done"] or found["what"]
        return Circle(word, next(iter(colours.get(said, ())), None))
    return None


def without_colour_of_circle(
    colours: Sequence[str], circle: Circle | None, prompt: str
) -> tuple[str, ...]:
    """Return the colours of a prompt but for that of a circle, where it is said only once."""
    own = circle.colour if circle else None
    once = own is not None and len(re.findall(rf"\b{re.escape(own)}\b", prompt, re.IGNORECASE)) < 2  # noqa: PLR2004
    return tuple(colour for colour in colours if not (once and colour == own))
