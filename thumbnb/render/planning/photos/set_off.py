"""The main subject of a photo set off: what is around it is darker, its edge is lit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.painted_image import NAME as PAINTED
from thumbnb.render.prompt.images.in_grey import is_in_grey
from thumbnb.render.scene import Finish, ImageLayer, PhotoSubject, Spotlight
from thumbnb.render.vision import faces
from thumbnb.render.vision.framing import box_on_sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.planning.context import PlanContext
    from thumbnb.render.scene import Box, Layer

_WIDER, _ROUND = 0.66, 150.0
"""How far around the middle of a subject it is lit: of its size, and so many units more."""

_DIM, _DIMMER = 0.2, 0.62
"""How much darker it is elsewhere: at least, and of what a preset darkens the corners by."""

_GLOW, _RIM, _LIFT = 0.5, 0.7, 0.12
"""How much of a preset's glow and rim light a subject gets in its own photo, and of light."""

_SMALL = 0.62
"""Of a larger part of the sheet nothing is around that could be darker."""


def the_photo(context: PlanContext, below: Sequence[Layer]) -> ImageLayer | None:
    """Return the one photo that fills the frame; None where there are more."""
    cast = context.cast
    if cast.split or cast.strip or cast.card_images:
        return None
    if cast.background_image in {None, PAINTED}:
        return None
    return next((one for one in below if isinstance(one, ImageLayer) and not one.cut), None)


def is_set_off(context: PlanContext, below: Sequence[Layer]) -> bool:
    """Whether the subject of the one photo is cut out, and stands before what lies on the photo."""
    photo = the_photo(context, below)
    if photo is None or is_in_grey(context.brief.prompt, photo.image):
        return False
    return faces.find_subject(context.image(photo.image)) is not None


def light_on_subject(context: PlanContext, photo: ImageLayer) -> list[Layer]:
    """Darken what is around the main subject of a photo, as much as the preset darkens corners."""
    if context.cast.person or context.cast.photo_ground:
        return []
    view = context.view_of(photo.image)
    box = box_on_sheet(photo, view, view.subject)
    if box is None or box[2] * box[3] > _SMALL * 1280 * 720:
        return []
    corners = [step["strength"] for step in context.preset.over if step["kind"] == "vignette"]
    return [spotlight(box, max([_DIM, *(_DIMMER * each for each in corners)]))]


def spotlight(box: Box, strength: float, colour: str | None = None) -> Spotlight:
    """Return a light on a box of the sheet."""
    x, y, w, h = box
    return Spotlight(
        at=(round(x + w / 2, 1), round(y + h / 2, 1)),
        radius=(round(_WIDER * w + _ROUND, 1), round(_WIDER * h + _ROUND, 1)),
        strength=round(strength, 3),
        colour=colour,
    )


def subject_above(context: PlanContext, photo: ImageLayer, outline: str | None) -> list[Layer]:
    """Show the subject of a photo over what lies on the photo, with the preset's light on its edge.

    Nothing where its outline is not sure. ``outline``: the colour of a line around it.
    """
    if faces.find_subject(context.image(photo.image)) is None:
        return []
    finish = Finish.model_validate(context.recipes.resolved(context.preset.person))
    rims = tuple(
        rim.model_copy(update={"strength": round(_RIM * rim.strength, 3)}) for rim in finish.rims
    )
    plain = {"glow", "outline"} & context.excluded
    glow = None if plain else outline or finish.glow
    return [
        PhotoSubject(
            photo=photo,
            lift=_LIFT,
            finish=Finish(
                outline=outline,
                outline_width=7,
                glow=glow,
                glow_width=60 if outline else finish.glow_width,
                glow_strength=1.2 if outline else round(_GLOW * finish.glow_strength, 3),
                shadow=0.3,
                rims=() if plain else rims,
            ),
        )
    ]
