"""The client's methods for projects and prompts: thumbnails from YouThumb."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from thumbnb.api import youthumb
from thumbnb.arguments.checks import checked_arguments
from thumbnb.briefs import AdvancedOptions, OptionsDict
from thumbnb.client.client_base import ClientBase
from thumbnb.client.images.results import Result, Results
from thumbnb.client.inputs import checks
from thumbnb.client.ledger import prices
from thumbnb.client.purchases import prompts
from thumbnb.client.purchases.draft_request import prepare_draft
from thumbnb.client.purchases.engine_choice import check_engine, engine_of_draft, list_engines
from thumbnb.client.resources.project import Project
from thumbnb.client.runtime.three_way import remote
from thumbnb.models import EngineRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from thumbnb.briefs import ProjectDraft
    from thumbnb.client.purchases.assets import ImageInput
    from thumbnb.client.purchases.draft_request import PreparedRequest
    from thumbnb.client.resources.person import Person
    from thumbnb.models import JobRecord, PresetRecord, ProjectRecord, TemplateRecord


class ProjectMethods(ClientBase):
    """Projects, generations and prompts."""

    # -- projects -----------------------------------------------------------------

    @remote
    async def create_project(
        self,
        prompt: str,
        *,
        preset: str | PresetRecord | None = None,
        title: str | None = None,
        name: str | None = None,
        person: Person | str | None = None,
        content_images: Iterable[ImageInput] | ImageInput = (),
        style_reference: ImageInput | None = None,
        template: TemplateRecord | str | None = None,
        youtube_url: str | None = None,
        engine: str | None = None,
        options: AdvancedOptions | OptionsDict | Mapping[str, Any] | None = None,
    ) -> Project:
        """Make a project from a brief; free. ``project.start()`` generates.

        ``prompt`` has 3 to 2000 characters; ``title`` (up to 200) is the text on the
        image. ``content_images``, up to five, are named ``@image1`` ... in the
        prompt. An image is a path, an address, bytes, a Pillow image, a numpy array,
        a thumbnail or a result; it is uploaded once. ``person`` is an object, an id or
        a name. One style source at a time: ``style_reference``, ``template`` or
        ``youtube_url``. ``engine`` is the name of what paints (``client.engines()``).

        Raises InvalidInput before anything is sent.

        >>> client.create_project("A red @image1", content_images=[frame])  # doctest: +SKIP
        """
        prepared = await self._prepare(
            engine,
            prompt=prompt,
            preset=preset,
            title=title,
            name=name,
            person=person,
            content_images=content_images,
            style_reference=style_reference,
            template=template,
            youtube_url=youtube_url,
            options=options,
        )
        return await self._make_project(prepared)

    async def _prepare(self, engine: str | None, **fields: Any) -> PreparedRequest[ProjectDraft]:
        """Check a brief and its engine; only the list of engines is requested."""
        await check_engine(self._youthumb, engine)
        engine = engine_of_draft(self._youthumb, engine)
        return await prepare_draft(self._assets, engine=engine, **fields)

    async def _make_project(self, prepared: PreparedRequest[ProjectDraft]) -> Project:
        record = await self._youthumb.request(youthumb.create, await prepared.wire())
        return Project(self._youthumb, record, self._assets, draft=prepared.request, fresh=True)

    @remote
    async def engines(self) -> pd.DataFrame:
        """Return what YouThumb's service paints with: a row an engine, the default marked.

        Columns: ``name``, ``is_default``, ``references``, ``seed``, ``negative_prompt``,
        ``partial_images``, ``price`` (None: unknown), ``currency``, ``spent``, ``budget``. The
        hosted service, which does not say, has no row.
        """
        import pandas as pd  # noqa: PLC0415  - a quarter of a second, when it is wanted

        found = await list_engines(self._youthumb)
        columns = list(EngineRecord.model_fields)
        rows = [item.model_dump(include=set(columns)) for item in found]
        table = pd.DataFrame(rows, columns=columns)
        if (name := self._youthumb.engine) is not None:
            table["is_default"] = table["name"] == name
        return table

    @checked_arguments
    def price(
        self,
        *,
        options: AdvancedOptions | OptionsDict | Mapping[str, Any] | None = None,
        variations: int | None = None,
    ) -> float:
        """Return the credits a generation costs; nothing is sent.

        ``variations`` goes before those of the ``options``. ``usage()`` says what is left.

        >>> client.price(variations=4)  # doctest: +SKIP
        4.0
        """
        if variations is not None:
            options = AdvancedOptions(variations=variations)
        return prices.generation_price(options)

    @remote
    async def projects(
        self,
        *,
        search: str | None = None,
        status: str | None = None,
        favorite: bool | None = None,
        page: int | None = None,
        limit: int | None = None,
    ) -> list[Project]:
        """Return the projects, newest first as the service lists them."""
        page, limit = checks.page_of(page, limit)
        found = await self._youthumb.request(
            youthumb.list_projects,
            search=search,
            state=status,
            favorite=favorite,
            page=page,
            limit=limit,
        )
        return [self._project(item) for item in found]

    @remote
    async def project(self, project_id: str) -> Project:
        """Return one project by its id. Raises NotFound."""
        return self._project(await self._youthumb.request(youthumb.get, project_id))

    @remote
    async def results(
        self,
        *,
        favorite: bool | None = None,
        page: int | None = None,
        limit: int | None = None,
    ) -> Results:
        """Return the images of all completed generations, over all projects."""
        page, limit = checks.page_of(page, limit)
        found = await self._youthumb.request(
            youthumb.list_results, favorite=favorite, page=page, limit=limit
        )
        return Results(Result(self._youthumb, item) for item in found)

    @remote
    async def trash(
        self, kind: Literal["projects", "jobs"] = "projects"
    ) -> list[Project] | list[JobRecord]:
        """Return what is in the trash."""
        found: list[Any] = await self._youthumb.request(youthumb.list_trash, kind)
        return [self._project(item) for item in found] if kind == "projects" else found

    @remote
    async def favorite_job(self, job_id: str, *, on: bool = True) -> None:
        """Mark a generation as a favourite, or no longer."""
        await self._youthumb.request(youthumb.favorite, "jobs", job_id, on=on)

    @remote
    async def trash_job(self, job_id: str) -> None:
        """Put a generation into the trash."""
        await self._youthumb.request(youthumb.trash, "jobs", job_id)

    @remote
    async def restore_job(self, job_id: str) -> None:
        """Bring a generation back from the trash."""
        await self._youthumb.request(youthumb.restore, "jobs", job_id)

    def _project(self, record: ProjectRecord) -> Project:
        return Project(self._youthumb, record, self._assets)

    # -- prompts ------------------------------------------------------------------

    @remote
    async def improve_prompt(
        self,
        prompt: str,
        *,
        context: Mapping[str, Any] | None = None,
        take: int | None = None,
        max_credits: float | None = None,
    ) -> str:
        """Return a better prompt; costs half a credit.

        ``context`` may have ``axes`` (composition, hook, readability), ``language``,
        ``title``, ``custom_instruction`` and others the service knows. The same
        ``take`` (0, 1, ...) of the same request is paid once.
        """
        return await prompts.improve_prompt(
            self._youthumb, prompt, context, take=take, max_credits=max_credits
        )

    @remote
    async def prompt_from(
        self,
        reference: TemplateRecord | ImageInput,
        *,
        language: str | None = None,
        take: int | None = None,
        max_credits: float | None = None,
    ) -> str:
        """Return a prompt for an image like this one; costs half a credit.

        The same ``take`` (0, 1, ...) of the same request is paid once.
        """
        return await prompts.prompt_from_image(
            self._youthumb, self._assets, reference, language, take=take, max_credits=max_credits
        )
