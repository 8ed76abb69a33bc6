"""Price tags that a prompt names: what is written on them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from thumbnb.render.prompt.thing_details.prices import UNPRICED, find_prices

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.prompt.thing_details.prices import Price


_TAG_NAME, _PRICE_TAG = "sale-tag", "price-tag"
_SALE = re.compile(r"\b(?:sales?|discount\w*|off|rebate|cheap\w*|percent)\b|%", re.IGNORECASE)
_BEFORE = 3
"""A price before a tag counts as so many times as far away."""


def with_prices(things: Iterable[NamedThing], prompt: str) -> tuple[NamedThing, ...]:
    """Write on each price tag of a prompt the price that is said nearest to it, if one is.

    A price tag without one is plain: only a sale has a "%".
    """
    prices = find_prices(prompt)
    if shared := _one_price_each(tuple(things), prices, prompt):
        return shared

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


def _one_price_each(
    things: tuple[NamedThing, ...], prices: Sequence[Price], prompt: str
) -> tuple[NamedThing, ...]:
    """Return things with the prices of "price tags $1 and $1000", the lower one on what is tiny.

    Without as many things there are as many tags; none are returned where tags are no several.
    """
    tags = [thing for thing in things if thing.name == _TAG_NAME and thing.count > 1]
    if not tags or len(prices) < _TWO or any(thing.price for thing in things):
        return ()
    amounts = [price.text for price in prices]
    others = [thing for thing in things if thing.name not in UNPRICED]
    bearers = [replace(one, count=1) for one in others for _ in range(one.count)]
    if len(bearers) != len(amounts):
        labels = [replace(tags[0], name=_PRICE_TAG, count=1, text=each) for each in amounts]
        return tuple(one for one in things if one not in tags) + tuple(labels)
    in_order = sorted(bearers, key=lambda one: (_SIZES.index(one.size), prompt.find(one.word)))
    marked = [replace(one, price=text) for one, text in zip(in_order, amounts, strict=True)]
    marked.sort(key=lambda one: bearers.index(replace(one, price="")))
    rest = [one for one in things if one not in tags and one not in others]
    return (*marked, *rest)


_TWO = 2
_SIZES = ("tiny", "", "huge")


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
