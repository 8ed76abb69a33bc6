"""A stored video."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.api import videodb
from thumbnb.client.images.image import decode_image, shown
from thumbnb.client.images.preview import Preview
from thumbnb.client.images.record_lists import RecordList
from thumbnb.client.images.storyboard import Storyboard
from thumbnb.client.images.thumbnail import Thumbnail, Thumbnails
from thumbnb.client.inputs import checks
from thumbnb.client.ledger.run_record import PaidCall
from thumbnb.client.purchases.async_response import wait_for_free
from thumbnb.client.purchases.frame_purchase import buy_image
from thumbnb.client.resource import Recorded, Resource
from thumbnb.client.runtime.job import Job
from thumbnb.client.runtime.progress import report_progress, report_subject
from thumbnb.client.runtime.three_way import remote
from thumbnb.models import ImageRecord
from thumbnb.text.clock_time import clock_time

# Pixels that a poster is wide, and seconds that one is waited for.
POSTER_WIDTH = 480
POSTER_SECONDS = 10.0

if TYPE_CHECKING:
    from PIL import Image

    from thumbnb.client.ledger.run_record import RunRecord
    from thumbnb.client.session import Session
    from thumbnb.models import SuggestionRecord, VideoRecord


class Video(Recorded["VideoRecord"], Resource):
    """A video a service holds: ``id``, ``name``, ``length`` (seconds), ``size`` (pixels).

    Every method can be called three ways: ``video.storyboard()`` blocks,
    ``await video.storyboard.aio()`` does not, ``video.storyboard.submit()`` is a Job.
    """

    def __init__(self, session: Session, record: VideoRecord) -> None:
        super().__init__(session)
        self.record = record
        self._poster: Image.Image | None = None

    @property
    def length(self) -> float | None:
        """Seconds, where the service says."""
        return self.record.length or None

    @property
    def size(self) -> tuple[int, int] | None:
        """Width and height in pixels as displayed, where the service says."""
        record = self.record
        return (record.width, record.height) if record.width and record.height else None

    @property
    def fps(self) -> float | None:
        """Frames a second, on average, where the service says."""
        return self.record.fps or None

    @property
    def stream_url(self) -> str | None:
        """Where a player finds it."""
        return self.record.stream_url

    @remote
    async def generate_thumbnail(
        self,
        *,
        time: float | str | None = None,
        width: int | None = None,
        height: int | None = None,
        take: int | None = None,
        deadline: float | None = None,
    ) -> Thumbnail:
        """Return the frame on screen at ``time`` seconds, as a stored thumbnail.

        ``time`` may also be a text like ``"0:05"``; ``time=0`` is the first frame. Without it,
        it is the video's default thumbnail, chosen at upload. ``width`` and ``height`` are in
        pixels: both give exactly that size, cropped to cover and never stretched; one makes the
        other follow; none is the size as displayed. On a hosted service this costs;
        the same ``take`` (0, 1, ...) of the same frame is paid once, and read from disk
        when it is asked for again. Without one it is asked for anew. ``deadline`` is in
        seconds, everything included.

        Raises InvalidInput (TimeOutOfRange) before anything is sent, JobFailed
        when the service can't, DeadlineExceeded, OutcomeUnknown.

        >>> video.generate_thumbnail(time=5, width=640, height=360).image  # doctest: +SKIP
        """
        return await self.run_thumbnail(time, width, height, take, deadline)

    async def run_thumbnail(
        self,
        time: float | str | None,
        width: int | None,
        height: int | None,
        take: int | None,
        deadline: float | None,
        *,
        resend_of: RunRecord | None = None,
    ) -> Thumbnail:
        """Do what ``generate_thumbnail`` does; ``resend_of`` is a lost run to send again."""
        width, height, take = (
            checks.side("width", width),
            checks.side("height", height),
            checks.take(take),
        )
        deadline = checks.positive("deadline", deadline)
        what = f"A thumbnail of {self!r}"
        async with self._session.deadline(what, deadline) as time_limit:
            if time is None:
                return await self._default(width, height)
            time = checks.seconds(time, length=self.length)
            report_subject(f"{self.name or self.id} at {clock_time(time)}")
            size = {"width": width, "height": height}
            shown: dict[str, Any] = {"video_id": self.id, "time": time, **size}
            paid_call = PaidCall(
                videodb.SERVICE,
                self._session.service_url,
                "thumbnail",
                {"shown": shown},
                identity=shown,
                take=take,
            )
            report_progress("asking")
            return await buy_image(
                self._session,
                time_limit,
                paid_call,
                lambda key: self._session.request(
                    videodb.create_thumbnail, self.id, time=time, **size, idempotency_key=key
                ),
                resend_of=resend_of,
            )

    async def _default(self, width: int | None, height: int | None) -> Thumbnail:
        url = await self._session.request(videodb.get_default_thumbnail, self.id)
        if not url:
            raise errors.NotFound(
                f"{self!r} has no default thumbnail.", hint="Ask for one with time=..."
            )
        record = ImageRecord(id="", url=url)
        thumbnail = Thumbnail(self._session, record, video_id=self.id, width=width, height=height)
        report_progress("fetching")
        await thumbnail.load.aio()
        return thumbnail

    @remote
    async def thumbnails(self) -> Thumbnails:
        """Return the thumbnails asked for so far; the default one is not among them."""
        found = await self._session.request(videodb.list_thumbnails, self.id)
        return Thumbnails(Thumbnail(self._session, item, video_id=self.id) for item in found)

    @remote
    async def preview(
        self, *, time: float | str, step: int = 0, width: int | None = None
    ) -> Preview:
        """Return the frame on screen at ``time`` seconds for a look: not stored, not charged.

        ``step`` goes so many frames on from there (back if negative), ``width`` is the
        most it may be wide, in pixels. Cancelling it stops the decoding. Only the
        embedded service has previews; a hosted one raises NotFound.

        >>> video.preview(time=5, step=1, width=640)  # doctest: +SKIP
        """
        shown = await self._session.request(
            videodb.get_frame,
            self.id,
            time=checks.seconds(time, length=self.length),
            step=checks.whole("step", step, -100, 100),
            width=checks.side("width", width),
        )
        encoded, start, duration = shown
        return Preview(start, duration, encoded)

    @remote
    async def storyboard(
        self,
        *,
        count: int = 100,
        tile_width: int = 160,
        exact: bool | None = None,
        deadline: float | None = None,
    ) -> Storyboard:
        """Return ``count`` small frames over the whole length, in one sheet.

        Each shows the very frame of its moment where that takes about two seconds at
        most, else the keyframe at or before it; ``times`` says which second that is.
        ``exact`` insists on the one (true) or the other (false). ``tile_width`` is in
        pixels, ``deadline`` in seconds. Only the embedded service makes these; a
        hosted one raises NotFound.
        """
        count = checks.whole("count", count, 1, 1000)
        tile_width = checks.whole("tile_width", tile_width, 16, 640)
        deadline = checks.positive("deadline", deadline)
        async with self._session.deadline(f"A storyboard of {self!r}", deadline) as time_limit:
            answer = await self._session.request(
                videodb.get_storyboard, self.id, count=count, tile_width=tile_width, exact=exact
            )
            data = await wait_for_free(self._session, time_limit, answer, "storyboard")
            board = videodb.storyboard_record(data)
            encoded = await self._session.download(board.url)
        return Storyboard(board, decode_image(encoded), encoded)

    @remote
    async def suggest(
        self, *, count: int = 5, deadline: float | None = None
    ) -> list[SuggestionRecord]:
        """Return the ``count`` best seconds for a thumbnail, best first, with the reasons.

        Only the embedded service knows; a hosted one raises NotFound.
        """
        return RecordList(
            videodb.suggestion_records(await self._survey(count, deadline)),
            image_of=self._frame_of,
            name_of=lambda found: clock_time(found.time),
            runner=self.runner,
        )

    async def _frame_of(self, found: SuggestionRecord) -> bytes | None:
        return (await self.preview.aio(time=found.time, width=POSTER_WIDTH)).bytes

    @remote
    async def shots(self, *, deadline: float | None = None) -> list[float]:
        """Return when each shot but the first begins, in seconds, as near as it was looked at.

        Only the embedded service knows; a hosted one raises NotFound.
        """
        return videodb.shot_times(await self._survey(5, deadline))

    async def _survey(self, count: int, deadline: float | None) -> Any:
        count = checks.whole("count", count, 1, 100)
        deadline = checks.positive("deadline", deadline)
        async with self._session.deadline(f"Suggestions for {self!r}", deadline) as time_limit:
            answer = await self._session.request(videodb.get_suggestions, self.id, count=count)
            return await wait_for_free(self._session, time_limit, answer, "suggestions")

    @remote
    async def refresh(self) -> Video:
        """Read its record again, and return itself."""
        self.record = await self._session.request(
            videodb.get_video, self.id, collection_id=self.record.collection_id
        )
        return self

    @remote
    async def delete(self) -> None:
        """Delete it from the service, with its thumbnails."""
        await self._session.request(videodb.delete_video, self.id)

    def __repr__(self) -> str:
        about = [repr(self.name)] if self.name else []
        about += [f"{self.length:.1f} s"] if self.length else []
        about += ["{}x{}".format(*self.size)] if self.size else []
        return f"<Video {self.id}{': ' if about else ''}{', '.join(about)}>"

    def _repr_jpeg_(self) -> bytes | None:
        """Show its poster: the thumbnail that was chosen when it was uploaded."""
        return shown(self._poster_image) if self.record.thumbnail_url or self._poster else None

    def _poster_image(self) -> Image.Image:
        if self._poster is None:
            url, session = str(self.record.thumbnail_url), self._session

            async def fetch() -> Image.Image:
                return await asyncio.to_thread(decode_image, await session.download(url))

            self._poster = Job("load", fetch, self.runner).result(timeout=POSTER_SECONDS)
        small = self._poster.copy()
        small.thumbnail((POSTER_WIDTH, POSTER_WIDTH))
        return small

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Video) and other.id == self.id

    def __hash__(self) -> int:
        return hash(self.id)
