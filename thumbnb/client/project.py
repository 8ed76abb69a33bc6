"""A thumbnail project: a brief that can be generated, as often as wanted."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.api import youthumb, youthumb_library
from thumbnb.briefs import AdvancedOptions, StartOverrides
from thumbnb.client import checks, policy
from thumbnb.client.briefing import brief_of, minded, options_of, person_field
from thumbnb.client.job import Job, report
from thumbnb.client.remote import remote
from thumbnb.client.results import Result, Results
from thumbnb.client.session import Handle
from thumbnb.models import ResultRecord

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from thumbnb.client.assets import Assets, ImageInput
    from thumbnb.client.session import Patience, Session
    from thumbnb.models import JobRecord, ProjectRecord, ProjectStatus, StartRecord

_FINAL = frozenset({"completed", "failed", "cancelled", "canceled"})


class Project(Handle):
    """A brief YouThumb keeps: ``id``, ``name``, ``status``.

    ``start()`` generates and returns a Job at once; ``generate`` is the same as a
    method called three ways. Each costs a credit a variation.
    """

    def __init__(
        self,
        session: Session,
        record: ProjectRecord,
        assets: Assets,
        *,
        prompt: str | None = None,
        options: AdvancedOptions | None = None,
    ) -> None:
        super().__init__(session)
        self.record = record
        self.prompt = prompt
        self.options = options
        self._assets = assets

    @property
    def id(self) -> str:
        """The service's id of it."""
        return self.record.id

    @property
    def name(self) -> str | None:
        """Its name."""
        return self.record.name

    @property
    def status(self) -> str:
        """``draft``, ``processing``, ``completed`` or ``failed``, as last read.

        One failed job keeps a project ``failed``: a job is judged by itself.
        """
        return self.record.status

    # -- generating ---------------------------------------------------------------

    def start(self, **changes: Any) -> Job[Results]:
        """Start a generation and return its Job at once; ``changes`` as in ``generate``.

        >>> job = project.start()  # doctest: +SKIP
        >>> job.result().images  # doctest: +SKIP
        """
        return self.generate.submit(**changes)

    @remote
    async def generate(
        self,
        *,
        prompt: str | None = None,
        title: str | None = None,
        preset: str | None = None,
        person: Any = None,
        content_images: Sequence[ImageInput] | None = None,
        style_reference: ImageInput | None = None,
        source: Result | None = None,
        options: AdvancedOptions | Mapping[str, Any] | None = None,
        deadline: float | None = None,
    ) -> Results:
        """Generate, wait, and return the results.

        What is given here changes this generation only; ``source`` is a result to go
        on from. ``deadline`` is in seconds, everything included.

        Raises InvalidInput before anything is sent, InsufficientCredits, PlanLimit,
        JobFailed, DeadlineExceeded, OutcomeUnknown.
        """
        deadline = checks.positive("deadline", deadline)
        if content_images is not None and prompt is not None:
            prompt = minded(prompt, len(content_images))
        async with self._session.patience(f"Generating {self!r}", deadline) as patience:
            overrides = await brief_of(
                StartOverrides,
                self._assets,
                content_images=content_images,
                style_reference=style_reference,
                copied=False,
                prompt=prompt,
                title=title,
                preset_key=preset,
                source_result_id=source.id if source else None,
                advanced_options=options_of(options),
                **person_field(person),
            )
            report("starting")
            started = await self._begin(overrides)
            return await self._finish(patience, started)

    @remote
    async def retry(self, job_id: str, *, deadline: float | None = None) -> Results:
        """Generate a failed job once more, as a new one that costs again."""
        deadline = checks.positive("deadline", deadline)
        async with self._session.patience(f"Retrying {self!r}", deadline) as patience:
            started = await self._session.ask(youthumb.retry, job_id)
            return await self._finish(patience, started)

    @remote
    async def follow(self, job_id: str, *, deadline: float | None = None) -> Results:
        """Wait for a generation that was started before, by its job id."""
        deadline = checks.positive("deadline", deadline)
        async with self._session.patience(f"Following {self!r}", deadline) as patience:
            return await self._wait(patience, job_id, None)

    async def _begin(self, overrides: StartOverrides) -> StartRecord:
        try:
            return await self._session.ask(
                youthumb.start, self.id, overrides if overrides.wire() else None
            )
        except errors.InsufficientCredits as error:
            chosen = overrides.advanced_options or self.options or AdvancedOptions()
            error.cost = float(chosen.variations or 1)
            try:
                error.balance = (await self._session.ask(youthumb_library.get_usage)).credits
            except errors.ThumbnbError:
                raise error from None
            have = f"; {error.balance:g} are left" if error.balance is not None else ""
            error.message = f"This costs {error.cost:g} credits{have}."
            raise

    async def _finish(self, patience: Patience, started: StartRecord) -> Results:
        job_id = started.job_id or await self._newest()
        return await self._wait(patience, job_id, started.credits_consumed)

    async def _newest(self) -> str:
        # The documented answer to a start does not name its job; it is the newest one.
        found = await self._session.ask(youthumb.status, self.id)
        if not found.jobs:
            raise errors.ProtocolError(
                f"YouThumb started {self!r} and shows no job of it.", service=youthumb.SERVICE
            )
        return max(found.jobs, key=lambda job: job.created_at or "").id

    async def _wait(self, patience: Patience, job_id: str, cost: float | None) -> Results:
        patience.way_back = f"project.follow({job_id!r})"
        clock = asyncio.get_running_loop().time
        started = clock()
        while True:
            found = await self._session.ask(youthumb.status, self.id)
            self.record = found
            job = _job(found, job_id)
            if job and job.status in _FINAL:
                break
            report("generating", _fraction(job))
            await asyncio.sleep(policy.poll_delay(clock() - started))
        if job.status != "completed":
            raise errors.JobFailed(
                f"YouThumb could not generate it: {job.error_message or job.status}.",
                hint=f"Mend what it names; project.retry({job_id!r}) tries again, for credits.",
                body=job.model_dump(by_alias=True),
            )
        report("fetching", 1.0)
        return await self._results(job_id, cost)

    async def _results(self, job_id: str, cost: float | None) -> Results:
        detailed = await self._session.ask(youthumb.detailed_status, self.id)
        job = _job(detailed, job_id)
        if job is None:
            raise errors.ProtocolError(
                f"YouThumb no longer shows job {job_id}.", service=youthumb.SERVICE
            )
        results = Results(results_of(self._session, job), project_id=self.id, job=job, credits=cost)
        # The pictures are made and paid: one that cannot be fetched just now is
        # fetched again when it is looked at.
        await asyncio.gather(*(item.load.aio() for item in results), return_exceptions=True)
        return results

    # -- keeping ------------------------------------------------------------------

    @remote
    async def refresh(self) -> Project:
        """Read its status again, and return itself."""
        self.record = await self._session.ask(youthumb.status, self.id)
        return self

    @remote
    async def jobs(self) -> list[JobRecord]:
        """Return its generations with their pictures and reports, as records."""
        return (await self._session.ask(youthumb.detailed_status, self.id)).jobs

    @remote
    async def results(self) -> Results:
        """Return the pictures of all its completed generations."""
        found = await self._session.ask(youthumb.detailed_status, self.id)
        done = [job for job in found.jobs if job.status == "completed"]
        pictures = [item for job in done for item in results_of(self._session, job)]
        return Results(pictures, project_id=self.id)

    @remote
    async def rename(self, name: str) -> Project:
        """Give it another name (up to 100 characters), and return itself."""
        if not 1 <= len(name) <= 100:  # noqa: PLR2004  - the contract's limit
            raise errors.InvalidInput(f"A name has 1 to 100 characters, not {len(name)}.")
        await self._session.ask(youthumb.rename, self.id, name)
        self.record = self.record.model_copy(update={"name": name})
        return self

    @remote
    async def favorite(self, on: bool = True) -> None:
        """Mark it as a favourite, or no longer."""
        await self._session.ask(youthumb.favorite, "projects", self.id, on=on)

    @remote
    async def trash(self) -> None:
        """Put it into the trash; ``restore()`` brings it back."""
        await self._session.ask(youthumb.trash, "projects", self.id)

    @remote
    async def restore(self) -> None:
        """Bring it back from the trash."""
        await self._session.ask(youthumb.restore, "projects", self.id)

    def __repr__(self) -> str:
        return f"<Project {self.id}{f': {self.name!r}' if self.name else ''}, {self.status}>"


def _job(status: ProjectStatus, job_id: str) -> JobRecord | None:
    return next((job for job in status.jobs if job.id == job_id), None)


def _fraction(job: JobRecord | None) -> float | None:
    """Return how far a job is, where its service says."""
    progress = (job.metadata or {}).get("progress") if job else None
    return float(progress) if isinstance(progress, int | float) else None


def results_of(session: Session, job: JobRecord) -> list[Result]:
    """Return the pictures of a job; a service that lists none may still name one."""
    if job.images.results:
        return [Result(session, item, job_id=job.id) for item in job.images.results]
    url = job.generated_file_url
    return [Result(session, ResultRecord(url=url), job_id=job.id)] if url else []
