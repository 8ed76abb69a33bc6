"""Images from a service: fetched once, decoded within bounds, saved, shown."""

from __future__ import annotations

import asyncio
import io
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from PIL import Image

from thumbnb import errors
from thumbnb.arguments.local_path import input_path
from thumbnb.client.resource import Resource
from thumbnb.client.runtime.job import Job
from thumbnb.client.runtime.three_way import remote
from thumbnb.imaging.contact_sheet import contact_sheet
from thumbnb.imaging.normalize import normalize_image, on_background
from thumbnb.imaging.open_image import MAX_SIDE, load_image, open_image
from thumbnb.imaging.small_copy import encode_jpeg_within
from thumbnb.storage import files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from thumbnb.client.session import Session

logger = logging.getLogger(__name__)

# In a notebook an image is shown within this box, and saved with the notebook.
SNAPSHOT_SIZE = (640, 640)
SNAPSHOT_COUNT = 24
# In the notebook's file it is a third larger, and a cell is to hold at most 200 kB.
SNAPSHOT_BYTES = 140_000
SNAPSHOT_COLUMNS = 4
# Between images: it neither shines in a dark notebook nor vanishes in a light one.
GROUND = "#26282b"
# A cell of a sheet is at most so many times as tall as wide.
TALLEST = 3.0

# Inside the class below the name means its property.
Encoded = bytes


class StoredImage(Resource):
    """An image a service keeps: ``image`` (Pillow, RGB), ``bytes`` (encoded, as it was made).

    Both are fetched once. ``url`` is where the service keeps it; such an address may
    expire. Alone in a cell it shows itself.
    """

    def __init__(self, session: Session, url: str | None) -> None:
        super().__init__(session)
        self.url = url
        self._bytes: Encoded | None = None
        self._image: Image.Image | None = None
        self._loading = asyncio.Lock()
        self._read: Callable[[], Encoded | None] | None = None

    @property
    def is_loaded(self) -> bool:
        """Whether its bytes are here, so that nothing need be fetched."""
        return self._bytes is not None or self._read is not None

    def keep_on_disk(self, read: Callable[[], Encoded | None]) -> None:
        """Hold nothing of it in memory: ``read`` reads its bytes from disk whenever it is used.

        Where ``read`` finds nothing it is fetched again.
        """
        self._read = read
        self._bytes = self._image = None

    def set_bytes(self, data: Encoded) -> None:
        """Take bytes that were read from disk: nothing is fetched then."""
        self._bytes = data

    @remote
    async def load(self) -> Encoded:
        """Fetch the image, once, and return it encoded."""
        async with self._loading:
            if self._bytes is None and self._read is not None:
                found = await asyncio.to_thread(self._read)
                if found is not None:
                    return found
            if self._bytes is None:
                self._bytes = await self._fetch()
            return self._bytes

    async def _fetch(self) -> Encoded:
        """Fetch it from wherever it is now; a service with expiring addresses knows better."""
        if not self.url:
            raise errors.DownloadFailed(f"The service has no address for {self!r}.")
        return await self._download(self.url)

    async def _download(self, url: str) -> Encoded:
        data = await self._session.download(url)
        with as_download_failed(), open_image(data):
            return data

    def _finish(self, image: Image.Image) -> Image.Image:
        """Return the decoded image as the user asked for it."""
        return image

    @property
    def bytes(self) -> Encoded:
        """The encoded image, as the service made it."""
        if self._bytes is not None:
            return self._bytes
        found = self._read() if self._read is not None else None
        return self.load() if found is None else found

    @property
    def image(self) -> Image.Image:
        """The image as a Pillow image, RGB."""
        if self._image is not None:
            return self._image
        image = self._finish(decode_image(self.bytes))
        if self._read is None:
            self._image = image
        return image

    def save(self, path: str | Path) -> Path:
        """Write the image to a file; its suffix says the format. Returns the path."""
        return save_image(self.image, path, encoded=self.bytes)

    def _repr_jpeg_(self) -> Encoded | None:
        return shown(lambda: self.image)


