"""Cells at work: they are made one after the other, some at a time."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import time
from collections import deque
from contextvars import Context, copy_context
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

from thumbnb import errors
from thumbnb.client.inputs import checks
from thumbnb.client.ledger import prices
from thumbnb.client.ledger.budget import Budget
from thumbnb.client.runtime import waiting
from thumbnb.client.runtime.cost_listener import CostListener
from thumbnb.client.runtime.progress import report_cost, report_progress, report_to
from thumbnb.client.runtime.three_way import remote
from thumbnb.resilience import retry
from thumbnb.text.short_repr import short_repr
from thumbnb.tuning.cell_result import CellResult
from thumbnb.tuning.choices import Choices
from thumbnb.tuning.space.video_frame import with_frames

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from thumbnb.client.client import Client
    from thumbnb.client.images.results import Results
    from thumbnb.client.runtime.job import Job
    from thumbnb.client.runtime.runner import Runner
    from thumbnb.tuning.plan import Plan
    from thumbnb.tuning.space.axis import Axis
    from thumbnb.tuning.space.cell import Cell

logger = logging.getLogger(__name__)

RunProgress: TypeAlias = Literal["running", "paused", "stopped", "finished"]
Subscriber: TypeAlias = "Callable[[frozenset[str]], None]"


class CellSource(Protocol):
    """What a run is of: a sweep, with its cells in the order in which they are made."""

    client: Client
    cells: tuple[Cell, ...]

    @property
    def axes(self) -> tuple[Axis, ...]:
        """What is varied."""

    def extend(self, **more: Any) -> Any:
        """Return one with further values."""


class CellRun:
    """The cells of a sweep at work: what became of each, and what was said of its image."""

    def __init__(
        self,
        sweep: CellSource,
        plan: Plan,
        *,
        budget: float | None = None,
        concurrency: int | None = None,
        deadline: float | None = None,
    ) -> None:
        self.sweep = sweep
        self.plan = plan
        self.problem = ""
        self.concurrency = concurrency or plan.concurrency
        self.budget = Budget(budget)
        self._deadline = deadline
        self._by_id = {cell.id: cell for cell in sweep.cells}
        self._results = {cell.id: CellResult() for cell in sweep.cells}
        self._queue = deque(sweep.cells)
        self._state: RunProgress = "running"
        self._lanes: set[asyncio.Task[None]] = set()
        self._ended: asyncio.Event | None = None
        self._subscribers: list[Subscriber] = []
        self._summary = ""
        self.choices = Choices(
            sweep.client.sessions[1].ledger.choices,
            lambda cell_id: self.result(cell_id).digest,
            self._notify,
        )

    # -- looking ------------------------------------------------------------------

    @property
    def client(self) -> Client:
        """The client it works with."""
        return self.sweep.client

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The axes of its sweep."""
        return self.sweep.axes

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Its cells, in the order in which they are made."""
        return self.sweep.cells

    @property
    def state(self) -> RunProgress:
        """``running``, ``paused``, ``stopped`` or ``finished``."""
        return self._state

    @property
    def runner(self) -> Runner:
        """The thread where its requests run."""
        return self.client.runner

    def check_open(self, method: str) -> None:
        """Raise ClientClosed where the client is closed."""
        self.client.check_open(method)

    def keep_job(self, job: Job[Any]) -> str:
        """Keep a job that nobody waits for; return the Python that finds it again."""
        return self.client.keep_job(job)

    def cell(self, cell_id: str) -> Cell:
        """Return a cell by its id. Raises InvalidInput."""
        self.result(cell_id)
        return self._by_id[cell_id]

    def result(self, cell_id: str) -> CellResult:
        """Return how a cell stands. Raises InvalidInput for a cell of another sweep."""
        found = self._results.get(cell_id) if isinstance(cell_id, str) else None
        if found is None:
            raise errors.InvalidInput(
                f"This run has no cell {short_repr(cell_id)}.", hint="run.cells lists them."
            )
        return found

    @property
    def done(self) -> list[Cell]:
        """The cells whose images are there, in the order in which they are made."""
        return [cell for cell in self.cells if self._results[cell.id].state == "done"]

    @property
    def credits(self) -> float:
        """What it has cost so far, as far as that is known."""
        return sum(result.credits or 0.0 for result in self._results.values())

    def counts(self) -> dict[str, int]:
        """Return how many cells are waiting, running, done, failed and stopped."""
        out = dict.fromkeys(("waiting", "running", "done", "failed", "stopped"), 0)
        for result in self._results.values():
            out[result.state] += 1
        return out

    def subscribe(self, callback: Subscriber) -> Callable[[], None]:
        """Call ``callback(ids of changed cells)`` at every change; returns what ends it.

        It is called on any thread: hand over and return. An empty set says that the state
        of the whole has changed.
        """
        if not callable(callback):
            raise errors.InvalidInput(
                f"callback is a function of the ids that changed, not {short_repr(callback)}."
            )
        self._subscribers.append(callback)

        def unsubscribe() -> None:
            with contextlib.suppress(ValueError):
                self._subscribers.remove(callback)

        return unsubscribe

    def _notify(self, changed: frozenset[str]) -> None:
        for each in list(self._subscribers):
            try:
                each(changed)
            except Exception:  # a display that fails never stops a sweep
                logger.exception("A subscriber of %r failed", self)

    def _set(self, cell: Cell, result: CellResult) -> None:
        self._results[cell.id] = result
        self._notify(frozenset({cell.id}))

    # -- at work ------------------------------------------------------------------

    def begin(self) -> None:
        """Start to make the cells that wait; called on the runner's loop."""
        self._ended = self._ended or asyncio.Event()
        self._ended.clear()
        self._state = "running"
        self.problem = ""
        self._fill()

    def _fill(self) -> None:
        """Have as many cells under way as may be."""
        while self._state == "running" and self._queue and len(self._lanes) < self.concurrency:
            cell = self._queue.popleft()
            # A context of its own: what a cell costs is reported to itself.
            self._start(cell)
        if not self._lanes and (self._state == "stopped" or not self._queue):
            if self._state != "stopped":
                self._state = "finished"
            if self._ended:
                self._ended.set()
            self._notify(frozenset())

    def _start(self, cell: Cell) -> asyncio.Task[None]:
        self._set(cell, CellResult("running"))
        loop = asyncio.get_running_loop()
        task = loop.create_task(self._make(cell), context=Context())
        self._lanes.add(task)
        task.add_done_callback(self._finish)
        return task

    def _finish(self, task: asyncio.Task[None]) -> None:
        self._lanes.discard(task)
        self._fill()

    async def _make(self, cell: Cell) -> None:
        cost, began = CostListener(), time.monotonic()
        report_to(cost)
        token, made = None, CellResult("stopped")
        try:
            token = self._reserve(cell)
            brief = await with_frames(cell.brief)
            results = await self.client.generate.aio(
                brief.pop("prompt"), **brief, take=cell.take, deadline=self._deadline
            )
            made = await self._made(results, cost, time.monotonic() - began)
        except retry.HOPELESS as error:
            made = CellResult("failed", error=str(error), credits=cost.spent(error))
            self._stop_by(error)
        except errors.ThumbnbError as error:
            made = CellResult(
                "failed",
                error=str(error),
                credits=cost.spent(error),
                seconds=time.monotonic() - began,
            )
        except Exception as error:
            if not _is_at_exit(error):
                logger.exception("%r failed", cell)
                made = CellResult("failed", error=f"{type(error).__name__}: {error}")
        finally:
            if token is not None:
                self.budget.settle(token, made.credits or 0.0)
            self._set(cell, made)

    def _reserve(self, cell: Cell) -> object:
        state = self.plan.states.get(cell.id)
        price = 0.0 if state in {"done", "made", "running"} else prices.PER_IMAGE
        return self.budget.reserve(price, f"The cell {cell.title}")

    async def _made(self, results: Results, cost: CostListener, seconds: float) -> CellResult:
        [result, *_] = results
        data = await result.load.aio()
        digest = hashlib.sha256(data).hexdigest()
        store = self.client.result_store
        if store.path(digest).is_file():  # a run of hundreds of cells would hold them all
            result.keep_on_disk(partial(store.get, digest))
        spent = results.credits if results.credits is not None else cost.cost
        return CellResult(
            "done",
            cached=results.cached,
            image=result,
            credits=spent,
            seconds=None if results.cached else seconds,
            digest=digest,
            scores={name: value for name, value in result.scores.items() if value is not None},
        )

    def _stop_by(self, error: errors.ThumbnbError) -> None:
        """Send nothing further: it would fare the same."""
        self.problem = str(error)
        self._drop()

    def _drop(self) -> list[Cell]:
        self._state = "stopped"
        dropped = list(self._queue)
        self._queue.clear()
        for cell in dropped:
            self._results[cell.id] = CellResult("stopped")
        self._notify(frozenset(cell.id for cell in dropped))
        return dropped

    # -- steering -----------------------------------------------------------------

    def pause(self) -> None:
        """Send no further cell until ``resume()``; those under way go on."""
        if self._state == "running":
            self._state = "paused"
            self._notify(frozenset())

    def resume(self) -> None:
        """Go on where it was paused or stopped."""
        if self._state in {"paused", "stopped"}:
            self.runner.start(self._resume())

    async def _resume(self) -> None:
        if self._state == "stopped":
            self._queue.extend(c for c in self.cells if self._results[c.id].state == "stopped")
            for cell in self._queue:
                self._results[cell.id] = CellResult()
        elif self._state != "paused":
            return
        self._notify(frozenset(cell.id for cell in self._queue))
        self.begin()

    @remote
    async def stop(self) -> str:
        """Send no further cell, and say what is paid; those under way go on and land."""
        if self._state in {"running", "paused"}:
            dropped = self._drop()
            counts = self.counts()
            on = counts["running"]
            on_the_way = f", {on} under way (paid, and they land)" if on else ""
            self._summary = (
                f"Stopped: {counts['done']} of {len(self.cells)} images are made{on_the_way}, "
                f"{len(dropped)} were not sent. {prices.amount(self.credits)} paid so far; "
                "run.resume() goes on."
            )
            if not self._lanes and self._ended:
                self._ended.set()
        return self._summary or f"It had ended: {self!r}"

    @remote
    async def retry(self, cell_id: str) -> CellResult:
        """Make a failed or stopped cell again, wait, and return how it stands.

        What was paid for it and can still be had is not paid again.
        """
        cell, before = self.cell(cell_id), self.result(cell_id)
        if before.state in {"running", "done"}:
            return before
        with contextlib.suppress(ValueError):
            self._queue.remove(cell)
        self.plan.states.pop(cell.id, None)
        await asyncio.wait({self._start(cell)})  # who gives up the wait stops nothing
        return self.result(cell_id)

    @remote
    async def wait(self, *, deadline: float | None = None) -> CellRun:
        """Wait until it has ended, and return itself.

        Raises DeadlineExceeded after ``deadline`` seconds; it goes on.
        """
        deadline = checks.positive("deadline", deadline)
        unsubscribe = self.subscribe(self._reporter())
        try:
            if self._ended:
                async with asyncio.timeout(deadline):
                    await self._ended.wait()
        except TimeoutError:
            raise errors.DeadlineExceeded(
                f"{self!r} has not ended after {deadline:g} s.",
                hint="It goes on: run.wait() waits again, run.stop() sends nothing further.",
            ) from None
        finally:
            unsubscribe()
        return self

    def _reporter(self) -> Subscriber:
        """Return what tells the job that waits how far it is."""
        job = copy_context()

        def report(_: frozenset[str]) -> None:
            counts = self.counts()
            done, total = counts["done"] + counts["failed"], len(self.cells)
            # It is called in the context of a cell, which has a listener of its own.
            job.copy().run(report_cost, self.credits)
            job.copy().run(report_progress, "generating", done / total, done=done, total=total)

        return report

    def __await__(self) -> Generator[Any, None, CellRun]:
        waiting.refuse_trio("A run")
        return self.wait.aio().__await__()

    def __repr__(self) -> str:
        counts = self.counts()
        some = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
        return f"<{type(self).__name__} {self.state}: {some}; {prices.amount(self.credits)}>"


def _is_at_exit(error: Exception) -> bool:
    """Whether Python ends while a cell is made: no thread takes work then, and nothing is lost."""
    return isinstance(error, RuntimeError) and "shutdown" in str(error)
