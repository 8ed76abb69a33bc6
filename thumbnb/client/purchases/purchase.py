"""A paid call, from its intent to what it bought.

Every step is in the ledger before the next is taken, so that it can be taken up
at any of them: by the same call, by another that asks for the same take, or by
``client.resume()`` in another kernel.
"""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from contextlib import nullcontext, suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

from thumbnb import errors
from thumbnb.client.ledger import prices
from thumbnb.client.ledger.run_record import FRUITLESS
from thumbnb.client.runtime.job import charge

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from typing import TypeAlias

    from thumbnb.client.ledger.run_record import PaidCall, RunRecord
    from thumbnb.client.session import Deadline, Session

    # The paid call; and what is sent, free, before it is known: what its place holds already.
    Send: TypeAlias = Callable[[], Awaitable["A"]]
    Prepare: TypeAlias = Callable[[], Awaitable[tuple[Sequence[str], Send["A"]]]]
    # What it costs, where that has to be asked for first, and what that buys, in words.
    Quote: TypeAlias = Callable[[], Awaitable[tuple[float, str]]]

logger = logging.getLogger(__name__)

# The Python that takes up whatever is not ended, in any kernel.
_WAY_BACK = "client.resume()"

A = TypeVar("A")  # what the service answers to the call
R = TypeVar("R")  # what it buys


class PurchaseVoid(errors.JobFailed):
    """The run was certainly never carried out."""

    default_hint = "Nothing was charged: ask for it again."


class Purchase(ABC, Generic[A, R]):
    """One run: begun, waited for, collected. Each kind of call says what its answers mean."""

    def __init__(self, session: Session, entry: RunRecord) -> None:
        self._session = session
        self._books = session.books
        self.entry = entry

    # -- what each kind says ------------------------------------------------------

    @property
    @abstractmethod
    def _answered(self) -> bool:
        """Whether it is known what to wait for."""

    @abstractmethod
    async def _note(self, answer: A) -> None:
        """Write down what the service's answer says."""

    @abstractmethod
    async def _finish(self, patience: Deadline) -> R:
        """Wait for what was bought, keep it and return it."""

    async def _recall(self) -> R | None:
        """Return what was bought from disk, where all of it is there."""
        return None

    async def _balance(self) -> float | None:
        """Return the credits the account has, where the service says."""
        return None

    async def _find_out(self, error: errors.ThumbnbError) -> None:
        """Find out what became of a call whose answer was lost; raises OutcomeUnknown."""
        await self._books.doubt(self.entry, error.message)
        raise self._books.lost(self.entry, error.message) from error

    async def check(self) -> None:
        """Look once whether the service has the run, where it can be looked for."""

    # -- the ways in --------------------------------------------------------------

    async def begin(self, patience: Deadline, send: Send[A]) -> R:
        """Make the paid call, wait, and return what it bought."""
        patience.leave(_WAY_BACK, sure=False)
        async with self._books.following(self.entry.id):
            await self._pay(patience, send)
            patience.leave(_WAY_BACK)
            return await self._collect(patience)

    async def join(self, patience: Deadline) -> R:
        """Return what a run that was begun before has bought; costs nothing more."""
        bought = await self.resume(patience)
        charge(0.0)
        return bought

    async def resume(self, patience: Deadline) -> R:
        """Take a run up where it is: find it, wait for it, or read it from disk."""
        while True:
            async with self._books.following(self.entry.id) as mine:
                await self._read()
                if not mine:
                    continue
                if self.entry.state in FRUITLESS:
                    kind = PurchaseVoid if self.entry.state == "void" else errors.JobFailed
                    raise kind(f"Run {self.entry.id} came to nothing: {self.entry.error}")
                if self.entry.state == "done" and (kept := await self._recall()) is not None:
                    return kept
                if not self._answered:
                    patience.leave(_WAY_BACK, sure=False)
                    await self._find_out(self._books.lost(self.entry))
                    patience.leave(_WAY_BACK)
                return await self._collect(patience)

    async def _collect(self, patience: Deadline) -> R:
        try:
            return await self._finish(patience)
        except errors.OutcomeUnknown:
            raise
        except (errors.TransportError, errors.ServiceError) as error:
            await self._read()
            if self.entry.open:
                way_back = f"It is paid and not lost: {_WAY_BACK} takes it up again."
                error.hint = f"{error.hint} {way_back}".lstrip()
            raise

    async def _pay(self, patience: Deadline, send: Send[A]) -> None:
        patience.aside = partial(self._books.aside, self.entry)
        try:
            async with self._books.sending(self.entry):
                await self._note(await self._sent(send))
            await self._read()
        except (errors.OutcomeUnknown, errors.ProtocolError) as error:
            logger.info("%s Looking what became of it.", error.message)
            await self._find_out(error)
        except asyncio.CancelledError:
            if not patience.afoot:
                patience.leave(None)
                await self._books.void(self.entry.id, "given up before it was sent")
            raise
        finally:
            patience.aside = nullcontext
            await self._books.retried(self.entry.id, patience.retries)

    async def _sent(self, send: Send[A]) -> A:
        try:
            return await send()
        except errors.InsufficientCredits as error:
            with suppress(errors.ThumbnbError):
                error.balance = await self._balance()
            if self.entry.reserved:  # of some calls the price is not known
                error.cost = self.entry.reserved
                have = f"; {error.balance:g} are left" if error.balance is not None else ""
                error.message = f"This costs {prices.amount(error.cost)}{have}."
            raise

    async def _read(self) -> None:
        self.entry = await self._books.entry(self.entry.id)


async def buy(
    session: Session,
    patience: Deadline,
    order: PaidCall,
    prepare: Prepare[A],
    kind: Callable[[Session, RunRecord], Purchase[A, R]],
    *,
    what: str = "",
    quote: Quote | None = None,
    most: float | None = None,
    anew: bool = False,
) -> R:
    """Return what an order buys, paying at most once for a take of it.

    ``prepare`` sends what is free, and returns what its place holds already and the
    paid call. ``quote`` replaces the order's price, and ``what``, where it has to be
    paid for. ``most`` is the most credits it may cost. ``anew`` pays although the same
    take may be under way. Raises BudgetExceeded before anything is sent.
    """
    books = session.books
    while True:
        entry = None if anew else await books.find(order)
        if entry is None:
            if quote:
                price, what = await quote()
                order = replace(order, price=price)
            token = books.budget.reserve(order.price, what, at_most=most)
            try:
                known, send = await prepare()
                entry, new = await books.open(replace(order, known=known), token, anew=anew)
            except BaseException:
                books.budget.release(token)
                raise
            if new:
                return await kind(session, entry).begin(patience, send)
        try:
            return await kind(session, entry).join(patience)
        except PurchaseVoid:
            logger.info("Run %d was never carried out: it is begun anew.", entry.id)


def at_once(send: Send[A]) -> Prepare[A]:
    """Return how a call is prepared that needs nothing before it."""

    async def prepare() -> tuple[Sequence[str], Send[A]]:
        return [], send

    return prepare
