"""Generations: starting, retrying, their status, results, favourites, trash."""

import contextlib
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Request
from pydantic import field_validator
from starlette.concurrency import run_in_threadpool

from thumbnb.service.dependencies import links_of, service_of
from thumbnb.service.http.idempotency import IdempotencyKey, answer_once, paid_request
from thumbnb.service.http.parameters import JsonBody, QueryParams
from thumbnb.service.http.routing import new_router
from thumbnb.service.jobs.poll_threads import run_for_poll
from thumbnb.service.records.generations import STATUSES, Generation
from thumbnb.service.records.idempotency import PaidRequest
from thumbnb.service.refusal import invalid
from thumbnb.service.service import Service
from thumbnb.service.youthumb import serializers
from thumbnb.service.youthumb import start_generation as starts
from thumbnb.service.youthumb.dependencies import CONFLICT, PAID, CamelRequestModel, Paging, word
from thumbnb.service.youthumb.requests import Overrides, Uuid
from thumbnb.service.youthumb.resolve_images import resolve_images
from thumbnb.service.youthumb.schemas import (
    JobData,
    ProjectDetail,
    ResultsData,
    Started,
    Success,
    TrashData,
)

router = new_router()


class ResultPage(Paging):
    """Which results."""

    favorite: bool | None = None
    project_id: Uuid | None = None


class TrashPage(Paging):
    """Which part of the trash."""

    kind: word("projects", "jobs") = "projects"  # type: ignore[valid-type]


class Favorite(CamelRequestModel):
    """Whether something is a favourite."""

    is_favorite: bool


class JobFilter(Paging):
    """Which jobs of a project."""

    status: str | None = None

    @field_validator("status")
    @classmethod
    def _known(cls, value: str | None) -> str | None:
        words = [] if value is None else [w.strip() for w in value.split(",")]
        if wrong := [w for w in words if w and w not in STATUSES]:
            raise ValueError(f"{wrong[0]!r} is no job status: use {', '.join(STATUSES)}")
        return value

    def matches(self, item: Generation) -> bool:
        """Whether a job is one of them."""
        words = {w.strip() for w in (self.status or "").split(",") if w.strip()}
        return not words or item.status in words


@router.post("/thumbnails/{project_id}/start", responses=PAID)
async def start_generation(
    request: Request,
    project_id: str,
    overrides: Annotated[Overrides, JsonBody(Overrides)],
    key: Annotated[str | None, IdempotencyKey],
) -> Success[Started]:
    """Generate; takes a credit for each variation."""
    service = service_of(request)
    overrides.check_person()
    overrides.check_source()
    paid = paid_request(request, key, overrides)
    return await answer_once(
        service.idempotency, paid, lambda: _start(service, project_id, overrides, paid), _repeat
    )


async def _repeat(answer: Mapping[str, Any]) -> Success[Any]:
    return serializers.ok(answer)


async def _start(
    service: Service, project_id: str, overrides: Overrides, paid: PaidRequest
) -> Success[Started]:
    project = await run_in_threadpool(service.projects.get, project_id)
    for item in overrides.content_images or ():
        if item.url and not service.image_sources.is_local(item.url):
            fault = "At a start an image must have been uploaded here: see POST /assets"
            raise invalid(fault, {"contentImages": [fault]})
    with contextlib.ExitStack() as held:
        images = await resolve_images(service, overrides, held, project.id)
        return serializers.ok(
            await run_in_threadpool(starts.start, service, project, overrides, images, paid)
        )


@router.post("/thumbnails/jobs/{job_id}/retry", responses=PAID)
async def retry_generation(
    request: Request, job_id: str, key: Annotated[str | None, IdempotencyKey]
) -> Success[Started]:
    """Generate a failed job once more, as a new one that costs again."""
    service, paid = service_of(request), paid_request(request, key)

    def begin() -> Started:
        return starts.retry(service, service.generations.get(job_id), paid)

    async def carry_out() -> Success[Started]:
        return serializers.ok(await run_in_threadpool(begin))

    return await answer_once(service.idempotency, paid, carry_out, _repeat)


