"""Thumbnails of a video: one, and a list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb import errors
from thumbnb.api import videodb
from thumbnb.client.images.image import Encoded, StoredImage, load_all, snapshot_sheet
from thumbnb.client.resource import Recorded
from thumbnb.client.runtime.three_way import remote
from thumbnb.imaging.sizes import cover, fit_size
from thumbnb.text.clock_time import clock_time

if TYPE_CHECKING:
    import pandas as pd
    from PIL import Image

    from thumbnb.client.session import Session
    from thumbnb.models import ImageRecord


class Thumbnail(Recorded["ImageRecord"], StoredImage):
    """A stored image of a video: always an object, whatever the service sent.

    ``image`` is a Pillow image (RGB), ``bytes`` the encoded image as the service
    made it; both are fetched once. ``id`` (empty for a video's default thumbnail),
    ``url``, ``name``, ``time`` (seconds, None where the service does not say),
    ``size`` (width, height in pixels). ``cached`` says that it was read from disk,
    free. Alone in a cell it shows the image.
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
        super().__init__(session, record.url)
        self.record = record
        self.video_id = video_id or (record.model_extra or {}).get("video_id")
        self._time = time
        self._requested_size = (width, height)
        self.cached = False

    @property
    def time(self) -> float | None:
        """The second of the video it shows."""
        return self.record.time if self.record.time is not None else self._time

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels; fetches the image where the service did not say."""
        record = self.record
        if (
            self._image is None
            and self._requested_size == (None, None)
            and record.width
            and record.height
        ):
            return record.width, record.height
        return self.image.size

    async def _fetch(self) -> Encoded:
        try:
            return await self._download(self.url or await self._sign())
        except errors.DownloadFailed:
            # An address may have expired; the service makes a new one for an id.
            return await self._download(await self._sign())

    async def _sign(self) -> str:
        if not self.id:
            raise errors.DownloadFailed(
                f"The address of {self!r} no longer works.", hint="Ask the video for it again."
            )
        url = await self._session.request(
            videodb.sign_image, self.id, collection_id=self.record.collection_id
        )
        if not url:
            raise errors.DownloadFailed(f"The service has no address for {self!r}.")
        return url

    def _finish(self, image: Image.Image) -> Image.Image:
        # A service that knows no sizes sends the whole frame.
        return cover(image, fit_size(image.size, *self._requested_size))

    @remote
    async def delete(self) -> None:
        """Delete it from the service."""
        await self._session.request(
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


class Thumbnails(list[Thumbnail]):
    """A list of thumbnails that shows itself as a contact sheet.

    >>> video.thumbnails().to_frame()  # doctest: +SKIP
    """

    def load(self) -> None:
        """Fetch all images that are not here yet, side by side."""
        load_all(self)

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

    def _repr_jpeg_(self) -> bytes | None:
        times = [item.time for item in self]
        captions = ["" if time is None else clock_time(time) for time in times]
        return snapshot_sheet(self, captions=captions)
