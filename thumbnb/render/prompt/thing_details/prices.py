"""Prices that a prompt says of things: "a $20 keyboard", "a car with a 50% off tag"."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from thumbnb.render.colour.names import colours_by_word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    r"(?:\s+on\s+the\s+(?:left|right)(?:\s+side)?)?\s+(?:for|at|costs?|costing|worth|priced(?:\s+at)?|of|with\s+(?:an?|the)?|price\s+tag(?:\s+of)?|"
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
    priced: dict[int, Price] = {
        match.start: price
        for match in sure
        if match.name not in UNPRICED
        if (price := price_of(text, match.start, match.end, prices))
    }
    sure, priced = _of_heads(text, sure, priced)
    priced = priced or _cheap_and_dear(text, sure)
    if priced:  # their tags are drawn as such
        said = [price.span for price in priced.values()]
        sure = [
            match for match in sure if not any(first <= match.start < last for first, last in said)
        ]
        tags = [match for match in sure if match.name == "sale-tag"]
        sure = [match for match in sure if match not in tags] or tags
    return priced, sure


CHEAP, DEAR = "$", "$$$"
"""What the price tags show of two of which one is cheap and one is expensive."""

_CHEAP = re.compile(r"\b(?:cheap(?:er|est)?|budget|bargain|affordable|low-?cost)\b", re.IGNORECASE)
_DEAR = re.compile(
    r"\b(?:expensive|most\s+expensive|premium|luxury|pricey|high-?end|costly)\b", re.IGNORECASE
)


def is_cheap(phrase: str) -> bool:
    """Whether a phrase says that something is cheap."""
    return bool(_CHEAP.search(phrase))


def is_dear(phrase: str) -> bool:
    """Whether a phrase says that something is expensive."""
    return bool(_DEAR.search(phrase))


def _of_heads(
    text: str, sure: list[objects.Match], priced: Mapping[int, Price]
) -> tuple[list[objects.Match], dict[int, Price]]:
    """Return things without those that say of which kind a priced one is: "a $1 cat toy".

    The prices are of the others; what is said between a price and its thing belongs to it.
    """
    heads, left = dict(priced), list(sure)
    for match, after in pairwise(sure):
        price = priced.get(match.start)
        if price is None or price != priced.get(after.start) or match.word in colours_by_word():
            continue
        if not text[match.end : after.start].strip():
            left.remove(match)
            del heads[match.start]
            heads[after.start] = price._replace(span=(price.span[0], match.end))
    return left, heads


def _cheap_or_dear(text: str, start: int) -> tuple[str, tuple[int, int]] | None:
    """Return what the tag shows of a thing that is called cheap or expensive, and where it is."""
    before = text[max(0, start - _REACH) : start]
    for kind, shown in ((_CHEAP, CHEAP), (_DEAR, DEAR)):
        said = list(kind.finditer(before))
        if said and _JUST_BEFORE.fullmatch(before, said[-1].end()):
            at = start - len(before)
            return shown, (at + said[-1].start(), at + said[-1].end())
    return None


_REACH = 40
_JUST_BEFORE = re.compile(r"(?:\s+(?!(?:and|or|vs)\b)[\w'-]+){0,3}\s+", re.IGNORECASE)


def _cheap_and_dear(text: str, matches: Sequence[objects.Match]) -> dict[int, Price]:
    """Return signs for prices, where one thing is called cheap and another expensive."""
    found = {match.start: said for match in matches if (said := _cheap_or_dear(text, match.start))}
    if len({shown for shown, _ in found.values()}) < 2:  # noqa: PLR2004 - both
        return {}
    return {start: Price(shown, span) for start, (shown, span) in found.items()}
