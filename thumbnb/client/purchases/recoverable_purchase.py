"""Paid calls whose outcome can be read back: the service lists what they make."""

from __future__ import annotations

import asyncio
import logging
import math
from abc import abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from thumbnb import errors
from thumbnb.client.ledger.reconcile import match_job
from thumbnb.client.purchases.purchase import A, Purchase, PurchaseVoid, R
from thumbnb.client.runtime.job import report

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thumbnb.client.ledger.reconcile import JobMatch
    from thumbnb.models import JobRecord

logger = logging.getLogger(__name__)

# How a read may fail without saying anything about what was read for.
_PASSING = (
    errors.ConnectionFailed,
    errors.NoAnswer,
    errors.Unavailable,
    errors.RateLimited,
)
# After a lost answer: the seconds before each look. A service may be at it still.
LOOKS = (0.0, 1.0, 2.0, 4.0, 8.0, 15.0)


class RecoverablePurchase(Purchase[A, R]):
    """A run that is looked for in the list of its place, its project or collection."""

    place: ClassVar[str]  # as a sentence calls it
    thing: ClassVar[str]
    # A call this many seconds old that shows no effect will never have one.
    horizon: ClassVar[float] = math.inf

    @abstractmethod
    async def _listed(self) -> Iterable[JobRecord]:
        """Ask the service what the run's place holds."""

    async def check(self) -> None:
        """Look once whether the service has the run."""
        if not self._answered:
            await self._look()

    async def _claim(self, job_id: str, cost: float | None = None) -> bool:
        mine = await self._books.claim(self.entry, job_id, cost)
        if mine:
            await self._read()
        return mine

    async def _find_out(self, error: errors.ThumbnbError, cost: float | None = None) -> None:
        """Find what a call has made whose answer does not name it; look for a while."""
        report("looking whether it was started")
        shown: int | None = None
        for pause in LOOKS:
            await asyncio.sleep(pause)
            try:
                found = await self._look(cost)
            except _PASSING as trouble:
                logger.info("%s", trouble.message)
                shown = None
                continue
            if found.job_id:
                return
            shown = found.possible
            if self._is_old:
                break
        if shown == 0 and self._is_old and await self._books.void(self.entry.id, "no effect"):
            raise PurchaseVoid(f"Run {self.entry.id} was never carried out.")
        await self._books.doubt(self.entry, error.message)
        says = {
            None: "cannot be read just now",
            0: f"shows no {self.thing} of it {sum(LOOKS):g} s later",
        }.get(shown, f"shows {self.thing}s that may be its own or another's")
        raise self._books.lost(self.entry, f"{error.message} {self.place} {says}.") from error

    @property
    def _is_old(self) -> bool:
        return self._books.clock() - self.entry.created > self.horizon

    async def _look(self, cost: float | None = None) -> JobMatch:
        """Find what the run has made among what its place holds and nobody else has."""
        await self._books.quiet(self.entry)
        listed = await self._listed()
        runs = await self._books.beside(self.entry)
        self.entry = next(run for run in runs if run.id == self.entry.id)
        finding = match_job(listed, self.entry, runs)
        if finding.job_id and not await self._claim(finding.job_id, cost):
            return replace(finding, job_id=None)  # another kernel was quicker
        return finding
