"""Videos and their thumbnails."""

from typing import Annotated, Any

from fastapi import Request, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from thumbnb.imaging.sizes import fit_size
from thumbnb.service.dependencies import links_of, service_of
from thumbnb.service.http.links import Links
from thumbnb.service.http.request_parser import Whole, Wish, patience, read_body, read_query
from thumbnb.service.http.routing import new_router
from thumbnb.service.jobs.queue import QueuedJob, Record
from thumbnb.service.records.video_images import VideoImage
from thumbnb.service.refusal import invalid
from thumbnb.service.service import Service
from thumbnb.service.tasks.open_videos import out_of_range
from thumbnb.service.videodb import serializers
from thumbnb.service.videodb.dependencies import Within, made_before, settle_once, video_fields

router = new_router()

# Pixels: no screen is wider, and no picture bigger than 8K has a use as a thumbnail.
LONGEST_SIDE = 8192
MOST_PIXELS = 36_000_000

Side = Annotated[Whole, Field(ge=1, le=LONGEST_SIDE)]


class Listing(Wish):
    """Which part of a list is wanted; all of it, if nothing is said."""

    collection_id: str | None = None
    page_index: Annotated[int, Field(ge=0, le=10**9)] = 0
    count: Annotated[int, Field(ge=1, le=10**6)] | None = None


class Moment(Wish):
    """A second of a video."""

    timestamp: float | None = None


class NewThumbnail(Wish):
    """Which frame, and how big: ``time`` say the clients, ``timestamp`` the contract."""

    time: float | None = None
    timestamp: float | None = None
    width: Side | None = None
    height: Side | None = None


@router.get("/video")
def get_videos(request: Request) -> Response:
    """List videos, newest first."""
    service, links = service_of(request), links_of(request)
    wish = read_query(request, Listing)
    found = service.videos.page(wish.collection_id, count=wish.count, page_index=wish.page_index)
    return serializers.ok(
        {"videos": [serializers.video(v, service.video_images.cover(v.id), links) for v in found]}
    )


@router.get("/video/{video_id}")
def get_video(request: Request, video_id: str) -> Response:
    """Give one video."""
    service = service_of(request)
    service.videos.get(video_id, read_query(request, Within).collection_id)
    return serializers.ok(video_fields(service, video_id, links_of(request)))


@router.delete("/video/{video_id}")
def delete_video(request: Request, video_id: str) -> Response:
    """Remove a video."""
    service_of(request).delete_video(video_id, read_query(request, Within).collection_id)
    return serializers.ok({})


@router.post("/video/{video_id}/thumbnail")
async def create_thumbnail(request: Request, video_id: str) -> Response:
    """Make a thumbnail of the frame on screen at a time; the video's best, if none is named."""
    wish = await read_body(request, NewThumbnail)
    if None not in (wish.time, wish.timestamp) and wish.time != wish.timestamp:
        raise invalid("'time' and 'timestamp' name different times: send one of them.")
    time = wish.timestamp if wish.time is None else wish.time
    service, size = service_of(request), (wish.width, wish.height)
    return await settle_once(
        request, wish, lambda record: _start_thumbnail(service, video_id, time, size, record)
    )


@router.get("/video/{video_id}/thumbnail")
async def get_thumbnail(request: Request, video_id: str) -> Response:
    """Give the address of a video's own picture, or of the one at ``timestamp``."""
    service, links = service_of(request), links_of(request)
    moment = read_query(request, Moment)
    cover = await run_in_threadpool(service.video_images.cover, video_id)
    if moment.timestamp is None:
        return serializers.ok(_address(cover, links))
    job = await run_in_threadpool(_start_thumbnail, service, video_id, moment.timestamp)
    job = await service.runner.wait(job, patience(request, service.settings.hold) or 0)
    if job.error is not None:
        raise job.error
    if job.result is None:
        return serializers.processing(job, links)
    made = await run_in_threadpool(service.video_images.get, str(job.result["id"]))
    return serializers.ok(_address(made, links))


def _address(image: VideoImage, links: Links) -> dict[str, Any]:
    # The Python client reads the first of these, the Node client the second.
    url = links.file(image.id, image.media_type)
    return {"thumbnail_url": url, "thumbnail": url, "timestamp": image.time}


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
    if max(width, height) > LONGEST_SIDE or width * height > MOST_PIXELS:
        raise invalid(
            f"{width}x{height} is too big a picture: at most {LONGEST_SIDE} pixels a side "
            f"and {MOST_PIXELS // 10**6} million in all."
        )
    stored = service.video_images.find_thumbnail(video_id, time, (width, height))
    if stored is not None:
        return made_before(service, stored.job_id, record)
    key = f"thumbnail {video_id} {time!r} {width}x{height}"
    params = {"video_id": video_id, "time": time, "width": width, "height": height}
    return service.runner.submit("thumbnail", key, params, record)


@router.get("/video/{video_id}/thumbnails")
def get_thumbnails(request: Request, video_id: str) -> Response:
    """List the thumbnails that were asked for; a bare list, as the official clients need it."""
    service, links = service_of(request), links_of(request)
    service.videos.get(video_id)
    return serializers.ok(
        [serializers.image(i, links) for i in service.video_images.thumbnails(video_id)]
    )
