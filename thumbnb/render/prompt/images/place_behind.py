"""The place that somebody in a photo is to be seen before: "@image1 in front of Mars"."""

from __future__ import annotations

import re

from thumbnb.render.prompt.images.photo_words import CLAUSES
from thumbnb.render.prompt.place_names import join_place_names
from thumbnb.render.prompt.places import PLACES
from thumbnb.render.prompt.words.folded_words import folded_words
from thumbnb.render.prompt.words.lexicon import matches
from thumbnb.text import image_tokens

_STANDS = (
    r"\A\)?\s*(?:(?:is|are|who\s+is)\s+)?"
    r"(?:(?:stand|pos|sit|smil|walk|run|float|fly|look|wav)(?:s|ing)\s+)?"
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
    if said := _AS_BACKGROUND.search(prompt):
        words = folded_words(join_place_names(said["place"]))
        places = [name for name in matches("subjects", words) if name in PLACES]
        if places:
            return number, places[0]
    for pattern, known in patterns:
        if said := pattern.match(after):
            phrase = CLAUSES.split(after[said.start("at") :])[0]
            places = [
                name
                for name in matches("subjects", folded_words(join_place_names(phrase)))
                if name in known
            ]
            if places:
                # Of space, the moon says more.
                return number, next((name for name in places if name != "space"), places[0])
    return None
