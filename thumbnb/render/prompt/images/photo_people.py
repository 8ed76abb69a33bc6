"""The people of a prompt with photos: who is in a photo, and who is somebody else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thumbnb.render.prompt.images.photo_words import (
    ADJECTIVES,
    ENDS,
    INDEFINITE,
    INTRODUCED,
    SET_APART,
    is_in_clause_of_photo,
    is_named,
    names_photo,
)
from thumbnb.text import image_tokens

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

_SELF = frozenset(
    {
        "me", "myself", "i", "selfie", "yo", "mi", "ich", "mich", "mir", "moi", "eu", "io",
        "narrator", "presenter", "host", "youtuber",
    }
)  # fmt: skip
"""Words for who makes the film: no photo of something else shows them."""

_PICTURED = frozenset({"face", "headshot", "portrait", "selfie"})
"""Words for a photo of somebody, where they stand right before it."""

_MEETS = re.compile(
    r"[^,;.!?\n]*?(?:,\s*)?\b(?:next\s+to|beside|alongside|in\s+front\s+of|behind|holding|"
    r"(?:point|look|watch|star|react|show|present|explain|review|gaz|shout|laugh)(?:ing|e?s)|"
    r"on\s+the\s+(?:left|right))\b[^,;.!?\n]*@image\d",
    re.IGNORECASE,
)
"""What stands behind somebody who is not in a photo, but has to do with it."""

_MEETS_AFTER = re.compile(rf"(?:[^,;.!?\n@]*,\s*){{0,2}}?{_MEETS.pattern}", re.IGNORECASE)
"""The same behind what is said of them: "a gamer, terrified, in front of"."""

_IS_OBJECT = re.compile(
    r"\b(?:at|to|for|by|from|of|[a-z]{2,}ing|[a-z]{2,}(?:ks|tes|ses|ges|ves|ts)|told|gave|made|"
    r"let|lets|attack|watch|judge|scare|follow|chase|costs?|saves?|hit|bit|left|taught|sold|[a-z]{2,}ed)"
    r"\s+\Z",
    re.IGNORECASE,
)
"""What stands before "me" where something is done to whoever makes the film."""


def names_own_people(
    prompt: str, words: Iterable[str], *, photos: Collection[int], ground: bool = False
) -> bool:
    """Return whether a prompt names anybody who is not in its photos.

    "Me" is; the "street photographer @image1" is in the photo. ``ground``: the photo is said to
    be a background, so that somebody named apart from it stands in front.
    """
    said = image_tokens.numbers(prompt)
    if said and not said & {*photos}:
        return True
    for word in words:
        oneself = word.casefold() in _SELF
        for at in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", prompt):
            before, after = prompt[: at.start()], prompt[at.end() :]
            if word.casefold() in _PICTURED and names_photo(before, after):
                continue  # "my face @image2"
            if oneself and _IS_OBJECT.search(before):
                continue  # "judging me": whoever films is not seen
            if oneself or re.search(
                r"\b(?:my|mein|mon|ma|mi|meu|minha)\s+\Z", before, re.IGNORECASE
            ):
                return True
            if names_photo(before, after):
                continue
            if (
                _is_somebody_else(prompt, at.start(), at.end())
                or _MEETS.match(after)
                or SET_APART.search(re.split(r"[,;.!?\n]", before)[-1])
            ):
                return True
            apart = ground or len(photos) > 1
            if apart and not is_in_clause_of_photo(prompt, at.start(), at.end()):
                return True
    return False


_PLACED_BY = re.compile(
    r"[^,;.!?\n]*?\b(?:in\s+(?:the\s+)?(?:front|foreground|corner)|foreground|beside|next\s+to|behind|"
    r"on\s+the\s+(?:left|right|side)|(?:point|look|watch|star|react|runn|scream|stand|wav|cry|laugh|"
    r"cheer|tast|scratch|hold|speak|report|explain|present)ing)\b",
    re.IGNORECASE,
)
"""What stands behind somebody who is to be seen before a photo."""


def _is_somebody_else(prompt: str, start: int, end: int) -> bool:
    """Whether a word names somebody beside a photo: ", worried reporter in front"."""
    before, after = prompt[:start], prompt[end:]
    tokens = list(image_tokens.find(before))
    if not tokens:
        return False
    between = before[tokens[-1][2] :]
    if not is_named(before[: tokens[-1][1]]) and re.fullmatch(
        rf"\)?\s*,?\s*(?:{INDEFINITE}\s+)?{ADJECTIVES}", between
    ):
        return bool(_PLACED_BY.match(after))
    clause = re.split(r"[,;.!?\n]|\bof\b", between)[-1]
    begins = bool(re.fullmatch(rf"\s*(?:{INDEFINITE}\s+)?{ADJECTIVES}", clause))
    apart = begins and bool(re.search(r"[,;.!?\n]", between))
    joined = re.search(rf"\b(?:with|and|plus|by)\s+{INDEFINITE}\s+{ADJECTIVES}\Z", between)
    own = _PLACED_BY.match(after) or INTRODUCED.search(between) or ENDS.match(after)
    return bool((apart and own) or joined)


def people_beside_photos(prompt: str, words: Sequence[str]) -> list[int]:
    """Return which of the people named, by number, are no photo's: all, if nobody is new.

    "Astronaut @image1 and a chef": the chef.
    """
    own = [
        number
        for number, word in enumerate(words)
        if not any(
            names_photo(prompt[: at.start()], prompt[at.end() :]) for at in _places(prompt, word)
        )
    ]
    meets = any(
        _MEETS_AFTER.match(prompt[at.end() :]) and INTRODUCED.search(prompt[: at.start()])
        for number in own
        for at in _places(prompt, words[number])
    )
    # "A gamer in front of the boss from @image1": the gamer.
    new = names_new_people(prompt, words) or meets
    return own if new else list(range(len(words)))


def _places(prompt: str, word: str) -> Iterator[re.Match[str]]:
    return re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", prompt)


def names_new_people(prompt: str, words: Iterable[str]) -> bool:
    """Return whether somebody is put beside a photo outright: ", a pirate holding a map"."""
    for word in words:
        for at in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", prompt):
            before, after = prompt[: at.start()], prompt[at.end() :]
            outright = INTRODUCED.search(before) or _PLACED_BY.match(after)
            if outright and _is_somebody_else(prompt, at.start(), at.end()):
                return True
    return False
