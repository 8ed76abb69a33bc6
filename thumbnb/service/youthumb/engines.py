"""Engines: what this service can paint with."""

from fastapi import Request

from thumbnb.service.dependencies import service_of
from thumbnb.service.http.routing import new_router
from thumbnb.service.youthumb import serializers
from thumbnb.service.youthumb.schemas import EngineData, Success

router = new_router()


@router.get("/engines")
def get_engines(request: Request) -> Success[list[EngineData]]:
    """List the engines, the compositor first; a start may name one."""
    service = service_of(request)
    found: list[EngineData] = []
    for name in service.engines.names:
        engine = service.engines[name]
        able = engine.capabilities
        found.append(
            {
                "name": name,
                "isDefault": name == service.engines.default,
                "references": able.references,
                "seed": able.seed,
                "negativePrompt": able.negative_prompt,
                "partialImages": able.partial_images,
                "price": None if able.prices is None else str(able.prices),
                "currency": None if able.prices is None else able.prices.currency,
                "spent": None if able.prices is None else service.paintings.spent(name),
                "budget": engine.budget,
            }
        )
    return serializers.ok(found)
