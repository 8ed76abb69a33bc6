"""What an engine charges: a price an image, or prices of tokens by their kind."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from thumbnb.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping

MILLION = 1_000_000
TOKENS = ("text_input", "image_input", "text_output", "image_output")
_NAMES = ("currency", "image", "most_image", *TOKENS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """A price table, in one ``currency``.

    ``image`` is what an image costs. Where tokens are paid, ``tokens`` has the price of a
    million of each kind, and ``most_image`` the most that one image may come to: so much is
    reserved before it is asked for.
    """

    currency: str = "USD"
    image: float | None = None
    most_image: float | None = None
    tokens: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, table: Mapping[str, Any] | Prices | None) -> Prices | None:
        """Read a price table. Raises InvalidInput, naming what is wrong with it.

        >>> Prices.of({"image": 0.04}).reserve(4)
        0.16
        """
        if table is None or isinstance(table, Prices):
            return table
        for name in table:
            if name not in _NAMES:
                near = get_close_matches(str(name), _NAMES, n=1)
                raise InvalidInput(
                    f"The price table has {str(name)[:40]!r}, which is no price.",
                    hint=f"Did you mean {near[0]!r}?" if near else f"It has {', '.join(_NAMES)}.",
                )
        currency = table.get("currency", "USD")
        if not isinstance(currency, str) or not re.fullmatch(r"[A-Z]{3}", currency):
            raise InvalidInput(
                f"The currency of the price table is {currency!r}.",
                hint="Give three capital letters, such as 'USD'.",
            )
        numbers = {name: _number(name, table[name]) for name in table if name != "currency"}
        tokens = {name: numbers[name] for name in TOKENS if name in numbers}
        image, most = numbers.get("image"), numbers.get("most_image")
        if (image is None) == (not tokens):
            raise InvalidInput(
                "The price table has no price, or two.",
                hint="Give 'image', what one image costs, or the price of a million of "
                f"tokens: {', '.join(TOKENS)}.",
            )
        return cls(currency=currency, image=image, most_image=most, tokens=tokens)

    def reserve(self, count: int) -> float | None:
        """Return the most that ``count`` images may cost; None where that is not known."""
        each = self.image if self.image is not None else self.most_image
        return None if each is None else each * count

    def cost(self, count: int, tokens: Mapping[str, int]) -> float | None:
        """Return what images have cost; None where the engine counted no tokens."""
        if self.image is not None:
            return self.image * count
        counted = {name: tokens[name] for name in self.tokens if name in tokens}
        if not counted:
            return None
        return sum(self.tokens[name] * many for name, many in counted.items()) / MILLION

    def __str__(self) -> str:
        if self.image is not None:
            return f"{self.image:g} {self.currency} an image"
        kinds = ", ".join(f"{name} {price:g}" for name, price in self.tokens.items())
        return f"{kinds} {self.currency} a million tokens"


def _number(name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidInput(f"The price {name!r} is {value!r}.", hint="Give a number, such as 0.04.")
    if not 0 <= value < math.inf:
        raise InvalidInput(f"The price {name!r} is {value}.", hint="Give a number from 0 up.")
    return float(value)
