"""The place that somebody in a photo is to be seen before: "@image1 in front of Mars"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thumbnb.render.prompt.images.photo_words import CLAUSES
from thumbnb.render.prompt.places.painted_places import PLACES
from thumbnb.render.prompt.places.place_names import join_place_names
from thumbnb.render.prompt.words.folded_words import folded_words
from thumbnb.render.prompt.words.lexicon import matches
from thumbnb.text import image_tokens

if TYPE_CHECKING:
    from collections.abc import Container

_STANDS = (
    r"\A\)?\s*(?:(?:is|are|who\s+is)\s+)?"
    r"(?:(?:stand|pos|sit|smil|walk|run|float|fly|look|wav|scream|shout|yell|laugh|cry|point|drift)"
    r"(?:s|es|ing)\s+|(?:cut\s+out|on\s+the\s+(?:left|right)(?:\s+side)?|looking\s+\w+|(?:big|large|huge),?)\s+){0,3}"
)
_BEFORE = re.compile(
    _STANDS + r"(?P<at>in\s+front\s+of)\s+(?!it\b|him\b|her\b|them\b|me\b)", re.IGNORECASE
)
"""What stands between somebody photographed and what is behind them."""

_WITHIN = re.compile(_STANDS + r"(?P<at>on|in|at|inside)\s+", re.IGNORECASE)

_NOT_PHOTOGRAPHED = frozenset({"mars", "moon", "space"})
"""Places that nobody's photo was taken in."""


_TAKEN = re.compile(
    r"\b(?:from|out\s+of|put|place|drop|move|send|teleport|paste|transport|cut\s+out)\s+"
    r"(?:(?:the|my|this)\s+)?(?:[\w'-]+\s+){0,2}?(?:from\s+)?\(?\Z",
    re.IGNORECASE,
)
"""What stands before an @imageN of which only the subject is wanted."""

_SOMEWHERE = re.compile(
    r"[^,;.!?\n]*?\b(?P<at>(?:on|in|at|inside|into|onto|through|across)\s+"
    r"(?:(?:a|an|the|some)\s+)?(?=\w))",
    re.IGNORECASE,
)


def _is_taken_out(before: str) -> bool:
    """Whether words before an @imageN want its subject only, or say nothing of what it shows."""
    clause = re.split(r"[,;.!?\n]", before)[-1]
    return bool(_TAKEN.search(before)) or not re.search(r"\w", clause)


_AS_BACKGROUND = re.compile(
    r"(?:\A|[,;.]|\b(?:with|on|in|against|before)\s+(?:an?|the)\s)\s*(?P<place>(?:[\w'-]+\s+){1,3}?)"
    r"(?:background|backdrop|hintergrund)\b",
    re.IGNORECASE,
)
"""A place that is wanted behind who is in a photo: "galaxy background"."""


_AT_BACK = re.compile(
    r"\bbehind\s+(?:her|him|me|them|it)\b[,:]?\s+(?:(?:is|stands|lies|rises)\s+)?"
    r"(?P<place>(?:an?|the|some|my)\s+[^,;.!?\n@]+)|"
    r"(?:\bwith|\band|,)\s+(?P<before>(?:an?|the|some|my)\s+[^,;.!?\n@]{3,60}?)\s+behind\s+"
    r"(?:her|him|me|them)\b",
    re.IGNORECASE,
)
"""A place said to be behind who is in a photo: "behind him a courtroom", "a sea behind her"."""

_HEAVENS = re.compile(
    r"\b(?:starry|stars|star\s?field|galax(?:y|ies)|milky\s+way|cosmos|universe|nebulae?)\b",
    re.IGNORECASE,
)
"""What stands for space, whatever sky is named with it."""

_BOARD = re.compile(r"\b(?:black|chalk|white)\s?board\b", re.IGNORECASE)
"""What stands for a classroom."""

_STARS = re.compile(_HEAVENS.pattern + r"|\bspace\b", re.IGNORECASE)

_AS_GROUND = {"code": "code-rain"}
"""What is painted behind somebody for a subject that is no place."""


def _places_in(phrase: str, known: Container[str]) -> list[str]:
    """Return the known places that a phrase names, what says more before space and the sky."""
    names = [
        _AS_GROUND.get(name, name)
        for name in matches("subjects", folded_words(join_place_names(phrase)))
    ]
    if _HEAVENS.search(phrase) and "space" not in names:
        names.append("space")
    if _BOARD.search(phrase):
        names.append("classroom")
    places = [name for name in dict.fromkeys(names) if name in known]
    vague = {"sky", "space"} if len(places) > 1 else set()
    return (
        [name for name in places if name not in vague]
        or [name for name in places if name == "space"]
        or places
    )


def place_behind(prompt: str) -> tuple[int, str] | None:
    """Return the number of the one image whose person is put before a place, and the place."""
    tokens = list(image_tokens.find(prompt))
    if len(tokens) != 1:
        return None
    number, _, end = tokens[0]
    after = prompt[end:]
    patterns = [(_BEFORE, PLACES), (_WITHIN, _NOT_PHOTOGRAPHED)]
    if _is_taken_out(prompt[: tokens[0][1]]):
        patterns.append((_SOMEWHERE, PLACES))
    if (said := _AS_BACKGROUND.search(prompt)) and (places := _places_in(said["place"], PLACES)):
        return number, places[0]
    if (said := _AT_BACK.search(prompt)) and (
        places := _places_in(said["place"] or said["before"], PLACES)
    ):
        # A planet behind somebody among the stars is a globe.
        among_stars = {*places} & {"mars", "moon"} and _STARS.search(prompt)
        return number, "space" if among_stars else places[0]
    for pattern, known in patterns:
        if said := pattern.match(after):
            phrase = CLAUSES.split(after[said.start("at") :])[0]
            if places := _places_in(phrase, known):
                return number, places[0]
    return None


_BURNING = re.compile(r"\b(?:burning|on\s+fire|in\s+flames|ablaze|exploding)\b", re.IGNORECASE)


def burns_behind(prompt: str) -> bool:
    """Whether the place that somebody photographed is put before burns."""
    tokens = list(image_tokens.find(prompt))
    said = _BEFORE.match(prompt[tokens[0][2] :]) if len(tokens) == 1 else None
    if not said or not place_behind(prompt):
        return False
    return bool(_BURNING.search(CLAUSES.split(prompt[tokens[0][2] + said.end() :])[0]))
