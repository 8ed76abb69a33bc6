"""How each kind of layer becomes pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thumbnb.render.painters import (
    backgrounds,
    effects,
    graphics,
    images,
    light,
    objects,
    people,
    photo_subjects,
    seen_through,
    text,
    weather,
)

if TYPE_CHECKING:
    from collections.abc import Callable

PAINTERS: dict[str, Callable[..., Any]] = {
    **backgrounds.PAINTERS,
    **light.PAINTERS,
    **images.PAINTERS,
    **people.PAINTERS,
    **objects.PAINTERS,
    **text.PAINTERS,
    **graphics.PAINTERS,
    **weather.PAINTERS,
    **effects.PAINTERS,
    **photo_subjects.PAINTERS,
    **seen_through.PAINTERS,
}
"""By the kind of the layer; each takes the layer, the canvas and the context."""
