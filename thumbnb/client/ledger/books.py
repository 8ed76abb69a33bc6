"""The books of one client: every paid call is written down, and what it made is kept."""

from __future__ import annotations

import asyncio
import io
import time
from collections import Counter, defaultdict
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from PIL import Image

from thumbnb import errors
from thumbnb.client.ledger import prices
from thumbnb.client.ledger.budget import Budget
from thumbnb.client.ledger.ledger import Ledger
from thumbnb.client.ledger.result_store import ResultStore
from thumbnb.client.ledger.run_record import OPEN
from thumbnb.client.polling.schedule import Schedule
from thumbnb.client.runtime.job import charge

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
    from pathlib import Path

    from thumbnb.client.ledger.run_record import PaidCall, RunRecord, SavedResult

P = ParamSpec("P")
R = TypeVar("R")


class Books:
    """A home's ledger and cache, and one client's budget.

    Called on the runner's loop; the disk is used in threads. ``clock`` gives the
    seconds since 1970.
    """

    def __init__(
        self, home: Path, *, budget: float | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self.ledger = Ledger(home / "ledger.sqlite3")
        self.cache = ResultStore(home / "results", self.ledger.contents, self.ledger.needed)
        self.budget = Budget(budget)
        self.clock = clock
        self.handle: Callable[[RunRecord], Any] | None = None  # makes the object a user holds
        self._schedule: Schedule | None = None
        self._reserved: dict[int, object] = {}
        self._counted: dict[int, float] = {}
        self._followed: dict[int, asyncio.Event] = {}
        self._sending: Counter[tuple[str, str]] = Counter()
        self._quiet: defaultdict[tuple[str, str], asyncio.Event] = defaultdict(asyncio.Event)

    async def write(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Use the disk, in a thread, to the end: giving up the wait leaves nothing half done."""
        return await asyncio.to_thread(function, *args, **kwargs)

    # -- durations ----------------------------------------------------------------

    async def schedule(self) -> Schedule:
        """Return what is known of how long jobs take, from all runs of this home."""
        if self._schedule is None:
            self._schedule = Schedule.from_json(await self.write(self.ledger.learned))
        return self._schedule

    async def keep_schedule(self) -> None:
        """Write what has been learned of how long jobs take."""
        if self._schedule is not None:
            await self.write(self.ledger.learn, self._schedule.to_json())

    def tally(self, host: str) -> Callable[[int], Awaitable[float]]:
        """Return what counts requests to a host, those of all kernels of this home together."""

        async def count(limit: int) -> float:
            return await self.write(self.ledger.turn, host, limit, self.clock())

        return count

    # -- before and after the call ------------------------------------------------

    async def find(self, order: PaidCall) -> RunRecord | None:
        """Return the run of the same request and take that is under way or done."""
        if order.take is None:
            return None
        return await self.write(self.ledger.find, order.digest, order.take)

    async def open(self, order: PaidCall, token: object, *, anew: bool) -> tuple[RunRecord, bool]:
        """Write the intent of a paid call whose credits are reserved; see ``Ledger.open``."""
        entry, new = await self.write(self.ledger.open, order, self.clock(), anew=anew)
        if new:
            self._reserved[entry.id] = token
            charge(order.price or None)
        else:
            self.budget.release(token)
        return entry, new

    @asynccontextmanager
    async def sending(self, entry: RunRecord) -> AsyncIterator[None]:
        """Make the paid call inside: how it fails is written down.

        Any other end (a cancelled task, a dead process) leaves the intent open: it
        may have been carried out.
        """
        self._loud(entry)
        try:
            yield
        except (errors.OutcomeUnknown, errors.ProtocolError) as error:
            await self.doubt(entry, str(error))
            raise
        except errors.ThumbnbError as error:
            await self.void(entry.id, str(error))
            raise
        finally:
            self._still(entry)

    @contextmanager
    def aside(self, entry: RunRecord) -> Iterator[None]:
        """Wait inside to send a paid call again: nothing of it is on its way meanwhile."""
        self._still(entry)
        try:
            yield
        finally:
            self._loud(entry)

    def _loud(self, entry: RunRecord) -> None:
        project = entry.place, entry.project_id or ""
        self._sending[project] += 1
        self._quiet[project].clear()

    def _still(self, entry: RunRecord) -> None:
        project = entry.place, entry.project_id or ""
        self._sending[project] -= 1
        if not self._sending[project]:
            self._quiet.pop(project).set()
            del self._sending[project]

    async def begun(self, entry: RunRecord, cost: float | None = None, **found: Any) -> None:
        """Write that the service has taken a call, and what it is known by there."""
        paid = (entry.reserved or None) if cost is None else cost  # of some the price is not known
        values = {"state": "running", "started": self.clock(), "credits": paid, **found}
        await self.write(self.ledger.update, entry.id, **values)
        self.settle(entry.id, cost)

    async def at_work(self, entry: RunRecord) -> None:
        """Write that the service was seen to be at work on a run, no longer queueing it."""
        if entry.queued is None and entry.started is not None:
            queued = self.clock() - entry.started
            await self.write(self.ledger.update, entry.id, queued=queued)

    async def quiet(self, entry: RunRecord) -> None:
        """Wait until nothing else is being sent to a run's project."""
        project = entry.place, entry.project_id or ""
        while self._sending[project]:
            await self._quiet[project].wait()

    async def doubt(self, entry: RunRecord, error: str) -> None:
        """Write that it is not known whether a call was carried out."""
        await self.write(
            self.ledger.update, entry.id, only=("intent",), state="unknown", error=error
        )

    def lost(self, entry: RunRecord, message: str | None = None) -> errors.OutcomeUnknown:
        """Return the error for a call of which nobody knows whether it was carried out."""
        error = errors.OutcomeUnknown(
            message or f"Run {entry.id} was about to be sent when its kernel ended.",
            hint="error.check() looks again; error.resend() sends it again, which costs "
            f"{prices.amount(entry.reserved) if entry.reserved else 'once'} more "
            "if it was carried out after all. "
            f"In another kernel: client.run({entry.id}).",
        )
        error.run = entry.id
        error._way = self.handle(entry) if self.handle else None
        return error

    async def void(self, run_id: int, error: str) -> bool:
        """Write that a call was certainly not carried out, and give its credits back.

        False where it is known to have been.
        """
        gone = await self.write(
            self.ledger.update,
            run_id,
            only=("intent", "unknown"),
            state="void",
            credits=0.0,
            error=error,
        )
        if gone:
            charge(0.0)
            self.budget.release(self._reserved.pop(run_id, None))
        return gone

    async def abandon(self, run_id: int) -> None:
        """Write that nobody waits for a run any more: void if unknown, else failed."""
        await self.void(run_id, "abandoned")
        await self.fail(run_id, "abandoned")

    async def claim(self, entry: RunRecord, job_id: str, cost: float | None = None) -> bool:
        """Write that the service has a run, as this job; False where that is another's."""
        mine = await self.write(self.ledger.claim, entry.id, job_id, self.clock(), cost)
        if mine:
            self.settle(entry.id, cost)
        return mine

    def settle(self, run_id: int, cost: float | None = None) -> None:
        """Count what a run has cost."""
        counted = self.budget.settle(self._reserved.pop(run_id, None), cost)
        self._counted[run_id] = self._counted.get(run_id, 0.0) + counted
        if cost is not None:
            charge(cost)

    async def retried(self, run_id: int, times: int) -> None:
        """Write how often requests of a run had to be sent again."""
        if times:
            await self.write(self.ledger.update, run_id, retries=times)

    # -- following ----------------------------------------------------------------

    @asynccontextmanager
    async def following(self, run_id: int) -> AsyncIterator[bool]:
        """Be the one of this client who follows a run; False after waiting for another."""
        if other := self._followed.get(run_id):
            await other.wait()
            yield False
            return
        self._followed[run_id] = asyncio.Event()
        try:
            yield True
        finally:
            self._followed.pop(run_id).set()

    def is_followed(self, run_id: int) -> bool:
        """Whether this client is following a run just now."""
        return run_id in self._followed

    async def beside(self, entry: RunRecord) -> list[RunRecord]:
        """Return all runs of a run's project or collection, itself among them."""
        ledger, project = self.ledger, entry.project_id or ""
        return await self.write(ledger.of_project, entry.place, project)

    async def entry(self, run_id: int) -> RunRecord:
        """Return a run by its number. Raises InvalidInput."""
        found = await self.write(self.ledger.get, run_id)
        if found is None:
            raise errors.InvalidInput(
                f"There is no run {run_id} in this home.", hint="client.runs() lists them."
            )
        return found

    # -- results ------------------------------------------------------------------

    async def results(self, run_id: int) -> list[SavedResult]:
        """Return what a run has made, in order."""
        return await self.write(self.ledger.results, run_id)

    async def recall(self, saved: SavedResult) -> bytes | None:
        """Return the bytes of a result from disk; None where they are not there."""
        return await self.write(self.cache.get, saved.sha256) if saved.sha256 else None

    async def made(
        self, run_id: int, results: Sequence[SavedResult], lasted: float | None = None
    ) -> None:
        """Write what a run has made, before any of it is fetched, and how long it lasted there."""

        def write() -> None:
            self.ledger.put_results(run_id, results)
            self.ledger.update(
                run_id,
                only=("intent", "unknown", "running"),
                state="made",
                noticed=self.clock(),
                lasted=lasted,
            )
            self.ledger.complete(run_id, self.clock())  # all may have been fetched by then

        await self.write(write)

    async def keep(self, run_id: int, position: int, data: bytes) -> str:
        """Save the bytes of a result, and end its run when they were the last."""

        def write() -> str:
            with Image.open(io.BytesIO(data)) as picture:
                size = picture.size
            digest = self.cache.put(data)
            self.ledger.keep(run_id, position, digest, size)
            self.ledger.complete(run_id, self.clock())
            return digest

        return await self.write(write)

    async def ended(self, run_id: int, answer: Any) -> None:
        """Write that a run is done, and has made what an answer names."""
        now = self.clock()
        await self.write(
            self.ledger.update,
            run_id,
            only=OPEN,
            state="done",
            answer=answer,
            noticed=now,
            saved=now,
        )

    async def fail(self, run_id: int, error: str, *, refunded: bool = False) -> None:
        """Write that the service took a run and could not do it; whether it was paid back."""
        free: dict[str, Any] = {"credits": 0.0} if refunded else {}
        failed = await self.write(
            self.ledger.update,
            run_id,
            only=OPEN,
            state="failed",
            noticed=self.clock(),
            error=error,
            **free,
        )
        if failed and refunded:
            charge(0.0)
            self.budget.refund(self._counted.pop(run_id, 0.0))
