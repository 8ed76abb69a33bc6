"""A thumbnail project: a brief that can be generated, as often as wanted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Unpack

from thumbnb import errors
from thumbnb.api import youthumb
from thumbnb.briefs import AdvancedOptions, OptionsDict, StartOverrides, options_of
from thumbnb.client.images.results import Result, Results
from thumbnb.client.inputs import checks
from thumbnb.client.ledger import prices
from thumbnb.client.ledger.run_record import PaidCall
from thumbnb.client.purchases.assets import image_list
from thumbnb.client.purchases.collect_results import job_of, results_of
from thumbnb.client.purchases.draft_request import (
    check_changes,
    merge_changes,
    name_every_image,
    person_field,
    prepare_request,
    subject_of,
)
from thumbnb.client.purchases.engine_choice import check_engine
from thumbnb.client.purchases.generation import Generation
from thumbnb.client.purchases.generation_price import generation_quote, job_price
from thumbnb.client.purchases.purchase import buy
from thumbnb.client.resource import Recorded, Resource
from thumbnb.client.runtime.progress import report_progress, report_subject
from thumbnb.client.runtime.three_way import remote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from thumbnb.client.ledger.run_record import RunRecord
    from thumbnb.client.purchases.assets import Assets, ImageInput
    from thumbnb.client.purchases.draft_request import StartKeywords
    from thumbnb.client.purchases.purchase import Send
    from thumbnb.client.resources.person import Person
    from thumbnb.client.runtime.job import Job
    from thumbnb.client.session import Session
    from thumbnb.models import (
        JobRecord,
        PresetRecord,
        ProjectRecord,
        ProjectStatus,
        StartRecord,
        TemplateRecord,
    )


class Project(Recorded["ProjectRecord"], Resource):
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
        draft: Mapping[str, Any] | None = None,
        fresh: bool = False,
    ) -> None:
        super().__init__(session)
        self.record = record
        self._assets = assets
        self._draft = draft
        self._fresh = fresh  # nobody else can have started it

    @property
    def status(self) -> str:
        """``draft``, ``processing``, ``completed`` or ``failed``, as last read.

        One failed job keeps a project ``failed``: a job is judged by itself.
        """
        return self.record.status

    @property
    def prompt(self) -> str | None:
        """The prompt it was made with, where that was here."""
        return (self._draft or {}).get("prompt")

    # -- generating ---------------------------------------------------------------

    def start(self, **changes: Unpack[StartKeywords]) -> Job[Results]:
        """Start a generation and return its Job at once; ``changes`` as in ``generate``.

        >>> job = project.start()  # doctest: +SKIP
        >>> job.result().images  # doctest: +SKIP
        """
        check_changes(changes, "take", "max_credits", "deadline")
        job = self.generate.submit(**changes)
        # What it is about is known before its thread comes to it.
        job.subject = job.subject or subject_of(self._draft or {}, changes)
        return job

    @remote
    async def generate(
        self,
        *,
        prompt: str | None = None,
        title: str | None = None,
        preset: str | PresetRecord | None = None,
        person: Person | str | None = None,
        content_images: Iterable[ImageInput] | ImageInput | None = None,
        style_reference: ImageInput | None = None,
        template: TemplateRecord | str | None = None,
        youtube_url: str | None = None,
        source: Result | str | None = None,
        engine: str | None = None,
        options: AdvancedOptions | OptionsDict | Mapping[str, Any] | None = None,
        take: int | None = None,
        max_credits: float | None = None,
        deadline: float | None = None,
    ) -> Results:
        """Generate, wait, and return the results.

        What is given here changes this generation only; ``source`` is a result to go
        on from. ``person=""`` is nobody, ``title=""`` no title, ``content_images=[]`` no
        images; ``engine`` is the name of what paints. The same ``take`` (0, 1, ...) of the
        same request is paid once: asked for again it is read from disk, or waited for.
        Without one it is a new take.
        ``max_credits`` is the most it may cost; ``deadline`` is in seconds,
        everything included.

        Raises InvalidInput and BudgetExceeded before anything is sent,
        InsufficientCredits, PlanLimit, JobFailed, DeadlineExceeded, OutcomeUnknown.
        """
        return await self.run_generation(
            take,
            resend_of=None,
            max_credits=checks.credits("max_credits", max_credits),
            deadline=checks.positive("deadline", deadline),
            prompt=prompt,
            title=title,
            preset=preset,
            person=person,
            content_images=content_images,
            style_reference=style_reference,
            template=template,
            youtube_url=youtube_url,
            source=source,
            engine=engine,
            options=options,
        )

    async def run_generation(
        self,
        take: int | None,
        *,
        resend_of: RunRecord | None,
        max_credits: float | None = None,
        deadline: float | None = None,
        prompt: str | None = None,
        title: str | None = None,
        preset: Any = None,
        person: Any = None,
        content_images: Iterable[ImageInput] | ImageInput | None = None,
        style_reference: ImageInput | None = None,
        template: TemplateRecord | str | None = None,
        youtube_url: str | None = None,
        source: Result | str | None = None,
        engine: str | None = None,
        options: Any = None,
    ) -> Results:
        """Do what ``generate`` does; ``resend_of`` is a lost run to send again."""
        take = checks.take(take)
        images = None if content_images is None else image_list(content_images)
        prompt = self._complete_prompt(prompt, images)
        await check_engine(self._session, engine)
        if self._draft is None and engine is None:
            engine = self._session.engine  # what its project names only the service knows
        async with self._session.deadline(f"Generating {self!r}", deadline) as time_limit:
            prepared = await prepare_request(
                StartOverrides,
                self._assets,
                content_images=images,
                style_reference=style_reference,
                service_fetches=False,
                prompt=prompt,
                title=title,
                preset_key=getattr(preset, "key", preset),
                template_id=getattr(template, "id", template),
                youtube_url=youtube_url,
                source_result_id=getattr(source, "id", source),
                advanced_options=options_of(options),
                engine=engine,
                **({"person_id": ""} if _is_no_person(person) else person_field(person)),
            )
            draft = self._draft or {"project_id": self.id}
            whole = merge_changes(draft, prepared.request)

            async def prepare() -> tuple[list[str], Send[StartRecord]]:
                overrides = await prepared.wire()
                changes = overrides if overrides.wire() else None
                known = await self._jobs_before()
                report_progress("starting")
                return known, lambda key: self._session.request(
                    youthumb.start, self.id, changes, idempotency_key=key
                )

            report_subject(subject_of(whole))
            paid_call = PaidCall(
                youthumb.SERVICE,
                self._session.service_url,
                "generate",
                request={"draft": draft, "changes": prepared.request},
                identity=whole,
                take=take,
                project_id=self.id,
            )
            return await buy(
                self._session, time_limit, paid_call, prepare, self._run,
                quote=partial(self._quote, whole.get("advanced_options")),
                max_credits=max_credits, resend_of=resend_of,
            )  # fmt: skip

    def _complete_prompt(
        self, prompt: str | None, images: Sequence[ImageInput] | None
    ) -> str | None:
        """Return the prompt to change to, so that it names the images there will be."""
        if prompt is None and images is None:
            return None
        draft = self._draft or {}
        whole = draft.get("prompt") if prompt is None else prompt
        if self._draft is not None and images is None:
            images = draft.get("content_images", ())
        if whole is None or images is None:  # what it comes to only the service knows
            return prompt
        complete = name_every_image(whole, len(images))
        return prompt if complete == whole else complete

    @remote
    async def retry(
        self, job_id: str, *, max_credits: float | None = None, deadline: float | None = None
    ) -> Results:
        """Generate a failed job once more, as a new one that costs again."""
        max_credits = checks.credits("max_credits", max_credits)
        deadline = checks.positive("deadline", deadline)
        ledger = self._session.ledger
        async with self._session.deadline(f"Retrying {self!r}", deadline) as time_limit:
            before = await ledger.run_of_job(self._session.service_url, job_id)

            async def quote() -> tuple[float, str]:
                # Of a run that was begun elsewhere no price was ever reserved.
                price = (before.reserved if before else 0.0) or job_price(
                    job_of(await self._detailed(), job_id)
                )
                return price, "Retrying a job"

            async def prepare() -> tuple[list[str], Send[StartRecord]]:
                known = await self._jobs_before()
                return known, lambda key: self._session.request(
                    youthumb.retry, job_id, idempotency_key=key
                )

            paid_call = PaidCall(
                youthumb.SERVICE, self._session.service_url, "retry",
                request={"project_id": self.id, "job_id": job_id},
                identity={"retry_of": job_id, "prompt": before.prompt if before else None},
                project_id=self.id,
            )  # fmt: skip
            return await buy(
                self._session, time_limit, paid_call, prepare, self._run,
                quote=quote, max_credits=max_credits,
            )  # fmt: skip

    @remote
    async def follow(self, job_id: str, *, deadline: float | None = None) -> Results:
        """Wait for a generation that was started before, by its job id."""
        deadline = checks.positive("deadline", deadline)
        ledger = self._session.ledger
        async with self._session.deadline(f"Following {self!r}", deadline) as time_limit:
            run = await ledger.run_of_job(self._session.service_url, job_id)
            if run is None:
                run = await self._adopt(job_id)
            return await self._run(self._session, run).resume(time_limit)

    async def _adopt(self, job_id: str) -> RunRecord:
        """Write down a job that was started and paid elsewhere, so that its images are kept."""
        found = await self._session.request(youthumb.status, self.id)
        job = job_of(found, job_id)
        if job is None:
            raise errors.NotFound(f"{self!r} has no job {job_id}.", service=youthumb.SERVICE)
        ledger = self._session.ledger
        paid_call = PaidCall(
            youthumb.SERVICE, self._session.service_url, "follow",
            request={"project_id": self.id, "job_id": job_id},
            identity={"job_id": job_id, "prompt": job.user_prompt},
            project_id=self.id,
        )  # fmt: skip
        run, _ = await ledger.open_run(paid_call, None, force=True)
        async with ledger.following(run.id, opened=True):
            await ledger.claim_job(run, job_id, 0.0)
        return await ledger.run(run.id)

    # -- starting and reading -----------------------------------------------------

    async def _quote(self, options: Mapping[str, Any] | None) -> tuple[float, str]:
        if self._draft is not None or "variations" in (options or {}):
            return generation_quote(prices.variations_of(options))
        # It was made elsewhere, and with how many images only the service knows.
        many = prices.variations_of_project(self.record)
        return generation_quote(many or prices.variations_of_project(await self._detailed()))

    async def _detailed(self) -> ProjectStatus:
        return await self._session.request(youthumb.detailed_status, self.id)

    async def _jobs_before(self) -> list[str]:
        """Return the jobs it has, so that a new one can be told from them."""
        fresh, self._fresh = self._fresh, False
        return [] if fresh else [job.id for job in (await self._read()).jobs]

    def _run(self, session: Session, run: RunRecord) -> Generation:
        return Generation(session, run, self._seen)

    def _seen(self, found: ProjectStatus) -> None:
        if found.id == self.id:  # a take may have been made by a project like this one
            self.record = found

    async def _read(self) -> ProjectStatus:
        found = await self._session.request(youthumb.status, self.id)
        self.record = found
        return found

    # -- keeping ------------------------------------------------------------------

    @remote
    async def refresh(self) -> Project:
        """Read its status again, and return itself."""
        await self._read()
        return self

    @remote
    async def jobs(
        self,
        *,
        status: str | Sequence[str] | None = None,
        page: int | None = None,
        limit: int | None = None,
    ) -> list[JobRecord]:
        """Return its generations with their images and reports, as records.

        Those of a ``status``, or of several; ``page`` counts from 1, and ``limit`` (up to
        100) is how many are on one. Asked for so, some services show no images.
        """
        page, limit = checks.page_of(page, limit)
        if status is None and page is None and limit is None:
            return (await self._detailed()).jobs
        states = checks.texts("status", status)
        found = await self._session.request(
            youthumb.status, self.id, page=page, limit=limit, states=states
        )
        return found.jobs

    @remote
    async def results(self) -> Results:
        """Return the images of all its completed generations."""
        found = await self._detailed()
        done = [job for job in found.jobs if job.status == "completed"]
        images = [item for job in done for item in await results_of(self._session, job)]
        return Results(images, project_id=self.id)

    @remote
    async def rename(self, name: str) -> Project:
        """Give it another name (up to 100 characters), and return itself."""
        if not 1 <= len(name) <= 100:  # noqa: PLR2004  - the contract's limit
            raise errors.InvalidInput(f"A name has 1 to 100 characters, not {len(name)}.")
        await self._session.request(youthumb.rename, self.id, name)
        self.record = self.record.model_copy(update={"name": name})
        return self

    @remote
    async def favorite(self, on: bool = True) -> None:
        """Mark it as a favourite, or no longer."""
        await self._session.request(youthumb.favorite, "projects", self.id, on=on)

    @remote
    async def trash(self) -> None:
        """Put it into the trash; ``restore()`` brings it back."""
        await self._session.request(youthumb.trash, "projects", self.id)

    @remote
    async def restore(self) -> None:
        """Bring it back from the trash."""
        await self._session.request(youthumb.restore, "projects", self.id)

    def __repr__(self) -> str:
        return f"<Project {self.id}{f': {self.name!r}' if self.name else ''}, {self.status}>"


def _is_no_person(person: Any) -> bool:
    return isinstance(person, str) and not person
