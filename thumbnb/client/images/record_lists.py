"""Lists of presets, persons and suggestions that show themselves: names, and a sheet of images."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Generic, TypeVar

from thumbnb import errors
from thumbnb.client.images.image import decode_image, shown, snapshot_contact_sheet
from thumbnb.client.runtime.job import Job

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence

    from PIL import Image

    from thumbnb.client.runtime.runner import Runner

logger = logging.getLogger(__name__)

T = TypeVar("T")

# Images of a sheet, and what each is fetched within (seconds): a list is shown soon or as text.
MAX_IMAGES = 24
WAIT_SECONDS = 10.0


class RecordList(list[T], Generic[T]):
    """A list that a notebook shows as a sheet of images, each with its name.

    ``image_of`` fetches the encoded image of an item, None where it has none; ``name_of``
    says what it is called.
    """

    def __init__(
        self,
        items: Iterable[T] = (),
        *,
        image_of: Callable[[T], Awaitable[bytes | None]],
        name_of: Callable[[T], str],
        runner: Runner,
    ) -> None:
        super().__init__(items)
        self._image_of, self._name_of, self._runner = image_of, name_of, runner
        self._images: list[Image.Image | None] | None = None

    def __reduce__(self) -> tuple[type[list[T]], tuple[list[T]]]:
        return list, (list(self),)  # a copy is a plain list: what fetches belongs to a client

    def _fetched(self) -> list[Image.Image | None]:
        """Return the images of the first items, fetched once, side by side."""
        if self._images is None:

            async def fetch(item: T) -> Image.Image | None:
                try:
                    data = await self._image_of(item)
                    return await asyncio.to_thread(decode_image, data) if data else None
                except errors.ThumbnbError as error:
                    logger.info("Not shown: %s", error)
                    return None

            async def fetch_all() -> list[Image.Image | None]:
                tasks = [asyncio.ensure_future(fetch(item)) for item in self[:MAX_IMAGES]]
                _, late = await asyncio.wait(tasks, timeout=WAIT_SECONDS) if tasks else ((), ())
                for task in late:
                    task.cancel()
                return [None if task in late else task.result() for task in tasks]

            found = Job("load", fetch_all, self._runner).result()
            if None in found:  # shown again it may have more of them
                return found
            self._images = found
        return self._images

    def _repr_jpeg_(self) -> bytes | None:
        return shown(self._sheet) if self else None

    def _sheet(self) -> Image.Image:
        found = zip(self, self._fetched(), strict=False)
        pairs: Sequence[tuple[T, Image.Image]] = [(item, image) for item, image in found if image]
        if not pairs:
            raise errors.NotFound("None of these has an image.")
        names = [self._name_of(item)[:24] for item, _ in pairs]
        return snapshot_contact_sheet([image for _, image in pairs], 4, names)
