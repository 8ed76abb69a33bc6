"""YouThumb's answers, written from records."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from starlette.responses import JSONResponse

from thumbnb.service.http.access import UNAUTHORIZED
from thumbnb.service.records.generations import ACTIVE
from thumbnb.service.youthumb.schemas import (
    AssetData,
    ErrorBody,
    ImageData,
    JobData,
    JobImages,
    JobMetadata,
    LibraryResult,
    PersonData,
    ProjectData,
    ProjectDetail,
    ProjectMetadata,
    ResultData,
    Started,
    Success,
    TemplateData,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from thumbnb.service.http.links import Links
    from thumbnb.service.records.generations import Generation, Result
    from thumbnb.service.records.images import Image
    from thumbnb.service.records.persons import Person
    from thumbnb.service.records.presets import TemplateCard
    from thumbnb.service.records.projects import Project
    from thumbnb.service.refusal import Refusal

D = TypeVar("D")

# The documents call every generation so; their newer readers' words are in its metadata.
JOB_TYPE = "thumbnail-generation"
ASPECT_RATIO = "16:9"


def ok(data: D, status: int = 200, *, message: str | None = None) -> Success[D]:
    """Answer; a ``message`` stands next to the data."""
    beside = {} if message is None else {"message": message}
    return Success({"success": True, "data": data, **beside}, status_code=status)


def refused(refusal: Refusal) -> JSONResponse:
    """Answer a request that cannot be carried out."""
    body: ErrorBody = {"success": False, "error": refusal.message}
    if refusal.code == UNAUTHORIZED:
        body["error"] = "Unauthorized"
    if refusal.details:
        body["error"] = "Validation failed"
        body["details"] = refusal.details
    return JSONResponse(body, status_code=refusal.status, headers=refusal.headers)


# -- images -------------------------------------------------------------------------


def image(item: Image, links: Links) -> ImageData:
    """Write an image as it stands in a list."""
    return {
        "id": item.id,
        "url": links.file(item.id, item.media_type),
        "name": item.name,
        "width": item.width,
        "height": item.height,
    }


def result(item: Image, links: Links) -> ResultData:
    """Write an image that a generation made, and what became of each option."""
    made = item.fields
    return {
        **image(item, links),
        "seed": made["seed"],
        "variation": made["variation"],
        "scores": made["scores"],
        "report": made["report"],
        "engine": made["engine"],
        "cost": made.get("cost"),
        "currency": made.get("currency"),
    }


def library_result(item: Result, links: Links) -> LibraryResult:
    """Write a result among those of all projects."""
    return {
        **result(item.image, links),
        "jobId": item.generation.id,
        "projectId": item.generation.project_id,
        "projectName": item.project_name,
        "isFavorite": bool(item.generation.is_favorite),
        "createdAt": item.image.created_at,
    }


def asset(item: Image, links: Links) -> AssetData:
    """Write an uploaded image. A temporary one has an address and no id."""
    temporary = item.role == "bucket"
    data: AssetData = {
        "id": "" if temporary else item.id,
        "type": item.role,
        "url": links.file(item.id, item.media_type),
        "name": item.name,
        "description": item.description,
        "mimeType": item.media_type,
        "size": item.size,
        "width": item.width,
        "height": item.height,
        "isPublished": False,
        "ownerScope": "user" if temporary else "organization",
        "createdAt": item.created_at,
    }
    if temporary:
        data["fileKey"] = item.id
    return data


# -- projects and their jobs ----------------------------------------------------------


def project(item: Project, latest: Image | None, links: Links) -> ProjectData:
    """Write a project as it stands in a list."""
    return {
        "projectId": item.id,
        "projectName": item.name,
        "status": item.status,
        "isFavorite": bool(item.is_favorite),
        "latestGeneratedFileUrl": None
        if latest is None
        else links.file(latest.id, latest.media_type),
        "createdAt": item.created_at,
        "updatedAt": item.updated_at,
        "deletedAt": item.deleted_at,
    }


def detailed(
    item: Project,
    every: Sequence[Generation],
    shown: Sequence[Generation],
    images: Mapping[str, Sequence[Image]],
    links: Links,
) -> ProjectDetail:
    """Write a project with those of its jobs that are ``shown``; it sums up ``every`` one."""
    count = {name: sum(g.status == name for g in every) for name in ("completed", "failed")}
    active = sum(g.status in ACTIVE for g in every)
    done = (g for g in every if g.status == "completed")
    latest = next((p for g in done for p in _of(images.get(g.id, ()), "result")), None)
    about = project(item, latest, links)
    return {
        "projectId": about["projectId"],
        "projectName": about["projectName"],
        "status": about["status"],
        "isFavorite": about["isFavorite"],
        "latestGeneratedFileUrl": about["latestGeneratedFileUrl"],
        "createdAt": about["createdAt"],
        "updatedAt": about["updatedAt"],
        "deletedAt": about["deletedAt"],
        "summary": {
            "totalJobs": len(every),
            "activeJobs": active,
            "completedJobs": count["completed"],
            "failedJobs": count["failed"],
            "totalVariations": sum(g.fields["variations"] for g in every),
        },
        "activeJobs": active,
        "projectMetadata": _project_metadata(item, images.get(item.id, ()), links),
        "jobs": [job(g, images.get(g.id, ()), links) for g in shown],
    }


def _project_metadata(item: Project, placed: Sequence[Image], links: Links) -> ProjectMetadata:
    draft = item.fields
    came = {p.position: p for p in _of(placed, "content")}
    return {
        "prompt": draft["prompt"],
        "presetKey": draft["presetKey"],
        "personId": draft.get("personId"),
        "title": draft.get("title"),
        "advancedOptions": draft["advancedOptions"],
        "source": draft.get("source"),
        # What could not be had stays as an empty place, by which it is found out.
        "contentImages": [
            {"url": links.file(came[n].id, came[n].media_type)} if n in came else {}
            for n in range(draft["contentImages"])
        ],
        "sources": draft["report"],
    }


def job(item: Generation, images: Sequence[Image], links: Links) -> JobData:
    """Write a job with its images; results stand there from the moment they land."""
    results = [result(p, links) for p in _of(images, "result")]
    draft = item.fields["brief"]
    finished = item.status == "completed" and bool(results)
    shown: JobImages = {
        "styleReference": [image(p, links) for p in _of(images, "style")],
        "content": [image(p, links) for p in _of(images, "content")],
        "faces": [image(p, links) for p in _of(images, "portrait")],
        "results": results,
    }
    if partial := _of(images, "partial"):
        shown["partial"] = [{**image(p, links), "position": p.position} for p in partial]
    return {
        "jobId": item.id,
        "projectId": item.project_id,
        "status": item.status,
        "type": JOB_TYPE,
        "userPrompt": draft["prompt"],
        "generatedFileUrl": results[0]["url"] if finished else None,
        "errorMessage": item.reason,
        "images": shown,
        "results": results,
        "personIds": [draft["personId"]] if draft.get("personId") else [],
        "metadata": _job_metadata(item, images),
        "isFavorite": bool(item.is_favorite),
        "createdAt": item.created_at,
        "updatedAt": item.ended_at or max([item.created_at, *(p.created_at for p in images)]),
        "deletedAt": item.deleted_at,
    }


def _job_metadata(item: Generation, images: Sequence[Image]) -> JobMetadata:
    params = item.fields
    made = [p.fields for p in _of(images, "result")]
    data: JobMetadata = {
        "progress": 1.0 if item.status == "completed" else len(made) / params["variations"],
        "generationType": params["type"],
        "variations": params["variations"],
        "creditsConsumed": _cost(item, len(made)),
        "seed": params["seed"],
        "presetKey": params["brief"]["presetKey"],
        "title": params["brief"].get("title"),
        "advancedOptions": params["brief"]["advancedOptions"],
        "sources": params["report"],
    }
    if made:
        data["presetVersion"] = made[0]["presetVersion"]
        data["engine"] = made[0]["engine"]
    elif "engine" in params:
        data["engine"] = params["engine"]
    if item.reason_code is not None:
        data["errorCode"] = item.reason_code
    if item.missing:
        # There will be no more of them.
        data["missing"] = [
            {"variation": m["variation"], "code": m["code"], "reason": m["reason"]}
            for m in item.missing
        ]
        data["variations"] = len(made)
    if "retryOfJobId" in params:
        data["retryOfJobId"] = params["retryOfJobId"]
    if "sourceResultId" in params:
        data["sourceResultId"] = params["sourceResultId"]
    return data


def _cost(item: Generation, made: int) -> int:
    """Give what a job costs: what it was asked for, or has made where it was cancelled."""
    requested: int = item.fields["variations"]
    return {"failed": 0, "completed": min(made, requested)}.get(item.status, requested)


def _of(images: Sequence[Image], role: str) -> list[Image]:
    return [p for p in images if p.role == role]


def started(project_id: str, job_id: str, variations: int) -> Started:
    """Write that a generation has begun."""
    return {
        "projectId": project_id,
        "jobId": job_id,
        "status": "processing",
        "creditsConsumed": variations,
        "message": "Generation started",
    }


# -- persons and the presets --------------------------------------------------------


def person(item: Person, links: Links) -> PersonData:
    """Write a person."""
    return {
        "id": item.id,
        "name": item.name,
        "description": item.description,
        "isDefault": bool(item.is_default),
        "imageCount": len(item.portraits),
        "images": [image(p, links) for p in item.portraits],
        "createdAt": item.created_at,
    }


def template(item: TemplateCard, links: Links) -> TemplateData:
    """Write a template under the names of the documents and those of their newer readers."""
    full, small = (links.file(s.id, "image/jpeg") for s in (item.full, item.small))
    design = item.template
    return {
        "id": item.id,
        "name": design.name,
        "title": design.name,
        "description": design.description,
        "category": design.category,
        "imageUrl": full,
        "imagePath": full,
        "thumbnailUrl": small,
        "previewPath": small,
        "aspectRatio": ASPECT_RATIO,
        "tags": list(design.tags),
        "isPublished": True,
        "isFeatured": design.featured,
        "createdAt": CATALOGUE_DATE,
    }


# The presets comes with the package: it has a day, the same for all of it.
CATALOGUE_DATE = "2025-01-01T00:00:00.000Z"
