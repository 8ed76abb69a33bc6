"""Images, and pictures painted from a prompt."""

import functools
import secrets
from typing import Annotated

from fastapi import Request, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from thumbnb.service.dependencies import links_of, service_of
from thumbnb.service.http.request_parser import Text, Wish, read_body, read_query
from thumbnb.service.http.routing import new_router
from thumbnb.service.refusal import invalid
from thumbnb.service.store.identifiers import new_id
from thumbnb.service.videodb import serializers
from thumbnb.service.videodb.dependencies import Within, refuse_callback, settle_once

router = new_router()

RATIOS = {
    "1:1": (1024, 1024),
    "16:9": (1280, 720),
    "9:16": (720, 1280),
    "4:3": (1152, 864),
    "3:4": (864, 1152),
}


class NewImage(Wish):
    """What a picture is painted from."""

    prompt: Annotated[Text, Field(min_length=1)]
    aspect_ratio: str | None = None
    callback_url: str | None = None


@router.get("/image")
def get_images(request: Request) -> Response:
    """List images, newest first."""
    service, links = service_of(request), links_of(request)
    found = service.video_images.all(read_query(request, Within).collection_id)
    return serializers.ok({"images": [serializers.image(item, links) for item in found]})


@router.get("/image/{image_id}")
def get_image(request: Request, image_id: str) -> Response:
    """Give one image."""
    within = read_query(request, Within).collection_id
    item = service_of(request).video_images.get(image_id, within)
    return serializers.ok(serializers.image(item, links_of(request)))


@router.delete("/image/{image_id}")
def delete_image(request: Request, image_id: str) -> Response:
    """Remove an image."""
    service_of(request).video_images.delete(image_id, read_query(request, Within).collection_id)
    return serializers.ok({})


@router.post("/image/{image_id}/generate_url")
def generate_url(request: Request, image_id: str) -> Response:
    """Give an address of an image that works without the token."""
    within = read_query(request, Within).collection_id
    item = service_of(request).video_images.get(image_id, within)
    url = links_of(request).file(item.id, item.media_type)
    # The official clients read the first of these, the contract's readers the second.
    return serializers.ok({"signed_url": url, "image_url": url})


@router.post("/collection/{collection_id}/generate/image")
async def generate_image(request: Request, collection_id: str) -> Response:
    """Paint a picture from a prompt."""
    service = service_of(request)
    wish = await read_body(request, NewImage)
    refuse_callback(wish.callback_url)
    ratio = wish.aspect_ratio or "1:1"
    if ratio not in RATIOS:
        raise invalid(f"'aspect_ratio' should be one of {', '.join(RATIOS)}.")
    collection = await run_in_threadpool(service.collections.get, collection_id)
    params = {
        "collection_id": collection.id,
        "prompt": wish.prompt,
        "width": RATIOS[ratio][0],
        "height": RATIOS[ratio][1],
        # Chosen now and kept, so that a job begun again paints the same picture.
        "seed": secrets.randbelow(2**31),
    }
    submit = functools.partial(service.runner.submit, "generate", new_id("key"), params)
    return await settle_once(request, wish, submit)
