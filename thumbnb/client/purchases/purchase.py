"""A paid call, from its intent to what it bought.

Every step is in the ledger before the next is taken, so that it can be taken up
at any of them: by the same call, by another that asks for the same take, or by
``client.resume()`` in another kernel.
"""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from contextlib import asynccontextmanager, nullcontext, suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from thumbnb import errors
from thumbnb.client.ledger import prices
from thumbnb.client.ledger.run_record import FRUITLESS
from thumbnb.client.runtime.progress import (
    is_cancel_asked,
    report_cancelled,
    report_cost,
    report_progress,
    report_stoppable,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
    from typing import TypeAlias

    from thumbnb.client.ledger.ledger import Ledger
    from thumbnb.client.ledger.run_record import PaidCall, RunRecord
    from thumbnb.client.requests.deadline import Deadline
    from thumbnb.client.session import Session

    # The paid call, given its idempotency key; and what is sent before, free: which jobs its
    # project has already.
    Send: TypeAlias = Callable[[str | None], Awaitable["A"]]
    Prepare: TypeAlias = Callable[[], Awaitable[tuple[Sequence[str], Send["A"]]]]
    # What it costs, where that has to be asked for first, and what that buys, in words.
    Quote: TypeAlias = Callable[[], Awaitable[tuple[float, str]]]

logger = logging.getLogger(__name__)

# The Python that takes up whatever is not ended, in any kernel.
RESUME_CODE = "client.resume()"

# How long a service may take to name what it was sent, and to stop it (seconds).
STOP_SECONDS = 10.0
# How long one that is on its way is waited for where only the wait for it was given up: an answer
# that is just coming tells what to take up later.
ANSWER_SECONDS = 1.0

A = TypeVar("A")  # what the service answers to the call
R = TypeVar("R")  # what it buys


class PurchaseVoid(errors.JobFailed):
    """The run was certainly never carried out."""

    default_hint = "Nothing was charged: ask for it again."


class Purchase(ABC, Generic[A, R]):
    """One run: begun, waited for, collected. Each kind of call says what its answers mean."""

    # Whether it lasts, so that there is something to stop.
    is_stoppable: ClassVar = True

    def __init__(self, session: Session, run: RunRecord) -> None:
        self._session = session
        self._ledger = session.ledger
        self.run = run

    # -- what each kind says ------------------------------------------------------

    @property
    @abstractmethod
    def _answered(self) -> bool:
        """Whether it is known what to wait for."""

    @abstractmethod
    async def _record_answer(self, answer: A) -> None:
        """Write down what the service's answer says."""

    @abstractmethod
    async def _finish(self, time_limit: Deadline) -> R:
        """Wait for what was bought, keep it and return it."""

    async def _read_saved(self) -> R | None:
        """Return what was bought from disk, where all of it is there."""
        return None

    async def _balance(self) -> float | None:
        """Return the credits the account has, where the service says."""
        return None

    async def _recover(self, error: errors.ThumbnbError) -> None:
        """Find out what became of a call whose answer was lost; raises OutcomeUnknown."""
        await self._ledger.mark_unknown(self.run, error.message)
        raise self._ledger.outcome_unknown(self.run, error.message) from error

    async def check(self) -> None:
        """Look once whether the service has the run, where it can be looked for."""

    async def _stop_at_service(self) -> str | None:
        """Have the service stop the run, and write down what that came to.

        Returns it in a sentence, None where the service goes on all the same.
        """
        return None

    # -- the ways in --------------------------------------------------------------

    async def begin(self, time_limit: Deadline, send: Send[A]) -> R:
        """Make the paid call of a run that was just opened, wait, and return what it bought."""
        time_limit.set_resume(RESUME_CODE, started=False)
        async with self._ledger.following(self.run.id, opened=True), self._stopping():
            await self._pay(time_limit, send)
            time_limit.set_resume(RESUME_CODE)
            return await self._collect(time_limit)

    async def join(self, time_limit: Deadline) -> R:
        """Return what a run that was begun before has bought; costs nothing more."""
        bought = await self.resume(time_limit)
        report_cost(0.0)
        return bought

    async def resume(self, time_limit: Deadline) -> R:
        """Take a run up where it is: find it, wait for it, or read it from disk."""
        while True:
            async with self._ledger.following(self.run.id) as mine:
                await self._read()
                if not mine:
                    continue
                if self.run.state in FRUITLESS:
                    kind = errors.JobFailed if self.run.state == "failed" else PurchaseVoid
                    raise kind(f"Run {self.run.id} came to nothing: {self.run.error}")
                if self.run.state == "done" and (kept := await self._read_saved()) is not None:
                    return kept
                async with self._stopping():
                    if not self._answered:
                        time_limit.set_resume(RESUME_CODE, started=False)
                        await self._recover(self._ledger.outcome_unknown(self.run))
                        time_limit.set_resume(RESUME_CODE)
                    return await self._collect(time_limit)

    async def _collect(self, time_limit: Deadline) -> R:
        try:
            return await self._finish(time_limit)
        except errors.OutcomeUnknown:
            raise
        except (errors.TransportError, errors.ServiceError) as error:
            await self._read()
            if self.run.open:
                way_back = f"It is paid and not lost: {RESUME_CODE} takes it up again."
                error.hint = f"{error.hint} {way_back}".lstrip()
            raise

    async def _pay(self, time_limit: Deadline, send: Send[A]) -> None:
        time_limit.paused = partial(self._ledger.sending_paused, self.run)
        try:
            async with self._ledger.sending(self.run):
                await self._record_answer(await self._send_whole(time_limit, send))
            await self._read()
        except (errors.OutcomeUnknown, errors.ProtocolError) as error:
            logger.info("%s Looking what became of it.", error.message)
            await self._recover(error)
        except asyncio.CancelledError:
            if not time_limit.on_the_way:
                time_limit.set_resume(None)
                await self._ledger.mark_void(self.run.id, "given up before it was sent")
            raise
        finally:
            time_limit.paused = nullcontext
            await self._ledger.add_retries(self.run.id, time_limit.retries)

    async def _send_whole(self, time_limit: Deadline, send: Send[A]) -> A:
        """Send it; where it is cancelled on the way, the answer still names what to stop."""
        sending = asyncio.ensure_future(self._send(send))
        try:
            return await asyncio.shield(sending)
        except asyncio.CancelledError:
            if time_limit.on_the_way:
                seconds = STOP_SECONDS if is_cancel_asked() else ANSWER_SECONDS
                await asyncio.wait({sending}, timeout=seconds)
            if sending.cancel():
                await asyncio.wait({sending})
            if not sending.cancelled():
                await self._record_answer(sending.result())
            raise

    async def _send(self, send: Send[A]) -> A:
        try:
            return await send(self.run.idempotency_key)
        except errors.InsufficientCredits as error:
            with suppress(errors.ThumbnbError):
                error.balance = await self._balance()
            if self.run.reserved:  # of some calls the price is not known
                error.cost = self.run.reserved
                have = f"; {error.balance:g} are left" if error.balance is not None else ""
                error.message = f"This costs {prices.amount(error.cost)}{have}."
            raise

    # -- stopping -----------------------------------------------------------------

    @asynccontextmanager
    async def _stopping(self) -> AsyncIterator[None]:
        """Have the service stop what is cancelled inside for good; a wait given up goes on."""
        report_stoppable(self.is_stoppable)
        try:
            yield
        except asyncio.CancelledError:
            if self.is_stoppable and is_cancel_asked():
                # A task of its own: what it awaits knows nothing of the cancelling.
                await asyncio.wait({asyncio.ensure_future(self._stop())})
            raise

    async def _stop(self) -> None:
        await self._read()
        if not self.run.open:
            return
        report_progress("cancelling")
        service = self._session.http.service
        try:
            async with asyncio.timeout(STOP_SECONDS):
                if not self._answered:
                    await self.check()
                stopped = await self._stop_at_service() if self._answered else None
        except (TimeoutError, errors.ThumbnbError) as error:
            logger.info("%s could not be told to stop run %d (%s)", service, self.run.id, error)
            stopped = None
        report_cancelled(
            stopped
            or f"{service} cannot be told to stop it. What it has begun it finishes, and it is "
            f"paid: {RESUME_CODE} waits for it again."
        )

    async def _read(self) -> None:
        self.run = await self._ledger.run(self.run.id)


async def buy(
    session: Session,
    time_limit: Deadline,
    paid_call: PaidCall,
    prepare: Prepare[A],
    kind: Callable[[Session, RunRecord], Purchase[A, R]],
    *,
    what: str = "",
    quote: Quote | None = None,
    max_credits: float | None = None,
    resend_of: RunRecord | None = None,
) -> R:
    """Return what a paid call buys; a take of it is paid at most once.

    ``prepare`` sends what is free, and returns what its place holds already and the
    paid call. ``quote`` replaces the order's price, and ``what``, where it has to be
    paid for. ``max_credits`` is the most credits it may cost. ``resend_of`` is a
    run of it that may have been carried out: it is sent again all the same.

    Raises BudgetExceeded before anything is sent.
    """
    ledger = session.ledger
    if resend_of:
        paid_call = replace(paid_call, idempotency_key=resend_of.resend_key)
    while True:
        run = None if resend_of else await ledger.find_run(paid_call.digest, paid_call.take)
        if run is None:
            if quote:
                price, what = await quote()
                paid_call = replace(paid_call, price=price)
            token = ledger.budget.reserve(paid_call.price, what, max_credits=max_credits)
            try:
                known, send = await prepare()
                run, new = await _open_run(
                    ledger, replace(paid_call, known=known), token, force=resend_of is not None
                )
            except BaseException:
                ledger.budget.release(token)
                raise
            if new:
                return await kind(session, run).begin(time_limit, send)
        try:
            return await kind(session, run).join(time_limit)
        except PurchaseVoid:
            logger.info("Run %d was never carried out: it is begun anew.", run.id)


async def _open_run(
    ledger: Ledger, paid_call: PaidCall, token: object, *, force: bool
) -> tuple[RunRecord, bool]:
    """Write the intent of a paid call; given up meanwhile, it is void, as nothing was sent."""
    opening = asyncio.ensure_future(ledger.open_run(paid_call, token, force=force))
    try:
        return await asyncio.shield(opening)
    except asyncio.CancelledError:
        run, new = await opening  # a write to the disk goes to its end in any case
        if new:
            await ledger.mark_void(run.id, "given up before it was sent")
            ledger.release(run.id)
        raise


def without_preparation(send: Send[A]) -> Prepare[A]:
    """Return how a call is prepared that needs nothing before it."""

    async def prepare() -> tuple[Sequence[str], Send[A]]:
        return [], send

    return prepare
