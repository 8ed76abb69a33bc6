"""A collection of videos and images."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from thumbnb import errors
from thumbnb.api import videodb
from thumbnb.client.images.thumbnail import Thumbnail, Thumbnails
from thumbnb.client.inputs import checks
from thumbnb.client.inputs.upload_source import Address, LocalFile, refuse_page, source_of
from thumbnb.client.ledger.run_record import PaidCall
from thumbnb.client.purchases.async_response import wait_for_free
from thumbnb.client.purchases.frame_purchase import buy_image
from thumbnb.client.purchases.purchase import buy
from thumbnb.client.resource import Recorded, Resource
from thumbnb.client.resources.upload import Upload, video_of, videos_named
from thumbnb.client.resources.video import Video
from thumbnb.client.runtime.progress import report_progress, report_subject
from thumbnb.client.runtime.three_way import remote

if TYPE_CHECKING:
    import os

    from thumbnb.client.ledger.run_record import RunRecord
    from thumbnb.client.purchases.purchase import Send
    from thumbnb.client.requests.deadline import Deadline
    from thumbnb.client.session import Session
    from thumbnb.models import CollectionRecord

# Longer than anybody waits: a file's sending has a deadline only where one is given.
WEEK = 7 * 24 * 3600.0


class Collection(Recorded["CollectionRecord"], Resource):
    """A collection of videos and images: ``id``, ``name``, ``description``."""

    def __init__(self, session: Session, record: CollectionRecord) -> None:
        super().__init__(session)
        self.record = record

    @remote
    async def upload(
        self,
        source: str | os.PathLike[str] | bytes | BinaryIO,
        *,
        name: str | None = None,
        deadline: float | None = None,
    ) -> Video:
        """Store a video and return it.

        ``source`` is a path, an http(s) address the service fetches itself, bytes,
        or a binary file that is open. A file is streamed, however large. ``name``
        defaults to the file's. ``deadline`` is in seconds, everything included;
        without one, sending takes what it takes.

        Raises InvalidInput before anything is sent, NotAVideo, JobFailed,
        DeadlineExceeded, OutcomeUnknown.

        >>> client.upload("talk.mp4")  # doctest: +SKIP
        """
        deadline = checks.positive("deadline", deadline)
        what = source_of(source, name)
        report_subject(what.name)
        if isinstance(what, Address) and not self._session.metered:  # VideoDB itself reads some
            refuse_page(what)
        async with self._session.deadline(
            f"Uploading {what.name!r}", deadline or WEEK
        ) as time_limit:
            url = what.url if isinstance(what, Address) else await self._send(what)
            return await self.register_upload(time_limit, url, what.name)

    async def _send(self, what: LocalFile) -> str:
        session = self._session

        def report(sent: int, total: int) -> None:
            report_progress("uploading", sent / total)

        with what.open() as file:
            url = await session.request(videodb.get_upload_url, self.id, name=what.name)
            await session.request(
                videodb.send_file, url, file, filename=what.name, on_progress=report
            )
        return url

    async def register_upload(
        self,
        time_limit: Deadline,
        url: str,
        name: str,
        *,
        take: int | None = None,
        resend_of: RunRecord | None = None,
    ) -> Video:
        """Have the service make a video of the file at an address."""
        report_progress("processing")
        async with self._session.deadline(f"Processing {name!r}", None) as processing:
            try:
                return await self._store(processing, url, name, take, resend_of=resend_of)
            finally:
                time_limit.set_resume(processing.resume_code, processing.output_url)

    async def _store(
        self,
        time_limit: Deadline,
        url: str,
        name: str,
        take: int | None,
        *,
        resend_of: RunRecord | None,
    ) -> Video:
        session = self._session

        async def send(key: str | None) -> videodb.Answer:
            return await session.request(
                videodb.upload, self.id, url, name=name, idempotency_key=key
            )

        async def prepare() -> tuple[list[str], Send[videodb.Answer]]:
            return [item.id for item in await videos_named(session, self.id, name)], send

        if not session.metered:
            return await video_of(
                session, await wait_for_free(session, time_limit, await send(None), "upload")
            )
        what = {"collection_id": self.id, "name": name, "url": url}
        paid_call = PaidCall(
            videodb.SERVICE,
            session.service_url,
            "upload",
            what,
            identity=what,
            take=take,
            project_id=self.id,
        )
        return await buy(
            session, time_limit, paid_call, prepare, Upload, what="An upload", resend_of=resend_of
        )

    @remote
    async def videos(self) -> list[Video]:
        """Return its videos, newest last as the service lists them."""
        found = await self._session.request(videodb.list_videos, self.id)
        return [Video(self._session, item) for item in found]

    @remote
    async def video(self, video_id: str) -> Video:
        """Return one video by its id. Raises NotFound."""
        found = await self._session.request(videodb.get_video, video_id, collection_id=self.id)
        return Video(self._session, found)

    @remote
    async def images(self) -> Thumbnails:
        """Return all its images: thumbnails and generated ones."""
        found = await self._session.request(videodb.list_images, self.id)
        return Thumbnails(Thumbnail(self._session, item) for item in found)

    @remote
    async def generate_image(
        self,
        prompt: str,
        *,
        aspect_ratio: str = "16:9",
        take: int | None = None,
        deadline: float | None = None,
    ) -> Thumbnail:
        """Return an image made from a prompt.

        ``aspect_ratio`` is two numbers, as in ``"16:9"``. On a hosted service this
        costs credits; the same ``take`` (0, 1, ...) of the same request is paid once,
        and read from disk when it is asked for again. Without one it is a new one.
        """
        return await self.run_image(prompt, aspect_ratio, take, deadline)

    async def run_image(
        self,
        prompt: str,
        aspect_ratio: str,
        take: int | None,
        deadline: float | None,
        *,
        resend_of: RunRecord | None = None,
    ) -> Thumbnail:
        """Do what ``generate_image`` does; ``resend_of`` is a lost run to send again."""
        prompt = prompt.strip()
        if not prompt:
            raise errors.InvalidInput("The prompt is empty.", hint="Say what the image shows.")
        take, deadline = checks.take(take), checks.positive("deadline", deadline)
        session = self._session
        async with session.deadline("An image", deadline) as time_limit:
            request = {"prompt": prompt, "aspect_ratio": aspect_ratio, "collection_id": self.id}
            paid_call = PaidCall(
                videodb.SERVICE, session.service_url, "image", request, identity=request, take=take
            )
            return await buy_image(
                session,
                time_limit,
                paid_call,
                lambda key: session.request(
                    videodb.generate_image,
                    self.id,
                    prompt,
                    aspect_ratio=aspect_ratio,
                    idempotency_key=key,
                ),
                resend_of=resend_of,
            )

    def __repr__(self) -> str:
        return f"<Collection {self.id}" + (f": {self.name!r}>" if self.name else ">")
