"""ProjectStore: making them, and keeping them in order."""

import contextlib
from typing import Annotated

from fastapi import Request, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from thumbnb.service.dependencies import links_of, service_of
from thumbnb.service.http.request_parser import read_body, read_query
from thumbnb.service.http.routing import new_router
from thumbnb.service.records.projects import Project
from thumbnb.service.youthumb import generations, serializers, start_generation
from thumbnb.service.youthumb.dependencies import CamelWish, Paging, word
from thumbnb.service.youthumb.requests import NewProject
from thumbnb.service.youthumb.resolve_images import gather

router = new_router()


class ProjectPage(Paging):
    """Which projects; ``pending`` is the newer word for ``draft``."""

    search: Annotated[str, Field(max_length=200)] | None = None
    status: word("draft", "pending", "processing", "completed", "failed") | None = None  # type: ignore[valid-type]
    favorite: bool | None = None
    deleted: bool = False


class NewName(CamelWish):
    """Another name."""

    project_name: Annotated[str, Field(min_length=1, max_length=100)]


@router.post("/thumbnails")
async def create(request: Request) -> Response:
    """Make a project; free. Its pictures are fetched now, and kept."""
    service = service_of(request)
    wish = await read_body(request, NewProject)
    wish.check_person()
    person_id = await run_in_threadpool(start_generation.person_id_of, service, wish)
    with contextlib.ExitStack() as held:
        gathered = await gather(service, wish, held)
        made = await run_in_threadpool(
            start_generation.make_project, service, wish, person_id, gathered
        )
    return serializers.ok(serializers.project(made, None, links_of(request)), 201)


@router.get("/thumbnails")
def get_projects(request: Request) -> Response:
    """List projects, newest first."""
    service, links = service_of(request), links_of(request)
    wish = read_query(request, ProjectPage)
    with service.database.snapshot():
        found, total = service.projects.page(
            search=wish.search,
            status="draft" if wish.status == "pending" else wish.status,
            favorite=wish.favorite,
            deleted=wish.deleted,
            limit=wish.length,
            offset=wish.offset,
        )
        latest = service.generations.latest([item.id for item in found])
    projects = [serializers.project(item, latest.get(item.id), links) for item in found]
    return serializers.ok({"projects": projects, "pagination": wish.told(total)})


router.add_api_route("/thumbnails/{project_id}", generations.status)


@router.patch("/thumbnails/{project_id}")
async def rename(request: Request, project_id: str) -> Response:
    """Give a project another name."""
    service = service_of(request)
    wish = await read_body(request, NewName)
    item = await run_in_threadpool(service.projects.rename, project_id, wish.project_name)
    return await run_in_threadpool(_told, request, item)


@router.put("/thumbnails/{project_id}/favorite")
async def favor(request: Request, project_id: str) -> Response:
    """Mark a project as a favourite, or no longer."""
    service = service_of(request)
    wish = await read_body(request, generations.Favorite)
    item = await run_in_threadpool(service.projects.set_favorite, project_id, on=wish.is_favorite)
    return await run_in_threadpool(_told, request, item)


@router.delete("/thumbnails/{project_id}")
def trash(request: Request, project_id: str) -> Response:
    """Put a project into the trash."""
    return _told(request, service_of(request).projects.trash(project_id))


@router.post("/thumbnails/{project_id}/restore")
def restore(request: Request, project_id: str) -> Response:
    """Bring a project back from the trash."""
    return _told(request, service_of(request).projects.restore(project_id))


def _told(request: Request, item: Project) -> Response:
    latest = service_of(request).generations.latest([item.id]).get(item.id)
    return serializers.ok(serializers.project(item, latest, links_of(request)))
