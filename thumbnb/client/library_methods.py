"""The client's methods for what YouThumb keeps beside projects: persons, presets, images."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from thumbnb.api import youthumb_resources as library
from thumbnb.briefs import PersonDraft
from thumbnb.client.client_base import ClientBase
from thumbnb.client.images.record_lists import RecordList
from thumbnb.client.inputs import checks
from thumbnb.client.purchases.assets import image_list
from thumbnb.client.resources.person import Person, face_ids
from thumbnb.client.runtime.three_way import remote
from thumbnb.imaging.sizes import check_size
from thumbnb.imaging.small_copy import small_jpeg

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thumbnb.api.youthumb_resources import AssetType
    from thumbnb.client.purchases.assets import ImageInput
    from thumbnb.models import AssetRecord, PresetRecord, TemplateRecord, UsageRecord


class LibraryMethods(ClientBase):
    """Persons, presets, templates and uploaded images."""

    # -- persons ------------------------------------------------------------------

    @remote
    async def create_person(
        self,
        name: str,
        *,
        images: Iterable[ImageInput] | ImageInput = (),
        description: str | None = None,
    ) -> Person:
        """Create a person from one to ten images of their face.

        Warns of images in which no face is seen, where there is a detector (``thumbnb[vision]``).
        """
        PersonDraft(name=name, description=description)  # before anything goes up
        given = image_list(images)
        ids = await face_ids(self._assets, given) if given else None
        draft = PersonDraft(name=name, description=description, image_ids=ids)
        return self._person(await self._youthumb.request(library.create_person, draft))

    @remote
    async def persons(self) -> list[Person]:
        """Return the persons of the account."""
        found = await self._youthumb.request(library.list_persons)
        return RecordList(
            map(self._person, found),
            image_of=lambda person: self._image_at(next(iter(person.record.images), None)),
            name_of=lambda person: person.name or person.id,
            runner=self.runner,
        )

    async def _image_at(self, record: Any) -> bytes | None:
        url = getattr(record, "url", record)
        return await self._youthumb.download(url) if url else None

    @remote
    async def person(self, person_id: str) -> Person:
        """Return one person by their id. Raises NotFound."""
        return self._person(await self._youthumb.request(library.get_person, person_id))

    def _person(self, record: Any) -> Person:
        return Person(self._youthumb, record, self._assets)

    # -- presets and templates ------------------------------------------------------------

    @remote
    async def presets(self) -> list[PresetRecord]:
        """Return the style presets; their ``key`` is what ``preset=`` takes."""
        return RecordList(
            await self._youthumb.request(library.list_presets),
            image_of=lambda preset: self._image_at(preset.sample_url),
            name_of=lambda preset: preset.key,
            runner=self.runner,
        )

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
        """Return the templates."""
        page, limit = checks.page_of(page, limit)
        return await self._youthumb.request(
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
        return await self._youthumb.request(library.get_template, template_id)

    @remote
    async def assets(
        self,
        *,
        kind: AssetType | None = None,
        page: int | None = None,
        limit: int | None = None,
    ) -> list[AssetRecord]:
        """Return the records of the uploaded images."""
        page, limit = checks.page_of(page, limit)
        return await self._youthumb.request(library.list_assets, kind=kind, page=page, limit=limit)

    @remote
    async def asset(self, asset_id: str) -> AssetRecord:
        """Return the record of one uploaded image by its id. Raises NotFound."""
        return await self._youthumb.request(library.get_asset, asset_id)

    @remote
    async def upload_asset(self, image: ImageInput, *, kind: AssetType = "template") -> AssetRecord:
        """Upload an image: ``face``, ``template`` or ``bucket`` (temporary)."""
        return await self._assets.store(image, kind)

    @remote
    async def delete_asset(self, asset_id: str) -> None:
        """Delete an uploaded image."""
        await self._youthumb.request(library.delete_asset, asset_id)
        self._assets.forget(asset_id)

    @remote
    async def preview(self, image: ImageInput, *, size: tuple[int, int] = (320, 180)) -> bytes:
        """Return a small JPEG of any image we take, at most ``size`` pixels; nothing is uploaded.

        One at an address is fetched, and no key goes along.
        """
        size = check_size(size)
        data = (await self._assets.encode(image)).data
        return await asyncio.to_thread(small_jpeg, data, size)

    @remote
    async def usage(self) -> UsageRecord:
        """Return the credits left and the plan."""
        return await self._youthumb.request(library.get_usage)
