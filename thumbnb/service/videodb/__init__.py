"""VideoDB's protocol: its endpoints, over the library and the worker."""

from fastapi import APIRouter, Depends

from thumbnb.service.videodb import collections, images, jobs, previews, serializers, videos
from thumbnb.service.videodb.dependencies import admit

PARTS = tuple(part.router for part in (collections, images, jobs, previews, videos))

router = APIRouter(dependencies=[Depends(admit)])
for part in PARTS:
    router.include_router(part)

__all__ = ["PARTS", "router", "serializers"]
