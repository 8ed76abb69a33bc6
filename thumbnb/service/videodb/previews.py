"""Our own extensions: a sheet of small frames for a slider, and the moments worth a thumbnail."""

import json
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from thumbnb.service.asking import service_of
from thumbnb.service.jobs import Job
from thumbnb.service.reading import Wish, read_query
from thumbnb.service.refusal import invalid
from thumbnb.service.service import Service
from thumbnb.service.videodb.asking import settle

router = APIRouter()

# Pixels of one sheet: beyond it browsers scale it down or give up.
MOST_SHEET_PIXELS = 48_000_000


class Sheet(Wish):
    """How many tiles, how wide (pixels); ``exact`` shows the very frames, not the keyframes."""

    count: Annotated[int, Field(ge=1, le=1000)] = 100
    tile_width: Annotated[int, Field(ge=16, le=1024)] = 160
    exact: bool = False


class Best(Wish):
    """How many moments."""

    count: Annotated[int, Field(ge=1, le=50)] = 5


@router.get("/video/{video_id}/storyboard")
async def get_storyboard(request: Request, video_id: str) -> Response:
    """Give a sheet of evenly spaced small frames, and how to cut it."""
    sheet = read_query(request, Sheet)
    service = service_of(request)
    video = await run_in_threadpool(service.library.video, video_id)
    tile_height = sheet.tile_width * video.height / video.width
    if sheet.count * sheet.tile_width * tile_height > MOST_SHEET_PIXELS:
        raise invalid("So many tiles of that width are too big a sheet: ask for fewer or smaller.")
    return await settle(request, await _job(service, "storyboard", video_id, sheet))


@router.get("/video/{video_id}/suggestions")
async def get_suggestions(request: Request, video_id: str) -> Response:
    """Give the moments that would make good thumbnails, best first."""
    wish = read_query(request, Best)
    return await settle(request, await _job(service_of(request), "suggestions", video_id, wish))


async def _job(service: Service, kind: str, video_id: str, wish: Wish) -> Job:
    return await run_in_threadpool(_start, service, kind, video_id, wish.model_dump())


def _start(service: Service, kind: str, video_id: str, wish: Mapping[str, Any]) -> Job:
    """Give the job that made this preview before, or a new one that will."""
    service.library.video(video_id)
    key = f"{kind} {video_id} {json.dumps(wish, sort_keys=True)}"
    made = service.library.find_preview(key)
    if made is not None:
        return service.worker.jobs.get(made.job_id)
    return service.worker.submit(kind, key, {"video_id": video_id, "key": key, **wish})
