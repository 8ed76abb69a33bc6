"""VideoDB's asynchronous responses: waiting for an answer that comes later."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.api import videodb
from thumbnb.api.videodb import Answer, Done, Failed, Pending
from thumbnb.client.polling import status_requests
from thumbnb.client.runtime.progress import (
    is_cancel_asked,
    report_cancelled,
    report_progress,
    report_stoppable,
)

if TYPE_CHECKING:
    from thumbnb.client.ledger.run_record import RunRecord
    from thumbnb.client.polling.subscriptions import Observation
    from thumbnb.client.requests.deadline import Deadline
    from thumbnb.client.session import Session

logger = logging.getLogger(__name__)

# What our own service calls a job that was cancelled.
_CANCELLED = "CANCELLED"
# How long a service may take to stop a job (seconds).
STOP_SECONDS = 10.0


async def wait_for_free(session: Session, time_limit: Deadline, answer: Answer, kind: str) -> Any:
    """Wait as ``wait_for_answer`` does for what costs nothing; cancelled, it is stopped."""
    report_stoppable(True)
    try:
        return await wait_for_answer(session, time_limit, answer, kind)
    except asyncio.CancelledError:
        if isinstance(answer, Pending) and is_cancel_asked():
            # A task of its own: what it awaits knows nothing of the cancelling.
            await asyncio.wait({asyncio.ensure_future(_stop(session, answer.output_url))})
        raise


async def _stop(session: Session, url: str) -> None:
    try:
        async with asyncio.timeout(STOP_SECONDS):
            ended = await session.request(videodb.cancel, url)
    except (TimeoutError, errors.ThumbnbError) as error:
        logger.info("%s could not be told to stop a job (%s)", session.http.service, error)
    else:
        if isinstance(ended, Failed) and ended.body.get("error_code") == _CANCELLED:
            report_cancelled(f"{session.http.service} has stopped it.")


async def stop_recorded(session: Session, run: RunRecord) -> str | None:
    """Have the service stop a paid call, and write down what that came to; see ``Purchase``."""
    if run.output_url is None:
        return None
    answer = await session.request(videodb.cancel, run.output_url)
    if isinstance(answer, Done):
        made = isinstance(answer.data, dict) and answer.data.get("id")
        return f"It had been made: client.run({run.id}).result() returns it." if made else None
    if isinstance(answer, Pending):
        return None  # others have asked for it, too
    if answer.body.get("error_code") == _CANCELLED:
        await session.ledger.mark_cancelled(run.id)
        return f"{session.http.service} has stopped it; it costs nothing."
    await session.ledger.mark_failed(run.id, answer.message)
    return f"{session.http.service} says: {answer.message}"


async def wait_for_answer(session: Session, time_limit: Deadline, answer: Answer, kind: str) -> Any:
    """Wait until an answer is final and return its data; jobs of a ``kind`` last alike."""

    def report(answer: Answer) -> None:
        if isinstance(answer, Pending):
            time_limit.set_resume("client.attach(error.output_url)", answer.output_url)
            known = answer.percentage is not None
            report_progress("processing", (answer.percentage or 0) / 100 if known else None)

    async def report_observation(seen: Observation[Answer]) -> None:
        report(seen.value)

    if isinstance(answer, Pending):
        report(answer)
        url = answer.output_url
        # Asked at once: a service may hold the answer until the job is done.
        answer = await session.until_done(
            session.key(kind),
            url,
            status_requests.of_answer(session.http, url),
            long_poll=True,
            on_seen=report_observation,
        )
    if isinstance(answer, Failed):
        raise _failure(session, answer)
    return getattr(answer, "data", None)


async def record_answer(session: Session, run: RunRecord, answer: Answer) -> None:
    """Write down what the answer to a paid call says. Raises JobFailed."""
    ledger = session.ledger
    match answer:
        case Pending():
            await ledger.mark_started(run, output_url=answer.output_url)
        case Done():
            await ledger.mark_started(run, answer=answer.data)
        case Failed():
            await ledger.mark_started(run)
            await ledger.mark_failed(run.id, answer.message)
            raise _failure(session, answer)


async def wait_for_recorded(session: Session, time_limit: Deadline, run: RunRecord) -> Any:
    """Wait for the data of a paid call as ``record_answer`` has left it."""
    url = run.output_url
    answer = Pending(url) if run.answer is None and url else Done(run.answer)
    try:
        return await wait_for_answer(session, time_limit, answer, run.kind)
    except errors.JobFailed as error:
        await session.ledger.mark_failed(run.id, error.message)
        raise


def _failure(session: Session, answer: Failed) -> errors.JobFailed:
    message = f"{session.http.service} could not do it: {answer.message}"
    return errors.JobFailed(message, body=answer.body)
