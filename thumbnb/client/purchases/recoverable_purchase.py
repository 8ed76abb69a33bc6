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
from thumbnb.client.runtime.progress import report_progress

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
LOOKUP_PAUSES = (0.0, 1.0, 2.0, 4.0, 8.0, 15.0)


class RecoverablePurchase(Purchase[A, R]):
    """A run that is looked for in the list of its place, its project or collection."""

    container: ClassVar[str]  # as a sentence calls it
    product: ClassVar[str]
    # A call this many seconds old that shows no effect will never have one.
    horizon: ClassVar[float] = math.inf

    @abstractmethod
    async def _list_jobs(self) -> Iterable[JobRecord]:
        """Ask the service what the run's place holds."""

    async def check(self) -> None:
        """Look once whether the service has the run."""
        if not self._answered:
            await self._find_job()

    async def _claim(self, job_id: str, cost: float | None = None) -> bool:
        mine = await self._ledger.claim_job(self.run, job_id, cost)
        if mine:
            await self._read()
        return mine

    async def _recover(self, error: errors.ThumbnbError, cost: float | None = None) -> None:
        """Find what a call has made whose answer does not name it; look for a while."""
        report_progress("looking whether it was started")
        shown: int | None = None
        for pause in LOOKUP_PAUSES:
            await asyncio.sleep(pause)
            try:
                found = await self._find_job(cost)
            except _PASSING as trouble:
                logger.info("%s", trouble.message)
                shown = None
                continue
            if found.job_id:
                return
            shown = found.possible
            if self._is_old:
                break
        if shown == 0 and self._is_old and await self._ledger.mark_void(self.run.id, "no effect"):
            raise PurchaseVoid(f"Run {self.run.id} was never carried out.")
        await self._ledger.mark_unknown(self.run, error.message)
        says = {
            None: "cannot be read just now",
            0: f"shows no {self.product} of it {sum(LOOKUP_PAUSES):g} s later",
        }.get(shown, f"shows {self.product}s that may be its own or another's")
        raise self._ledger.outcome_unknown(
            self.run, f"{error.message} {self.container} {says}."
        ) from error

    @property
    def _is_old(self) -> bool:
        return self._ledger.clock() - self.run.created > self.horizon

    async def _find_job(self, cost: float | None = None) -> JobMatch:
        """Find what the run has made among what its place holds and nobody else has."""
        await self._ledger.wait_for_no_sends(self.run)
        listed = await self._list_jobs()
        runs = await self._ledger.runs_of_project(self.run)
        self.run = next(run for run in runs if run.id == self.run.id)
        finding = match_job(listed, self.run, runs)
        if finding.job_id and not await self._claim(finding.job_id, cost):
            return replace(finding, job_id=None)  # another kernel was quicker
        return finding
