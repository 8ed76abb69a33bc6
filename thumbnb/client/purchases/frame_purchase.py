"""An image bought from VideoDB: a frame of a video, or one made from a prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.api import videodb
from thumbnb.client.images.thumbnail import Thumbnail
from thumbnb.client.ledger.run_record import SavedResult
from thumbnb.client.purchases.async_response import (
    record_answer,
    stop_recorded,
    wait_for_free,
    wait_for_recorded,
)
from thumbnb.client.purchases.purchase import Purchase, buy, without_preparation
from thumbnb.client.runtime.progress import report_progress

if TYPE_CHECKING:
    from thumbnb.client.ledger.run_record import PaidCall, RunRecord
    from thumbnb.client.purchases.purchase import Send
    from thumbnb.client.requests.deadline import Deadline
    from thumbnb.client.session import Session


async def buy_image(
    session: Session,
    time_limit: Deadline,
    paid_call: PaidCall,
    call: Send[videodb.Answer],
    *,
    resend_of: RunRecord | None = None,
) -> Thumbnail:
    """Ask VideoDB for an image, wait for it and return it; where it costs, it is kept.

    So it is where a take of it was asked for.
    """
    if session.metered or paid_call.take is not None:
        return await buy(
            session,
            time_limit,
            paid_call,
            without_preparation(call),
            FramePurchase,
            what="An image",
            resend_of=resend_of,
        )
    data = await wait_for_free(session, time_limit, await call(None), paid_call.kind)
    thumbnail = _thumbnail_of(session, paid_call.request, data)
    await _download_image(thumbnail)
    return thumbnail


class FramePurchase(Purchase[videodb.Answer, Thumbnail]):
    """One run that makes one image."""

    @property
    def _answered(self) -> bool:
        return self.run.state in {"running", "made", "done"}

    async def _record_answer(self, answer: videodb.Answer) -> None:
        await record_answer(self._session, self.run, answer)

    async def _stop_at_service(self) -> str | None:
        return await stop_recorded(self._session, self.run)

    async def _read_saved(self) -> Thumbnail | None:
        saved = await self._ledger.results_of(self.run.id)
        data = await self._ledger.read_result(saved[0]) if saved else None
        if data is None:
            return None
        thumbnail = _thumbnail_of(self._session, self.run.request, _record(saved[0]))
        thumbnail.set_bytes(data)
        thumbnail.cached = True
        return thumbnail

    async def _finish(self, time_limit: Deadline) -> Thumbnail:
        run, ledger = self.run, self._ledger
        saved = await ledger.results_of(run.id)
        data = (
            _record(saved[0]) if saved else await wait_for_recorded(self._session, time_limit, run)
        )
        thumbnail = _thumbnail_of(self._session, run.request, data)
        await ledger.mark_made(run.id, [SavedResult(0, id=thumbnail.id, url=thumbnail.url)])
        encoded = await _download_image(thumbnail)
        if encoded is not None:
            await ledger.save_result(run.id, 0, encoded)
        return thumbnail


def _record(saved: SavedResult) -> dict[str, Any]:
    return {"id": saved.id, "url": saved.url}


def _thumbnail_of(session: Session, request: Any, data: Any) -> Thumbnail:
    return Thumbnail(session, videodb.image_record(data), **request.get("shown", {}))


async def _download_image(thumbnail: Thumbnail) -> bytes | None:
    # It is made: that it cannot be fetched just now must not lose it. It is fetched
    # again when it is looked at.
    report_progress("fetching")
    try:
        return await thumbnail.load.aio()
    except (errors.DownloadFailed, errors.TransportError, errors.ServiceError):
        if not thumbnail.id:
            raise
        return None
