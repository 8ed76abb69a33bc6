"""YouThumb's answers: one superset of what its documents and its newer clients read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse

from thumbnb.service.http.access import UNAUTHORIZED
from thumbnb.service.records.generations import ACTIVE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from thumbnb.service.http.links import Links
    from thumbnb.service.records.generations import Generation, Result
    from thumbnb.service.records.images import Image
    from thumbnb.service.records.persons import Person
    from thumbnb.service.records.presets import TemplateCard
    from thumbnb.service.records.projects import Project
    from thumbnb.service.refusal import Refusal

# The documents call every generation so; their newer readers' words are in its metadata.
JOB_TYPE = "thumbnail-generation"
ASPECT_RATIO = "16:9"


def ok(data: Any, status: int = 200, **beside: Any) -> JSONResponse:
    """Answer; ``beside`` are fields that stand next to the data."""
    return JSONResponse({"success": True, "data": data, **beside}, status_code=status)


def refused(refusal: Refusal) -> JSONResponse:
    """Answer a request that cannot be carried out."""
    body: dict[str, Any] = {"success": False, "error": refusal.message}
    if refusal.code == UNAUTHORIZED:
        body["error"] = "Unauthorized"
    if refusal.details:
        body |= {"error": "Validation failed", "details": refusal.details}
    return JSONResponse(body, status_code=refusal.status, headers=refusal.headers)


# -- pictures -------------------------------------------------------------------------


def image(item: Image, links: Links) -> dict[str, Any]:
    """Write a picture as it stands in a list."""
    return {
        "id": item.id,
        "url": links.file(item.id, item.media_type),
        "name": item.name,
        "width": item.width,
        "height": item.height,
    }


def result(item: Image, links: Links) -> dict[str, Any]:
    """Write a picture that a generation made, and what became of each option."""
    made = item.fields
    return {
        **image(item, links),
        **{name: made[name] for name in ("seed", "variation", "scores", "report")},
    }


def library_result(item: Result, links: Links) -> dict[str, Any]:
    """Write a result among those of all projects."""
    return {
        **result(item.image, links),
        "jobId": item.generation.id,
        "projectId": item.generation.project_id,
        "projectName": item.project_name,
        "isFavorite": bool(item.generation.is_favorite),
        "createdAt": item.image.created_at,
    }


def asset(item: Image, links: Links) -> dict[str, Any]:
    """Write an uploaded picture. A temporary one has an address and no id."""
    temporary = item.role == "bucket"
    return {
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
        **({"fileKey": item.id} if temporary else {}),
    }


# -- projects and their jobs ----------------------------------------------------------


def project(item: Project, latest: Image | None, links: Links) -> dict[str, Any]:
    """Write a project as it stands in a list."""
    return {
        "projectId": item.id,
        "projectName": item.name,
        "status": item.status,
        "isFavorite": bool(item.is_favorite),
        "latestGeneratedFileUrl": latest and links.file(latest.id, latest.media_type),
        "createdAt": item.created_at,
        "updatedAt": item.updated_at,
        "deletedAt": item.deleted_at,
    }


def detailed(
    item: Project,
    every: Sequence[Generation],
    shown: Sequence[Generation],
    pictures: Mapping[str, Sequence[Image]],
    links: Links,
) -> dict[str, Any]:
    """Write a project with those of its jobs that are ``shown``; it sums up ``every`` one."""
    count = {name: sum(g.status == name for g in every) for name in ("completed", "failed")}
    active = sum(g.status in ACTIVE for g in every)
    done = (g for g in every if g.status == "completed")
    latest = next((p for g in done for p in _of(pictures.get(g.id, ()), "result")), None)
    return {
        **project(item, latest, links),
        "summary": {
            "totalJobs": len(every),
            "activeJobs": active,
            "completedJobs": count["completed"],
            "failedJobs": count["failed"],
            "totalVariations": sum(g.fields["variations"] for g in every),
        },
        "activeJobs": active,
        "projectMetadata": _project_metadata(item, pictures.get(item.id, ()), links),
        "jobs": [job(g, pictures.get(g.id, ()), links) for g in shown],
    }


def _project_metadata(item: Project, placed: Sequence[Image], links: Links) -> dict[str, Any]:
    wish = item.fields
    came = {p.position: p for p in _of(placed, "content")}
    return {
        "prompt": wish["prompt"],
        "presetKey": wish["presetKey"],
        "personId": wish.get("personId"),
        "title": wish.get("title"),
        "advancedOptions": wish["advancedOptions"],
        "source": wish.get("source"),
        # What could not be had stays as an empty place, by which it is found out.
        "contentImages": [
            {"url": links.file(came[n].id, came[n].media_type)} if n in came else {}
            for n in range(wish["contentImages"])
        ],
        "sources": wish["report"],
    }


def job(item: Generation, pictures: Sequence[Image], links: Links) -> dict[str, Any]:
    """Write a job with its pictures; results stand there from the moment they land."""
    results = [result(p, links) for p in _of(pictures, "result")]
    wish = item.fields["brief"]
    finished = item.status == "completed" and bool(results)
    return {
        "jobId": item.id,
        "projectId": item.project_id,
        "status": item.status,
        "type": JOB_TYPE,
        "userPrompt": wish["prompt"],
        "generatedFileUrl": results[0]["url"] if finished else None,
        "errorMessage": item.reason,
        "images": {
            "styleReference": [image(p, links) for p in _of(pictures, "style")],
            "content": [image(p, links) for p in _of(pictures, "content")],
            "faces": [image(p, links) for p in _of(pictures, "portrait")],
            "results": results,
        },
        "results": results,
        "personIds": [wish["personId"]] if wish.get("personId") else [],
        "metadata": _job_metadata(item, pictures),
        "isFavorite": bool(item.is_favorite),
        "createdAt": item.created_at,
        "updatedAt": item.ended_at or max([item.created_at, *(p.created_at for p in pictures)]),
        "deletedAt": item.deleted_at,
    }


def _job_metadata(item: Generation, pictures: Sequence[Image]) -> dict[str, Any]:
    params = item.fields
    made = [p.fields for p in _of(pictures, "result")]
    about = {name: made[0][name] for name in ("presetVersion", "engine")} if made else {}
    return {
        "progress": 1.0 if item.status == "completed" else len(made) / params["variations"],
        "generationType": params["type"],
        "variations": params["variations"],
        "seed": params["seed"],
        "presetKey": params["brief"]["presetKey"],
        "title": params["brief"].get("title"),
        "advancedOptions": params["brief"]["advancedOptions"],
        "sources": params["report"],
        **{k: params[k] for k in ("retryOfJobId", "sourceResultId") if k in params},
        **about,
    }


def _of(pictures: Sequence[Image], role: str) -> list[Image]:
    return [p for p in pictures if p.role == role]


def started(project_id: str, job_id: str, variations: int) -> dict[str, Any]:
    """Write that a generation has begun."""
    return {
        "projectId": project_id,
        "jobId": job_id,
        "status": "processing",
        "creditsConsumed": variations,
        "message": "Generation started",
    }


# -- persons and the catalogue --------------------------------------------------------


def person(item: Person, links: Links) -> dict[str, Any]:
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


def template(item: TemplateCard, links: Links) -> dict[str, Any]:
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


# The catalogue comes with the package: it has a day, the same for all of it.
CATALOGUE_DATE = "2025-01-01T00:00:00.000Z"
