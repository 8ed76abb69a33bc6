"""A generation at YouThumb: paid for a variation, waited for, its pictures kept."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from thumbnb import errors
from thumbnb.api import youthumb, youthumb_resources
from thumbnb.client.polling import status_requests
from thumbnb.client.purchases.collect_results import collected, landed, recalled
from thumbnb.client.purchases.recoverable_purchase import RecoverablePurchase
from thumbnb.client.runtime.job import land, report

if TYPE_CHECKING:
    from collections.abc import Callable

    from thumbnb.client.images.results import Results
    from thumbnb.client.ledger.run_record import RunRecord
    from thumbnb.client.polling.subscriptions import Observation
    from thumbnb.client.session import Deadline, Session
    from thumbnb.models import JobRecord, ProjectStatus, StartRecord

# What a service calls a job it has taken and not begun.
_QUEUED = frozenset({"pending", "queued", "waiting"})


class Generation(RecoverablePurchase["StartRecord", "Results"]):
    """One run of a project; ``seen`` hears of the project's status as it is read."""

    place: ClassVar = "Its project"
    thing: ClassVar = "job"
    horizon: ClassVar = 600.0

    def __init__(
        self,
        session: Session,
        entry: RunRecord,
        seen: Callable[[ProjectStatus], None] | None = None,
    ) -> None:
        super().__init__(session, entry)
        self._seen = seen
        self._started: StartRecord | None = None
        self._landed = 0
        self._at_work = False

    @property
    def _project(self) -> str:
        if self.entry.project_id is None:
            raise errors.InvalidInput(f"Run {self.entry.id} is not of a project.")
        return self.entry.project_id

    @property
    def _answered(self) -> bool:
        return self.entry.job_id is not None

    async def join(self, patience: Deadline) -> Results:
        """Return the results of a run that was begun before; costs nothing more."""
        results = await super().join(patience)
        results.credits = 0.0
        return results

    async def _recall(self) -> Results | None:
        return await recalled(self._session, self.entry)

    # -- paying -------------------------------------------------------------------

    async def _note(self, answer: StartRecord) -> None:
        self._started, cost = answer, answer.credits_consumed
        # The documented answer does not name its job.
        if not (answer.job_id and await self._claim(answer.job_id, cost)):
            await self._books.begun(self.entry, cost)

    async def _listed(self) -> list[JobRecord]:
        # The short status is not documented to name the prompts.
        return (await self._session.ask(youthumb.detailed_status, self._project)).jobs

    async def _balance(self) -> float | None:
        return (await self._session.ask(youthumb_resources.get_usage)).credits

    # -- waiting and collecting ---------------------------------------------------

    async def _finish(self, patience: Deadline) -> Results:
        if self._started and not self._answered:
            error = errors.ProtocolError(
                f"YouThumb started project {self._project} and shows no job of it.",
                service=youthumb.SERVICE,
            )
            await self._find_out(error, self._started.credits_consumed)
        job_id = self.entry.job_id or ""
        patience.leave(f"project.follow({job_id!r}) or, in any kernel, client.resume()")
        job = None
        if self.entry.state == "running":
            job = await self._wait(job_id)
            if job.status != "completed":
                reason = (job.error_message or job.status).rstrip(".")
                # Of the hosted service nobody knows whether it pays back what it could not do.
                await self._books.fail(self.entry.id, reason, refunded=not self._session.metered)
                raise errors.JobFailed(
                    f"YouThumb could not generate it: {reason}.",
                    hint=f"Mend what it names; project.retry({job_id!r}) tries again, for credits.",
                    body=job.model_dump(by_alias=True),
                )
        return await collected(self._session, self.entry, job)

    async def _wait(self, job_id: str) -> JobRecord:
        session = self._session
        look = partial(status_requests.of_project, session.http, self._project, self._seen)
        report("generating")
        return await session.until_done(
            session.key("generate", self.entry.preset),
            job_id,
            look(),
            read=look(pictures=True),
            place=self._project,
            age=max(0.0, self._books.clock() - (self.entry.started or self.entry.created)),
            held=not session.metered,
            on_seen=self._heard,
        )

    async def _heard(self, seen: Observation[JobRecord]) -> None:
        """Tell how far it is, and keep account of the pictures that are there already."""
        job: JobRecord | None = seen.value
        if job is None:  # seen in the list of projects, which does not show their jobs
            return
        if job.status not in _QUEUED and not self._at_work:
            self._at_work = True
            await self._books.at_work(self.entry)
        there = len(job.images.results)
        if there > self._landed:
            land(await landed(self._session, self.entry, job))
            self._landed = there
        # Who shows none may not show them before the end.
        told = (job.metadata or {}).get("variations")
        done = there if there or told else None
        total = told if isinstance(told, int) else int(self.entry.reserved) or None
        report("generating", seen.fraction, done=done, total=total)
