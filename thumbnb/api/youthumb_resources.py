"""YouThumb's endpoints around thumbnails: presets, persons, templates, assets, usage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from thumbnb.api.multipart import Form, FormFile
from thumbnb.api.responses import record, records
from thumbnb.api.youthumb import SERVICE, data_of, flag, segment
from thumbnb.models import (
    AssetRecord,
    EngineRecord,
    PersonRecord,
    PresetRecord,
    TemplateRecord,
    UsageRecord,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.api.transport import Transport
    from thumbnb.briefs import PersonDraft

AssetType = Literal["face", "template", "bucket"]


async def list_presets(http: Transport) -> list[PresetRecord]:
    """``GET /presets``."""
    return records(SERVICE, PresetRecord, await data_of(http, "GET", "/presets"), "presets")


async def list_engines(http: Transport) -> list[EngineRecord]:
    """``GET /engines``: of the embedded service only; the hosted one has none to choose."""
    return records(SERVICE, EngineRecord, await data_of(http, "GET", "/engines"), "engines")


async def get_usage(http: Transport) -> UsageRecord:
    """``GET /usage``: credits and plan."""
    return record(SERVICE, UsageRecord, await data_of(http, "GET", "/usage"))


# -- persons --------------------------------------------------------------------------


async def list_persons(http: Transport) -> list[PersonRecord]:
    """``GET /persons``."""
    return records(SERVICE, PersonRecord, await data_of(http, "GET", "/persons"), "persons")


async def create_person(http: Transport, draft: PersonDraft) -> PersonRecord:
    """``POST /persons``."""
    data = await data_of(http, "POST", "/persons", json=draft.wire())
    return record(SERVICE, PersonRecord, data)


async def get_person(http: Transport, person_id: str) -> PersonRecord:
    """``GET /persons/:id``."""
    data = await data_of(http, "GET", f"/persons/{segment(person_id)}")
    return record(SERVICE, PersonRecord, data)


async def update_person(
    http: Transport, person_id: str, *, name: str | None = None, description: str | None = None
) -> PersonRecord:
    """``PATCH /persons/:id``; an empty description clears it."""
    fields = {"name": name, "description": description}
    body = {key: value for key, value in fields.items() if value is not None}
    if description == "":
        body["description"] = None  # type: ignore[assignment]
    data = await data_of(http, "PATCH", f"/persons/{segment(person_id)}", json=body, safe=True)
    return record(SERVICE, PersonRecord, data)


async def delete_person(http: Transport, person_id: str) -> None:
    """``DELETE /persons/:id``; its images stay."""
    await data_of(http, "DELETE", f"/persons/{segment(person_id)}")


async def add_person_images(http: Transport, person_id: str, image_ids: Sequence[str]) -> None:
    """``POST /persons/:id/images``: 1 to 10 face assets."""
    path = f"/persons/{segment(person_id)}/images"
    await data_of(http, "POST", path, json={"imageIds": list(image_ids)})


async def remove_person_image(http: Transport, person_id: str, image_id: str) -> None:
    """``DELETE /persons/:id/images/:imageId``: detach one."""
    await data_of(http, "DELETE", f"/persons/{segment(person_id)}/images/{segment(image_id)}")


async def set_default_person(http: Transport, person_id: str) -> None:
    """``PUT /persons/:id/default``."""
    await data_of(http, "PUT", f"/persons/{segment(person_id)}/default")


# -- templates ------------------------------------------------------------------------


async def list_templates(
    http: Transport,
    *,
    category: str | None = None,
    featured: bool | None = None,
    search: str | None = None,
    page: int | None = None,
    limit: int | None = None,
) -> list[TemplateRecord]:
    """``GET /templates``."""
    params = {
        "category": category,
        "isFeatured": flag(featured),
        "search": search,
        "page": page,
        "limit": limit,
    }
    data = await data_of(http, "GET", "/templates", params=params)
    return records(SERVICE, TemplateRecord, data, "templates")


async def get_template(http: Transport, template_id: str) -> TemplateRecord:
    """``GET /templates/:id``."""
    data = await data_of(http, "GET", f"/templates/{segment(template_id)}")
    return record(SERVICE, TemplateRecord, data)


# -- assets ---------------------------------------------------------------------------


async def list_assets(
    http: Transport,
    *,
    kind: AssetType | None = None,
    page: int | None = None,
    limit: int | None = None,
) -> list[AssetRecord]:
    """``GET /assets``."""
    params = {"type": kind, "page": page, "limit": limit}
    data = await data_of(http, "GET", "/assets", params=params)
    return records(SERVICE, AssetRecord, data, "assets")


async def upload_asset(
    http: Transport,
    image: bytes,
    *,
    filename: str,
    media_type: str,
    kind: AssetType,
    description: str | None = None,
) -> AssetRecord:
    """``POST /assets``: store an image."""
    fields = {"type": kind, **({"description": description} if description else {})}
    form = Form([FormFile("file", image, filename, media_type)], fields)
    # An image stored twice costs nothing, so a lost answer may be asked for again.
    data = await data_of(http, "POST", "/assets", form=form, safe=True)
    return record(SERVICE, AssetRecord, data)


async def get_asset(http: Transport, asset_id: str) -> AssetRecord:
    """``GET /assets/:id``."""
    data = await data_of(http, "GET", f"/assets/{segment(asset_id)}")
    return record(SERVICE, AssetRecord, data)


async def delete_asset(http: Transport, asset_id: str) -> None:
    """``DELETE /assets/:id``."""
    await data_of(http, "DELETE", f"/assets/{segment(asset_id)}")
