"""The words and prices that a prompt wants on each of two halves: "labelled $1"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from thumbnb.render.prompt.thing_details.prices import find_prices
from thumbnb.text import image_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPEN, _CLOSE = "\"\u201c\u00ab'\u2018", "\"\u201d\u00bb'\u2019"
_QUOTED = rf"[{_OPEN}](?P<text>[^{_CLOSE}]{{1,28}})[{_CLOSE}]"
_LABEL = (
    r"(?:label(?:s|l?ed|l?ing)?|caption(?:s|ed)?|tag(?:s|ged)?|marked|titled|"
    r"name(?:s|d|\s+tags?)?|text|words?|saying|says|reading|reads|writ(?:e|es|ing|ten))"
)
_LABELLED = re.compile(rf"\b{_LABEL}\b[^{_OPEN};.!?\n@]{{0,32}}?{_QUOTED}", re.IGNORECASE)
_IS_LABEL = re.compile(
    rf"{_QUOTED}\s+(?:label|caption|tag|sticker|text|chip|badge)s?\b", re.IGNORECASE
)
_NEXT = re.compile(rf"(?:\s*,)?\s*(?:and|vs\.?|versus|,|/|&|or)?\s*{_QUOTED}", re.IGNORECASE)
_PLAIN = re.compile(
    r"\b(?:label|caption)l?ed\s+(?:as\s+)?(?P<text>[A-Z0-9$€£][\w$€£.%+-]*(?:\s+[A-Z0-9$€£][\w.%+-]*){0,2})"
)
_AGAINST = re.compile(r"\b(?:vs\.?|versus|against)(?=\s)|,|;|\band\b", re.IGNORECASE)


class HalfLabels(NamedTuple):
    """What is written on the left and on the right half; empty where nothing is."""

    left: str = ""
    right: str = ""


def quoted_labels(prompt: str) -> tuple[str, ...]:
    """Return the words in quotation marks that a prompt calls labels, in its order."""
    found: list[str] = []
    for at in _LABELLED.finditer(prompt):
        found.append(at["text"].strip())
        end = at.end()
        while following := _NEXT.match(prompt, end):
            found.append(following["text"].strip())
            end = following.end()
    found += [at["text"].strip() for at in _IS_LABEL.finditer(prompt)]
    return tuple(dict.fromkeys(found))


def half_labels(prompt: str, *, swapped: bool = False) -> HalfLabels | None:
    """Return what a prompt has written on its two halves; None where it says nothing of that.

    Of two images, or one and what is drawn against it, the first named is on the left unless
    they are ``swapped``.
    """
    labels = quoted_labels(prompt)
    if len(labels) != _BOTH:
        texts = [*_said_of_each(prompt)]
        prices = [price.text for price in find_prices(prompt)]
        if not all(texts) and len(prices) == _BOTH and _TAGS.search(prompt):
            texts = prices
        if len(texts) != _BOTH or not any(texts):
            return None
        labels = tuple(texts)
    return HalfLabels(labels[1], labels[0]) if swapped else HalfLabels(*labels)


_BOTH = 2
_TAGS = re.compile(r"\b(?:price\s+tags|prices|tags|labels)\b", re.IGNORECASE)


def _said_of_each(prompt: str) -> Iterator[str]:
    """Yield the label or the price that is said of each of two sides."""
    tokens = [*image_tokens.find(prompt)]
    if not tokens:
        return
    _, _, end = tokens[0]
    last = tokens[1][1] if len(tokens) > 1 else None
    if last is None:
        cut = _AGAINST.search(prompt, end)
        if cut is None:
            return
        last = cut.end()
    for part in (prompt[end:last], prompt[last:]):
        plain = _PLAIN.search(part)
        quoted = _LABELLED.search(part)
        prices = find_prices(part)
        yield (
            quoted["text"].strip()
            if quoted
            else plain["text"].strip()
            if plain
            else prices[0].text
            if len(prices) == 1
            else ""
        )
