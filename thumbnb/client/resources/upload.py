"""An upload to a VideoDB that charges for it, from its intent to its video."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from thumbnb import errors
from thumbnb.api import videodb
from thumbnb.client.purchases.async_response import (
    record_answer,
    stop_recorded,
    wait_for_recorded,
)
from thumbnb.client.purchases.recoverable_purchase import RecoverablePurchase
from thumbnb.client.resources.video import Video
from thumbnb.models import JobRecord

if TYPE_CHECKING:
    from thumbnb.client.requests.deadline import Deadline
    from thumbnb.client.session import Session
    from thumbnb.models import VideoRecord


class Upload(RecoverablePurchase[videodb.Answer, Video]):
    """One run that makes a video; its job is known by the video's id."""

    container: ClassVar = "Its collection"
    product: ClassVar = "video"

    @property
    def _answered(self) -> bool:
        return self.run.state in {"running", "done"}

    async def _record_answer(self, answer: videodb.Answer) -> None:
        await record_answer(self._session, self.run, answer)

    async def _stop_at_service(self) -> str | None:
        return await stop_recorded(self._session, self.run)

    async def _list_jobs(self) -> list[JobRecord]:
        # A collection has other people too: what has another name is not ours.
        found = await videos_named(self._session, self.run.project_id or "", self.run.label)
        return [JobRecord(id=item.id, user_prompt=item.name) for item in found]

    async def _finish(self, time_limit: Deadline) -> Video:
        run = self.run
        shelf = {"collection_id": run.project_id}
        if run.job_id:  # found in its collection
            data: Any = {**shelf, "id": run.job_id}
        else:
            data = await wait_for_recorded(self._session, time_limit, run)
        try:
            video = await video_of(self._session, data)
        except errors.NotAVideo as error:
            await self._ledger.mark_failed(run.id, error.message)
            raise
        await self._ledger.claim_job(run, video.id)
        await self._ledger.mark_done(run.id, {**shelf, "id": video.id})
        return video


async def videos_named(session: Session, collection_id: str, name: str | None) -> list[VideoRecord]:
    """Return the videos of a name in a collection."""
    found = await session.request(videodb.list_videos, collection_id)
    return [item for item in found if item.name == name]


async def video_of(session: Session, data: Any) -> Video:
    """Return the video a finished upload names, with its whole record."""
    fields = data if isinstance(data, dict) else {}
    stored = str(fields.get("id") or "")
    if not stored.startswith("m-"):
        kind = {"a-": "a sound track", "img": "an image"}.get(stored[:2], "something else")
        raise errors.NotAVideo(f"{session.http.service} took the file for {kind}.")
    record = await session.request(
        videodb.get_video, stored, collection_id=fields.get("collection_id")
    )
    return Video(session, record)
