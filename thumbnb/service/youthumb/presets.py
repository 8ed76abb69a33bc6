"""Presets and templates."""

from typing import Annotated

from fastapi import Request
from pydantic import Field

from thumbnb import render
from thumbnb.service.dependencies import links_of, service_of
from thumbnb.service.http.parameters import QueryParams
from thumbnb.service.http.routing import new_router
from thumbnb.service.records.presets import TemplateCard
from thumbnb.service.youthumb import serializers
from thumbnb.service.youthumb.dependencies import Paging, word
from thumbnb.service.youthumb.schemas import PresetData, Success, TemplateData, TemplatesData

router = new_router()


class TemplatePage(Paging):
    """Which templates; there are none of one's own here, and none that are not published."""

    category: Annotated[str, Field(max_length=100)] | None = None
    is_featured: bool | None = None
    is_published: bool = True
    search: Annotated[str, Field(max_length=200)] | None = None
    scope: word("public", "mine") = "public"  # type: ignore[valid-type]

    def picks(self, item: TemplateCard) -> bool:
        """Whether a template is one of them."""
        design = item.template
        text = " ".join((design.name, design.description, *design.tags)).casefold()
        return (
            self.scope == "public"
            and self.is_published
            and self.category in {None, design.category}
            and self.is_featured in {None, design.featured}
            and (self.search or "").casefold() in text
        )


@router.get("/presets")
def get_presets(request: Request) -> Success[list[PresetData]]:
    """List the style presets; ``sampleUrl`` shows what each looks like."""
    links, samples = links_of(request), service_of(request).presets.preset_samples
    return serializers.ok(
        [
            {
                "key": key,
                "label": preset.name,
                "emoji": preset.emoji,
                "description": preset.description,
                "sampleUrl": links.file(samples[key].id, "image/jpeg"),
            }
            for key, preset in render.PRESETS.items()
        ]
    )


@router.get("/templates")
def get_templates(
    request: Request, page: Annotated[TemplatePage, QueryParams(TemplatePage)]
) -> Success[TemplatesData]:
    """List the templates."""
    links = links_of(request)
    found = [item for item in service_of(request).presets.templates.values() if page.picks(item)]
    shown = found[page.offset : page.offset + page.length]
    templates = [serializers.template(item, links) for item in shown]
    return serializers.ok({"templates": templates, "pagination": page.pagination(len(found))})


@router.get("/templates/{template_id}")
def get_template(request: Request, template_id: str) -> Success[TemplateData]:
    """Give one template."""
    item = service_of(request).presets.get_template(template_id)
    return serializers.ok(serializers.template(item, links_of(request)))
