"""The budget: credits are reserved before a call, and settled when its cost is known."""

from __future__ import annotations

import threading

from thumbnb import errors
from thumbnb.client.inputs import checks
from thumbnb.client.ledger import prices


class Budget:
    """The credits a client may spend; ``limit`` None is no limit.

    ``spent`` is settled, ``reserved`` is under way, ``left`` is what the limit leaves.
    Any thread may ask.
    """

    def __init__(self, limit: float | None = None) -> None:
        self.limit = checks.credits("budget", limit)
        self.spent = 0.0
        self._held: dict[object, float] = {}
        self._lock = threading.Lock()

    @property
    def reserved(self) -> float:
        """Credits of calls that are under way."""
        return sum(self._held.values())

    @property
    def left(self) -> float | None:
        """Credits that may still be spent; None without a limit."""
        return None if self.limit is None else self.limit - self.spent - self.reserved

    def reserve(self, price: float, what: str, *, max_credits: float | None = None) -> object:
        """Set credits aside before a call, and return what to settle or release them by.

        ``max_credits`` is the limit of this one call. Raises BudgetExceeded.
        """
        if max_credits is not None and price > max_credits:
            raise errors.BudgetExceeded(
                f"{what} costs {prices.amount(price)}, and may cost {max_credits:g} at most.",
                hint="Raise max_credits, or ask for fewer variations. Nothing was sent.",
                plan=what,
                price=price,
                left=max_credits,
            )
        with self._lock:
            left = self.left
            if left is not None and price > left:
                raise errors.BudgetExceeded(
                    f"{what} costs {prices.amount(price)}; of the budget of {self.limit:g}, "
                    f"{self.spent:g} are spent, {self.reserved:g} reserved and {left:g} left.",
                    hint="Connect with a larger budget, or ask for fewer variations. "
                    "Nothing was sent.",
                    plan=what,
                    price=price,
                    left=left,
                )
            token = object()
            self._held[token] = price
            return token

    def settle(self, token: object, cost: float | None = None) -> float:
        """Count what a call has cost (what was reserved, if that is not known); return it."""
        with self._lock:
            held = self._held.pop(token, None)
            if held is None:
                return 0.0
            counted = held if cost is None else cost
            self.spent += counted
            return counted

    def refund(self, cost: float) -> None:
        """Take back what was counted: the service has given it back."""
        with self._lock:
            self.spent -= cost

    def release(self, token: object) -> None:
        """Give back what was set aside: the call was certainly not carried out."""
        with self._lock:
            self._held.pop(token, None)

    def __repr__(self) -> str:
        if self.limit is None:
            return f"<Budget without limit: {self.spent:g} spent, {self.reserved:g} reserved>"
        return (
            f"<Budget {self.limit:g} credits: {self.spent:g} spent, "
            f"{self.reserved:g} reserved, {self.left:g} left>"
        )