@router.get("/thumbnails/{project_id}/status")
async def get_status(
    request: Request, project_id: str, page: Annotated[JobFilter, QueryParams(JobFilter)]
) -> Success[ProjectDetail]:
    """Give a project with its jobs: all of them, unless a page is asked for."""
    return await run_for_poll(project_status, request, project_id, page)


@router.get("/thumbnails/{project_id}/detailed-status")
async def get_detailed_status(
    request: Request, project_id: str, page: Annotated[JobFilter, QueryParams(JobFilter)]
) -> Success[ProjectDetail]:
    """Give a project with its jobs, as its status does: newer clients read one shape."""
    return await run_for_poll(project_status, request, project_id, page)


def project_status(request: Request, project_id: str, page: JobFilter) -> Success[ProjectDetail]:
    """Answer with a project and its jobs, or a page of them."""
    service, links = service_of(request), links_of(request)
    with service.database.snapshot():  # a job that ends meanwhile ends its project, too
        project = service.projects.get(project_id)
        every = service.generations.of_project(project_id)
        ids = [item.id for item in every]
        images = dict(service.images.by_owner([project_id, *ids]))
        for job_id, partial in service.images.partial(ids).items():
            images[job_id] = [*images.get(job_id, []), *partial]
    picked = [item for item in every if page.matches(item)]
    shown = picked[page.offset : page.offset + page.length] if page.requested else picked
    data = serializers.detailed(project, every, shown, images, links)
    if page.requested:
        data["pagination"] = page.pagination(len(picked))
    return serializers.ok(data)


@router.get("/thumbnails/results")
def get_results(
    request: Request, page: Annotated[ResultPage, QueryParams(ResultPage)]
) -> Success[ResultsData]:
    """List the images of completed generations, over all projects."""
    service, links = service_of(request), links_of(request)
    found, total = service.generations.results(
        favorite=page.favorite, project_id=page.project_id, limit=page.length, offset=page.offset
    )
    results = [serializers.library_result(item, links) for item in found]
    return serializers.ok({"results": results, "pagination": page.pagination(total)})


@router.get("/thumbnails/trash")
def get_trash(
    request: Request, page: Annotated[TrashPage, QueryParams(TrashPage)]
) -> Success[TrashData]:
    """List what is in the trash."""
    service, links = service_of(request), links_of(request)
    if page.kind == "projects":
        projects, total = service.projects.page(deleted=True, limit=page.length, offset=page.offset)
        items = [serializers.project(item, None, links) for item in projects]
        return serializers.ok({"projects": items, "pagination": page.pagination(total)})
    trashed, total = service.generations.trashed(limit=page.length, offset=page.offset)
    jobs = [_job(service, item, request) for item in trashed]
    return serializers.ok({"jobs": jobs, "pagination": page.pagination(total)})


@router.put("/thumbnails/jobs/{job_id}/favorite")
async def set_job_favorite(
    request: Request, job_id: str, params: Annotated[Favorite, JsonBody(Favorite)]
) -> Success[JobData]:
    """Mark a job as a favourite, or no longer."""
    service = service_of(request)
    item = await run_in_threadpool(service.generations.set_favorite, job_id, on=params.is_favorite)
    return serializers.ok(await run_in_threadpool(_job, service, item, request))


@router.delete("/thumbnails/jobs/{job_id}", responses=CONFLICT)
def trash_job(request: Request, job_id: str) -> Success[JobData]:
    """Put a job into the trash."""
    service = service_of(request)
    return serializers.ok(_job(service, service.generations.trash(job_id), request))


@router.post("/thumbnails/jobs/{job_id}/restore", responses=CONFLICT)
def restore_job(request: Request, job_id: str) -> Success[JobData]:
    """Bring a job back from the trash."""
    service = service_of(request)
    return serializers.ok(_job(service, service.generations.restore(job_id), request))


def _job(service: Service, item: Generation, request: Request) -> JobData:
    return serializers.job(item, service.images.by_owner([item.id])[item.id], links_of(request))
