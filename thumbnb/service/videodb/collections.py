"""Collections, and how videos come into them."""

from typing import Annotated

from fastapi import Request
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from thumbnb.service.dependencies import links_of, service_of
from thumbnb.service.http.idempotency import IdempotencyKey, paid_request
from thumbnb.service.http.parameters import JsonBody, Prefer, QueryParams
from thumbnb.service.http.request_parser import RequestModel, Text
from thumbnb.service.http.routing import new_router
from thumbnb.service.jobs.queue import QueuedJob, Record
from thumbnb.service.media.public_address import check_url
from thumbnb.service.refusal import invalid
from thumbnb.service.service import Service
from thumbnb.service.videodb import serializers
from thumbnb.service.videodb.dependencies import made_before, once_per_key, refuse_callback
from thumbnb.service.videodb.schemas import (
    CollectionData,
    CollectionsData,
    Done,
    Processing,
    UploadAddress,
    VideoData,
)

router = new_router()


class NewCollection(RequestModel):
    """The fields of a new collection."""

    name: Annotated[Text, Field(min_length=1)]
    description: Text | None = None
    is_public: bool | None = None


@router.get("/collection")
def get_collections(request: Request) -> Done[CollectionsData]:
    """List the collections."""
    found = service_of(request).collections.all()
    return serializers.ok({"collections": [serializers.collection(item) for item in found]})


@router.post("/collection")
async def create_collection(
    request: Request, params: Annotated[NewCollection, JsonBody(NewCollection)]
) -> Done[CollectionData]:
    """Make a collection."""
    item = await run_in_threadpool(
        service_of(request).collections.add,
        name=params.name,
        description=params.description or "",
        is_public=bool(params.is_public),
    )
    return serializers.ok(serializers.collection(item))


@router.get("/collection/{collection_id}")
def get_collection(request: Request, collection_id: str) -> Done[CollectionData]:
    """Give one collection; ``default`` is where things go by themselves."""
    return serializers.ok(
        serializers.collection(service_of(request).collections.get(collection_id))
    )


class UploadName(RequestModel):
    """The name that a file will have."""

    name: Text | None = None


class NewVideo(RequestModel):
    """The file of a new video, at an upload address of ours or any other address."""

    url: Annotated[str, Field(min_length=1, max_length=8000)]
    name: Text | None = None
    description: Text | None = None
    media_type: str | None = None
    callback_url: str | None = None


@router.get("/collection/{collection_id}/upload_url")
def get_upload_url(
    request: Request, collection_id: str, params: Annotated[UploadName, QueryParams(UploadName)]
) -> Done[UploadAddress]:
    """Give an address that takes one file, and the id of the video it can become."""
    service = service_of(request)
    upload = service.uploads.add(service.collections.get(collection_id).id, name=params.name)
    return serializers.ok(
        {"upload_url": links_of(request).upload(upload.id), "video_id": upload.id}
    )


@router.post("/collection/{collection_id}/upload")
async def create_video(
    request: Request,
    collection_id: str,
    params: Annotated[NewVideo, JsonBody(NewVideo)],
    key: Annotated[str | None, IdempotencyKey],
    hold: Annotated[float | None, Prefer],
) -> Done[VideoData] | Processing:
    """Make a video of the file at an address."""
    service = service_of(request)
    refuse_callback(params.callback_url)
    if params.media_type not in {None, "video"}:
        raise invalid("Only videos can be uploaded here.")
    return await once_per_key(
        request,
        paid_request(request, key, params),
        hold,
        lambda record: _start_upload(service, collection_id, params, record),
    )


def _start_upload(
    service: Service, collection_id: str, params: NewVideo, record: Record
) -> QueuedJob:
    """Give the job that makes the video of an upload, or of a download."""
    collection = service.collections.get(collection_id)
    signed = service.access.paths.find(params.url, "upload")
    if signed is None:
        check_url(params.url)
        upload = service.uploads.add(collection.id, name=None)
    else:
        made = service.videos.find(signed.name)
        if made is not None:
            return made_before(service, made.job_id, record)
        upload = service.uploads.get(signed.name)
    job_params = {
        "id": upload.id,
        "collection_id": collection.id,
        "url": params.url if signed is None else None,
        "name": params.name or upload.name,
        "description": params.description,
    }
    return service.runner.submit("ingest", upload.id, job_params, record)
