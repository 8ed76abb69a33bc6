"""Features of people that prompts say: beards, hair, everyday clothes, and who is a man."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from thumbnb.render.objects.vocabulary.words import fold


@dataclass(frozen=True, slots=True)
class Features:
    """What a prompt says of how people look; each empty or None where it does not.

    ``hair`` is a number of ``figures.tones``, ``style`` one of ``figures.STYLES``, ``sex``
    "male" or "female"; ``words`` say all that (folded).
    """

    beard: str = ""
    hair: int | None = None
    style: str = ""
    garment: str = ""
    sex: str = ""
    words: frozenset[str] = frozenset()


_MALE = re.compile(r"\b(?:he|him|his|himself|male|seine?|ihn)\b")
_FEMALE = re.compile(r"\b(?:she|her|herself|hers|female)\b")
_HAIR = frozenset({"hair", "haired", "pelo", "haare", "haar", "cheveux", "cabelo"})


def find_features(text: str) -> Features:
    """Find what a text says of how its people look."""
    folded = fold(text)
    words = re.findall(r"[\w-]+", folded)
    beard, said = _first("beards", words)
    hair, hair_said = _first("hair_colours", words)
    style, style_said = _first("hair_styles", words)
    garment, garment_said = _garment(folded)
    male, female = bool(_MALE.search(folded)), bool(_FEMALE.search(folded))
    return Features(
        beard,
        int(hair) if hair else None,
        style,
        garment,
        "" if male is female else "male" if male else "female",
        frozenset({said, hair_said, style_said, garment_said, *_HAIR} - {""}),
    )


def sex_of(role: str) -> str:
    """Return whom people of a role are taken for: "male", "female" or "" for either."""
    return next((by_word for word in role.split() if (by_word := _words("sexes").get(word))), "")


def beard_of(role: str) -> str | None:
    """Return the beard that people of a role have: "none" for none, None where it varies."""
    return _words("beards").get(role)


def hat_of(role: str) -> str:
    """Return the hat that people of a role are known by, as ``figures`` names it; else ""."""
    return _phrases("role_hats").get(role, "")


def pose_of(role: str) -> str:
    """Return what people of a role do with their arms, as ``Figure.gesture`` names it; else ""."""
    return _phrases("role_poses").get(role, "")


def garment_of(role: str) -> str:
    """Return the everyday clothes of a role, as ``Figure.garment`` has them; else ""."""
    return _phrases("role_garments").get(role, "")


def _first(part: str, words: list[str]) -> tuple[str, str]:
    table = _words(part)
    return next(((table[word], word) for word in words if word in table), ("", ""))


def _garment(folded: str) -> tuple[str, str]:
    found = _garments().search(folded)
    if found is None:
        return "", ""
    phrase = " ".join(found[0].split())
    return _phrases("garments")[phrase], phrase


@cache
def _data() -> dict[str, dict[str, str]]:
    text = files("thumbnb.render.prompt.people").joinpath("people.toml").read_text("utf-8")
    data: dict[str, dict[str, str]] = tomllib.loads(text)
    return data


@cache
def _words(part: str) -> dict[str, str]:
    return {word: name for name, line in _data()[part].items() for word in line.split()}


@cache
def _phrases(part: str) -> dict[str, str]:
    table = _data()[part]
    return {phrase.strip(): name for name, line in table.items() for phrase in line.split(",")}


@cache
def _garments() -> re.Pattern[str]:
    names = sorted(_phrases("garments"), key=len, reverse=True)
    return re.compile(
        r"\b(?:" + "|".join(r"\s+".join(map(re.escape, n.split())) for n in names) + r")\b"
    )
