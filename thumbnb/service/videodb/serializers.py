"""VideoDB's answers, written from records.

The official Python client needs an id and a ``collection_id`` in every image,
a number for ``length``, ``success`` beside ``status``, absolute addresses, and
a final answer either flat or under ``response``: a job's end gives both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from starlette.responses import JSONResponse

from thumbnb.service.videodb.schemas import (
    CollectionData,
    Done,
    Ended,
    Failed,
    Failure,
    ImageData,
    Processing,
    ThumbnailAddress,
    VideoData,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thumbnb.service.http.links import Links
    from thumbnb.service.jobs.queue import QueuedJob
    from thumbnb.service.records.collections import Collection
    from thumbnb.service.records.previews import Preview
    from thumbnb.service.records.video_images import VideoImage
    from thumbnb.service.records.videos import Video
    from thumbnb.service.refusal import Refusal

D = TypeVar("D")


def ok(data: D) -> Done[D]:
    """Answer at once."""
    return Done({"success": True, "status": "done", "data": data})


def processing(job: QueuedJob, links: Links) -> Processing:
    """Answer that a job is under way, and where to ask."""
    data = {
        "id": job.id,
        "output_url": links.job(job.id),
        "percentage": round(100 * job.progress),
    }
    return Processing({"success": True, "status": "processing", "data": data})


def ended(data: Mapping[str, Any]) -> Ended:
    """Answer a poll with a job's result."""
    response = {"success": True, "data": data}
    return Ended({**response, "status": "done", "response": response})


def failed(refusal: Refusal) -> Failed:
    """Answer a poll with a job's failure."""
    fields = failure(refusal)
    return Failed({**fields, "status": "failed", "data": {}, "response": fields})


def refused(refusal: Refusal) -> JSONResponse:
    """Answer a request that cannot be carried out."""
    return JSONResponse(failure(refusal), status_code=refusal.status, headers=refusal.headers)


def failure(refusal: Refusal) -> Failure:
    """Write a refusal."""
    return {
        "success": False,
        "message": refusal.message,
        "error_code": refusal.code,
        "code": refusal.status,
    }


def collection(item: Collection) -> CollectionData:
    """Write a collection."""
    return {
        "id": item.id,
        "name": item.name,
        "description": item.description,
        "is_public": bool(item.is_public),
        "created_at": item.created_at,
    }


def video(item: Video, cover: VideoImage, links: Links) -> VideoData:
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


def image(item: VideoImage, links: Links) -> ImageData:
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


def thumbnail_address(item: VideoImage, links: Links) -> ThumbnailAddress:
    """Write the address of a video's thumbnail."""
    url = links.file(item.id, item.media_type)
    return {"thumbnail_url": url, "thumbnail": url, "timestamp": item.time}


def preview(item: Preview, links: Links) -> dict[str, Any]:
    """Write a storyboard or suggestions: their data, and the address of the image if it has one."""
    if item.media_type is None:
        return item.fields
    return {"url": links.file(item.id, item.media_type), **item.fields}
