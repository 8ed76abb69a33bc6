"""The endpoint at which a generation is cancelled: our own extension."""

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from thumbnb.service.dependencies import links_of, service_of
from thumbnb.service.http.links import Links
from thumbnb.service.http.routing import new_router
from thumbnb.service.service import Service
from thumbnb.service.youthumb import serializers
from thumbnb.service.youthumb.schemas import JobData, Success

router = new_router()


@router.post("/thumbnails/jobs/{job_id}/cancel")
async def cancel_generation(request: Request, job_id: str) -> Success[JobData]:
    """Stop a job that is under way; one that has ended stays as it is.

    Where images have landed it ends completed, with those, and costs no more than they do; else
    it ends failed and costs nothing. Cancelling twice is fine.
    """
    service, links = service_of(request), links_of(request)
    return serializers.ok(await run_in_threadpool(_cancel, service, job_id, links))


def _cancel(service: Service, job_id: str, links: Links) -> JobData:
    service.cancel_job(service.generations.get(job_id).id)
    item = service.generations.get(job_id)
    return serializers.job(item, service.images.by_owner([item.id])[item.id], links)
