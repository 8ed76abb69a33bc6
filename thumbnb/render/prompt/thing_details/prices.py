"""Prices that a prompt says of things: "a $20 keyboard", "a car with a 50% off tag"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from thumbnb.render import objects

_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "hundred": 100,
}  # fmt: skip
_LARGE: dict[str, int | str] = {"hundred": 100, "thousand": 1000, "million": "M", "billion": "B"}
_IN_WORDS = (
    rf"\b(?:(?:{'|'.join(_NUMBERS)})(?:[\s-]+(?:{'|'.join(_LARGE)}))?|(?:{'|'.join(_LARGE)}))"
    r"[\s-]+(?:dollar|euro|buck)s?\b"
)

_PRICE = re.compile(
    rf"(?P<words>{_IN_WORDS})|"
    r"(?P<text>[$\u20ac\u00a3\u00a5\u20b9]\s?\d(?:[\d,.]*\d)?(?:\s?(?:k|m|mio|million|billion)\b)?"
    r"|\d(?:[\d,.]*\d)?\s?(?:\$|\u20ac|\u00a3|dollars?|euros?|bucks)"
    r"|-?\d{1,3}\s?%(?:\s+off)?)",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"(?:[\s-]+(?!(?:and|or|plus|with|und|y|et)\b)[^\W\d_][\w'-]*){0,2}[\s-]+\Z", re.IGNORECASE
)
"""A price stands before its thing, with two words between at the most."""

_SAID_OF = re.compile(
    r"\s+(?:for|at|costs?|costing|worth|priced(?:\s+at)?|of|with\s+(?:an?|the)?|price\s+tag(?:\s+of)?|"
    r"only|just)(?:\s+(?:only|just|an?|the))?\s+\Z",
    re.IGNORECASE,
)
_TAG = re.compile(r"\s*(?:price\s+)?(?:tag|sticker|label|discount|sale)s?\b", re.IGNORECASE)
_LONGEST = 12


class Price(NamedTuple):
    """A price as it is shown, and where in a text it is said, with its "tag"."""

    text: str
    span: tuple[int, int]


def find_prices(text: str) -> list[Price]:
    """Return the prices of a text, in its order."""
    found = []
    for match in _PRICE.finditer(text):
        said = _in_figures(match["words"]) if match["words"] else " ".join(match["text"].split())
        tag = _TAG.match(text, match.end())
        if len(shown := _as_shown(said)) <= _LONGEST:
            found.append(Price(shown, (match.start(), tag.end() if tag else match.end())))
    return found


def _in_figures(words: str) -> str:
    """Return an amount that is said in words as it is written: "five dollar" is "$5"."""
    *numbers, currency = re.split(r"[\s-]+", words.lower())
    amount = _NUMBERS.get(numbers[0], 1)
    large: int | str = 1
    if len(numbers) > 1 or numbers[0] not in _NUMBERS:
        large = _LARGE[numbers[-1]]
    sign = "\u20ac" if currency.startswith("euro") else "$"
    return f"{sign}{amount}{large}" if isinstance(large, str) else f"{sign}{amount * large:,}"


def _as_shown(said: str) -> str:
    """Return a price as a tag shows it: "$20", "50% OFF"."""
    for word, sign in (("dollar", "$"), ("buck", "$"), ("euro", "\u20ac")):
        if word in said.lower():
            return sign + said.split(maxsplit=1)[0]
    return said.upper()


def price_of(text: str, start: int, end: int, prices: list[Price]) -> Price | None:
    """Return the price said of what a text names from ``start`` to ``end``, if any."""
    for price in prices:
        first, last = price.span
        if last <= start and _JOINED.fullmatch(text, last, start):
            return price
        if end <= first and _SAID_OF.fullmatch(text, end, first):
            return price
    return None


UNPRICED = frozenset(
    {"sale-tag", "banknote", "banknotes", "cash-stack", "coins", "money-bag", "twemoji-1f4b6"}
)
"""Of money no price is said: it is the price."""


def priced_things(
    text: str, sure: list[objects.Match]
) -> tuple[dict[int, Price], list[objects.Match]]:
    """Return the prices of things by where these begin, and the things that are not part of one."""
    prices = find_prices(text)
    priced = {
        match.start: price
        for match in sure
        if match.name not in UNPRICED
        if (price := price_of(text, match.start, match.end, prices))
    }
    if priced:  # their tags are drawn as such
        said = [price.span for price in priced.values()]
        sure = [
            match for match in sure if not any(first <= match.start < last for first, last in said)
        ]
        tags = [match for match in sure if match.name == "sale-tag"]
        sure = [match for match in sure if match not in tags] or tags
    return priced, sure
