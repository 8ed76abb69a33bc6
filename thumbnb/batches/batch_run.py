"""A running batch: a bounded number of rows at a time; the others stay in the table."""

from __future__ import annotations

import asyncio
import errno
import logging
import time
from contextvars import Context, copy_context
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from thumbnb import errors
from thumbnb.batches import output_files
from thumbnb.batches.localized_images import localized_images
from thumbnb.batches.pace import Pace
from thumbnb.batches.rows.row_result import MadeImage, RowResult
from thumbnb.batches.rows.row_template import RowFault
from thumbnb.batches.workers import executors
from thumbnb.batches.workers.address import write_address
from thumbnb.batches.workers.environment import fingerprint
from thumbnb.batches.workers.frame_task import find_frames
from thumbnb.client.ledger import prices
from thumbnb.client.ledger.budget import Budget
from thumbnb.client.runtime.cost_listener import CostListener
from thumbnb.client.runtime.progress import report_cost, report_eta, report_progress, report_to
from thumbnb.resilience import retry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

    from thumbnb.batches.batch_plan import BatchPlan
    from thumbnb.batches.rows.row_request import FrameRequest, RowRequest
    from thumbnb.batches.rows.row_requests import RowRequests
    from thumbnb.client.client import Client

logger = logging.getLogger(__name__)

# Seconds between two reports: nobody reads faster, and each is a message to a notebook.
_REPORT_SECONDS = 0.25
# What every other file would come to as well, so that the rest need not be tried.
_DISK_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})
_HOPELESS_KINDS = frozenset({"OtherVersion"})


