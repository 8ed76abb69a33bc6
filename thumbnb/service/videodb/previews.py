"""Our own extensions, for a slider: frames at a glance, a sheet of small ones, the best moments."""

import asyncio
import functools
import json
import threading
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Request, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from thumbnb import errors
from thumbnb.service.dependencies import service_of
from thumbnb.service.http.parameters import Prefer, QueryParams
from thumbnb.service.http.request_parser import RequestModel
from thumbnb.service.http.routing import new_router
from thumbnb.service.jobs.queue import QueuedJob
from thumbnb.service.refusal import invalid
from thumbnb.service.service import Service
from thumbnb.service.videodb.dependencies import job_answer
from thumbnb.service.videodb.schemas import Done, Processing, StoryboardData, SuggestionsData

router = new_router()

# Pixels of one sheet: beyond it browsers scale it down or give up.
MAX_SHEET_PIXELS = 48_000_000


class JpegImage(Response):
    """A JPEG."""

    media_type = "image/jpeg"


class FrameParams(RequestModel):
    """A time (seconds), a number of frames to go from there, and a width (pixels, at most)."""

    time: Annotated[float, Field(ge=0)]
    step: Annotated[int, Field(ge=-100, le=100)] = 0
    width: Annotated[int, Field(ge=16, le=8192)] | None = None


class StoryboardParams(RequestModel):
    """How many tiles, how wide (pixels); ``exact`` shows the very frames, or never (false).

    Left out, the very frames are shown where that is quick.
    """

    count: Annotated[int, Field(ge=1, le=1000)] = 100
    tile_width: Annotated[int, Field(ge=16, le=1024)] = 160
    exact: bool | None = None


class SuggestionParams(RequestModel):
    """How many moments."""

    count: Annotated[int, Field(ge=1, le=50)] = 5


@router.get("/video/{video_id}/frame")
async def get_frame(
    request: Request, video_id: str, params: Annotated[FrameParams, QueryParams(FrameParams)]
) -> JpegImage:
    """Give the frame on screen at a time as a JPEG; nothing is stored, and no job is made.

    The headers say when it comes on screen and for how long (seconds). Who hangs up
    has the decoding stopped: a slider asks for the next frame before it has this one.
    """
    stop = threading.Event()
    service = service_of(request)
    decode = functools.partial(
        service.open_videos.preview_frame,
        video_id,
        params.time,
        step=params.step,
        width=params.width,
        stop=stop.is_set,
    )
    # On threads of their own: a burst of frames takes none from the polls of jobs.
    decoding = asyncio.get_running_loop().run_in_executor(service.preview_threads, decode)
    gone = asyncio.ensure_future(_disconnected(request))
    try:
        either: set[asyncio.Future[Any]] = {decoding, gone}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
    finally:
        gone.cancel()
        stop.set()
        if not decoding.done():
            decoding.cancel()
    await asyncio.wait({decoding})
    if decoding.cancelled() or isinstance(decoding.exception(), errors.JobCancelled):
        return JpegImage(status_code=499)  # nobody reads it
    frame = decoding.result()
    times = {"Frame-Time": repr(frame.time), "Frame-Duration": repr(frame.duration)}
    return JpegImage(frame.jpeg, headers=times)


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


@router.get("/video/{video_id}/storyboard")
async def get_storyboard(
    request: Request,
    video_id: str,
    params: Annotated[StoryboardParams, QueryParams(StoryboardParams)],
    hold: Annotated[float | None, Prefer],
) -> Done[StoryboardData] | Processing:
    """Give a sheet of evenly spaced small frames, and how to cut it."""
    service = service_of(request)
    video = await run_in_threadpool(service.videos.get, video_id)
    tile_height = params.tile_width * video.height / video.width
    if params.count * params.tile_width * tile_height > MAX_SHEET_PIXELS:
        raise invalid("So many tiles of that width are too big a sheet: ask for fewer or smaller.")
    job = await run_in_threadpool(_start, service, "storyboard", video_id, params.model_dump())
    return await job_answer(request, job, hold)


@router.get("/video/{video_id}/suggestions")
async def get_suggestions(
    request: Request,
    video_id: str,
    params: Annotated[SuggestionParams, QueryParams(SuggestionParams)],
    hold: Annotated[float | None, Prefer],
) -> Done[SuggestionsData] | Processing:
    """Give the moments that would make good thumbnails, best first."""
    service = service_of(request)
    job = await run_in_threadpool(_start, service, "suggestions", video_id, params.model_dump())
    return await job_answer(request, job, hold)


def _start(service: Service, kind: str, video_id: str, params: Mapping[str, Any]) -> QueuedJob:
    """Give the job that made this preview before, or a new one that will."""
    service.videos.get(video_id)
    key = f"{kind} {video_id} {json.dumps(params, sort_keys=True)}"
    made = service.previews.find(key)
    if made is not None:
        return service.runner.queue.get(made.job_id)
    return service.runner.submit(kind, key, {"video_id": video_id, "key": key, **params})
