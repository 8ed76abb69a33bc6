"""Waiting for VideoDB's answers that come later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.api.videodb import Answer, Done, Failed, Pending
from thumbnb.client.polling import status_requests
from thumbnb.client.runtime.job import report

if TYPE_CHECKING:
    from thumbnb.client.ledger.run_record import RunRecord
    from thumbnb.client.polling.subscriptions import Observation
    from thumbnb.client.session import Deadline, Session


async def settle(session: Session, patience: Deadline, answer: Answer, kind: str) -> Any:
    """Wait until an answer is final and return its data; jobs of a ``kind`` last alike."""

    def tell(answer: Answer) -> None:
        if isinstance(answer, Pending):
            patience.leave("client.attach(error.output_url)", answer.output_url)
            known = answer.percentage is not None
            report("processing", (answer.percentage or 0) / 100 if known else None)

    async def heard(seen: Observation[Answer]) -> None:
        tell(seen.value)

    if isinstance(answer, Pending):
        tell(answer)
        url = answer.output_url
        # Asked at once: a service may hold the answer until the job is done.
        answer = await session.until_done(
            session.key(kind),
            url,
            status_requests.of_answer(session.http, url),
            held=True,
            on_seen=heard,
        )
    if isinstance(answer, Failed):
        raise _failure(session, answer)
    return getattr(answer, "data", None)


async def note(session: Session, entry: RunRecord, answer: Answer) -> None:
    """Write down what the answer to a paid call says. Raises JobFailed."""
    books = session.books
    match answer:
        case Pending():
            await books.begun(entry, output_url=answer.output_url)
        case Done():
            await books.begun(entry, answer=answer.data)
        case Failed():
            await books.begun(entry)
            await books.fail(entry.id, answer.message)
            raise _failure(session, answer)


async def noted(session: Session, patience: Deadline, entry: RunRecord) -> Any:
    """Wait for the data of a paid call as ``note`` has left it."""
    url = entry.output_url
    answer = Pending(url) if entry.answer is None and url else Done(entry.answer)
    try:
        return await settle(session, patience, answer, entry.kind)
    except errors.JobFailed as error:
        await session.books.fail(entry.id, error.message)
        raise


def _failure(session: Session, answer: Failed) -> errors.JobFailed:
    said = f"{session.http.service} could not do it: {answer.message}"
    return errors.JobFailed(said, body=answer.body)
