"""Assets: images uploaded to be used, as forms or as base64."""

import base64
from collections.abc import Iterator
from typing import Annotated

from fastapi import Request
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from thumbnb.briefs import MAX_DESCRIPTION
from thumbnb.service.dependencies import links_of, service_of
from thumbnb.service.http.multipart import receive_file
from thumbnb.service.http.parameters import QueryParams
from thumbnb.service.http.request_parser import LONGEST_BODY, read_body, read_texts
from thumbnb.service.http.routing import new_router
from thumbnb.service.media.file_store import NewFile
from thumbnb.service.records.images import UPLOADED, Image, NewImage
from thumbnb.service.refusal import invalid, too_large
from thumbnb.service.service import Service
from thumbnb.service.youthumb import serializers
from thumbnb.service.youthumb.dependencies import CamelRequestModel, Paging, word
from thumbnb.service.youthumb.schemas import AssetData, AssetsData, Removed, Success

router = new_router()

# What is listed where no type is named: a temporary image is nobody's asset.
STORED = ("face", "template")
# Letters of base64 that are decoded at a time.
BASE64_STEP = 1024 * 1024
_BREAKS = b" \t\r\n"


class AssetPage(Paging):
    """Which assets. Published or not makes no difference where there is one owner."""

    type: word(*UPLOADED) | None = None  # type: ignore[valid-type]
    search: Annotated[str, Field(max_length=200)] | None = None


class AssetFields(CamelRequestModel):
    """The fields of an uploaded image."""

    type: word(*UPLOADED)  # type: ignore[valid-type]
    description: Annotated[str, Field(max_length=MAX_DESCRIPTION)] | None = None
    filename: Annotated[str, Field(max_length=255)] | None = None


class EncodedAsset(AssetFields):
    """An image in the body itself as base64, with or without ``data:...,`` before it."""

    base64: Annotated[str, Field(min_length=1)]


def body_limit(request: Request) -> int:
    """Return how long a body with an image may be (bytes): base64 makes four bytes of three."""
    return service_of(request).settings.max_image * 4 // 3 + LONGEST_BODY


@router.get("/assets")
def get_assets(
    request: Request, page: Annotated[AssetPage, QueryParams(AssetPage)]
) -> Success[AssetsData]:
    """List the uploaded images."""
    service, links = service_of(request), links_of(request)
    roles = STORED if page.type is None else (page.type,)
    found, total = service.images.page(roles, page.search, limit=page.length, offset=page.offset)
    pagination = page.pagination(total)
    pagination["hasMore"] = pagination["page"] < pagination["totalPages"]
    assets = [serializers.asset(item, links) for item in found]
    return serializers.ok({"assets": assets, "pagination": pagination})


@router.post("/assets", status_code=201, openapi_extra={"body": EncodedAsset, "form": AssetFields})
async def upload_asset(request: Request) -> Success[AssetData]:
    """Store an image."""
    service = service_of(request)
    if request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        made = await _receive(request, service)
    else:
        asset = await read_body(request, EncodedAsset, limit=body_limit(request))
        made = await store(service, asset)
    return serializers.ok(serializers.asset(made, links_of(request)), 201)


async def _receive(request: Request, service: Service) -> Image:
    """Store the image of a form."""
    with service.files.new_file() as new_file:
        form = await receive_file(request, new_file, service.settings.max_image)
        fields = read_texts(form, AssetFields)
        return await _keep(service, fields, new_file)


async def store(service: Service, asset: EncodedAsset) -> Image:
    """Store an image that came as base64."""
    with service.files.new_file() as new_file:
        await run_in_threadpool(_write, new_file, asset.base64, service.settings.max_image)
        return await _keep(service, asset, new_file)


def _write(new_file: NewFile, text: str, limit: int) -> None:
    try:
        for content in _decode(text):
            new_file.write(content)
            if new_file.size > limit:
                raise too_large("The image", limit)
    except ValueError:
        fault = "Should be base64"
        raise invalid(fault, {"base64": [fault]}) from None


def _decode(text: str) -> Iterator[bytes]:
    """Decode base64 in pieces, so that other requests get their turn between them."""
    head, comma, rest = text.partition(",")
    text = rest if comma and head.startswith("data:") else text
    left = b""
    for start in range(0, len(text), BASE64_STEP):
        piece = left + text[start : start + BASE64_STEP].encode("ascii").translate(None, _BREAKS)
        whole = len(piece) - len(piece) % 4
        piece, left = piece[:whole], piece[whole:]
        yield base64.b64decode(piece, altchars=None, validate=True)
    if left:
        yield base64.b64decode(left + b"=" * (-len(left) % 4), validate=True)


async def _keep(service: Service, fields: AssetFields, new_file: NewFile) -> Image:
    await run_in_threadpool(new_file.seal)
    fresh = NewImage(new_file, await service.image_examiner.examine(new_file.path))
    name = fields.filename or "image"
    return await run_in_threadpool(service.images.add, fields.type, name, fields.description, fresh)


@router.get("/assets/{asset_id}")
def get_asset(request: Request, asset_id: str) -> Success[AssetData]:
    """Give one uploaded image."""
    item = service_of(request).images.get(asset_id, STORED)
    return serializers.ok(serializers.asset(item, links_of(request)))


@router.delete("/assets/{asset_id}")
def delete_asset(request: Request, asset_id: str) -> Success[Removed]:
    """Remove an uploaded image."""
    service_of(request).images.delete(asset_id)
    return serializers.ok({"deleted": True}, message="Asset deleted successfully")
