"""The ledger: every paid call is written down before it is made, and what it made is kept."""

from __future__ import annotations

import asyncio
import io
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from PIL import Image

from thumbnb import errors
from thumbnb.client.ledger import prices
from thumbnb.client.ledger.budget import Budget
from thumbnb.client.ledger.ledger_database import LedgerDatabase
from thumbnb.client.ledger.pending_sends import PendingSends
from thumbnb.client.ledger.result_store import ResultStore
from thumbnb.client.ledger.run_record import RunState
from thumbnb.client.ledger.runs_table import runs_table
from thumbnb.client.polling.schedule import Schedule
from thumbnb.client.runtime.progress import report_cost

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    import pandas as pd

    from thumbnb.client.ledger.run_record import PaidCall, RunRecord, SavedResult

P = ParamSpec("P")
R = TypeVar("R")


class Ledger:
    """A home's runs and stored results, and one client's budget.

    Its methods are called on the runner's loop; the disk is used in threads. ``clock`` gives
    the seconds since 1970. ``recovery`` makes what ``OutcomeUnknown`` looks again with.
    """

    def __init__(
        self,
        home: Path,
        *,
        budget: float | None = None,
        clock: Callable[[], float] = time.time,
        recovery: Callable[[RunRecord], errors.Recovery] | None = None,
    ) -> None:
        self._database = LedgerDatabase(home / "ledger.sqlite3")
        self.store = ResultStore(home / "results", self._database)
        self.choices = self._database.choices
        self.budget = Budget(budget)
        self.clock = clock
        self._recovery = recovery
        self._schedule: Schedule | None = None
        self._reserved: dict[int, object] = {}
        self._counted: dict[int, float] = {}
        self._followed: dict[int, asyncio.Event] = {}
        self._openings: set[asyncio.Event] = set()
        self._pending = PendingSends()

    async def _in_thread(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Use the disk, in a thread, to the end: giving up the wait leaves nothing half done."""
        return await asyncio.to_thread(function, *args, **kwargs)

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        self._database.close()

    # -- what all runs together tell ----------------------------------------------

    async def schedule(self) -> Schedule:
        """Return the schedule learned from all runs of this home."""
        if self._schedule is None:
            self._schedule = Schedule.from_json(await self._in_thread(self._database.durations))
        return self._schedule

    async def save_schedule(self) -> None:
        """Write the schedule as learned so far."""
        if self._schedule is not None:
            await self._in_thread(self._database.save_durations, self._schedule.to_json())

    def request_counter(self, host: str) -> Callable[[int], Awaitable[float]]:
        """Return what counts requests to a host, those of all kernels of this home together."""

        async def count(limit: int) -> float:
            return await self._in_thread(self._database.count_request, host, limit, self.clock())

        return count

    async def table(self) -> pd.DataFrame:
        """Return all runs as a DataFrame, a row a result."""
        return await self._in_thread(runs_table, self._database, self.store)

    # -- reading runs -------------------------------------------------------------

    async def run(self, run_id: int) -> RunRecord:
        """Return a run by its number. Raises InvalidInput."""
        found = await self._in_thread(self._database.run, run_id)
        if found is None:
            raise errors.InvalidInput(
                f"There is no run {run_id} in this home.", hint="client.runs() lists them."
            )
        return found

    async def find_run(self, digest: str, take: int | None) -> RunRecord | None:
        """Return the run of a request's hash and take that is under way or done."""
        if take is None:
            return None
        return await self._in_thread(self._database.find_run, digest, take)

    async def find_states(self, digests: Sequence[str]) -> dict[tuple[str, int], RunState]:
        """Return how runs of these requests stand, by hash and take; not those that failed."""
        return await self._in_thread(self._database.find_states, digests)

    async def run_of_job(self, service_url: str, job_id: str) -> RunRecord | None:
        """Return the run that a service's job belongs to."""
        return await self._in_thread(self._database.run_of_job, service_url, job_id)

    async def runs_of_project(self, run: RunRecord) -> list[RunRecord]:
        """Return all runs of a run's project or collection, itself among them."""
        return await self._in_thread(
            self._database.runs_of_project, run.service_url, run.project_id or ""
        )

    async def open_runs(self, service_urls: Sequence[str]) -> list[RunRecord]:
        """Return the runs at these services that are not ended, oldest first."""
        return await self._in_thread(self._database.open_runs, service_urls)

    # -- before and after the call ------------------------------------------------

    async def open_run(
        self, paid_call: PaidCall, token: object, *, force: bool
    ) -> tuple[RunRecord, bool]:
        """Write the intent of a paid call whose credits are reserved.

        Returns its run, and whether it is a new one; see ``LedgerDatabase.open_run``. A new
        run is the caller's to follow: others wait until it has entered ``following`` with
        ``opened``, or ``release``d the run.
        """
        # Others may read the run from the disk before this call has returned.
        opening = asyncio.Event()
        self._openings.add(opening)
        try:
            run, new = await self._in_thread(
                self._database.open_run, paid_call, self.clock(), force=force
            )
            if new:
                self._followed[run.id] = asyncio.Event()
        finally:
            self._openings.discard(opening)
            opening.set()
        if new:
            self._reserved[run.id] = token
            report_cost(paid_call.price or None)
        else:
            self.budget.release(token)
        return run, new

    @asynccontextmanager
    async def sending(self, run: RunRecord) -> AsyncIterator[None]:
        """Make the paid call inside: how it fails is written down.

        Any other end (a cancelled task, a dead process) leaves the intent open: it
        may have been carried out.
        """
        with self._pending.sending(run):
            try:
                yield
            except (errors.OutcomeUnknown, errors.ProtocolError) as error:
                await self.mark_unknown(run, str(error))
                raise
            except errors.ThumbnbError as error:
                await self.mark_void(run.id, str(error))
                raise

    def sending_paused(self, run: RunRecord) -> AbstractContextManager[None]:
        """Wait inside to send a paid call again: nothing of it is on its way meanwhile."""
        return self._pending.paused(run)

    async def wait_for_no_sends(self, run: RunRecord) -> None:
        """Wait until no paid call is on its way to a run's project."""
        await self._pending.wait_for_none(run)

    async def mark_started(
        self,
        run: RunRecord,
        cost: float | None = None,
        state: RunState = RunState.RUNNING,
        **found: Any,
    ) -> None:
        """Write that the service has taken a call, and what it is known by there."""
        paid = (run.reserved or None) if cost is None else cost  # of some the price is not known
        values = {"started": self.clock(), "credits": paid, **found}
        await self._in_thread(self._database.update_run, run.id, state, **values)
        self.settle(run.id, cost)

    async def mark_processing(self, run: RunRecord) -> None:
        """Write that the service was seen processing a run, no longer queueing it."""
        if run.queued is None and run.started is not None:
            queued = self.clock() - run.started
            await self._in_thread(self._database.update_run, run.id, durable=False, queued=queued)

    async def mark_unknown(self, run: RunRecord, error: str) -> None:
        """Write that it is not known whether a call was carried out."""
        await self._in_thread(self._database.update_run, run.id, RunState.UNKNOWN, error=error)

    async def mark_void(self, run_id: int, error: str) -> bool:
        """Write that a call was certainly not carried out, and give its credits back.

        False where it is known to have been.
        """
        void = await self._in_thread(
            self._database.update_run, run_id, RunState.VOID, credits=0.0, error=error
        )
        if void:
            report_cost(0.0)
            self.budget.release(self._reserved.pop(run_id, None))
        return void

    async def abandon(self, run_id: int) -> None:
        """Write that nobody waits for a run any more: void if unknown, else failed."""
        await self.mark_void(run_id, "abandoned")
        await self.mark_failed(run_id, "abandoned")

    async def claim_job(self, run: RunRecord, job_id: str, cost: float | None = None) -> bool:
        """Write that the service has a run, as this job; False where that is another's."""
        mine = await self._in_thread(self._database.claim_job, run.id, job_id, self.clock(), cost)
        if mine:
            self.settle(run.id, cost)
        return mine

    def settle(self, run_id: int, cost: float | None = None) -> None:
        """Count what a run has cost."""
        counted = self.budget.settle(self._reserved.pop(run_id, None), cost)
        self._counted[run_id] = self._counted.get(run_id, 0.0) + counted
        if cost is not None:
            report_cost(cost)

    async def add_retries(self, run_id: int, times: int) -> None:
        """Write how often requests of a run had to be sent again."""
        if times:
            await self._in_thread(self._database.update_run, run_id, durable=False, retries=times)

    def outcome_unknown(self, run: RunRecord, message: str | None = None) -> errors.OutcomeUnknown:
        """Return the error for a call of which nobody knows whether it was carried out."""
        return errors.OutcomeUnknown(
            message or f"Run {run.id} was about to be sent when its kernel ended.",
            hint="error.check() looks again; error.resend() sends it again, which costs "
            f"{prices.amount(run.reserved) if run.reserved else 'once'} more "
            "if it was carried out after all. "
            f"In another kernel: client.run({run.id}).",
            run=run.id,
            recovery=self._recovery(run) if self._recovery else None,
        )

    # -- following ----------------------------------------------------------------

    @asynccontextmanager
    async def following(self, run_id: int, *, opened: bool = False) -> AsyncIterator[bool]:
        """Be the one of this client who follows a run; False after waiting for another.

        ``opened`` says that the caller has just opened the run.
        """
        if not opened:
            for opening in list(self._openings):
                await opening.wait()
            if other := self._followed.get(run_id):
                await other.wait()
                yield False
                return
            self._followed[run_id] = asyncio.Event()
        try:
            yield True
        finally:
            self.release(run_id)

    def release(self, run_id: int) -> None:
        """Let others follow a run."""
        self._followed.pop(run_id).set()

    def is_followed(self, run_id: int) -> bool:
        """Whether this client is following a run just now."""
        return run_id in self._followed

    # -- results ------------------------------------------------------------------

    async def results_of(self, run_id: int) -> list[SavedResult]:
        """Return what a run has made, in order."""
        return await self._in_thread(self._database.results_of, run_id)

    async def read_result(self, saved: SavedResult) -> bytes | None:
        """Return the bytes of a result from disk; None where they are not there."""
        return await self.read_bytes(saved.sha256) if saved.sha256 else None

    async def read_bytes(self, digest: str) -> bytes | None:
        """Return the bytes that have this hash from disk; None where they are not there."""
        return await self._in_thread(self.store.get, digest)

    async def save_bytes(self, data: bytes) -> str:
        """Save some bytes and return their hash."""

        def save() -> str:
            self._database.open()
            return self.store.put(data)

        return await self._in_thread(save)

    async def put_results(self, run_id: int, results: Iterable[SavedResult]) -> None:
        """Write what a run has made so far."""
        await self._in_thread(self._database.put_results, run_id, results)

    async def save_result(self, run_id: int, position: int, data: bytes) -> str:
        """Save the bytes of a result, and end its run when they were the last."""

        def save() -> str:
            with Image.open(io.BytesIO(data)) as image:
                size = image.size
            digest = self.store.put(data)
            self._database.mark_saved(run_id, position, digest, size)
            self._database.complete_run(run_id, self.clock())
            return digest

        return await self._in_thread(save)

    async def mark_made(
        self, run_id: int, results: Sequence[SavedResult], lasted: float | None = None
    ) -> None:
        """Write what a run has made, before any of it is fetched, and how long it lasted there."""

        def write() -> None:
            self._database.put_results(run_id, results)
            now = self.clock()
            self._database.update_run(run_id, RunState.MADE, noticed=now, lasted=lasted)
            self._database.complete_run(run_id, self.clock())  # all may have been fetched by then

        await self._in_thread(write)

    async def mark_done(self, run_id: int, answer: Any) -> None:
        """Write that a run is done, and has made what an answer names."""
        now = self.clock()
        await self._in_thread(
            self._database.update_run, run_id, RunState.DONE, answer=answer, noticed=now, saved=now
        )

    async def correct_cost(self, run_id: int, cost: float) -> None:
        """Write what a run has cost in the end, where the service has given some back."""
        run = await self.run(run_id)
        if run.credits is None or cost >= run.credits:
            return
        await self._in_thread(self._database.update_run, run_id, credits=cost)
        report_cost(cost)
        counted = self._counted.get(run_id, 0.0)
        self._counted[run_id] = min(counted, cost)
        self.budget.refund(counted - self._counted[run_id])

    async def mark_cancelled(self, run_id: int) -> None:
        """Write that the service has stopped a run and given back what it cost."""
        done = await self._in_thread(
            self._database.update_run,
            run_id,
            RunState.CANCELLED,
            noticed=self.clock(),
            credits=0.0,
            error="cancelled",
        )
        if done:
            report_cost(0.0)
            self.budget.refund(self._counted.pop(run_id, 0.0))

    async def mark_failed(self, run_id: int, error: str, *, refunded: bool = False) -> None:
        """Write that the service took a run and could not do it; whether it was paid back."""
        free: dict[str, Any] = {"credits": 0.0} if refunded else {}
        failed = await self._in_thread(
            self._database.update_run,
            run_id,
            RunState.FAILED,
            noticed=self.clock(),
            error=error,
            **free,
        )
        if failed and refunded:
            report_cost(0.0)
            self.budget.refund(self._counted.pop(run_id, 0.0))
