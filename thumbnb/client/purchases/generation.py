"""A generation at YouThumb: paid for a variation, waited for, its images kept."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from thumbnb import errors
from thumbnb.api import youthumb, youthumb_resources
from thumbnb.client.ledger import prices
from thumbnb.client.polling import status_requests
from thumbnb.client.purchases.collect_results import (
    collect,
    collect_partial,
    read_saved_results,
    unfinished_images,
)
from thumbnb.client.purchases.recoverable_purchase import RecoverablePurchase
from thumbnb.client.runtime.progress import report_partial, report_progress, report_unfinished

if TYPE_CHECKING:
    from collections.abc import Callable

    from thumbnb.client.images.results import Results
    from thumbnb.client.ledger.run_record import RunRecord
    from thumbnb.client.polling.subscriptions import Observation
    from thumbnb.client.requests.deadline import Deadline
    from thumbnb.client.session import Session
    from thumbnb.models import JobRecord, ProjectStatus, StartRecord

# What a service calls a job it has taken and not begun.
_QUEUED = frozenset({"pending", "queued", "waiting"})


class Generation(RecoverablePurchase["StartRecord", "Results"]):
    """One run of a project; ``seen`` is called with the project's status as it is read."""

    container: ClassVar = "Its project"
    product: ClassVar = "job"
    horizon: ClassVar = 600.0

    def __init__(
        self,
        session: Session,
        run: RunRecord,
        seen: Callable[[ProjectStatus], None] | None = None,
    ) -> None:
        super().__init__(session, run)
        self._seen = seen
        self._started: StartRecord | None = None
        self._collected = 0
        self._at_work = False

    @property
    def _project(self) -> str:
        if self.run.project_id is None:
            raise errors.InvalidInput(f"Run {self.run.id} is not of a project.")
        return self.run.project_id

    @property
    def _answered(self) -> bool:
        return self.run.job_id is not None

    async def join(self, time_limit: Deadline) -> Results:
        """Return the results of a run that was begun before; costs nothing more."""
        results = await super().join(time_limit)
        results.credits = 0.0
        return results

    async def _read_saved(self) -> Results | None:
        return await read_saved_results(self._session, self.run)

    # -- paying -------------------------------------------------------------------

    async def _record_answer(self, answer: StartRecord) -> None:
        self._started, cost = answer, answer.credits_consumed
        # The documented answer does not name its job.
        if not (answer.job_id and await self._claim(answer.job_id, cost)):
            await self._ledger.mark_started(self.run, cost)

    async def _list_jobs(self) -> list[JobRecord]:
        # The short status is not documented to name the prompts.
        return (await self._session.request(youthumb.detailed_status, self._project)).jobs

    async def _balance(self) -> float | None:
        return (await self._session.request(youthumb_resources.get_usage)).credits

    # -- waiting and collecting ---------------------------------------------------

    async def _finish(self, time_limit: Deadline) -> Results:
        if self._started and not self._answered:
            error = errors.ProtocolError(
                f"YouThumb started project {self._project} and shows no job of it.",
                service=youthumb.SERVICE,
            )
            await self._recover(error, self._started.credits_consumed)
        job_id = self.run.job_id or ""
        time_limit.set_resume(f"project.follow({job_id!r}) or, in any kernel, client.resume()")
        job = None
        if self.run.state == "running":
            job = await self._wait(job_id)
            if job.status != "completed":
                reason = (job.error_message or job.status).rstrip(".")
                # Of the hosted service nobody knows whether it pays back what it could not do.
                refunded = prices.cost_of_job(job) == 0 or not self._session.metered
                await self._ledger.mark_failed(self.run.id, reason, refunded=refunded)
                raise _failure(job)(
                    f"YouThumb could not generate it: {reason}.",
                    hint=f"Change what it names; project.retry({job_id!r}) tries it again.",
                    body=job.model_dump(by_alias=True),
                )
        return await collect(self._session, self.run, job)

    async def _stop_at_service(self) -> str | None:
        if self.run.kind == "follow":
            return None  # somebody else has begun it
        run, ledger = self.run, self._ledger
        job = await self._session.request(youthumb.cancel, run.job_id or "")
        cost = prices.cost_of_job(job)
        if job.status == "completed":
            results = await collect(self._session, run, job)
            count = f"{len(results)} image{'' if len(results) == 1 else 's'}"
            paid = f" for {prices.amount(cost)}" if cost is not None else ""
            return f"{count} had been made{paid}: client.run({run.id}).result() returns them."
        if job.status not in status_requests.ENDED:
            return None
        if cost == 0:
            await ledger.mark_cancelled(run.id)
            return f"{youthumb.SERVICE} has stopped it; it costs nothing."
        await ledger.mark_failed(run.id, "cancelled")
        return f"{youthumb.SERVICE} has stopped it, and does not say whether it costs anything."

    async def _wait(self, job_id: str) -> JobRecord:
        session = self._session
        status_request = partial(
            status_requests.of_project, session.http, self._project, self._seen
        )
        report_progress("generating")
        return await session.until_done(
            session.key("generate", self.run.preset),
            job_id,
            status_request(),
            request_results=status_request(images=True),
            group=self._project,
            age=max(0.0, self._ledger.clock() - (self.run.started or self.run.created)),
            long_poll=not session.metered,
            on_seen=self._on_observation,
        )

    async def _on_observation(self, seen: Observation[JobRecord]) -> None:
        """Report the progress, and collect the images that are there already."""
        job: JobRecord | None = seen.value
        if job is None:  # seen in the list of projects, which does not show their jobs
            return
        if job.status not in _QUEUED and not self._at_work:
            self._at_work = True
            await self._ledger.mark_processing(self.run)
        there = len(job.images.results)
        if there > self._collected:
            report_partial(await collect_partial(self._session, self.run, job))
            self._collected = there
        report_unfinished(unfinished_images(self._session, job))
        # Who shows none may not show them before the end.
        variations = (job.metadata or {}).get("variations")
        done = there if there or variations else None
        total = variations if isinstance(variations, int) else int(self.run.reserved) or None
        report_progress("generating", seen.fraction, done=done, total=total)


def _failure(job: JobRecord) -> type[errors.JobFailed]:
    """Return the error for a failed job: a refusal by rules has one of its own."""
    code = (job.metadata or {}).get("errorCode")
    return errors.PromptRefused if code == "PROMPT_REFUSED" else errors.JobFailed
