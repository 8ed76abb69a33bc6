"""The places of two halves: one place is painted for both, and the report says whose is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.prompt.half_states import halves_of
from thumbnb.render.prompt.parser import parse_prompt
from thumbnb.render.prompt.places import PLACES

if TYPE_CHECKING:
    from thumbnb.render.planning.context import PlanContext


def report_place_of_half(context: PlanContext) -> None:
    """Report the places that a prompt gives a half, where the one place painted is another."""
    for half in halves_of(context.brief.prompt) or ():
        said = parse_prompt(half)
        places = [place for place in (*said.places, *said.subjects) if place in PLACES]
        if places and context.cast.subject not in places:
            context.report.ignored("prompt", f"Both halves are in one place: no {places[0]}.")
