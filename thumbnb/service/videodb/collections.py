"""Collections, and how videos come into them."""

from typing import Annotated

from fastapi import Request, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from thumbnb.service.dependencies import links_of, service_of
from thumbnb.service.http.request_parser import Text, Wish, read_body, read_query
from thumbnb.service.http.routing import new_router
from thumbnb.service.jobs.queue import QueuedJob, Record
from thumbnb.service.media.public_address import check_url
from thumbnb.service.refusal import invalid
from thumbnb.service.service import Service
from thumbnb.service.videodb import serializers
from thumbnb.service.videodb.dependencies import made_before, refuse_callback, settle_once

router = new_router()


class NewCollection(Wish):
    """What a collection is made from."""

    name: Annotated[Text, Field(min_length=1)]
    description: Text | None = None
    is_public: bool | None = None


@router.get("/collection")
def get_collections(request: Request) -> Response:
    """List the collections."""
    found = service_of(request).collections.all()
    return serializers.ok({"collections": [serializers.collection(item) for item in found]})


@router.post("/collection")
async def create_collection(request: Request) -> Response:
    """Make a collection."""
    wish = await read_body(request, NewCollection)
    item = await run_in_threadpool(
        service_of(request).collections.add,
        name=wish.name,
        description=wish.description or "",
        is_public=bool(wish.is_public),
    )
    return serializers.ok(serializers.collection(item))


@router.get("/collection/{collection_id}")
def get_collection(request: Request, collection_id: str) -> Response:
    """Give one collection; ``default`` is where things go by themselves."""
    return serializers.ok(
        serializers.collection(service_of(request).collections.get(collection_id))
    )


class UploadName(Wish):
    """What a file will be called."""

    name: Text | None = None


class NewVideo(Wish):
    """What a video is made from: an address of ours that took a file, or any other."""

    url: Annotated[str, Field(min_length=1, max_length=8000)]
    name: Text | None = None
    description: Text | None = None
    media_type: str | None = None
    callback_url: str | None = None


@router.get("/collection/{collection_id}/upload_url")
def get_upload_url(request: Request, collection_id: str) -> Response:
    """Give an address that takes one file, and the id of the video it can become."""
    service = service_of(request)
    wish = read_query(request, UploadName)
    upload = service.uploads.add(service.collections.get(collection_id).id, name=wish.name)
    return serializers.ok(
        {"upload_url": links_of(request).upload(upload.id), "video_id": upload.id}
    )


@router.post("/collection/{collection_id}/upload")
async def create_video(request: Request, collection_id: str) -> Response:
    """Make a video of the file at an address."""
    service = service_of(request)
    wish = await read_body(request, NewVideo)
    refuse_callback(wish.callback_url)
    if wish.media_type not in {None, "video"}:
        raise invalid("Only videos can be uploaded here.")
    return await settle_once(
        request, wish, lambda record: _start_upload(service, collection_id, wish, record)
    )


def _start_upload(
    service: Service, collection_id: str, wish: NewVideo, record: Record
) -> QueuedJob:
    collection = service.collections.get(collection_id)
    signed = service.access.paths.find(wish.url, "upload")
    own = signed and signed.name
    if own is None:
        check_url(wish.url)
        upload = service.uploads.add(collection.id, name=None)
    else:
        made = service.videos.find(own)
        if made is not None:
            return made_before(service, made.job_id, record)
        upload = service.uploads.get(own)
    params = {
        "id": upload.id,
        "collection_id": collection.id,
        "url": wish.url if own is None else None,
        "name": wish.name or upload.name,
        "description": wish.description,
    }
    return service.runner.submit("ingest", upload.id, params, record)
