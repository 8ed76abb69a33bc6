"""A paid generation at YouThumb, from its intent to its pictures on disk.

Every step is in the ledger before the next is taken, so that it can be taken up
at any of them: by the same call, by another that asks for the same take, or by
``client.resume()`` in another kernel.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from thumbnb import errors
from thumbnb.api import youthumb
from thumbnb.client import looks
from thumbnb.client.arrival import collected, landed, recalled
from thumbnb.client.entry import FRUITLESS
from thumbnb.client.job import charge, land, report
from thumbnb.client.reconcile import Finding, own_job

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from thumbnb.client.entry import Entry, Order
    from thumbnb.client.results import Results
    from thumbnb.client.session import Patience, Session
    from thumbnb.client.watch import Seen as Sight
    from thumbnb.models import JobRecord, ProjectStatus, StartRecord

    Send = Callable[[], Awaitable[StartRecord]]
    Seen = Callable[[ProjectStatus], None]

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
# A request this many seconds old that shows no effect will never have one.
HORIZON = 600.0


class Void(errors.JobFailed):
    """The run was certainly never carried out."""

    default_hint = "Nothing was charged: ask for it again."


async def generate(
    session: Session,
    patience: Patience,
    order: Order,
    prepare: Callable[[], Awaitable[tuple[Sequence[str], Send]]],
    *,
    what: str,
    most: float | None = None,
    anew: bool = False,
    seen: Seen | None = None,
) -> Results:
    """Return the results of an order, paying at most once for a take of it.

    ``prepare`` sends what is free, and returns the jobs its project has and the paid
    call. ``most`` is the most credits it may cost. ``anew`` pays although the same
    take may be under way. ``seen`` hears of the project's status as it is read.
    """
    books = session.books
    while True:
        entry = None if anew else await books.find(order)
        if entry is None:
            token = books.budget.reserve(order.price, what, at_most=most)
            try:
                known, send = await prepare()
                entry, new = await books.open(replace(order, known=known), token, anew=anew)
            except BaseException:
                books.budget.release(token)
                raise
            if new:
                return await Generation(session, entry, seen).begin(patience, send)
        try:
            return await Generation(session, entry, seen).join(patience)
        except Void:
            logger.info("Run %d was never carried out: it is begun anew.", entry.id)


class Generation:
    """One run: begun, looked for, waited for, collected."""

    def __init__(self, session: Session, entry: Entry, seen: Seen | None = None) -> None:
        self._session = session
        self._books = session.books
        self._seen = seen
        self._landed = 0
        self.entry = entry

    @property
    def _project(self) -> str:
        if self.entry.project_id is None:
            raise errors.InvalidInput(f"Run {self.entry.id} is not of a project.")
        return self.entry.project_id

    # -- the ways in --------------------------------------------------------------

    async def begin(self, patience: Patience, send: Send) -> Results:
        """Make the paid call, wait, and return the results."""
        patience.leave("client.resume()")
        async with self._books.following(self.entry.id):
            await self._pay(patience, send)
            return await self._finish(patience)

    async def join(self, patience: Patience) -> Results:
        """Return the results of a run that was begun before; costs nothing more."""
        results = await self.resume(patience)
        results.credits = 0.0
        charge(0.0)
        return results

    async def resume(self, patience: Patience) -> Results:
        """Take a run up where it is: find it, wait for it, or read it from disk."""
        while True:
            async with self._books.following(self.entry.id) as mine:
                self.entry = await self._books.entry(self.entry.id)
                if not mine:
                    continue
                if self.entry.state in FRUITLESS:
                    kind = Void if self.entry.state == "void" else errors.JobFailed
                    raise kind(f"Run {self.entry.id} came to nothing: {self.entry.error}")
                if self.entry.state == "done" and (
                    results := await recalled(self._session, self.entry)
                ):
                    return results
                if self.entry.job_id is None:
                    await self._settle(self._books.lost(self.entry))
                return await self._finish(patience)

    async def check(self) -> str | None:
        """Look once whether the service has the run; returns its job there."""
        return self.entry.job_id or (await self._look()).job_id

    # -- paying -------------------------------------------------------------------

    async def _pay(self, patience: Patience, send: Send) -> None:
        started: StartRecord | None = None
        try:
            async with self._books.sending(self.entry):
                started = await send()
                cost = started.credits_consumed
                # The documented answer does not name its job.
                if not (started.job_id and await self._claim(started.job_id, cost)):
                    await self._books.begun(self.entry, cost)
        except (errors.OutcomeUnknown, errors.ProtocolError) as error:
            logger.info("%s Looking at the project.", error.message)
            await self._settle(error)
        finally:
            await self._books.retried(self.entry.id, patience.retries)
        if started and self.entry.job_id is None:
            shown = errors.ProtocolError(
                f"YouThumb started project {self._project} and shows no job of it.",
                service=youthumb.SERVICE,
            )
            await self._settle(shown, started.credits_consumed)

    async def _claim(self, job_id: str, cost: float | None) -> bool:
        mine = await self._books.claim(self.entry, job_id, cost)
        if mine:
            self.entry = await self._books.entry(self.entry.id)
        return mine

    async def _settle(self, error: errors.ThumbnbError, cost: float | None = None) -> None:
        """Find the job of a call whose answer does not name it; look for a while."""
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
            if self._books.clock() - self.entry.created > HORIZON:
                break
        old = self._books.clock() - self.entry.created > HORIZON
        if shown == 0 and old and await self._books.void(self.entry.id, "never carried out"):
            raise Void(f"Run {self.entry.id} was never carried out.")
        await self._books.doubt(self.entry, error.message)
        says = {
            None: "cannot be read just now",
            0: f"shows no job of it {sum(LOOKS):g} s later",
        }.get(shown, "shows jobs that may be its own or another's")
        raise self._books.lost(self.entry, f"{error.message} Its project {says}.") from error

    async def _look(self, cost: float | None = None) -> Finding:
        """Find the run's job among those of its project that nobody else has."""
        await self._books.quiet(self.entry)
        # The short status is not documented to name the prompts.
        found = await self._session.ask(youthumb.detailed_status, self._project)
        runs = await self._books.write(
            self._books.ledger.of_project, self.entry.place, self._project
        )
        self.entry = next(run for run in runs if run.id == self.entry.id)
        finding = own_job(found.jobs, self.entry, runs)
        if finding.job_id and not await self._claim(finding.job_id, cost):
            return replace(finding, job_id=None)  # another kernel was quicker
        return finding

    # -- waiting and collecting ---------------------------------------------------

    async def _finish(self, patience: Patience) -> Results:
        job_id = self.entry.job_id or ""
        patience.leave(f"project.follow({job_id!r}) or, in any kernel, client.resume()")
        if self.entry.state == "running":
            job = await self._wait(job_id)
            if job.status != "completed":
                reason = (job.error_message or job.status).rstrip(".")
                await self._books.fail(self.entry.id, reason)
                raise errors.JobFailed(
                    f"YouThumb could not generate it: {reason}.",
                    hint=f"Mend what it names; project.retry({job_id!r}) tries again, for credits.",
                    body=job.model_dump(by_alias=True),
                )
        return await collected(self._session, self.entry)

    async def _wait(self, job_id: str) -> JobRecord:
        session = self._session
        report("generating")
        return await session.until_done(
            session.key("generate", self.entry.preset),
            job_id,
            looks.of_project(session.http, self._project, self._seen),
            place=self._project,
            age=max(0.0, self._books.clock() - (self.entry.started or self.entry.created)),
            held=not session.metered,
            on_seen=self._heard,
        )

    async def _heard(self, seen: Sight[JobRecord]) -> None:
        """Tell how far it is, and keep account of the pictures that are there already."""
        job: JobRecord | None = seen.value
        if job is None:  # seen in the list of projects, which does not show their jobs
            return
        there = len(job.images.results)
        if there > self._landed:
            land(await landed(self._session, self.entry, job))
            self._landed = there
        # Who shows none may not show them before the end.
        told = (job.metadata or {}).get("variations")
        done = there if there or told else None
        total = told if isinstance(told, int) else int(self.entry.reserved) or None
        report("generating", seen.fraction, done=done, total=total)
