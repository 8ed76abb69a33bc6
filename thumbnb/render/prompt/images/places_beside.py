"""The places that a prompt puts new things and people in, beside its photos."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thumbnb.render.prompt.images.photo_words import (
    SET_APART,
    is_in_clause_of_photo,
    is_introduced,
)
from thumbnb.text import image_tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_PLACED_IN = re.compile(
    r"\b(?:in|inside|at|on|into|through)\s+(?:(?:a|an|the|some|my)\s+)?(?:[\w'-]+\s+){0,1}?"
    r"(?P<place>[\w'-]+)",
    re.IGNORECASE,
)


def places_beside_photos(
    prompt: str, words: Sequence[str], is_place: Callable[[str], bool]
) -> tuple[str, ...]:
    """Return the places that something new beside a photo is said to be in: "a chest in a cave".

    ``words`` name things and people. A photo that fills the frame keeps its own place.
    """
    new = [
        at.end()
        for word in words
        for at in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", prompt)
        if any(image_tokens.find(prompt[: at.start()]))
        and not is_in_clause_of_photo(prompt, at.start(), at.end())
    ]
    new += [
        at.end()
        for word in words
        for at in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", prompt)
        if is_introduced(prompt, at.start(), at.end())
        or SET_APART.search(re.split(r"[,;.!?\n]", prompt[: at.start()])[-1])
    ]
    found = [
        at["place"]
        for end in new
        if (at := _PLACED_IN.match(prompt, end + (prompt[end : end + 1] == " ")))
        and is_place(at["place"])
        and any(image_tokens.find(prompt[:end]))
    ]
    return tuple(dict.fromkeys(found))
