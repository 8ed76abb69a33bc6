"""The client's methods for what YouThumb keeps beside projects: persons, presets, pictures."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from thumbnb.api import youthumb_resources as library
from thumbnb.briefs import PersonDraft
from thumbnb.client.purchases.assets import Assets
from thumbnb.client.resources.person import Person, face_ids
from thumbnb.client.runtime.three_way import remote
from thumbnb.client.session import Resource
from thumbnb.imaging.small_copy import small_jpeg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.api.youthumb_resources import AssetType
    from thumbnb.client.purchases.assets import ImageInput
    from thumbnb.client.session import Session
    from thumbnb.models import AssetRecord, PresetRecord, TemplateRecord, UsageRecord


class Library(Resource):
    """Persons, the catalogue and uploaded pictures; ``Client`` is one."""

    def __init__(self, session: Session, maker: Session) -> None:
        super().__init__(session)
        self._maker = maker
        self._assets = Assets(maker)

    # -- persons ------------------------------------------------------------------

    @remote
    async def create_person(
        self, name: str, *, images: Sequence[ImageInput] = (), description: str | None = None
    ) -> Person:
        """Make a person of one to ten pictures of their face."""
        PersonDraft(name=name, description=description)  # before anything goes up
        ids = await face_ids(self._assets, images) if images else None
        draft = PersonDraft(name=name, description=description, image_ids=ids)
        return self._person(await self._maker.ask(library.create_person, draft))

    @remote
    async def persons(self) -> list[Person]:
        """Return the persons of the account."""
        return [self._person(item) for item in await self._maker.ask(library.list_persons)]

    @remote
    async def person(self, person_id: str) -> Person:
        """Return one person by their id. Raises NotFound."""
        return self._person(await self._maker.ask(library.get_person, person_id))

    def _person(self, record: Any) -> Person:
        return Person(self._maker, record, self._assets)

    # -- the catalogue ------------------------------------------------------------

    @remote
    async def presets(self) -> list[PresetRecord]:
        """Return the style presets; their ``key`` is what ``preset=`` takes."""
        return await self._maker.ask(library.list_presets)

    @remote
    async def templates(
        self,
        *,
        category: str | None = None,
        featured: bool | None = None,
        search: str | None = None,
        page: int | None = None,
        limit: int | None = None,
    ) -> list[TemplateRecord]:
        """Return the templates of the catalogue."""
        return await self._maker.ask(
            library.list_templates,
            category=category,
            featured=featured,
            search=search,
            page=page,
            limit=limit,
        )

    @remote
    async def template(self, template_id: str) -> TemplateRecord:
        """Return one template by its id. Raises NotFound."""
        return await self._maker.ask(library.get_template, template_id)

    @remote
    async def assets(
        self,
        *,
        kind: AssetType | None = None,
        page: int | None = None,
        limit: int | None = None,
    ) -> list[AssetRecord]:
        """Return the uploaded pictures."""
        return await self._maker.ask(library.list_assets, kind=kind, page=page, limit=limit)

    @remote
    async def asset(self, asset_id: str) -> AssetRecord:
        """Return one uploaded picture's record by its id. Raises NotFound."""
        return await self._maker.ask(library.get_asset, asset_id)

    @remote
    async def upload_asset(
        self, picture: ImageInput, *, kind: AssetType = "template"
    ) -> AssetRecord:
        """Store a picture: ``face``, ``template`` or ``bucket`` (temporary)."""
        return await self._assets.store(picture, kind)

    @remote
    async def delete_asset(self, asset_id: str) -> None:
        """Delete an uploaded picture."""
        await self._maker.ask(library.delete_asset, asset_id)
        self._assets.forget(asset_id)

    @remote
    async def preview(self, picture: ImageInput, *, size: tuple[int, int] = (320, 180)) -> bytes:
        """Return a small JPEG of any picture we take, at most ``size``; nothing goes up.

        One at an address is fetched, and no key goes along.
        """
        data = (await self._assets.encode(picture)).data
        return await asyncio.to_thread(small_jpeg, data, size)

    @remote
    async def usage(self) -> UsageRecord:
        """Return the credits left and the plan."""
        return await self._maker.ask(library.get_usage)
