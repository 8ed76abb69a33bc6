"""What VideoDB's endpoints share: access, video records, and answers that wait for a job."""

import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from thumbnb.service.dependencies import links_of, service_of
from thumbnb.service.http.idempotency import answer_once
from thumbnb.service.http.links import Links
from thumbnb.service.http.request_parser import RequestModel
from thumbnb.service.jobs.queue import QueuedJob, Record
from thumbnb.service.records.idempotency import PaidRequest
from thumbnb.service.refusal import invalid
from thumbnb.service.service import Service
from thumbnb.service.videodb import serializers
from thumbnb.service.videodb.schemas import Done, Processing, VideoData


class InCollection(RequestModel):
    """The collection an item should be in."""

    collection_id: str | None = None


async def admit(request: Request) -> None:
    """Check the token."""
    service_of(request).access.admit(request.headers.get("x-access-token"))


def video_data(service: Service, video_id: str, links: Links) -> VideoData:
    """Write a video as it is now."""
    return serializers.video(
        service.videos.get(video_id), service.video_images.cover(video_id), links
    )


def refuse_callback(url: str | None) -> None:
    """Refuse a callback: a client of ours can always ask."""
    if url is not None:
        raise invalid("Callbacks are not supported: ask at the 'output_url' of the answer instead.")


async def once_per_key(
    request: Request,
    paid: PaidRequest,
    hold: float | None,
    start: Callable[[Record], QueuedJob],
) -> Done[Any] | Processing:
    """Start a paid job, on a thread, and answer as ``job_answer`` does; once for each key.

    ``start`` gets what records the request with the job's row.
    """
    service = service_of(request)

    def record(rows: sqlite3.Connection, job_id: str) -> None:
        service.idempotency.record(rows, paid, {"job": job_id})

    async def carry_out() -> Done[Any] | Processing:
        return await job_answer(request, await run_in_threadpool(start, record), hold)

    async def repeat(answer: Mapping[str, Any]) -> Done[Any] | Processing:
        job = await run_in_threadpool(service.runner.queue.get, str(answer["job"]))
        return await job_answer(request, job, hold)

    return await answer_once(service.idempotency, paid, carry_out, repeat)


def made_before(service: Service, job_id: str, record: Record | None) -> QueuedJob:
    """Give the job that made before what is asked for now, and record the request for it."""
    if record is not None:
        with service.database.write() as rows:
            record(rows, job_id)
    return service.runner.queue.get(job_id)


async def job_answer(
    request: Request, job: QueuedJob, hold: float | None
) -> Done[Any] | Processing:
    """Answer with a job's result if it comes within ``hold`` seconds, else with where to poll."""
    service, links = service_of(request), links_of(request)
    if hold is None:
        answer = serializers.processing(job, links)
        answer.headers["Preference-Applied"] = "respond-async"
        return answer
    if not job.ended:
        job = await service.runner.wait(job, hold)
    if not job.ended:
        return serializers.processing(job, links)
    if job.error is not None:
        raise job.error
    fields = await run_in_threadpool(result_fields, service, job, links)
    return serializers.ok({**fields, "output_url": links.job(job.id)})


def result_fields(service: Service, job: QueuedJob, links: Links) -> Mapping[str, Any]:
    """Write what a job made, as it is now: its rows hold the truth, the job only an id."""
    item_id = str((job.result or {}).get("id"))
    if item_id.startswith("m-"):
        return video_data(service, item_id, links)
    if item_id.startswith("img-"):
        return serializers.image(service.video_images.get(item_id), links)
    return serializers.preview(service.previews.get(item_id), links)
