"""A preset's decoration over a photo: what would hide or dim what the photo shows is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.painted_image import NAME as PAINTED
from thumbnb.render.planning.photos.light import tempered
from thumbnb.render.planning.photos.set_off import is_set_off
from thumbnb.render.scene import Glow, Halftone, Mist, Slashes, Sunburst, Tape, Vignette, Wash

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.planning.context import PlanContext
    from thumbnb.render.scene import Layer
    from thumbnb.render.vision.faces import ImageView

_HIDES = (Glow, Halftone, Mist, Slashes, Sunburst, Tape, Wash)
"""Layers that lie over what a photo shows, or fade it into one colour."""

_BEHIND = (Sunburst, Slashes)
"""Those of them that may lie on what is around a subject which stands before them."""

_CORNERS = 0.7
"""How much of a preset's dark corners a photo gets."""


def is_on_photo(cast: Cast) -> bool:
    """Whether a photo fills the frame or a part of it."""
    return cast.background_image not in {None, PAINTED}


def over_photo(context: PlanContext, below: Sequence[Layer]) -> list[Layer]:
    """Return a preset's layers over the photo among those ``below``."""
    behind = is_set_off(context, below)
    over = [
        one
        for one in context.recipes.layers(context.preset.over)
        if not isinstance(one, _HIDES) or (behind and isinstance(one, _BEHIND))
    ]
    return _milder(tempered(over, context.view_of(context.cast.background_image or "")))


def over_portrait(context: PlanContext, view: ImageView) -> list[Layer]:
    """Return a preset's layers over a portrait that fills a side."""
    return _milder(tempered(without_decoration(context.recipes.layers(context.preset.over)), view))


def without_decoration(layers: Iterable[Layer]) -> list[Layer]:
    """Return the layers that hide nothing of a photo."""
    return [one for one in layers if not isinstance(one, _HIDES)]


def _milder(layers: Iterable[Layer]) -> list[Layer]:
    return [
        one.model_copy(update={"strength": round(_CORNERS * one.strength, 3)})
        if isinstance(one, Vignette)
        else one
        for one in layers
    ]
