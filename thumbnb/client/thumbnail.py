"""Pictures: one thumbnail, and a list of them."""

from __future__ import annotations

import asyncio
import io
import logging
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image

from thumbnb import errors
from thumbnb.api import videodb
from thumbnb.client.job import Job
from thumbnb.client.remote import remote
from thumbnb.client.session import Handle
from thumbnb.frames.fit import cover, fit_size

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from thumbnb.client.session import Session
    from thumbnb.models import ImageRecord

logger = logging.getLogger(__name__)

# Inside the class below the name means its property.
Encoded = bytes

# In a notebook a picture is shown within this box, and saved with the notebook.
SHOWN_SIZE = (640, 640)
SHOWN_COUNT = 24
SHOWN_COLUMNS = 4
MAX_PIXELS = 64_000_000


class Thumbnail(Handle):
    """A stored picture of a video: always an object, whatever the service sent.

    ``image`` is a Pillow image (RGB), ``bytes`` the encoded picture as the service
    made it; both are fetched once. ``id``, ``url``, ``name``, ``time`` (seconds,
    None where the service does not say), ``size`` (width, height in pixels).
    Alone in a cell it shows the picture.
    """

    def __init__(
        self,
        session: Session,
        record: ImageRecord,
        *,
        video_id: str | None = None,
        time: float | None = None,
        width: int | None = None,
        height: int | None = None,
    ) -> None:
        super().__init__(session)
        self.record = record
        self.video_id = video_id or (record.model_extra or {}).get("video_id")
        self._time = time
        self._asked = (width, height)
        self._bytes: Encoded | None = None
        self._image: Image.Image | None = None
        self._loading = asyncio.Lock()

    @property
    def id(self) -> str:
        """The service's id of it."""
        return self.record.id

    @property
    def name(self) -> str | None:
        """The service's name of it."""
        return self.record.name

    @property
    def url(self) -> str | None:
        """Where the service keeps it; such an address may expire."""
        return self.record.url

    @property
    def time(self) -> float | None:
        """The second of the video it shows."""
        return self.record.time if self.record.time is not None else self._time

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels; fetches the picture where the service did not say."""
        record = self.record
        if self._image is None and self._asked == (None, None) and record.width and record.height:
            return record.width, record.height
        return self.image.size

    @remote
    async def load(self) -> Encoded:
        """Fetch the picture, once, and return it encoded."""
        async with self._loading:
            if self._bytes is None:
                url = self.url or await self._sign()
                try:
                    self._bytes = await self._download(url)
                except errors.DownloadFailed:
                    # An address may have expired; the service makes a new one for an id.
                    self._bytes = await self._download(await self._sign())
        return self._bytes

    async def _download(self, url: str) -> Encoded:
        data = await self._session.fetch(url)
        check_picture(data)
        return data

    async def _sign(self) -> str:
        url = await self._session.ask(
            videodb.sign_image, self.id, collection_id=self.record.collection_id
        )
        if not url:
            raise errors.DownloadFailed(f"The service has no address for {self!r}.")
        return url

    @property
    def bytes(self) -> Encoded:
        """The encoded picture, as the service made it."""
        return self._bytes if self._bytes is not None else self.load()

    @property
    def image(self) -> Image.Image:
        """The picture as a Pillow image, RGB, in the size that was asked for."""
        if self._image is None:
            picture = open_picture(self.bytes)
            # A service that knows no sizes sends the whole frame.
            self._image = cover(picture, fit_size(picture.size, *self._asked))
        return self._image

    def save(self, path: str | Path) -> Path:
        """Write the picture to a file; its suffix says the format. Returns the path."""
        return save_picture(self.image, path, encoded=self.bytes)

    @remote
    async def delete(self) -> None:
        """Delete it from the service."""
        await self._session.ask(
            videodb.delete_image, self.id, collection_id=self.record.collection_id
        )

    def __repr__(self) -> str:
        about = [self.id or "default"]
        if self.video_id:
            about.append(f"of {self.video_id}")
        if self.time is not None:
            about.append(f"at {self.time:.2f} s")
        if self._image is not None:
            about.append("{}x{}".format(*self._image.size))
        return f"<Thumbnail {' '.join(about)}>"

    def _repr_jpeg_(self) -> Encoded | None:
        return shown(lambda: self.image)


class Thumbnails(list[Thumbnail]):
    """A list of thumbnails that shows itself as a contact sheet.

    >>> video.thumbnails().to_frame()  # doctest: +SKIP
    """

    def to_frame(self) -> pd.DataFrame:
        """Return a DataFrame, a row a thumbnail: id, video_id, time, width, height, url."""
        import pandas as pd  # noqa: PLC0415  - a quarter of a second, when it is wanted

        self.load()
        rows = [
            {
                "id": item.id,
                "video_id": item.video_id,
                "time": item.time,
                "width": item.size[0],
                "height": item.size[1],
                "url": item.url,
            }
            for item in self
        ]
        return pd.DataFrame(rows, columns=["id", "video_id", "time", "width", "height", "url"])

    def load(self) -> None:
        """Fetch all pictures that are not here yet, side by side."""
        missing = [item for item in self if item._bytes is None]
        if missing:

            async def fetch() -> None:
                await asyncio.gather(*(item.load.aio() for item in missing))

            Job("load", fetch, missing[0]._runner).result()

    def _repr_jpeg_(self) -> bytes | None:
        return shown(self._sheet) if self else None

    def _sheet(self) -> Image.Image:
        some = Thumbnails(self[:SHOWN_COUNT])
        some.load()
        return contact_sheet([item.image for item in some])


# -- pictures -------------------------------------------------------------------------


def check_picture(data: bytes) -> None:
    """Raise DownloadFailed unless this is a picture of bounded size; decodes nothing."""
    with _picture(data):
        pass


def open_picture(data: bytes) -> Image.Image:
    """Decode a picture from outside; RGB, of bounded size."""
    with _picture(data) as picture:
        return picture.convert("RGB")


@contextmanager
def _picture(data: bytes) -> Iterator[Image.Image]:
    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise errors.DownloadFailed(
                    f"The picture is {picture.width}x{picture.height}: too large to open."
                )
            yield picture
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise errors.DownloadFailed("What came is not a picture that can be read.") from error


def save_picture(image: Image.Image, path: str | Path, *, encoded: bytes | None = None) -> Path:
    """Write a picture whole or not at all; ``encoded`` is used as it is where the format fits."""
    path = Path(path).expanduser()
    form = Image.registered_extensions().get(path.suffix.lower())
    if form not in Image.SAVE:
        raise errors.InvalidInput(
            f"{path.name!r} does not say what to write.",
            hint="End its name with .jpg, .png or .webp.",
        )
    if not path.parent.is_dir():
        raise errors.InvalidInput(f"There is no folder {path.parent}.", hint="Make it first.")
    buffer = io.BytesIO()
    if encoded is not None and _fits(encoded, form, image.size):
        buffer.write(encoded)
    else:
        image.save(buffer, form, **({"quality": 92} if form in {"JPEG", "WEBP"} else {}))
    half = path.with_name(f".{path.name}.part")
    half.write_bytes(buffer.getvalue())
    half.replace(path)
    return path


def _fits(encoded: bytes, form: str, size: tuple[int, int]) -> bool:
    with Image.open(io.BytesIO(encoded)) as picture:
        return picture.format == form and picture.size == size


def contact_sheet(images: list[Image.Image], columns: int = SHOWN_COLUMNS) -> Image.Image:
    """Put pictures side by side, each within the same cell, on no background."""
    columns = min(columns, len(images))
    gap, width = 4, (SHOWN_SIZE[0] - 4 * (columns - 1)) // columns
    height = max(1, *(round(width * image.height / image.width) for image in images))
    rows = -(-len(images) // columns)
    sheet = Image.new("RGB", (columns * (width + gap) - gap, rows * (height + gap) - gap), "white")
    for index, image in enumerate(images):
        cell = image.copy()
        cell.thumbnail((width, height))
        left = (index % columns) * (width + gap) + (width - cell.width) // 2
        top = (index // columns) * (height + gap) + (height - cell.height) // 2
        sheet.paste(cell, (left, top))
    return sheet


def shown(picture: Any) -> bytes | None:
    """Encode what a notebook shows of a picture; None (so: text) where it cannot be had."""
    try:
        image: Image.Image = picture()
    except errors.ThumbnbError as error:
        logger.warning("Not shown: %s", error)
        return None
    small = image.copy()
    small.thumbnail((SHOWN_SIZE[0], SHOWN_SIZE[1] * 4))
    buffer = io.BytesIO()
    small.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()
