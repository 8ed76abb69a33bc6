"""People seen from behind, who look into the image."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from thumbnb.render.planning.cast.action import Action, action_of
from thumbnb.render.prompt.places.painted_places import OUTDOORS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.prompt.parser import ParsedPrompt
    from thumbnb.render.scene import Figure


def from_behind(
    figures: tuple[Figure, ...], prompt: ParsedPrompt, *, photos: int
) -> tuple[Figure, ...]:
    """Return people drawn, from behind where a prompt says so or they look into a place."""
    calm = prompt.expression in {None, "neutral", "happy", "sad", "confident"}
    into = prompt.into_image and calm and prompt.look in {"", "thing"} and prompt.act is None
    somewhere = not prompt.subjects or prompt.subjects[0] in OUTDOORS
    looks = into and somewhere and not (photos or prompt.versus)
    if not (prompt.from_behind or looks):
        return figures
    return tuple(each.model_copy(update={"from_behind": True}) for each in figures)


_ARMS_WIDE = frozenset({"welcome", "cheer", "surrender"})


def action_of_people(figures: Sequence[Figure], prompt: ParsedPrompt) -> Action:
    """Return what people do; who stands seen from behind is seen from head to foot."""
    action = action_of(prompt)
    if not any(each.from_behind for each in figures):
        return action
    pose = "spread" if action.pose in _ARMS_WIDE else action.pose or "stand"
    return replace(action, pose=pose, look="")
