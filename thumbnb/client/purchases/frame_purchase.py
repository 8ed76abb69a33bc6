"""A picture bought from VideoDB: a frame of a video, or one made from a prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.api import videodb
from thumbnb.client.images.thumbnail import Thumbnail
from thumbnb.client.ledger.run_record import SavedResult
from thumbnb.client.purchases.async_response import note, noted, settle
from thumbnb.client.purchases.purchase import Purchase, at_once, buy
from thumbnb.client.runtime.job import report

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from thumbnb.client.ledger.run_record import PaidCall
    from thumbnb.client.session import Deadline, Session


async def picture_of(
    session: Session,
    patience: Deadline,
    order: PaidCall,
    call: Callable[[], Awaitable[videodb.Answer]],
    *,
    anew: bool = False,
) -> Thumbnail:
    """Ask VideoDB for a picture, wait for it and return it; where it costs, it is kept.

    So it is where a take of it was asked for.
    """
    if session.metered or order.take is not None:
        return await buy(
            session, patience, order, at_once(call), FramePurchase, what="A picture", anew=anew
        )
    data = await settle(session, patience, await call(), order.kind)
    picture = _made(session, order.request, data)
    await _fetched(picture)
    return picture


class FramePurchase(Purchase[videodb.Answer, Thumbnail]):
    """One run that makes one picture."""

    @property
    def _answered(self) -> bool:
        return self.entry.state in {"running", "made", "done"}

    async def _note(self, answer: videodb.Answer) -> None:
        await note(self._session, self.entry, answer)

    async def _recall(self) -> Thumbnail | None:
        saved = await self._books.results(self.entry.id)
        data = await self._books.recall(saved[0]) if saved else None
        if data is None:
            return None
        picture = _made(self._session, self.entry.request, _record(saved[0]))
        picture._bytes, picture.cached = data, True
        return picture

    async def _finish(self, patience: Deadline) -> Thumbnail:
        entry, books = self.entry, self._books
        saved = await books.results(entry.id)
        data = _record(saved[0]) if saved else await noted(self._session, patience, entry)
        picture = _made(self._session, entry.request, data)
        await books.made(entry.id, [SavedResult(0, id=picture.id, url=picture.url)])
        encoded = await _fetched(picture)
        if encoded is not None:
            await books.keep(entry.id, 0, encoded)
        return picture


def _record(saved: SavedResult) -> dict[str, Any]:
    return {"id": saved.id, "url": saved.url}


def _made(session: Session, request: Any, data: Any) -> Thumbnail:
    return Thumbnail(session, videodb.image_record(data), **request.get("shown", {}))


async def _fetched(picture: Thumbnail) -> bytes | None:
    # It is made: that it cannot be fetched just now must not lose it. It is fetched
    # again when it is looked at.
    report("fetching")
    try:
        return await picture.load.aio()
    except (errors.DownloadFailed, errors.TransportError, errors.ServiceError):
        if not picture.id:
            raise
        return None
