"""Price tags that a prompt names: what is written on them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from thumbnb.render.prompt.thing_details.prices import find_prices

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thumbnb.render.prompt.things import NamedThing


_TAG_NAME, _PRICE_TAG = "sale-tag", "price-tag"
_BEFORE = 3
"""A price before a tag counts as so many times as far away."""


def with_prices(things: Iterable[NamedThing], prompt: str) -> tuple[NamedThing, ...]:
    """Write on each price tag of a prompt the price that is said nearest to it, if one is."""
    prices = find_prices(prompt)

    def priced(thing: NamedThing) -> NamedThing:
        if thing.name != _TAG_NAME or not prices:
            return thing
        end = prompt.find(thing.word) + len(thing.word)
        # "A price tag saying $90": what is on it is said after it, more often than before.
        nearest = min(
            prices, key=lambda price: max(price.span[0] - end, _BEFORE * (end - price.span[0]))
        )
        return replace(thing, name=_PRICE_TAG, text=thing.price or nearest.text, price="")

    return tuple(priced(thing) for thing in things)
