"""VideoDB's protocol: its endpoints, over records and jobs."""

from fastapi import Depends

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

PROTOCOL = Protocol(
    name="VideoDB",
    prefix="",
    routers=PARTS,
    security={"VideoDBKey": {"type": "apiKey", "in": "header", "name": "x-access-token"}},
    error=Failure,
    dependencies=(Depends(admit),),
)

__all__ = ["PARTS", "PROTOCOL", "serializers"]
