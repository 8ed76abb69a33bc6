"""Who of the people drawn is in a vessel."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.prompt.people.named_people import NamedPeople

_ALL = re.compile(r"\b(?:last|all|everybody|everyone|each)\b", re.IGNORECASE)
"""The last person to leave it leaves it to nobody."""


def aboard(vessel: NamedThing, people: NamedPeople, text: str, drawn: int) -> int:
    """Return how many of those drawn are in a vessel: whom a prompt names last before it.

    "A man buried in sand while his friends laugh" buries one; all friends are in their boat.
    """
    at = text.find(vessel.word)
    named = [n for n, word in enumerate(people.words) if -1 < text.find(word) < at]
    if not named or _ALL.search(text[:at]):
        return drawn
    counts = people.counts[: named[-1] + 1]
    return max(1, min(sum(counts), drawn))
