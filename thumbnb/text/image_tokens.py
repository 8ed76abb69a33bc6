"""``@image1`` and so on: how a prompt names the images that come with it.

The one grammar for the client, the service, the compositor and the browser.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

# For Python and JavaScript alike, without flags: classes and boundaries that mean other letters
# in each are written out. Upper and lower case are the same; the number is all of the digits.
PATTERN = r"@[iI][mM][aA][gG][eE]([0-9]{1,9})(?![0-9A-Za-z_])"
_TOKEN = re.compile(PATTERN)


def token(number: int) -> str:
    """Return how image ``number`` (from 1) is named.

    >>> token(2)
    '@image2'
    """
    return f"@image{number}"


def find(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield the tokens of a text: number, start and end.

    >>> list(find("@Image1 beside @image12, not @image1st"))
    [(1, 0, 7), (12, 15, 23)]
    """
    for found in _TOKEN.finditer(text):
        yield int(found[1]), found.start(), found.end()


def numbers(text: str) -> set[int]:
    """Return the numbers of the images that a text names."""
    return {number for number, _, _ in find(text)}


def replace(text: str, replacement: Callable[[int], str]) -> str:
    """Return the text with each token replaced by what its number gives.

    >>> replace("@image1 on @image2", lambda number: f"<{number}>")
    '<1> on <2>'
    """
    return _TOKEN.sub(lambda found: replacement(int(found[1])), text)


def stray(prompt: str, count: int) -> list[int]:
    """Return the numbers a prompt names that none of ``count`` images has."""
    return sorted(number for number in numbers(prompt) if not 1 <= number <= count)


def stray_words(number: int, count: int) -> str:
    """Say that a prompt names an image that is not there."""
    there = "is 1 content image" if count == 1 else f"are {count} content images"
    return f"The prompt names {token(number)}, but there {there}."


def missing(prompt: str, count: int) -> list[int]:
    """Return the numbers of the images, of ``count``, that a prompt does not name."""
    named = numbers(prompt)
    return [number for number in range(1, count + 1) if number not in named]


def renumbered(prompt: str, new: Mapping[int, int | None]) -> str:
    """Return the prompt with ``new`` numbers in its tokens; None takes a token out.

    >>> renumbered("@image1 beside @image2", {1: None, 2: 1})
    'beside @image1'
    """
    parts: list[str] = []
    done = 0
    for number, start, end in find(prompt):
        before, done = prompt[done:start], end
        changed = new.get(number, number)
        if changed is not None:
            parts.append(before + token(changed))
            continue
        # One space that parted it from its neighbours goes with it.
        if prompt[done : done + 1] == " " and (not before or before[-1].isspace()):
            done += 1
        else:
            before = before.removesuffix(" ")
        parts.append(before)
    return "".join((*parts, prompt[done:]))
