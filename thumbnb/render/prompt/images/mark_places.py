"""Where on a photo a prompt wants an arrow or a circle: a corner, a side, a face."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from thumbnb.render.colour.names import colours_by_word


@dataclass(frozen=True, slots=True)
class MarkPlace:
    """A place: ``across`` -1 left to 1 right, ``down`` -1 top to 1 bottom; of what.

    ``look`` is how a part looks that has to be looked for: "dark", "bright", or a colour's name.
    """

    what: Literal["corner", "side", "face", "look"]
    across: int = 0
    down: int = 0
    look: str = ""


_MARKED = re.compile(
    r"\b(?P<mark>arrows?|circle|ring|circled|highlight)\b\s+(?:is\s+|that\s+)?"
    r"(?:(?:(?:point(?:s|ing)?|drawn)\s+)?(?:at|to|towards?|on|around|over|in)\s+|"
    r"(?=(?:the|this|that|its|my|his|her)\s))(?P<words>[^,;.!?\n@]+)",
    re.IGNORECASE,
)
_ACROSS = {"left": -1, "right": 1, "links": -1, "rechts": 1, "izquierda": -1, "derecha": 1}
_DOWN = {"top": -1, "upper": -1, "bottom": 1, "lower": 1, "oben": -1, "unten": 1}
_FACE = frozenset(
    {"face", "faces", "head", "eye", "eyes", "forehead", "nose", "gesicht", "cara", "visage"}
)
_CORNER = frozenset({"corner", "ecke", "esquina", "coin"})


_DARK = frozenset({"dark", "darker", "darkest", "black", "shadow", "shadowy", "hole", "dunkle"})
_BRIGHT = frozenset(
    {
        "bright", "brightest", "glowing", "shining", "shiny", "light", "lights", "lamp", "sun",
        "moon", "white", "glow", "lit", "spark", "helle", "galaxy", "star", "comet", "meteor",
    }
)  # fmt: skip


def _look(words: list[str]) -> str:
    """Return how the part looks that words are about: "dark", "bright", the name of a colour."""
    for word in words:
        if word in _DARK:
            return "dark"
        if word in _BRIGHT:
            return "bright"
        if names := colours_by_word().get(word, ()):
            return names[0]
    return ""


def mark_place(prompt: str, mark: Literal["arrow", "circle"]) -> MarkPlace | None:
    """Return where a mark is wanted; None where that is not said: at the main thing."""
    for found in _MARKED.finditer(prompt):
        if (found["mark"].casefold().removesuffix("s") == "arrow") != (mark == "arrow"):
            continue
        words = re.split(r"\band\b|\bwith\b", found["words"].casefold())[0]
        said = re.findall(r"[\w'-]+", words)[:6]
        if found["mark"].casefold() == "circled" and {*said[:2]} & {*colours_by_word()}:
            # "One galaxy circled in red": what is circled stands before it.
            said = re.findall(r"[\w'-]+", re.split(r"[,;.!?\n@]", prompt[: found.start()])[-1])[-3:]
            said = [word.casefold() for word in said]
        across = next((_ACROSS[word] for word in said if word in _ACROSS), 0)
        down = next((_DOWN[word] for word in said if word in _DOWN), 0)
        if _CORNER & {*said}:
            return MarkPlace("corner", across or (0 if down else -1), down or -1)
        if _FACE & {*said}:
            return MarkPlace("face")
        if across or down:
            return MarkPlace("side", across, down)
        if look := _look(said):
            return MarkPlace("look", look=look)
    return None
