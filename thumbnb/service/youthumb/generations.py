"""GenerationStore: starting them, and everything about them once they are there."""

import contextlib
from collections.abc import Mapping
from typing import Any

from fastapi import Request, Response
from pydantic import field_validator
from starlette.concurrency import run_in_threadpool

from thumbnb.service.dependencies import links_of, service_of
from thumbnb.service.http.idempotency import answer_once, paid_request
from thumbnb.service.http.request_parser import read_body, read_query
from thumbnb.service.http.routing import new_router
from thumbnb.service.records.generations import STATUSES, Generation
from thumbnb.service.records.idempotency import PaidRequest
from thumbnb.service.refusal import invalid
from thumbnb.service.service import Service
from thumbnb.service.youthumb import serializers, start_generation
from thumbnb.service.youthumb.dependencies import CamelWish, Paging, word
from thumbnb.service.youthumb.requests import Overrides, Uuid
from thumbnb.service.youthumb.resolve_images import gather

router = new_router()


class ResultPage(Paging):
    """Which results."""

    favorite: bool | None = None
    project_id: Uuid | None = None


class TrashPage(Paging):
    """Which part of the trash."""

    kind: word("projects", "jobs") = "projects"  # type: ignore[valid-type]


class Favorite(CamelWish):
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

    def picks(self, item: Generation) -> bool:
        """Whether a job is one of them."""
        words = {w.strip() for w in (self.status or "").split(",") if w.strip()}
        return not words or item.status in words


@router.post("/thumbnails/{project_id}/start")
async def start(request: Request, project_id: str) -> Response:
    """Generate; takes a credit for each variation."""
    service = service_of(request)
    wish = await read_body(request, Overrides)
    wish.check_person()
    wish.check_source()
    paid = paid_request(request, wish)
    return await answer_once(
        service.idempotency, paid, lambda: _start(service, project_id, wish, paid), _repeat
    )


async def _repeat(answer: Mapping[str, Any]) -> Response:
    return serializers.ok(answer)


async def _start(service: Service, project_id: str, wish: Overrides, paid: PaidRequest) -> Response:
    project = await run_in_threadpool(service.projects.get, project_id)
    for item in wish.content_images or ():
        if item.url and not service.image_sources.is_local(item.url):
            fault = "At a start a picture must have been uploaded here: see POST /assets"
            raise invalid(fault, {"contentImages": [fault]})
    with contextlib.ExitStack() as held:
        gathered = await gather(service, wish, held, project.id)
        return serializers.ok(
            await run_in_threadpool(start_generation.start, service, project, wish, gathered, paid)
        )


@router.post("/thumbnails/jobs/{job_id}/retry")
async def retry(request: Request, job_id: str) -> Response:
    """Generate a failed job once more, as a new one that costs again."""
    service, paid = service_of(request), paid_request(request)

    def begin() -> dict[str, Any]:
        return start_generation.retry(service, service.generations.get(job_id), paid)

    async def carry_out() -> Response:
        return serializers.ok(await run_in_threadpool(begin))

    return await answer_once(service.idempotency, paid, carry_out, _repeat)


@router.get("/thumbnails/{project_id}/status")
@router.get("/thumbnails/{project_id}/detailed-status")
def status(request: Request, project_id: str) -> Response:
    """Give a project with its jobs: all of them, unless a page is asked for."""
    service, links = service_of(request), links_of(request)
    wish = read_query(request, JobFilter)
    with service.database.snapshot():  # a job that ends meanwhile ends its project, too
        project = service.projects.get(project_id)
        every = service.generations.of_project(project_id)
        pictures = service.images.by_owner([project_id, *(item.id for item in every)])
    picked = [item for item in every if wish.picks(item)]
    shown = picked[wish.offset : wish.offset + wish.length] if wish.asked else picked
    data = serializers.detailed(project, every, shown, pictures, links)
    if wish.asked:
        data["pagination"] = wish.told(len(picked))
    return serializers.ok(data)


@router.get("/thumbnails/results")
def get_results(request: Request) -> Response:
    """List the pictures of completed generations, over all projects."""
    service, links = service_of(request), links_of(request)
    wish = read_query(request, ResultPage)
    found, total = service.generations.results(
        favorite=wish.favorite, project_id=wish.project_id, limit=wish.length, offset=wish.offset
    )
    results = [serializers.library_result(item, links) for item in found]
    return serializers.ok({"results": results, "pagination": wish.told(total)})


@router.get("/thumbnails/trash")
def get_trash(request: Request) -> Response:
    """List what is in the trash."""
    service, links = service_of(request), links_of(request)
    wish = read_query(request, TrashPage)
    if wish.kind == "projects":
        projects, total = service.projects.page(deleted=True, limit=wish.length, offset=wish.offset)
        items = [serializers.project(item, None, links) for item in projects]
    else:
        jobs, total = service.generations.trashed(limit=wish.length, offset=wish.offset)
        items = [_job(service, item, request) for item in jobs]
    return serializers.ok({wish.kind: items, "pagination": wish.told(total)})


@router.put("/thumbnails/jobs/{job_id}/favorite")
async def favor(request: Request, job_id: str) -> Response:
    """Mark a job as a favourite, or no longer."""
    service = service_of(request)
    wish = await read_body(request, Favorite)
    item = await run_in_threadpool(service.generations.set_favorite, job_id, on=wish.is_favorite)
    return serializers.ok(await run_in_threadpool(_job, service, item, request))


@router.delete("/thumbnails/jobs/{job_id}")
def trash(request: Request, job_id: str) -> Response:
    """Put a job into the trash."""
    service = service_of(request)
    return serializers.ok(_job(service, service.generations.trash(job_id), request))


@router.post("/thumbnails/jobs/{job_id}/restore")
def restore(request: Request, job_id: str) -> Response:
    """Bring a job back from the trash."""
    service = service_of(request)
    return serializers.ok(_job(service, service.generations.restore(job_id), request))


def _job(service: Service, item: Generation, request: Request) -> dict[str, Any]:
    return serializers.job(item, service.images.by_owner([item.id])[item.id], links_of(request))
