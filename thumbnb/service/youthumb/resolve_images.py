"""Bringing in the pictures a wish names; what cannot be had is left out, and said."""

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
    from thumbnb.service.youthumb.requests import Wanted


@dataclass(frozen=True, slots=True)
class Gathered:
    """The pictures that came, in their places; the report says what did not, and why.

    ``layout`` is that of the template, where that is the source of the style.
    """

    placements: list[Placement] = field(default_factory=list)
    report: list[dict[str, Any]] = field(default_factory=list)
    source: str | None = None
    layout: str | None = None


class _Want(NamedTuple):
    """One picture wanted: by the id of a stored one, or by the addresses to try."""

    option: str
    role: str
    position: int
    name: str
    picture_id: str | None = None
    addresses: Sequence[str] = ()


def treated(option: str, outcome: str, reason: str) -> dict[str, Any]:
    """Write what became of an option, as the compositor's reports do."""
    return {"option": option, "outcome": outcome, "reason": reason}


async def gather(
    service: Service, wish: Wanted, held: ExitStack, project_id: str | None = None
) -> Gathered:
    """Bring in the style source and the content images of a wish, side by side.

    New pictures are drafts that ``held`` keeps. An unknown id is refused with 404
    before anything is fetched.
    """
    given = wish.given("sourceResultId", *STYLE_SOURCES)
    source = given[0] if given else None
    report = [
        treated(name, "ignored", f"{source} goes first, and only one source is used.")
        for name in given[1:]
    ]
    wants = [await _style(service, wish, source, project_id)] if source else []
    wants += [
        _Want(
            "contentImages",
            "content",
            position,
            f"@image{position + 1}",
            picture_id=item.user_image_id,
            addresses=[item.url] if item.url else (),
        )
        for position, item in enumerate(wish.content_images or ())
    ]
    for want in wants:
        if want.picture_id is not None and want.role == "content":
            await run_in_threadpool(service.images.get, want.picture_id)
    origins = await asyncio.gather(*(_origin(service, want, held) for want in wants))
    layout = None
    if source == "templateId":
        template = service.presets.get_template(str(wish.template_id)).template
        layout = await run_in_threadpool(lambda: template.layout)
    gathered = Gathered([], report, source, layout)
    for want, origin in zip(wants, origins, strict=True):
        if isinstance(origin, Refusal):
            what = f"{want.name}: " if want.role == "content" else ""
            report.append(treated(want.option, "ignored", f"{what}{origin.message}"))
        else:
            gathered.placements.append(
                Placement(role=want.role, position=want.position, name=want.name, origin=origin)
            )
    return gathered


async def _style(service: Service, wish: Wanted, source: str, project_id: str | None) -> _Want:
    """Say where the style source of a wish is; the picture of a template is painted now."""
    if source == "templateId":
        card = service.presets.get_template(str(wish.template_id))
        await to_thread.run_sync(
            service.presets.sample_image, card.full.id, limiter=service.render_limiter
        )
        return _Want(source, "style", 0, card.template.name, picture_id=card.full.id)
    if source == "sourceResultId":
        assert isinstance(wish, Overrides)  # noqa: S101 - only these have one
        made = await run_in_threadpool(
            service.generations.result, str(project_id), str(wish.source_result_id)
        )
        return _Want(source, "style", 0, made.name, picture_id=made.id)
    if source == "youtubeUrl":
        addresses: Sequence[str] = youtube_image_urls(str(wish.youtube_url))
    else:
        addresses = [str(wish.style_reference_url)]
    return _Want(source, "style", 0, file_name(addresses[0]), addresses=addresses)


async def _origin(service: Service, want: _Want, held: ExitStack) -> Origin | Refusal:
    if want.picture_id is not None:
        return want.picture_id
    draft = held.enter_context(service.files.draft())
    try:
        still = await to_thread.run_sync(
            service.image_sources.fetch_image, want.addresses, draft, limiter=service.fetch_limiter
        )
    except Refusal as refusal:
        return refusal
    return NewImage(draft, still)
