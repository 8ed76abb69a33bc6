"""The weather that a prompt names, where its place has any."""

from __future__ import annotations

import re

from thumbnb.render.colour.names import colours_by_word
from thumbnb.render.objects.vocabulary.words import fold
from thumbnb.render.subjects import SUBJECTS, Place

_WORDS = {
    "fog": (
        r"fog|foggy|mist|misty|haze|hazy|smog|nebel\w*|neblig\w*|niebla|brouillard|brume|neblina|nevoa|"
        r"(?:thick|dense|heavy)\s+smoke|smoke[-\s]filled|smoky|(?:through|of|in)\s+(?:the\s+)?smoke"
    ),
    "lightning": r"storm\w*|thunder\w*|lightning\w*|tormenta|orage|gewitter|blitz\w*|relampago",
    "rain": (
        r"storm|stormy|thunder\w*|rain|rainy|raining|tormenta|lluvia|orage|pluie|regen\w*|chuva"
    ),
    "clouds": (
        r"storm|stormy|thunder\w*|lightning|rain|rainy|raining|overcast|gloomy|tormenta|orage|"
        r"regen\w*|gewitter|hurricane|tornado"
    ),
    "snow": r"snow|snowy|snowing|snowfall|blizzard|snowstorm|nieve|neige|schnee\w*|neve",
}

_WITHOUT_WEATHER = frozenset({"cave", "space", "underwater", "stage", "music", "sports"})
"""Places without weather."""


_DRAWN_BOLT = re.compile(
    rf"\b(?:{'|'.join(sorted(colours_by_word()))})\s+(?:\w+\s+)?(?:lightning|thunder)\s*bolts?\b|"
    r"\b(?:lightning|thunder)\s*bolts?\s+(?:\w+\s+){0,2}between\b"
)
"""A sign: no storm has a red bolt, or one between two phones."""


def weather_of(prompt: str, place: str) -> frozenset[str]:
    """Return the weather that a prompt names, where its place is under the open sky."""
    kind = SUBJECTS[place]
    if place in _WITHOUT_WEATHER or (
        issubclass(kind, Place) and (kind.indoors or not kind.weather)
    ):
        return frozenset()
    text = _DRAWN_BOLT.sub(" ", fold(prompt))
    return frozenset(name for name, words in _WORDS.items() if re.search(rf"\b(?:{words})\b", text))
