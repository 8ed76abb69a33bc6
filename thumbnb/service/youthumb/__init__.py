"""YouThumb's protocol: its endpoints, over projects, generations and what goes into them."""

from fastapi import APIRouter, Depends

from thumbnb.service.youthumb import (
    account,
    assets,
    generations,
    persons,
    presets,
    projects,
    prompts,
    serializers,
)
from thumbnb.service.youthumb.dependencies import admit

PREFIX = "/api"

# Generations first: their fixed paths lie where a project's id would be.
PARTS = tuple(
    part.router for part in (generations, projects, prompts, presets, persons, assets, account)
)

router = APIRouter(prefix=PREFIX, dependencies=[Depends(admit)])
for part in PARTS:
    router.include_router(part)

__all__ = ["PARTS", "PREFIX", "router", "serializers"]