class BatchRun:
    """Makes the rows of a batch: ``results`` by the number of the row, ``problem`` why it stopped.

    ``executor`` makes the frames, ``client`` the thumbnails.
    """

    def __init__(
        self,
        requests: RowRequests,
        plan: BatchPlan,
        client: Client | None,
        *,
        executor: Executor | None,
        take: int,
        budget: float | None,
        concurrency: int | None,
        deadline: float | None,
    ) -> None:
        self._requests = requests
        self._plan = plan
        self._client = client
        self._executor = executor
        self._take = take
        self._budget = Budget(budget)
        self._deadline = deadline
        self._concurrency = concurrency
        self.results: dict[int, RowResult] = {}
        self.problem = ""
        self._cause: Exception | None = None
        self.pace = Pace(plan.rows)
        self._spent = 0.0
        self._fingerprint = ""
        self._reported = 0.0
        self._job = copy_context()
        generations = client.sessions[1].concurrency if client else 1
        self._generations = asyncio.Semaphore(generations)
        self._lanes = concurrency or generations
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def stop(self, problem: str = "it was stopped", cause: Exception | None = None) -> None:
        """Begin no further row; those under way land."""
        if not self.problem:
            self.problem, self._cause = problem, cause

    async def run(self) -> None:
        """Make all rows that can be made, and wait for them."""
        self._job = copy_context()
        report_eta(lambda: self.pace.eta)
        for number, fault in self._plan.faults.items():
            self._finish(number, RowResult(error=fault, seconds=0.0))
        executor, own_executor = self._executor, None
        if self._requests.has_frames and executor is None:
            own_executor = executor = executors.WorkerProcesses(
                self._concurrency, seconds=self._deadline or executors.SECONDS
            )
        if executor is not None and self._requests.has_frames:
            wanted = await asyncio.to_thread(executors.window, executor)
            self._lanes = self._concurrency or wanted
        self._executor = executor
        self._fingerprint = await asyncio.to_thread(fingerprint)
        rest = (n for n in range(len(self._requests)) if n not in self._plan.faults)
        lanes = [asyncio.create_task(self._lane(rest)) for _ in range(self._lanes)]
        try:
            await asyncio.gather(*lanes)
        finally:
            for lane in lanes:
                lane.cancel()
            if own_executor is not None:
                await asyncio.to_thread(own_executor.shutdown, cancel_futures=True)
        self._raise_where_nothing_was_made()
        for number in range(len(self._requests)):
            if number not in self.results:
                self._finish(number, RowResult(error=f"Not made: {self.problem}.", seconds=0.0))

    def _raise_where_nothing_was_made(self) -> None:
        """Raise what has stopped it, where a table would say the same in every row."""
        if self._cause is None or any(each.images for each in self.results.values()):
            return
        if isinstance(self._cause, errors.ThumbnbError):
            raise self._cause
        raise errors.InvalidInput(
            f"Nothing was made: {self.problem}.", hint="Mend that, and run it again."
        ) from self._cause

    async def _lane(self, numbers: Iterator[int]) -> None:
        """Make one row after the other."""
        while not self.problem and (number := next(numbers, None)) is not None:
            # A context of its own: what a row costs is reported to itself.
            task = asyncio.get_running_loop().create_task(self._row(number), context=Context())
            self._finish(number, await task)

    def _finish(self, number: int, result: RowResult) -> None:
        self.results[number] = result
        self._spent += result.credits or 0.0
        self.pace.add(failed=bool(result.error), made_before=result.made_before)
        now = time.monotonic()
        if now - self._reported >= _REPORT_SECONDS or self.pace.done == self.pace.total:
            self._reported = now
            self._job.copy().run(self._report)

    def _report(self) -> None:
        pace = self.pace
        report_cost(self._spent)
        fraction = pace.done / pace.total
        report_progress(pace.text, fraction, done=pace.done, total=pace.total)

    # -- one row ---------------------------------------------------------------------

    async def _row(self, number: int) -> RowResult:
        cost, began = CostListener(), time.monotonic()
        report_to(cost)
        try:
            return await self._make(number, cost, began)
        except executors.ExecutorGone as gone:
            self.stop(f"the executor is gone: {gone}", gone)
            return self._failed(f"Not made: {self.problem}.", cost, began)
        except retry.HOPELESS as error:
            self.stop(str(error).rstrip("."), error)
            return self._failed(str(error), cost, began, error)
        except (RowFault, errors.ThumbnbError) as error:
            return self._failed(str(error), cost, began, error)
        except OSError as error:
            if error.errno in _DISK_ERRORS:
                self.stop(f"nothing more can be written ({error.strerror})", error)
            return self._failed(
                f"It cannot be written: {error.strerror or error}.", cost, began, error
            )
        except Exception as error:
            logger.exception("Row %d failed", number + 1)
            return self._failed(f"{type(error).__name__}: {error}", cost, began, error)

    def _failed(
        self, text: str, cost: CostListener, began: float, error: Exception | None = None
    ) -> RowResult:
        known = error if isinstance(error, errors.ThumbnbError) else None
        spent = cost.spent(known) if self._client is not None else 0.0
        if spent is None and not isinstance(error, errors.OutcomeUnknown):
            spent = 0.0  # nothing was asked for yet
        return RowResult(error=text, credits=spent, seconds=time.monotonic() - began)

    async def _make(self, number: int, cost: CostListener, began: float) -> RowResult:
        request = await asyncio.to_thread(self._requests.request, number)
        frames: tuple[MadeImage, ...] = ()
        seconds, before = 0.0, True
        if request.frames is not None:
            frames, seconds, before = await self._frames(request.frames)
        if request.brief is None:
            return RowResult(frames, seconds=seconds, made_before=before)
        async with self._generations:
            return await self._thumbnails(request, frames, cost, began)

    async def _frames(self, wanted: FrameRequest) -> tuple[tuple[MadeImage, ...], float, bool]:
        """Return the frames, the seconds it took, and whether they were made before."""
        # Two rows that ask for the same: the second finds what the first has made.
        lock = self._locks.setdefault(wanted.targets[0], asyncio.Lock())
        async with lock:
            return await self._frames_once(wanted)

    async def _frames_once(self, wanted: FrameRequest) -> tuple[tuple[MadeImage, ...], float, bool]:
        at_worker = self._requests.at_worker
        if not at_worker:
            there = await asyncio.to_thread(find_frames, wanted.targets, wanted.digest)
            if there:
                return _made(wanted.targets, there), 0.0, True
        assert self._executor is not None  # noqa: S101 - there are frames
        task = wanted.task(self._fingerprint, at_worker=at_worker)
        answer = await executors.run_frames(self._executor, task)
        if fault := answer.get("error"):
            if fault["kind"] in _HOPELESS_KINDS or fault.get("errno") in _DISK_ERRORS:
                self.stop(fault["message"].rstrip("."), RowFault(fault["message"]))
            raise RowFault(fault["message"])
        found = answer["frames"]
        if not at_worker:
            # The first is written last: where it is, all are.
            for target, frame in reversed(list(zip(wanted.targets, found, strict=False))):
                await asyncio.to_thread(write_address, target, frame.pop("data"))
        return _made(wanted.targets, found), answer["seconds"], False

    async def _thumbnails(
        self,
        request: RowRequest,
        frames: tuple[MadeImage, ...],
        cost: CostListener,
        began: float,
    ) -> RowResult:
        assert self._client is not None  # noqa: S101 - there is a brief
        brief: dict[str, Any] = dict(request.brief or {})
        if frames:
            brief["content_images"] = [
                *(frame.path for frame in frames), *brief.get("content_images", ())
            ]  # fmt: skip
        is_paid = request.number in self._plan.paid
        price = prices.PER_IMAGE * request.variations if is_paid else 0.0
        token = self._budget.reserve(price, f"Row {request.number + 1}")
        spent: float | None = 0.0
        try:
            results = await self._client.generate.aio(
                brief.pop("prompt"), **brief, take=self._take, deadline=self._deadline
            )
            spent = results.credits if results.credits is not None else cost.cost
            cost.cost = spent  # what fails from here on is paid
        except errors.ThumbnbError as error:
            spent = cost.spent(error)
            raise
        finally:
            self._budget.settle(token, spent)
        images = []
        for number, result in enumerate(results):
            data = await result.load.aio()
            path = await asyncio.to_thread(
                output_files.save_result, self._client, data, request.targets, number
            )
            time_shown = frames[0].time if frames else None
            images.append(MadeImage(path, time_shown, result.scores.get("total")))
        localized = await localized_images(self._requests, request, results)
        seconds = time.monotonic() - began
        return RowResult(tuple(images), localized, spent, seconds, made_before=results.cached)


def _made(targets: tuple[str, ...], facts: list[dict[str, Any]]) -> tuple[MadeImage, ...]:
    return tuple(
        MadeImage(target, fact["time"], fact["score"])
        for target, fact in zip(targets, facts, strict=False)
    )