def load_all(images: Sequence[StoredImage]) -> None:
    """Fetch all that are not here yet, side by side."""
    missing = [item for item in images if not item.is_loaded]

    async def fetch() -> None:
        await asyncio.gather(*(item.load.aio() for item in missing))

    if missing:
        Job("load", fetch, missing[0].runner).result()


def decode_image(data: bytes) -> Image.Image:
    """Decode an image from outside: RGB, of bounded size. Raises DownloadFailed."""
    with as_download_failed():
        return on_background(normalize_image(load_image(data), max_side=MAX_SIDE))


@contextmanager
def as_download_failed() -> Iterator[None]:
    """Raise DownloadFailed for what a service sent that is no image."""
    try:
        yield
    except errors.ImageTooLarge as error:
        raise errors.DownloadFailed(f"{error.message} It is too large to open.") from error
    except errors.NotAnImage as error:
        raise errors.DownloadFailed("What came is not an image that can be read.") from error


def save_image(image: Image.Image, path: str | Path, *, encoded: bytes | None = None) -> Path:
    """Write an image whole or not at all.

    ``encoded`` is used as it is where the format fits; elsewhere what it tells of itself
    goes along.
    """
    path = input_path("path", path)
    form = Image.registered_extensions().get(path.suffix.lower())
    if form not in Image.SAVE:
        raise errors.InvalidInput(
            f"{path.name!r} does not say what to write.",
            hint="End its name with .jpg, .png or .webp.",
        )
    if not path.parent.is_dir():
        raise errors.InvalidInput(f"There is no folder {path.parent}.", hint="Make it first.")
    try:
        files.write_file(path, _as(form, image, encoded), mode=files.SHARED)
    except (OSError, ValueError) as error:
        raise errors.InvalidInput(
            f"{path.name!r} cannot be written: {getattr(error, 'strerror', None) or error}.",
            hint="Give another name, or another folder.",
        ) from error
    return path


def _as(form: str, image: Image.Image, encoded: bytes | None) -> bytes:
    how: dict[str, Any] = {"quality": 92} if form in {"JPEG", "WEBP"} else {}
    if encoded is not None:
        with Image.open(io.BytesIO(encoded)) as made:
            if made.format == form and made.size == image.size:
                return encoded
            if "exif" in made.info:  # there a thumbnail says what it was made of
                how["exif"] = made.info["exif"]
    buffer = io.BytesIO()
    image.save(buffer, form, **how)
    return buffer.getvalue()


def snapshot_contact_sheet(
    images: Sequence[Image.Image],
    columns: int = SNAPSHOT_COLUMNS,
    captions: Sequence[str] = (),
) -> Image.Image:
    """Put images side by side, as wide as a notebook shows them, on a dark ground."""
    count = len(images)
    # As many as fit, or one fewer where that leaves less of the last row empty.
    columns = min(count, min(columns, max(2, columns - 1), key=lambda each: -count % each))
    width = (SNAPSHOT_SIZE[0] - 4 * (columns - 1)) // columns
    tallest = max(image.height / image.width for image in images)
    height = max(1, round(width * min(tallest, TALLEST)))
    return contact_sheet(
        images, (width, height), columns=columns, background=GROUND, captions=captions
    )


def snapshot_sheet(
    images: Sequence[StoredImage],
    columns: int = SNAPSHOT_COLUMNS,
    captions: Sequence[str] = (),
) -> bytes | None:
    """Encode what a notebook shows of several images: the first of them, side by side."""

    def sheet() -> Image.Image:
        some = images[:SNAPSHOT_COUNT]
        load_all(some)
        return snapshot_contact_sheet([item.image for item in some], columns, captions)

    return shown(sheet) if images else None


def shown(make: Callable[[], Any]) -> bytes | None:
    """Encode what a notebook shows of an image; None (so: text) where it cannot be had."""
    try:
        image: Image.Image = make()
    except errors.ThumbnbError as error:
        logger.warning("Not shown: %s", error)
        return None
    reduced = image.copy()
    reduced.thumbnail((SNAPSHOT_SIZE[0], SNAPSHOT_SIZE[1] * 4))
    return encode_jpeg_within(reduced, SNAPSHOT_BYTES)
