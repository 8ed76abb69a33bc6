"""A paid call whose outcome cannot be read back: only its answer says what became of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from thumbnb import errors
from thumbnb.api import videodb
from thumbnb.client.entry import FRUITLESS, Saved
from thumbnb.client.job import report
from thumbnb.client.settle import settle
from thumbnb.client.thumbnail import Thumbnail

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from thumbnb.client.entry import Entry, Order
    from thumbnb.client.session import Patience, Session
    from thumbnb.models import ImageRecord

R = TypeVar("R")


async def purchase(
    session: Session,
    order: Order,
    call: Callable[[], Awaitable[R]],
    note: Callable[[R], Mapping[str, Any]],
    *,
    what: str,
    most: float | None = None,
) -> tuple[Entry, R]:
    """Make a paid call, written down before and after, and return its run and its answer.

    ``note`` says what of the answer is to be written. Raises BudgetExceeded before
    anything is sent, and OutcomeUnknown with a way back.
    """
    books = session.books
    token = books.budget.reserve(order.price, what, at_most=most)
    try:
        entry, _ = await books.open(order, token, anew=True)
    except BaseException:
        books.budget.release(token)
        raise
    try:
        async with books.sending(entry):
            answer = await call()
            await books.begun(entry, **note(answer))
    except (errors.OutcomeUnknown, errors.ProtocolError) as error:
        raise books.lost(entry, error.message) from error
    return entry, answer


async def picture_of(
    session: Session,
    patience: Patience,
    order: Order,
    call: Callable[[], Awaitable[videodb.Answer]],
    make: Callable[[ImageRecord], Thumbnail],
) -> Thumbnail:
    """Ask VideoDB for a picture, wait for it and return it; where it costs, it is kept."""
    if session.metered:
        entry, answer = await purchase(session, order, call, _noted, what="A picture")
        return await _delivered(session, patience, entry, answer, make)
    picture = make(videodb.image_record(await settle(session, patience, await call(), order.kind)))
    await _fetched(picture)
    return picture


def _noted(answer: videodb.Answer) -> dict[str, Any]:
    if isinstance(answer, videodb.Pending):
        return {"output_url": answer.output_url}
    return {"answer": answer.data} if isinstance(answer, videodb.Done) else {}


async def _delivered(
    session: Session,
    patience: Patience,
    entry: Entry,
    answer: videodb.Answer,
    make: Callable[[ImageRecord], Thumbnail],
) -> Thumbnail:
    """Wait for a picture that was bought, and keep it."""
    books = session.books
    try:
        data = await settle(session, patience, answer, entry.kind)
    except errors.JobFailed as error:
        await books.fail(entry.id, error.message)
        raise
    picture = make(videodb.image_record(data))
    await books.made(entry.id, [Saved(0, id=picture.id, url=picture.url)])
    encoded = await _fetched(picture)
    if encoded is not None:
        await books.keep(entry.id, 0, encoded)
    return picture


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


async def picture_resumed(session: Session, patience: Patience, entry: Entry) -> Thumbnail:
    """Take a bought picture up where it is: wait for it, or fetch it."""
    books = session.books
    if entry.state in FRUITLESS:
        raise errors.JobFailed(f"Run {entry.id} came to nothing: {entry.error}")
    saved = await books.write(books.ledger.results, entry.id)
    answer: videodb.Answer
    if saved:
        answer = videodb.Done({"id": saved[0].id, "url": saved[0].url})
    elif entry.answer is not None:
        answer = videodb.Done(entry.answer)
    elif entry.output_url:
        answer = videodb.Pending(entry.output_url)
    else:
        raise books.lost(entry)
    make = partial(Thumbnail, session, **entry.request.get("shown", {}))
    return await _delivered(session, patience, entry, answer, make)
