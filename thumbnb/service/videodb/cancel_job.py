"""The endpoint at which a job is cancelled: our own extension, beside the one that tells of it."""

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from thumbnb.service.dependencies import links_of, service_of
from thumbnb.service.http.routing import new_router
from thumbnb.service.refusal import Refusal
from thumbnb.service.videodb import serializers
from thumbnb.service.videodb.dependencies import result_fields
from thumbnb.service.videodb.schemas import Ended, Failed, Processing

router = new_router()


@router.delete("/async-response/{job_id}")
async def cancel_job(request: Request, job_id: str) -> Ended | Failed | Processing:
    """Stop a job that is under way, and give its end; one that has ended stays as it is.

    One that others have asked for, too, goes on. Whoever waits for it is told that it was
    cancelled. Cancelling twice is fine.
    """
    service, links = service_of(request), links_of(request)
    job = await run_in_threadpool(service.cancel_job, job_id)
    if not job.ended:
        return serializers.processing(job, links)
    if job.error is not None:
        return serializers.failed(job.error)
    try:
        return serializers.ended(await run_in_threadpool(result_fields, service, job, links))
    except Refusal as refusal:
        return serializers.failed(refusal)
