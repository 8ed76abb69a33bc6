"""The endpoint at which a client asks how a job stands."""

from typing import Annotated

from fastapi import Request

from thumbnb.service.dependencies import links_of, service_of
from thumbnb.service.http.parameters import Prefer
from thumbnb.service.http.routing import new_router
from thumbnb.service.jobs.poll_threads import run_for_poll
from thumbnb.service.refusal import Refusal
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
    job = await run_for_poll(service.runner.queue.get, job_id)
    if hold and not job.ended:
        job = await service.runner.wait(job, hold)
    if not job.ended:
        return serializers.processing(job, links)
    if job.error is not None:
        return serializers.failed(job.error)
    try:
        return serializers.ended(await run_for_poll(result_fields, service, job, links))
    except Refusal as refusal:
        return serializers.failed(refusal)
