"""Images: those of frames, and those generated from a prompt."""

import functools
import secrets
from typing import Annotated

from fastapi import Request
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from thumbnb.service.dependencies import links_of, service_of
from thumbnb.service.http.idempotency import IdempotencyKey, paid_request
from thumbnb.service.http.parameters import JsonBody, Prefer, QueryParams
from thumbnb.service.http.request_parser import RequestModel, Text
from thumbnb.service.http.routing import new_router
from thumbnb.service.refusal import invalid
from thumbnb.service.store.identifiers import new_id
from thumbnb.service.videodb import serializers
from thumbnb.service.videodb.dependencies import InCollection, once_per_key, refuse_callback
from thumbnb.service.videodb.schemas import (
    Done,
    ImageData,
    ImagesData,
    Nothing,
    Processing,
    SignedAddress,
)

router = new_router()

RATIOS = {
    "1:1": (1024, 1024),
    "16:9": (1280, 720),
    "9:16": (720, 1280),
    "4:3": (1152, 864),
    "3:4": (864, 1152),
}


class NewImage(RequestModel):
    """What an image is generated from."""

    prompt: Annotated[Text, Field(min_length=1)]
    aspect_ratio: str | None = None
    callback_url: str | None = None


@router.get("/image")
def get_images(
    request: Request, within: Annotated[InCollection, QueryParams(InCollection)]
) -> Done[ImagesData]:
    """List images, newest first."""
    service, links = service_of(request), links_of(request)
    found = service.video_images.all(within.collection_id)
    return serializers.ok({"images": [serializers.image(item, links) for item in found]})


@router.get("/image/{image_id}")
def get_image(
    request: Request, image_id: str, within: Annotated[InCollection, QueryParams(InCollection)]
) -> Done[ImageData]:
    """Give one image."""
    item = service_of(request).video_images.get(image_id, within.collection_id)
    return serializers.ok(serializers.image(item, links_of(request)))


@router.delete("/image/{image_id}")
def delete_image(
    request: Request, image_id: str, within: Annotated[InCollection, QueryParams(InCollection)]
) -> Done[Nothing]:
    """Remove an image."""
    service_of(request).video_images.delete(image_id, within.collection_id)
    return serializers.ok(Nothing())


@router.post("/image/{image_id}/generate_url")
def generate_url(
    request: Request, image_id: str, within: Annotated[InCollection, QueryParams(InCollection)]
) -> Done[SignedAddress]:
    """Give an address of an image that works without the token."""
    item = service_of(request).video_images.get(image_id, within.collection_id)
    url = links_of(request).file(item.id, item.media_type)
    return serializers.ok({"signed_url": url, "image_url": url})


@router.post("/collection/{collection_id}/generate/image")
async def generate_image(
    request: Request,
    collection_id: str,
    params: Annotated[NewImage, JsonBody(NewImage)],
    key: Annotated[str | None, IdempotencyKey],
    hold: Annotated[float | None, Prefer],
) -> Done[ImageData] | Processing:
    """Generate an image from a prompt."""
    service = service_of(request)
    refuse_callback(params.callback_url)
    ratio = params.aspect_ratio or "1:1"
    if ratio not in RATIOS:
        raise invalid(f"'aspect_ratio' should be one of {', '.join(RATIOS)}.")
    collection = await run_in_threadpool(service.collections.get, collection_id)
    job_params = {
        "collection_id": collection.id,
        "prompt": params.prompt,
        "width": RATIOS[ratio][0],
        "height": RATIOS[ratio][1],
        # Chosen now and kept, so that a job that starts again makes the same image.
        "seed": secrets.randbelow(2**31),
    }
    submit = functools.partial(service.runner.submit, "generate", new_id("key"), job_params)
    return await once_per_key(request, paid_request(request, key, params), hold, submit)
