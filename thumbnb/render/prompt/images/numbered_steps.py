"""Steps, tips or mistakes that a prompt counts beside a photo: "3 easy steps", "numbers 1 2 3"."""

from __future__ import annotations

import re

from thumbnb.text import image_tokens

_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5}
_STEPS = re.compile(
    r"\b(?P<count>[2-5]|two|three|four|five)\s+(?:(?!of\b|photos?\b)[\w'-]+\s+){0,2}?"
    r"(?:steps|tips|mistakes|ways|reasons|hacks|tricks|rules|exercises|stages|phases|secrets|"
    r"lessons|habits|schritte|tipps|fehler|pasos|errores|consejos|erreurs|conseils|passos)\b",
    re.IGNORECASE,
)
_NUMBERS = re.compile(
    r"\b(?:numbers?|numbered|labell?ed|steps?)\s+1\s*(?:,|and|&|-)?\s*2(?:\s*(?:,|and|&|-)*\s*(?P<last>[345]))?\b",
    re.IGNORECASE,
)


def numbered_steps(prompt: str) -> int:
    """Return how many steps a prompt with a photo counts; 0 where it counts none."""
    if not image_tokens.numbers(prompt):
        return 0
    if said := _NUMBERS.search(prompt):
        return int(said["last"] or 2)
    if said := _STEPS.search(prompt):
        count: str = said["count"].casefold()
        return _COUNTS.get(count) or int(count)
    return 0


def blank_steps(text: str) -> str:
    """Return a text with spaces in place of its counted steps, which name no stairs."""
    if not numbered_steps(text):
        return text
    for pattern in (_NUMBERS, _STEPS):
        text = pattern.sub(lambda said: " " * len(said[0]), text)
    return text
