"""The images that a request names, resolved: fetched or found; the report says what failed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from anyio import to_thread
from starlette.concurrency import run_in_threadpool

from thumbnb.service.records.images import NewImage, Placement
from thumbnb.service.refusal import Refusal
from thumbnb.service.tasks.image_sources import youtube_image_urls
from thumbnb.service.youthumb.requests import STYLE_SOURCES, Overrides, file_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import ExitStack

    from thumbnb.service.records.images import Origin
    from thumbnb.service.service import Service
    from thumbnb.service.youthumb.requests import DraftFields


@dataclass(frozen=True, slots=True)
class ResolvedImages:
    """The images that could be had, in their places; the report says which not, and why.

    ``layout`` is that of the template, where that is the source of the style.
    """

    placements: list[Placement] = field(default_factory=list)
    report: list[dict[str, Any]] = field(default_factory=list)
    source: str | None = None
    layout: str | None = None


class _ImageRequest(NamedTuple):
    """One image that is needed: by the id of a stored one, or by the addresses to try."""

    option: str
    role: str
    position: int
    name: str
    image_id: str | None = None
    addresses: Sequence[str] = ()


def treatment(option: str, outcome: str, reason: str) -> dict[str, Any]:
    """Write what became of an option, as the compositor's reports do."""
    return {"option": option, "outcome": outcome, "reason": reason}


async def resolve_images(
    service: Service, fields: DraftFields, held: ExitStack, project_id: str | None = None
) -> ResolvedImages:
    """Fetch or find the style source and the content images that a request names, side by side.

    New images are unfinished files that ``held`` keeps. An unknown id is refused with 404
    before anything is fetched.
    """
    given = fields.given("sourceResultId", *STYLE_SOURCES)
    source = given[0] if given else None
    report = [
        treatment(name, "ignored", f"{source} goes first, and only one source is used.")
        for name in given[1:]
    ]
    needed = [await _style_image(service, fields, source, project_id)] if source else []
    needed += [
        _ImageRequest(
            "contentImages",
            "content",
            position,
            f"@image{position + 1}",
            image_id=item.user_image_id,
            addresses=[item.url] if item.url else (),
        )
        for position, item in enumerate(fields.content_images or ())
    ]
    for item in needed:
        if item.image_id is not None and item.role == "content":
            await run_in_threadpool(service.images.get, item.image_id)
    origins = await asyncio.gather(*(_origin(service, item, held) for item in needed))
    layout = None
    if source == "templateId":
        template = service.presets.get_template(str(fields.template_id)).template
        layout = await run_in_threadpool(lambda: template.layout)
    images = ResolvedImages([], report, source, layout)
    for item, origin in zip(needed, origins, strict=True):
        if isinstance(origin, Refusal):
            what = f"{item.name}: " if item.role == "content" else ""
            report.append(treatment(item.option, "ignored", f"{what}{origin.message}"))
        else:
            images.placements.append(
                Placement(role=item.role, position=item.position, name=item.name, origin=origin)
            )
    return images


async def _style_image(
    service: Service, fields: DraftFields, source: str, project_id: str | None
) -> _ImageRequest:
    """Return where the style source of a request is; the image of a template is rendered now."""
    if source == "templateId":
        card = service.presets.get_template(str(fields.template_id))
        await to_thread.run_sync(
            service.presets.sample_image, card.full.id, limiter=service.render_limiter
        )
        return _ImageRequest(source, "style", 0, card.template.name, image_id=card.full.id)
    if source == "sourceResultId":
        assert isinstance(fields, Overrides)  # noqa: S101 - only these have one
        made = await run_in_threadpool(
            service.generations.result, str(project_id), str(fields.source_result_id)
        )
        return _ImageRequest(source, "style", 0, made.name, image_id=made.id)
    if source == "youtubeUrl":
        addresses: Sequence[str] = youtube_image_urls(str(fields.youtube_url))
    else:
        addresses = [str(fields.style_reference_url)]
    return _ImageRequest(source, "style", 0, file_name(addresses[0]), addresses=addresses)


async def _origin(service: Service, item: _ImageRequest, held: ExitStack) -> Origin | Refusal:
    if item.image_id is not None:
        return item.image_id
    new_file = held.enter_context(service.files.new_file())
    try:
        info = await service.image_sources.fetch_image(item.addresses, new_file)
    except Refusal as refusal:
        return refusal
    return NewImage(new_file, info)
