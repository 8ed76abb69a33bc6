"""Waiting for VideoDB's answers that come later."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.api.videodb import Answer, Failed, Pending, poll
from thumbnb.client import policy
from thumbnb.client.job import report

if TYPE_CHECKING:
    from thumbnb.client.session import Patience, Session


async def settle(session: Session, patience: Patience, answer: Answer) -> Any:
    """Wait until an answer is final and return its data."""
    clock = asyncio.get_running_loop().time
    started = clock()
    while isinstance(answer, Pending):
        patience.leave("client.attach(error.output_url)", answer.output_url)
        known = answer.percentage is not None
        report("processing", (answer.percentage or 0) / 100 if known else None)
        # The first poll goes at once: a service may hold it until the job is done.
        answer = await session.ask(poll, answer.output_url)
        if isinstance(answer, Pending):
            await asyncio.sleep(policy.poll_delay(clock() - started))
    if isinstance(answer, Failed):
        raise errors.JobFailed(
            f"{session.http.service} could not do it: {answer.message}", body=answer.body
        )
    return answer.data
