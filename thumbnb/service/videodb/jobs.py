"""Where a client asks how a job stands."""

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool

from thumbnb.service.dependencies import links_of, service_of
from thumbnb.service.http.request_parser import patience
from thumbnb.service.http.routing import new_router
from thumbnb.service.refusal import Refusal
from thumbnb.service.videodb import serializers
from thumbnb.service.videodb.dependencies import result_fields

router = new_router()


@router.get("/async-response/{job_id}")
async def async_response(request: Request, job_id: str) -> Response:
    """How a job stands; held back for a while if it is still under way."""
    service, links = service_of(request), links_of(request)
    job = await run_in_threadpool(service.runner.queue.get, job_id)
    job = await service.runner.wait(job, patience(request, service.settings.hold) or 0)
    if not job.ended:
        return serializers.processing(job, links)
    if job.error is not None:
        return serializers.failed(job.error)
    try:
        return serializers.ended(await run_in_threadpool(result_fields, service, job, links))
    except Refusal as refusal:
        return serializers.failed(refusal)
