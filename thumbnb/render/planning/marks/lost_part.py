"""The part of the photo of a plan that a mark is for, where it is not found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.planning.marked_part import part_not_found

if TYPE_CHECKING:
    from typing import Literal

    from thumbnb.render.planning.context import PlanContext


def lost_part(context: PlanContext, mark: Literal["arrow", "circle"]) -> str | None:
    """Return the word for a part of the photo of a plan that a mark is for and is not found."""
    name, prompt = context.cast.background_image, context.brief.prompt
    if name is None:
        return part_not_found(None, prompt, mark)
    face = context.view_of(name).face is not None
    return part_not_found(context.image(name), prompt, mark, face=face)
