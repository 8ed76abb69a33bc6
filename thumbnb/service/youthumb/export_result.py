"""The endpoint that gives a result with its layers, or with other words: our own extension."""

from typing import Annotated

from anyio import to_thread
from fastapi import Request, Response
from pydantic import Field

from thumbnb import briefs
from thumbnb.service.dependencies import service_of
from thumbnb.service.http.parameters import QueryParams
from thumbnb.service.http.routing import new_router
from thumbnb.service.tasks.result_export import FORMATS, MEDIA_TYPES
from thumbnb.service.youthumb.dependencies import CamelRequestModel, word

router = new_router()


class ExportFields(CamelRequestModel):
    """Which file, and the words on it where they are to be others."""

    format: word(*FORMATS) = "jpg"  # type: ignore[valid-type]
    title: Annotated[str, Field(min_length=1, max_length=briefs.MAX_TITLE)] | None = None


class ExportAnswer(Response):
    """The file."""

    media_type = "*/*"


@router.get("/thumbnails/results/{result_id}/export", responses={422: {}})
async def export_result(
    request: Request, result_id: str, fields: Annotated[ExportFields, QueryParams(ExportFields)]
) -> ExportAnswer:
    """Paint a result once more, free: as a layered file (psd, svg), or with another title."""
    service = service_of(request)
    file = await to_thread.run_sync(
        service.result_export.export,
        result_id,
        fields.format,
        fields.title,
        limiter=service.render_limiter,
    )
    return ExportAnswer(file, media_type=MEDIA_TYPES[fields.format])
