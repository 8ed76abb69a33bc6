"""A person whose face goes into thumbnails."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from thumbnb import errors
from thumbnb.api import youthumb_resources as library
from thumbnb.client.images.image import StoredImage
from thumbnb.client.inputs.face_check import warn_of_missing_faces
from thumbnb.client.purchases.assets import image_list
from thumbnb.client.resource import Recorded, Resource
from thumbnb.client.runtime.three_way import remote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thumbnb.client.purchases.assets import Assets, ImageInput
    from thumbnb.client.session import Session
    from thumbnb.models import PersonRecord

MAX_IMAGES = 10


class Person(Recorded["PersonRecord"], Resource):
    """A person YouThumb knows: ``id``, ``name``, ``description``, ``images``."""

    def __init__(self, session: Session, record: PersonRecord, assets: Assets) -> None:
        super().__init__(session)
        self.record = record
        self._assets = assets

    @property
    def description(self) -> str | None:
        """The description that is sent with every generation."""
        return self.record.description

    @property
    def images(self) -> list[StoredImage]:
        """Their images, where the service lists them."""
        return [StoredImage(self._session, item.url) for item in self.record.images]

    @remote
    async def add_images(self, images: Iterable[ImageInput] | ImageInput) -> Person:
        """Add 1 to 10 images, sharp and from the front, and return itself.

        Warns of images in which no face is seen, where there is a detector (``thumbnb[vision]``).
        """
        ids = await face_ids(self._assets, images)
        await self._session.request(library.add_person_images, self.id, ids)
        return await self._read()

    @remote
    async def remove_image(self, image_id: str) -> Person:
        """Detach one image, and return itself."""
        await self._session.request(library.remove_person_image, self.id, image_id)
        return await self._read()

    @remote
    async def update(self, *, name: str | None = None, description: str | None = None) -> Person:
        """Change the name or the description (an empty one clears it), and return itself."""
        if name is None and description is None:
            raise errors.InvalidInput("Give a name or a description to change.")
        self.record = await self._session.request(
            library.update_person, self.id, name=name, description=description
        )
        return self

    @remote
    async def set_default(self) -> None:
        """Make them the account's default person."""
        await self._session.request(library.set_default_person, self.id)

    @remote
    async def refresh(self) -> Person:
        """Read their record again, and return itself."""
        return await self._read()

    @remote
    async def delete(self) -> None:
        """Delete them; the images stay as assets."""
        await self._session.request(library.delete_person, self.id)

    async def _read(self) -> Person:
        self.record = await self._session.request(library.get_person, self.id)
        return self

    def __repr__(self) -> str:
        return f"<Person {self.id}: {self.name!r}>"


async def face_ids(assets: Assets, given: Iterable[ImageInput] | ImageInput) -> list[str]:
    """Upload images of a face and return their asset ids."""
    images = image_list(given)
    if not 1 <= len(images) <= MAX_IMAGES:
        raise errors.InvalidInput(f"Give 1 to {MAX_IMAGES} images, not {len(images)}.")
    await warn_of_missing_faces(images)
    stored = await asyncio.gather(*(assets.store(image, "face") for image in images))
    return [asset.id for asset in stored]
