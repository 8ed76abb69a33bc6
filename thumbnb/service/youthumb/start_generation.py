"""Starting a generation: a project's draft, what the start changes, and its images."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from thumbnb.service.records.generations import kind_of
from thumbnb.service.records.images import Placement
from thumbnb.service.records.paintings import over_budget
from thumbnb.service.refusal import Refusal
from thumbnb.service.tasks.generation_task import named_images
from thumbnb.service.youthumb.requests import STYLE_SOURCES
from thumbnb.service.youthumb.resolve_images import ResolvedImages, treatment
from thumbnb.service.youthumb.serializers import started

if TYPE_CHECKING:
    import sqlite3

    from thumbnb.service.records.generations import Generation
    from thumbnb.service.records.idempotency import PaidRequest
    from thumbnb.service.records.images import Image
    from thumbnb.service.records.projects import Project
    from thumbnb.service.service import Service
    from thumbnb.service.youthumb.requests import DraftFields, NewProject, Overrides
    from thumbnb.service.youthumb.schemas import Started

UNTITLED = "Untitled Project"
# How many of a person's portraits are used: the variations take turns.
MAX_PORTRAITS = 2

_KEPT = "Its layout and colours are kept; the image is made again."
_SOURCES = {*STYLE_SOURCES, "sourceResultId"}


def person_id_of(service: Service, fields: DraftFields) -> str | None:
    """Give the id of the person a request names, who must be known."""
    if fields.person_name is not None:
        return service.persons.get_by_name(fields.person_name).id
    return None if fields.person_id is None else service.persons.get(fields.person_id).id


def make_project(
    service: Service, draft: NewProject, person_id: str | None, images: ResolvedImages
) -> Project:
    """Store a draft as a project."""
    stored = {
        "prompt": draft.prompt,
        "title": draft.title,
        "presetKey": draft.preset_key or "free",
        "personId": person_id,
        "advancedOptions": _without_none(draft.options),
        "source": images.source,
        "layout": images.layout,
        "contentImages": len(draft.content_images or ()),
        "engine": None if draft.engine is None else service.engines.checked(draft.engine),
        "report": images.report,
    }
    name = draft.project_name or (draft.title or "").strip()[:100] or UNTITLED
    return service.projects.add(name, stored, images.placements)


def start(
    service: Service,
    project: Project,
    overrides: Overrides,
    images: ResolvedImages,
    paid: PaidRequest,
) -> Started:
    """Begin a generation of a project, with what this start changes; give what is answered."""
    brief = project.fields
    fields = overrides.model_dump(by_alias=True, exclude_none=True)
    brief |= {name: fields[name] for name in ("prompt", "title", "presetKey") if name in fields}
    engine = service.engines.checked(overrides.engine or brief.pop("engine", None))
    if {"person_id", "person_name"} & overrides.model_fields_set:
        brief["personId"] = person_id_of(service, overrides)
    brief["advancedOptions"] = _without_none({**brief["advancedOptions"], **overrides.options})
    report = brief.pop("report")
    stored = service.images.by_owner([project.id])[project.id]
    placements = []
    if images.source is None:
        placements += [_placement(p) for p in stored if p.role == "style"]
    else:
        brief |= {"source": images.source, "layout": images.layout}
        report = [t for t in report if t["option"] not in _SOURCES]
    if overrides.content_images is None:
        placements += [_placement(p) for p in stored if p.role == "content"]
    else:
        brief["contentImages"] = len(overrides.content_images)
        report = [t for t in report if t["option"] != "contentImages"]
    placements += images.placements
    params = {
        "brief": brief,
        "seed": secrets.randbelow(2**31),
        "first": 0,
        "type": "thumbnail" if brief["source"] else "magic-thumbnail",
        "engine": engine,
        "report": report + images.report,
    }
    if overrides.source_result_id is not None:
        # To go on from an image is to keep its random choices.
        made = service.generations.result(project.id, overrides.source_result_id).fields
        params |= {
            "seed": made["seed"],
            "first": made["variation"],
            "type": "iterate",
            "sourceResultId": overrides.source_result_id,
            "report": [*params["report"], treatment("sourceResultId", "approximated", _KEPT)],
        }
    return _begin(service, project.id, params, placements, paid)


def retry(service: Service, failed: Generation, paid: PaidRequest) -> Started:
    """Begin a failed generation once more, as a new one, with another seed."""
    if failed.status != "failed":
        raise Refusal(409, "NOT_FAILED", "Only a failed job can be retried")
    params = failed.fields | {"seed": secrets.randbelow(2**31), "retryOfJobId": failed.id}
    params["engine"] = service.engines.checked(params.get("engine"))
    stored = service.images.by_owner([failed.id])[failed.id]
    placements = [_placement(p) for p in stored if p.role in {"style", "content"}]
    return _begin(service, failed.project_id, params, placements, paid)


def _begin(
    service: Service,
    project_id: str,
    params: dict[str, Any],
    placements: list[Placement],
    paid: PaidRequest,
) -> Started:
    """Begin a generation that works by these parameters; record what is answered with it."""
    brief = params["brief"]
    variations = brief["advancedOptions"].get("variations") or 1
    if variations > service.settings.max_variations:
        raise Refusal(403, "PLAN_LIMIT", "Variations limit exceeded for your plan")
    named = named_images(brief["prompt"])
    unnamed = [p for p in placements if p.role == "content" and p.position + 1 not in named]
    placements = [p for p in placements if p not in unnamed]
    report = params["report"]
    report += [
        treatment("contentImages", "ignored", f"The prompt does not name {p.name}.")
        for p in unnamed
    ]
    if brief["personId"] is not None:
        portraits = service.persons.get(brief["personId"]).portraits[:MAX_PORTRAITS]
        placements += [_placement(p, "portrait", place) for place, p in enumerate(portraits)]
        if not portraits:
            report.append(treatment("personId", "ignored", "This person has no images."))
    # A job that is tried again holds some of it from before.
    report = [t for n, t in enumerate(report) if t not in report[:n]]
    params = {**params, "variations": variations, "report": report}

    def record(rows: sqlite3.Connection, generation_id: str) -> None:
        service.idempotency.record(rows, paid, started(project_id, generation_id, variations))

    _check_budget(service, params["engine"], variations)
    begun = service.generations.start(project_id, params, placements, record)
    service.runner.notify(kind_of(params))
    return started(project_id, begun.id, variations)


def _check_budget(service: Service, name: str, variations: int) -> None:
    """Refuse now what the engine's budget does not allow: nothing is charged then."""
    engine = service.engines[name]
    prices = engine.capabilities.prices
    if engine.budget is not None and prices is not None:
        price = prices.reserve(variations) or 0.0
        spent = service.paintings.spent(name)
        if spent + price > engine.budget + 1e-9:
            raise over_budget(name, engine.budget, spent, price)


def _placement(image: Image, role: str | None = None, position: int | None = None) -> Placement:
    """Place a stored image in a generation."""
    return Placement(
        role=role or image.role,
        position=image.position if position is None else position,
        name=image.name,
        origin=image.id,
    )


def _without_none(options: dict[str, Any]) -> dict[str, Any]:
    """Give the options that are set to something."""
    return {name: value for name, value in options.items() if value is not None}
