"""VideoDB's answers: one superset that its contract and its official clients both read.

The official Python client needs an id and a ``collection_id`` in every image,
a number for ``length``, ``success`` beside ``status``, absolute addresses, and
a final answer either flat or under ``response``: a job's end gives both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse

if TYPE_CHECKING:
    from thumbnb.service.http.links import Links
    from thumbnb.service.jobs.queue import QueuedJob
    from thumbnb.service.records.collections import Collection
    from thumbnb.service.records.previews import Preview
    from thumbnb.service.records.video_images import VideoImage
    from thumbnb.service.records.videos import Video
    from thumbnb.service.refusal import Refusal


def ok(data: Any) -> JSONResponse:
    """Answer at once."""
    return JSONResponse({"success": True, "status": "done", "data": data})


def processing(job: QueuedJob, links: Links) -> JSONResponse:
    """Answer that a job is under way, and where to ask."""
    data = {
        "id": job.id,
        "output_url": links.job(job.id),
        "percentage": round(100 * job.progress),
    }
    return JSONResponse({"success": True, "status": "processing", "data": data})


def ended(data: Any) -> JSONResponse:
    """Answer a poll with a job's result."""
    response = {"success": True, "data": data}
    return JSONResponse({**response, "status": "done", "response": response})


def failed(refusal: Refusal) -> JSONResponse:
    """Answer a poll with a job's failure; the question itself was in order, so with 200."""
    fields = _failure(refusal)
    return JSONResponse({**fields, "status": "failed", "data": {}, "response": fields})


def refused(refusal: Refusal) -> JSONResponse:
    """Answer a request that cannot be carried out."""
    return JSONResponse(_failure(refusal), status_code=refusal.status, headers=refusal.headers)


def _failure(refusal: Refusal) -> dict[str, Any]:
    return {
        "success": False,
        "message": refusal.message,
        "error_code": refusal.code,
        "code": refusal.status,
    }


def collection(item: Collection) -> dict[str, Any]:
    """Write a collection."""
    return {
        "id": item.id,
        "name": item.name,
        "description": item.description,
        "is_public": bool(item.is_public),
        "created_at": item.created_at,
    }


def video(item: Video, cover: VideoImage, links: Links) -> dict[str, Any]:
    """Write a video; its stream is the file itself."""
    stream_url = links.file(item.id, item.media_type)
    return {
        "id": item.id,
        "collection_id": item.collection_id,
        "name": item.name,
        "description": item.description,
        "length": item.length,
        "width": item.width,
        "height": item.height,
        "fps": item.fps,
        "size": item.size,
        "stream_url": stream_url,
        "player_url": stream_url,
        "thumbnail_url": links.file(cover.id, cover.media_type),
        "created_at": item.created_at,
    }


def image(item: VideoImage, links: Links) -> dict[str, Any]:
    """Write an image."""
    return {
        "id": item.id,
        "collection_id": item.collection_id,
        "name": item.name,
        "url": links.file(item.id, item.media_type),
        "time": item.time,
        "timestamp": item.time,
        "width": item.width,
        "height": item.height,
        "size": item.size,
        "video_id": item.video_id,
        "created_at": item.created_at,
    }


def preview(item: Preview, links: Links) -> dict[str, Any]:
    """Write a preview: its data, and the address of its picture if it has one."""
    if item.media_type is None:
        return item.fields
    return {"url": links.file(item.id, item.media_type), **item.fields}
