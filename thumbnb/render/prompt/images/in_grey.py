"""Photos that a prompt wants in black and white: each by its number, or whatever is shown."""

from __future__ import annotations

import re

from thumbnb.text import image_tokens

_GREY = (
    r"(?:black\s*(?:and|&|-and-)\s*white|b\s*&\s*w|gr[ae]y\s?scale|monochrome)(?!\s+(?:cat|dog|cow|"
    r"stripe|striped|check|checkered|dress|shirt|suit|outfit|letters|text))"
)
_IN_GREY = re.compile(
    rf"(?:@image\d+|\bphoto|image|picture|all|everything)\)?\s+(?:is\s+)?(?:all\s+)?in\s+{_GREY}\b|"
    rf"\b{_GREY}\s+(?:photo|image|picture|look|style|background|film)\b",
    re.IGNORECASE,
)
"""A photo that is wanted without colours."""

_BEHIND = re.compile(
    rf"\)?\s+(?:(?:is|shown|seen|cut[\s-]?out|on\s+the\s+(?:left|right)|big|large|huge|small|all|and)\s+)*"
    rf"in\s+(?:moody\s+|dramatic\s+|old\s+|grainy\s+)?{_GREY}\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"\b{_GREY}\s+(?:cut[\s-]?out\s+|photo\s+|picture\s+|image\s+|portrait\s+)*(?:of\s+|from\s+)?"
    r"(?:(?:the|my|a|an)\s+)?(?:(?!(?:before|behind|in|on|and|with|against|beside|over|vs|versus)\b)"
    r"[\w'-]+\s+){0,2}(?:from\s+)?\(?\Z",
    re.IGNORECASE,
)
"""What stands behind and before an @imageN that is wanted without colours."""

SAID = re.compile(rf"\bin\s+{_GREY}\b", re.IGNORECASE)
"""Words that say so, and name no colours."""


def grey_images(prompt: str) -> frozenset[int]:
    """Return the numbers of the images that a prompt says are in black and white.

    >>> sorted(grey_images("The officer from @image1 cut out in black and white before @image2"))
    [1]
    """
    return frozenset(
        number
        for number, start, end in image_tokens.find(prompt)
        if _BEHIND.match(prompt, end) or _BEFORE.search(re.split(r"[,;.]", prompt[:start])[-1])
    )


def is_in_grey(prompt: str, name: str | None = None) -> bool:
    """Whether a prompt wants its photo without colours; ``name`` is which, "image2", if known."""
    said = grey_images(prompt)
    if said and name is not None:
        return any(name == f"image{number}" for number in said)
    return bool(said or _IN_GREY.search(prompt))
