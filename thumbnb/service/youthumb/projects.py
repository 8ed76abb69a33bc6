"""Projects: creating, listing, renaming, trash."""

import contextlib
from typing import Annotated

from fastapi import Request
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from thumbnb.service.dependencies import links_of, service_of
from thumbnb.service.http.parameters import JsonBody, QueryParams
from thumbnb.service.http.routing import new_router
from thumbnb.service.records.projects import Project
from thumbnb.service.youthumb import generations, serializers, start_generation
from thumbnb.service.youthumb.dependencies import CONFLICT, CamelRequestModel, Paging, word
from thumbnb.service.youthumb.requests import NewProject
from thumbnb.service.youthumb.resolve_images import resolve_images
from thumbnb.service.youthumb.schemas import ProjectData, ProjectDetail, ProjectsData, Success

router = new_router()


class ProjectPage(Paging):
    """Which projects; ``pending`` is the newer word for ``draft``."""

    search: Annotated[str, Field(max_length=200)] | None = None
    status: word("draft", "pending", "processing", "completed", "failed") | None = None  # type: ignore[valid-type]
    favorite: bool | None = None
    deleted: bool = False


class ProjectRename(CamelRequestModel):
    """A new name."""

    project_name: Annotated[str, Field(min_length=1, max_length=100)]


@router.post("/thumbnails", status_code=201, responses={404: {}})
async def create_project(
    request: Request, draft: Annotated[NewProject, JsonBody(NewProject)]
) -> Success[ProjectData]:
    """Create a project; free. Its images are fetched now, and kept."""
    service = service_of(request)
    draft.check_person()
    person_id = await run_in_threadpool(start_generation.person_id_of, service, draft)
    with contextlib.ExitStack() as held:
        images = await resolve_images(service, draft, held)
        made = await run_in_threadpool(
            start_generation.make_project, service, draft, person_id, images
        )
    return serializers.ok(serializers.project(made, None, links_of(request)), 201)


@router.get("/thumbnails")
def get_projects(
    request: Request, page: Annotated[ProjectPage, QueryParams(ProjectPage)]
) -> Success[ProjectsData]:
    """List projects, newest first."""
    service, links = service_of(request), links_of(request)
    with service.database.snapshot():
        found, total = service.projects.page(
            search=page.search,
            status="draft" if page.status == "pending" else page.status,
            favorite=page.favorite,
            deleted=page.deleted,
            limit=page.length,
            offset=page.offset,
        )
        latest = service.generations.latest([item.id for item in found])
    projects = [serializers.project(item, latest.get(item.id), links) for item in found]
    return serializers.ok({"projects": projects, "pagination": page.pagination(total)})


@router.get("/thumbnails/{project_id}")
def get_project(
    request: Request,
    project_id: str,
    page: Annotated[generations.JobFilter, QueryParams(generations.JobFilter)],
) -> Success[ProjectDetail]:
    """Give a project with its jobs, as its status does."""
    return generations.project_status(request, project_id, page)


@router.patch("/thumbnails/{project_id}")
async def rename_project(
    request: Request,
    project_id: str,
    params: Annotated[ProjectRename, JsonBody(ProjectRename)],
) -> Success[ProjectData]:
    """Give a project another name."""
    service = service_of(request)
    item = await run_in_threadpool(service.projects.rename, project_id, params.project_name)
    return await run_in_threadpool(_answer, request, item)


@router.put("/thumbnails/{project_id}/favorite")
async def set_project_favorite(
    request: Request,
    project_id: str,
    params: Annotated[generations.Favorite, JsonBody(generations.Favorite)],
) -> Success[ProjectData]:
    """Mark a project as a favourite, or no longer."""
    service = service_of(request)
    item = await run_in_threadpool(service.projects.set_favorite, project_id, on=params.is_favorite)
    return await run_in_threadpool(_answer, request, item)


@router.delete("/thumbnails/{project_id}", responses=CONFLICT)
def trash_project(request: Request, project_id: str) -> Success[ProjectData]:
    """Put a project into the trash."""
    return _answer(request, service_of(request).projects.trash(project_id))


@router.post("/thumbnails/{project_id}/restore")
def restore_project(request: Request, project_id: str) -> Success[ProjectData]:
    """Bring a project back from the trash."""
    return _answer(request, service_of(request).projects.restore(project_id))


def _answer(request: Request, item: Project) -> Success[ProjectData]:
    latest = service_of(request).generations.latest([item.id]).get(item.id)
    return serializers.ok(serializers.project(item, latest, links_of(request)))
