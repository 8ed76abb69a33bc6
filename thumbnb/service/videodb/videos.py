"""Videos and their thumbnails."""

from typing import Annotated

from fastapi import Request
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from thumbnb.imaging.sizes import fit_size
from thumbnb.service.dependencies import links_of, service_of
from thumbnb.service.http.idempotency import IdempotencyKey, paid_request
from thumbnb.service.http.parameters import JsonBody, Prefer, QueryParams
from thumbnb.service.http.request_parser import RequestModel, Whole
from thumbnb.service.http.routing import new_router
from thumbnb.service.jobs.queue import QueuedJob, Record
from thumbnb.service.refusal import invalid
from thumbnb.service.service import Service
from thumbnb.service.tasks.open_videos import out_of_range
from thumbnb.service.videodb import serializers
from thumbnb.service.videodb.dependencies import (
    InCollection,
    made_before,
    once_per_key,
    video_data,
)
from thumbnb.service.videodb.schemas import (
    Done,
    ImageData,
    Nothing,
    Processing,
    ThumbnailAddress,
    VideoData,
    VideosData,
)

router = new_router()

# Pixels: no screen is wider, and no image bigger than 8K has a use as a thumbnail.
MAX_SIDE = 8192
MAX_PIXELS = 36_000_000

Side = Annotated[Whole, Field(ge=1, le=MAX_SIDE)]


class VideoPage(RequestModel):
    """Which part of the list of videos; all of it where nothing is given."""

    collection_id: str | None = None
    page_index: Annotated[int, Field(ge=0, le=10**9)] = 0
    count: Annotated[int, Field(ge=1, le=10**6)] | None = None


class FrameTime(RequestModel):
    """The time of a frame (seconds)."""

    timestamp: float | None = None


class NewThumbnail(RequestModel):
    """Which frame (seconds), and how big (pixels).

    The official clients send ``time``, the contract names ``timestamp``.
    """

    time: float | None = None
    timestamp: float | None = None
    width: Side | None = None
    height: Side | None = None


@router.get("/video")
def get_videos(
    request: Request, page: Annotated[VideoPage, QueryParams(VideoPage)]
) -> Done[VideosData]:
    """List videos, newest first."""
    service, links = service_of(request), links_of(request)
    found = service.videos.page(page.collection_id, count=page.count, page_index=page.page_index)
    return serializers.ok(
        {"videos": [serializers.video(v, service.video_images.cover(v.id), links) for v in found]}
    )


@router.get("/video/{video_id}")
def get_video(
    request: Request, video_id: str, within: Annotated[InCollection, QueryParams(InCollection)]
) -> Done[VideoData]:
    """Give one video."""
    service = service_of(request)
    service.videos.get(video_id, within.collection_id)
    return serializers.ok(video_data(service, video_id, links_of(request)))


@router.delete("/video/{video_id}")
def delete_video(
    request: Request, video_id: str, within: Annotated[InCollection, QueryParams(InCollection)]
) -> Done[Nothing]:
    """Remove a video."""
    service_of(request).delete_video(video_id, within.collection_id)
    return serializers.ok(Nothing())


@router.post("/video/{video_id}/thumbnail")
async def create_thumbnail(
    request: Request,
    video_id: str,
    params: Annotated[NewThumbnail, JsonBody(NewThumbnail)],
    key: Annotated[str | None, IdempotencyKey],
    hold: Annotated[float | None, Prefer],
) -> Done[ImageData] | Processing:
    """Make a thumbnail of the frame on screen at a time; the video's best, if none is named."""
    if None not in (params.time, params.timestamp) and params.time != params.timestamp:
        raise invalid("'time' and 'timestamp' name different times: send one of them.")
    time = params.timestamp if params.time is None else params.time
    service, size = service_of(request), (params.width, params.height)
    return await once_per_key(
        request,
        paid_request(request, key, params),
        hold,
        lambda record: _start_thumbnail(service, video_id, time, size, record),
    )


@router.get("/video/{video_id}/thumbnail")
async def get_thumbnail(
    request: Request,
    video_id: str,
    at: Annotated[FrameTime, QueryParams(FrameTime)],
    hold: Annotated[float | None, Prefer],
) -> Done[ThumbnailAddress] | Processing:
    """Give the address of a video's cover, or of the thumbnail at ``timestamp`` (seconds)."""
    service, links = service_of(request), links_of(request)
    cover = await run_in_threadpool(service.video_images.cover, video_id)
    if at.timestamp is None:
        return serializers.ok(serializers.thumbnail_address(cover, links))
    job = await run_in_threadpool(_start_thumbnail, service, video_id, at.timestamp)
    job = await service.runner.wait(job, hold or 0)
    if job.error is not None:
        raise job.error
    if job.result is None:
        return serializers.processing(job, links)
    made = await run_in_threadpool(service.video_images.get, str(job.result["id"]))
    return serializers.ok(serializers.thumbnail_address(made, links))


def _start_thumbnail(
    service: Service,
    video_id: str,
    time: float | None,
    size: tuple[int | None, int | None] = (None, None),
    record: Record | None = None,
) -> QueuedJob:
    """Give the job that made this thumbnail before, or a new one that will."""
    video = service.videos.get(video_id)
    if time is None:
        time = service.video_images.cover(video_id).time or 0.0
    if not 0 <= time <= video.length:
        raise out_of_range(video, time)
    width, height = fit_size((video.width, video.height), *size)
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        raise invalid(
            f"{width}x{height} is too big an image: at most {MAX_SIDE} pixels a side "
            f"and {MAX_PIXELS // 10**6} million in all."
        )
    stored = service.video_images.find_thumbnail(video_id, time, (width, height))
    if stored is not None:
        return made_before(service, stored.job_id, record)
    key = f"thumbnail {video_id} {time!r} {width}x{height}"
    params = {"video_id": video_id, "time": time, "width": width, "height": height}
    return service.runner.submit("thumbnail", key, params, record)


@router.get("/video/{video_id}/thumbnails")
def get_thumbnails(request: Request, video_id: str) -> Done[list[ImageData]]:
    """List the thumbnails that were asked for; a bare list, as the official clients need it."""
    service, links = service_of(request), links_of(request)
    service.videos.get(video_id)
    return serializers.ok(
        [serializers.image(i, links) for i in service.video_images.thumbnails(video_id)]
    )
