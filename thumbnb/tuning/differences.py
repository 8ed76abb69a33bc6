"""The difference of two prompts, word by word."""

from __future__ import annotations

import difflib
import re
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["same", "added", "removed"]

_WORDS = re.compile(r"\s*\S+|\s+$")
MAX_WORDS = 1000


def prompt_difference(before: str, after: str) -> list[tuple[Kind, str]]:
    """Return the pieces of two texts: what is the ``same``, ``removed`` or ``added``.

    Together, those that are not added are the first text, and those not removed the second.

    >>> prompt_difference("a red door", "a blue door")
    [('same', 'a'), ('removed', ' red'), ('added', ' blue'), ('same', ' door')]
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if max(len(old), len(new)) > MAX_WORDS:  # more than a prompt can have
        return [("removed", before), ("added", after)]
    pieces: list[tuple[Kind, str]] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(("same", "".join(old[i:j])))
            continue
        if j > i:
            pieces.append(("removed", "".join(old[i:j])))
        if m > k:
            pieces.append(("added", "".join(new[k:m])))
    return pieces
