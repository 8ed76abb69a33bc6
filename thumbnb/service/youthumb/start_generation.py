"""Putting a generation together: a project's brief, what a start changes, and its pictures."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from thumbnb.service.records.generations import KIND
from thumbnb.service.records.images import Placement
from thumbnb.service.refusal import Refusal
from thumbnb.service.tasks.generation_task import named_images
from thumbnb.service.youthumb.requests import STYLE_SOURCES
from thumbnb.service.youthumb.resolve_images import Gathered, treated
from thumbnb.service.youthumb.serializers import started

if TYPE_CHECKING:
    import sqlite3

    from thumbnb.service.records.generations import Generation
    from thumbnb.service.records.idempotency import PaidRequest
    from thumbnb.service.records.images import Image
    from thumbnb.service.records.projects import Project
    from thumbnb.service.service import Service
    from thumbnb.service.youthumb.requests import NewProject, Overrides, Wanted

UNTITLED = "Untitled Project"
# Of a person's portraits so many are used: the variations take turns.
MOST_PORTRAITS = 2

_KEPT = "Its layout and colours are kept; the picture is painted anew."
_SOURCES = {*STYLE_SOURCES, "sourceResultId"}


def person_id_of(service: Service, wish: Wanted) -> str | None:
    """Give the id of the person a wish names, who must be known."""
    if wish.person_name is not None:
        return service.persons.get_by_name(wish.person_name).id
    return None if wish.person_id is None else service.persons.get(wish.person_id).id


def make_project(
    service: Service, wish: NewProject, person_id: str | None, gathered: Gathered
) -> Project:
    """Keep a brief as a project."""
    brief = {
        "prompt": wish.prompt,
        "title": wish.title,
        "presetKey": wish.preset_key or "free",
        "personId": person_id,
        "advancedOptions": _set(wish.options),
        "source": gathered.source,
        "layout": gathered.layout,
        "contentImages": len(wish.content_images or ()),
        "report": gathered.report,
    }
    name = wish.project_name or (wish.title or "").strip()[:100] or UNTITLED
    return service.projects.add(name, brief, gathered.placements)


def start(
    service: Service, project: Project, wish: Overrides, gathered: Gathered, paid: PaidRequest
) -> dict[str, Any]:
    """Begin a generation of a project, with what this start changes; give what is answered."""
    brief = project.fields
    fields = wish.model_dump(by_alias=True, exclude_none=True)
    brief |= {name: fields[name] for name in ("prompt", "title", "presetKey") if name in fields}
    if {"person_id", "person_name"} & wish.model_fields_set:
        brief["personId"] = person_id_of(service, wish)
    brief["advancedOptions"] = _set({**brief["advancedOptions"], **wish.options})
    report = brief.pop("report")
    own = service.images.by_owner([project.id])[project.id]
    placements = []
    if gathered.source is None:
        placements += [_again(p) for p in own if p.role == "style"]
    else:
        brief |= {"source": gathered.source, "layout": gathered.layout}
        report = [t for t in report if t["option"] not in _SOURCES]
    if wish.content_images is None:
        placements += [_again(p) for p in own if p.role == "content"]
    else:
        brief["contentImages"] = len(wish.content_images)
        report = [t for t in report if t["option"] != "contentImages"]
    placements += gathered.placements
    params = {
        "brief": brief,
        "seed": secrets.randbelow(2**31),
        "first": 0,
        "type": "thumbnail" if brief["source"] else "magic-thumbnail",
        "report": report + gathered.report,
    }
    if wish.source_result_id is not None:
        # To go on from a picture is to keep what was drawn for it by lot.
        made = service.generations.result(project.id, wish.source_result_id).fields
        params |= {
            "seed": made["seed"],
            "first": made["variation"],
            "type": "iterate",
            "sourceResultId": wish.source_result_id,
            "report": [*params["report"], treated("sourceResultId", "approximated", _KEPT)],
        }
    return _begin(service, project.id, params, placements, paid)


def retry(service: Service, failed: Generation, paid: PaidRequest) -> dict[str, Any]:
    """Begin a failed generation once more, as a new one, with another seed."""
    if failed.status != "failed":
        raise Refusal(409, "NOT_FAILED", "Only a failed job can be retried")
    params = failed.fields | {"seed": secrets.randbelow(2**31), "retryOfJobId": failed.id}
    own = service.images.by_owner([failed.id])[failed.id]
    placements = [_again(p) for p in own if p.role in {"style", "content"}]
    return _begin(service, failed.project_id, params, placements, paid)


def _begin(
    service: Service,
    project_id: str,
    params: dict[str, Any],
    placements: list[Placement],
    paid: PaidRequest,
) -> dict[str, Any]:
    brief = params["brief"]
    variations = brief["advancedOptions"].get("variations") or 1
    if variations > service.settings.max_variations:
        raise Refusal(403, "PLAN_LIMIT", "Variations limit exceeded for your plan")
    named = named_images(brief["prompt"])
    unnamed = [p for p in placements if p.role == "content" and p.position + 1 not in named]
    placements = [p for p in placements if p not in unnamed]
    report = params["report"]
    report += [
        treated("contentImages", "ignored", f"The prompt does not name {p.name}.") for p in unnamed
    ]
    if brief["personId"] is not None:
        portraits = service.persons.get(brief["personId"]).portraits[:MOST_PORTRAITS]
        placements += [_again(p, "portrait", place) for place, p in enumerate(portraits)]
        if not portraits:
            report.append(treated("personId", "ignored", "This person has no pictures."))
    # A job that is tried again has been told some of it before.
    report = [t for n, t in enumerate(report) if t not in report[:n]]
    params = {**params, "variations": variations, "report": report}
    answer: dict[str, Any] = {}

    def record(rows: sqlite3.Connection, generation_id: str) -> None:
        answer.update(started(project_id, generation_id, variations))
        service.idempotency.record(rows, paid, answer)

    service.generations.start(project_id, params, placements, record)
    service.runner.notify(KIND)
    return answer


def _again(picture: Image, role: str | None = None, position: int | None = None) -> Placement:
    """Place a stored picture in a generation."""
    return Placement(
        role=role or picture.role,
        position=picture.position if position is None else position,
        name=picture.name,
        origin=picture.id,
    )


def _set(options: dict[str, Any]) -> dict[str, Any]:
    """Give the options that are set to something."""
    return {name: value for name, value in options.items() if value is not None}
