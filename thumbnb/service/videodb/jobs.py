"""The endpoint at which a client asks how a job stands."""

from typing import Annotated

from fastapi import Request

from thumbnb.service.dependencies import links_of, service_of
from thumbnb.service.http.links import Links
from thumbnb.service.http.parameters import Prefer
from thumbnb.service.http.routing import new_router
from thumbnb.service.jobs.poll_threads import run_for_poll
from thumbnb.service.jobs.queue import QueuedJob
from thumbnb.service.refusal import Refusal
from thumbnb.service.service import Service
from thumbnb.service.videodb import serializers
from thumbnb.service.videodb.dependencies import result_fields
from thumbnb.service.videodb.schemas import Ended, Failed, Processing

router = new_router()


@router.get("/async-response/{job_id}")
async def async_response(
    request: Request, job_id: str, hold: Annotated[float | None, Prefer]
) -> Ended | Failed | Processing:
    """Give a job's state; the answer is held for a while if it is still under way."""
    service, links = service_of(request), links_of(request)
    # One trip to a thread for what has ended or is not waited for: each costs more than the poll.
    answer = await run_for_poll(_state, service, job_id, links, hold)
    if isinstance(answer, QueuedJob):
        job = await service.runner.wait(answer, hold or 0.0)
        answer = await run_for_poll(_answer, service, job, links)
    return answer


def _state(
    service: Service, job_id: str, links: Links, hold: float | None
) -> Ended | Failed | Processing | QueuedJob:
    """Answer how a job stands; give the job itself where its end is to be waited for."""
    job = service.runner.queue.get(job_id)
    return job if hold and not job.ended else _answer(service, job, links)


def _answer(service: Service, job: QueuedJob, links: Links) -> Ended | Failed | Processing:
    if not job.ended:
        return serializers.processing(job, links)
    if job.error is not None:
        return serializers.failed(job.error)
    try:
        return serializers.ended(result_fields(service, job, links))
    except Refusal as refusal:
        return serializers.failed(refusal)
