"""The client's methods for making thumbnails from a prompt: YouThumb's side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic.alias_generators import to_camel

from thumbnb.api import youthumb
from thumbnb.briefs import AdvancedOptions, ProjectDraft
from thumbnb.client import checks, prices
from thumbnb.client.assets import named
from thumbnb.client.briefing import brief_of, minded, options_of, person_field
from thumbnb.client.entry import Order
from thumbnb.client.library import Library
from thumbnb.client.project import Project
from thumbnb.client.purchase import Words, at_once, buy
from thumbnb.client.remote import remote
from thumbnb.client.results import Result, Results
from thumbnb.models import TemplateRecord

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from thumbnb.client.assets import ImageInput
    from thumbnb.client.person import Person
    from thumbnb.models import (
        JobRecord,
        PresetRecord,
        ProjectRecord,
    )


class Maker(Library):
    """Projects and prompts; ``Client`` is one."""

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
        content_images: Sequence[ImageInput] = (),
        style_reference: ImageInput | None = None,
        template: TemplateRecord | str | None = None,
        youtube_url: str | None = None,
        options: AdvancedOptions | Mapping[str, Any] | None = None,
    ) -> Project:
        """Make a project from a brief; free. ``project.start()`` generates.

        ``prompt`` has 3 to 2000 characters; ``title`` (up to 200) is the text on the
        picture. ``content_images``, up to five, are named ``@image1`` ... in the
        prompt. A picture is a path, an address, bytes, a Pillow image, a numpy array,
        a thumbnail or a result; it is uploaded once. ``person`` is an object, an id or
        a name. One style source at a time: ``style_reference``, ``template`` or
        ``youtube_url``.

        Raises InvalidInput before anything is sent.

        >>> client.create_project("A red @image1", content_images=[frame])  # doctest: +SKIP
        """
        prompt = minded(prompt, len(content_images))
        brief = await brief_of(
            ProjectDraft,
            self._assets,
            content_images=content_images or None,
            style_reference=style_reference,
            copied=True,
            prompt=prompt,
            preset_key=getattr(preset, "key", preset),
            title=title,
            project_name=name,
            template_id=getattr(template, "id", template),
            youtube_url=youtube_url,
            advanced_options=options_of(options),
            **person_field(person),
        )
        record = await self._maker.ask(youthumb.create, await brief.wire())
        return Project(self._maker, record, self._assets, draft=brief.request, fresh=True)

    def price(
        self,
        *,
        options: AdvancedOptions | Mapping[str, Any] | None = None,
        variations: int | None = None,
    ) -> float:
        """Return the credits a generation costs; nothing is sent.

        ``variations`` goes before those of the ``options``. ``usage()`` says what is left.

        >>> client.price(variations=4)  # doctest: +SKIP
        4.0
        """
        if variations is not None:
            options = {"variations": variations}
        return prices.generation(options)

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
        found = await self._maker.ask(
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
        return self._project(await self._maker.ask(youthumb.get, project_id))

    @remote
    async def results(
        self,
        *,
        favorite: bool | None = None,
        page: int | None = None,
        limit: int | None = None,
    ) -> Results:
        """Return the pictures of all completed generations, over all projects."""
        found = await self._maker.ask(
            youthumb.list_results, favorite=favorite, page=page, limit=limit
        )
        return Results(Result(self._maker, item) for item in found)

    @remote
    async def trash(
        self, kind: Literal["projects", "jobs"] = "projects"
    ) -> list[Project] | list[JobRecord]:
        """Return what is in the trash."""
        found: list[Any] = await self._maker.ask(youthumb.list_trash, kind)
        return [self._project(item) for item in found] if kind == "projects" else found

    @remote
    async def favorite_job(self, job_id: str, *, on: bool = True) -> None:
        """Mark a generation as a favourite, or no longer."""
        await self._maker.ask(youthumb.favorite, "jobs", job_id, on=on)

    @remote
    async def trash_job(self, job_id: str) -> None:
        """Put a generation into the trash."""
        await self._maker.ask(youthumb.trash, "jobs", job_id)

    @remote
    async def restore_job(self, job_id: str) -> None:
        """Bring a generation back from the trash."""
        await self._maker.ask(youthumb.restore, "jobs", job_id)

    def _project(self, record: ProjectRecord) -> Project:
        return Project(self._maker, record, self._assets)

    # -- prompts ------------------------------------------------------------------

    @remote
    async def improve_prompt(
        self,
        prompt: str,
        *,
        context: Mapping[str, Any] | None = None,
        max_credits: float | None = None,
    ) -> str:
        """Return a better prompt; costs half a credit.

        ``context`` may have ``axes`` (composition, hook, readability), ``language``,
        ``title``, ``custom_instruction`` and others the service knows.
        """
        asked = {to_camel(key): value for key, value in (context or {}).items()}
        return await self._prompt(
            "improve",
            {"prompt": prompt, "context": dict(context or {})},
            lambda: self._maker.ask(youthumb.improve_prompt, prompt, asked),
            max_credits,
        )

    @remote
    async def prompt_from(
        self,
        reference: TemplateRecord | ImageInput,
        *,
        language: str | None = None,
        max_credits: float | None = None,
    ) -> str:
        """Return a prompt for a picture like this one; costs half a credit."""
        request: dict[str, Any] = {"language": language} if language else {}
        if isinstance(reference, TemplateRecord):
            given = {"templateId": reference.id}
            request["template_id"] = reference.id
        else:
            picture = await self._assets.read(reference, elsewhere=False)
            given = {"imageUrl": await self._assets.address(picture)}
            request["reference"] = named(picture)
        return await self._prompt(
            "prompt_from",
            request,
            lambda: self._maker.ask(youthumb.prompt_from_reference, given, language=language),
            max_credits,
        )

    async def _prompt(
        self,
        kind: str,
        request: Mapping[str, Any],
        call: Callable[[], Awaitable[str]],
        most: float | None,
    ) -> str:
        order = Order(
            youthumb.SERVICE, self._maker.place, kind, request, brief=request, price=prices.WORDS
        )
        most = checks.credits("max_credits", most)
        async with self._maker.patience("A prompt", None) as patience:
            return await buy(
                self._maker, patience, order, at_once(call), Words, what="A prompt", most=most
            )
