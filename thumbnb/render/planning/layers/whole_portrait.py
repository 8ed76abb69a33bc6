"""A portrait shown whole, where its outline is not sure: it fills a side, or stands in a disc."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from thumbnb.render.colour import palette
from thumbnb.render.planning.photos.decoration import over_portrait
from thumbnb.render.planning.photos.light import photo_finish
from thumbnb.render.planning.things.placement import has_landmark
from thumbnb.render.scene import Card, ImageLayer, Scrim, Sharpen

if TYPE_CHECKING:
    from thumbnb.render.planning.context import PlanContext
    from thumbnb.render.scene import Box, Layer
    from thumbnb.render.vision.faces import ImageView

_SIDE, _FADE = 800.0, 260.0
"""How wide a portrait that fills a side is, and over how much of that it fades (units)."""

_HEAD_SHARE, _MAX_ZOOM = 0.4, 2.5
"""How wide a face is in a disc, so that the whole head is seen; how much it is enlarged at most."""

_USUAL_ROW = 44.0
"""Where presets that lay nothing over the upper rim have their first row (units)."""

_LARGEST = 1.6
"""How much a portrait that fills a side is enlarged at most to show the head as large as others."""


def whole_portrait_layers(
    context: PlanContext, name: str, *, face: Box | None, enhance: float, finish: dict[str, Any]
) -> list[Layer]:
    """Lay out a portrait that is not cut out; ``finish`` is how the preset frames cards."""
    if not enhance and _has_side(context):
        return _on_side(context, name)
    x, y = context.layout.hero
    side = 450.0 * context.layout.face
    return [
        Card(
            image=name,
            box=(x - side / 2, min(max(y + 50 - side / 2, 40), 680 - side), side, side),
            focus=context.view_of(name).focus,
            zoom=zoom_to_head(context.view_of(name)),
            enhance=enhance,
            face=face,
            **finish | {"shape": "disc", "tilt": 0},
        )
    ]


def _has_side(context: PlanContext) -> bool:
    """Whether nothing but a pattern lies behind, and the words leave a side."""
    cast = context.cast
    pattern = cast.background_kind in {"ground", "other"} and not cast.split
    free = not (cast.card_images or has_landmark(cast))
    return pattern and free and context.layout.side in {"left", "right"}


def _on_side(context: PlanContext, name: str) -> list[Layer]:
    """Fill a side with a portrait, which fades into a blurred copy of itself under the words."""
    view, layout = context.view_of(name), context.layout
    left = 1280 - _SIDE if layout.side == "left" else 0.0
    across = (layout.hero[0] - left) / _SIDE
    # Where no face is known its upper end is shown: heads are there, and under no film bar.
    top = 0.0 if view.face else max(0.0, context.cast.rows[0] - _USUAL_ROW)
    layers: list[Layer] = [
        ImageLayer(
            image=name,
            focus=view.focus if view.face else (view.focus[0], 0.0),
            aim=(across, layout.hero[1] / 720),
            zoom=_zoom_on_side(view, context.preset.face_width * layout.face),
            area=(left, top, _SIDE, 720.0 - top),
            fade=_FADE,
            **photo_finish(view),
        ),
        Sharpen(),
        *over_portrait(context, view),
    ]
    if context.words and not context.words_have_plate:
        veil = palette.veil_colour(context.recipes.colours)
        side: Literal["left", "right"] = "left" if layout.side == "left" else "right"
        layers.append(Scrim(colour=veil, side=side, reach=0.7, strength=0.62))
    return layers


def _zoom_on_side(view: ImageView, face_width: float) -> float:
    """Return how much nearer a portrait comes for its face to be this wide (units)."""
    if view.face is None:
        return 1.0
    scale = max(_SIDE / view.size[0], 720 / view.size[1])
    return min(max(face_width / (view.face[2] * scale), 1.0), _LARGEST)


def zoom_to_head(view: ImageView) -> float:
    """Return how much nearer an image comes to show somebody's head and little else."""
    if view.face is None:
        return 1.0
    return min(max(_HEAD_SHARE * min(view.size) / view.face[2], 1.0), _MAX_ZOOM)
