"""VideoDB's protocol: its endpoints, over the library and the worker."""

from fastapi import APIRouter, Depends

from thumbnb.service.http.openapi import Protocol
from thumbnb.service.videodb import (
    cancel_job,
    collections,
    images,
    jobs,
    previews,
    serializers,
    videos,
)
from thumbnb.service.videodb.dependencies import admit
from thumbnb.service.videodb.schemas import Failure

PARTS = tuple(part.router for part in (collections, images, jobs, cancel_job, previews, videos))

router = APIRouter(dependencies=[Depends(admit)])
for part in PARTS:
    router.include_router(part)

PROTOCOL = Protocol(
    name="VideoDB",
    prefix="",
    routers=PARTS,
    security={"VideoDBKey": {"type": "apiKey", "in": "header", "name": "x-access-token"}},
    error=Failure,
)

__all__ = ["PARTS", "PROTOCOL", "router", "serializers"]
