"""Poses that prompts say: what people do with their arms, and where they look."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from thumbnb.render.objects.vocabulary.words import fold


def find_pose(text: str) -> str:
    """Return the pose that a text gives somebody, as ``Figure.gesture`` names it; else "".

    >>> find_pose("a chef with his arms crossed in a kitchen")
    'crossed'
    """
    return _find("poses", text)


def find_look(text: str) -> str:
    """Return where people in a text look: "viewer", "up", "down", "thing"; else "".

    >>> find_look("a woman watching a volcano")
    'thing'
    """
    return _find("looks", text)


@cache
def mood_of_pose(pose: str) -> str | None:
    """Return what somebody feels in a pose, as ``Figure.expression`` names it, if it says so."""
    text = files("thumbnb.render.prompt.people").joinpath("poses.toml").read_text("utf-8")
    moods: dict[str, str] = tomllib.loads(text)["moods"]
    return next((mood for mood, poses in moods.items() if pose in poses.split()), None)


_KEPT = frozenset({"box", "type", "drive", "selfie", "strum", "surf", "skate", "call", "speak"})
"""Poses whose words name things and places too: a boxing ring, a laptop, a desk."""


def blank_poses(text: str) -> str:
    """Return a text with spaces in place of what says a pose; all else keeps its place.

    A hand on a chin is nothing that is drawn beside somebody.
    """
    folded = fold(text)
    if len(folded) != len(text):
        return text
    seen_by = (each for each in _patterns("looks") if each[0] == "viewer")
    for name, said in (*_patterns("poses"), *seen_by):
        if name not in _KEPT:
            for found in said.finditer(folded):
                text = text[: found.start()] + " " * len(found[0]) + text[found.end() :]
    return text


_FLEEING = re.compile(
    r"\b(?:(?:run(?:s|ning)?|flee(?:s|ing)?|escap(?:es|ing))\s+(?:away\s+)?from|running\s+away|"
    r"fleeing|chased\s+by|huyendo|fuyant|flieht|fugindo)\b"
)


def is_fleeing(text: str) -> bool:
    """Whether somebody in a text runs away from something."""
    return bool(_FLEEING.search(fold(text)))


def _find(part: str, text: str) -> str:
    folded = fold(text)
    return next((name for name, said in _patterns(part) if said.search(folded)), "")


@cache
def _patterns(part: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return each name of a part of the table with what finds its phrases, in their order."""
    text = files("thumbnb.render.prompt.people").joinpath("poses.toml").read_text("utf-8")
    found = []
    for name, line in tomllib.loads(text)[part].items():
        phrases = sorted((phrase.strip() for phrase in line.split(",")), key=len, reverse=True)
        said = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in phrases)
        found.append((name, re.compile(rf"\b(?:{said})\b")))
    return tuple(found)
