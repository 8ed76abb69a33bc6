"""``@image1`` and so on: how a prompt names the pictures that come with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOKEN = re.compile(r"@image(\d+)\b")


def token(number: int) -> str:
    """Return how picture ``number`` (from 1) is named."""
    return f"@image{number}"


def stray(prompt: str, count: int) -> list[int]:
    """Return the numbers a prompt names that none of ``count`` pictures has."""
    return sorted(number for number in _named(prompt) if not 1 <= number <= count)


def stray_words(number: int, count: int) -> str:
    """Say that a prompt names a picture that is not there."""
    there = "is 1 content image" if count == 1 else f"are {count} content images"
    return f"The prompt names {token(number)}, but there {there}."


def missing(prompt: str, count: int) -> list[int]:
    """Return the numbers of the pictures, of ``count``, that a prompt does not name."""
    return [number for number in range(1, count + 1) if number not in _named(prompt)]


def renumbered(prompt: str, numbers: Mapping[int, int | None]) -> str:
    """Return the prompt with other numbers in its tokens; None takes a token out.

    >>> renumbered("@image1 beside @image2", {1: None, 2: 1})
    'beside @image1'
    """
    parts: list[str] = []
    end = 0
    for found in _TOKEN.finditer(prompt):
        number = numbers.get(int(found[1]), int(found[1]))
        before = prompt[end : found.start()]
        end = found.end()
        if number is not None:
            parts.append(before + token(number))
            continue
        # One space that parted it from its neighbours goes with it.
        if prompt[end : end + 1] == " " and (not before or before[-1].isspace()):
            end += 1
        else:
            before = before.removesuffix(" ")
        parts.append(before)
    return "".join((*parts, prompt[end:]))


def _named(prompt: str) -> set[int]:
    return {int(found) for found in _TOKEN.findall(prompt)}
