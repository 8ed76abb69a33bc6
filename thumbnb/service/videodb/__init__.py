"""VideoDB's protocol: its endpoints, over the library and the worker."""

from fastapi import APIRouter, Depends

from thumbnb.service.videodb import answers, collections, images, jobs, previews, videos
from thumbnb.service.videodb.asking import admit

router = APIRouter(dependencies=[Depends(admit)])
for part in (collections, images, jobs, previews, videos):
    router.include_router(part.router)

__all__ = ["answers", "router"]
