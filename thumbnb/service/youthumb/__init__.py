"""YouThumb's protocol: its endpoints, over projects, generations and what goes into them."""

from fastapi import Depends

from thumbnb.service.http.openapi import Protocol
from thumbnb.service.youthumb import (
    account,
    assets,
    cancel_generation,
    engines,
    export_result,
    generations,
    persons,
    presets,
    projects,
    prompts,
    serializers,
)
from thumbnb.service.youthumb.dependencies import admit, key_of
from thumbnb.service.youthumb.schemas import ErrorBody

PREFIX = "/api"

# Generations first: their fixed paths lie where a project's id would be.
PARTS = tuple(
    part.router
    for part in (
        generations,
        cancel_generation,
        engines,
        export_result,
        projects,
        prompts,
        presets,
        persons,
        assets,
        account,
    )
)

PROTOCOL = Protocol(
    name="YouThumb",
    prefix=PREFIX,
    routers=PARTS,
    security={
        "YouThumbKey": {"type": "apiKey", "in": "header", "name": "x-api-key"},
        "YouThumbBearer": {"type": "http", "scheme": "bearer"},
    },
    error=ErrorBody,
    dependencies=(Depends(admit),),
)

__all__ = ["PARTS", "PREFIX", "PROTOCOL", "key_of", "serializers"]
