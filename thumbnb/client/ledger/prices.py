"""What paid calls cost, in credits, by the services' price lists. Decisions only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thumbnb.briefs import options_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thumbnb.briefs import AdvancedOptions
    from thumbnb.models import JobRecord, ProjectRecord

PER_IMAGE = 1.0  # one variation
PER_PROMPT = 0.5  # a prompt
MAX_VARIATIONS = 4  # variations a generation can have


def amount(credits: float) -> str:  # noqa: A002  - the field's word
    """Say a number of credits."""
    return f"{credits:g} credit{'' if credits == 1 else 's'}"


def variations_of(options: AdvancedOptions | Mapping[str, Any] | None) -> int:
    """Return how many images a generation with these options makes."""
    return getattr(options_of(options), "variations", None) or 1


def variations_of_project(project: ProjectRecord) -> int | None:
    """Return how many images a project is to make by itself; None where it is not said."""
    brief = (project.model_extra or {}).get("projectMetadata")
    if not isinstance(brief, dict) or "advancedOptions" not in brief:
        return None
    options = brief["advancedOptions"] or {}
    return _number(options.get("variations") or 1) if isinstance(options, dict) else None


def variations_of_job(job: JobRecord) -> int | None:
    """Return how many images a job is to make; None where it is not said."""
    return _number((job.metadata or {}).get("variations"))


def cost_of_job(job: JobRecord) -> float | None:
    """Return what a job has cost in the end, in credits; None where it is not said."""
    value = (job.metadata or {}).get("creditsConsumed")
    return float(value) if isinstance(value, int | float) and 0 <= value <= MAX_VARIATIONS else None


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and 1 <= value <= MAX_VARIATIONS else None


def generation_price(options: AdvancedOptions | Mapping[str, Any] | None) -> float:
    """Return what a generation with these options costs."""
    return PER_IMAGE * variations_of(options)
