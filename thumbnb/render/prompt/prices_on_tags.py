"""Price tags that a prompt names: what is written on them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from thumbnb.render.prompt.thing_details.prices import find_prices

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thumbnb.render.prompt.named_thing import NamedThing


_TAG_NAME, _PRICE_TAG = "sale-tag", "price-tag"
_SALE = re.compile(r"\b(?:sales?|discount\w*|off|rebate|cheap\w*|percent)\b|%", re.IGNORECASE)
_BEFORE = 3
"""A price before a tag counts as so many times as far away."""


def with_prices(things: Iterable[NamedThing], prompt: str) -> tuple[NamedThing, ...]:
    """Write on each price tag of a prompt the price that is said nearest to it, if one is.

    A price tag without one is plain: only a sale has a "%".
    """
    prices = find_prices(prompt)

    def priced(thing: NamedThing) -> NamedThing:
        if thing.name != _TAG_NAME:
            return thing
        if not prices:
            plain = "price" in thing.word.casefold() and not _SALE.search(prompt)
            return replace(thing, name=_PRICE_TAG) if plain else thing
        end = prompt.find(thing.word) + len(thing.word)
        # "A price tag saying $90": what is on it is said after it, more often than before.
        nearest = min(
            prices, key=lambda price: max(price.span[0] - end, _BEFORE * (end - price.span[0]))
        )
        return replace(thing, name=_PRICE_TAG, text=thing.price or nearest.text, price="")

    return tuple(priced(thing) for thing in things)


def with_price_of_title(things: Iterable[NamedThing], title: str) -> tuple[NamedThing, ...]:
    """Write the one price of a title on each price tag that has none: "WORTH $500?"."""
    prices = {price.text for price in find_prices(title)}
    text = prices.pop() if len(prices) == 1 else ""
    return tuple(
        replace(thing, name=_PRICE_TAG, text=text)
        if text and thing.name in {_TAG_NAME, _PRICE_TAG} and not thing.text
        else thing
        for thing in things
    )
