"""The part of a photo that a mark is for, looked for by how it looks: "the dark spot"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from thumbnb.render.colour.names import named_colour
from thumbnb.render.prompt.images.mark_places import mark_place
from thumbnb.render.prompt.images.relations import owned_part
from thumbnb.render.vision.look_places import look_place
from thumbnb.render.vision.main_subject import subject_weights

if TYPE_CHECKING:
    from typing import Literal

    from PIL import Image

    from thumbnb.render.prompt.images.mark_places import MarkPlace
    from thumbnb.render.scene import Box
    from thumbnb.render.vision.faces import ImageView


def looked_for(image: Image.Image, place: MarkPlace) -> Box | None:
    """Return the box (0..1 of an image) of what looks as a place says; None if none stands out."""
    look = place.look if place.look in {"dark", "bright"} else named_colour(place.look)
    return look_place(image, look)


_OF_FACE = frozenset({"eye", "eyes", "forehead", "nose"})
"""Parts of a face: where no face is found, as of a cat, nobody knows where they are."""


def part_not_found(
    image: Image.Image | None,
    prompt: str,
    mark: Literal["arrow", "circle"],
    *,
    face: bool = True,
) -> str | None:
    """Return the word for a part that a mark is for, and whose place in a photo nobody knows.

    ``face``: a face is known in the photo. Put anywhere else, the mark would say something else.
    """
    part, place = owned_part(prompt, mark), mark_place(prompt, mark)
    if part is None or place is None:
        return part
    if place.what == "face" and not face and part.split()[-1].casefold() in _OF_FACE:
        return part
    lost = place.what == "look" and (image is None or not looked_for(image, place))
    return part if lost else None


_AROUND, _LEAST = 3.0, 0.3
"""How much of a photo belongs to a part that is marked: of its size, and at least (0..1)."""


def with_marked_part(view: ImageView, image: Image.Image, prompt: str) -> ImageView:
    """Return the view of a photo whose main subject is the part that a mark is for, if found."""
    for mark in ("circle", "arrow"):
        place = mark_place(prompt, mark)
        box = looked_for(image, place) if place and place.what == "look" else None
        if box:
            x, y, w, h = box
            wide, high = min(1.0, max(_LEAST, _AROUND * w)), min(1.0, max(_LEAST, _AROUND * h))
            left = min(max(x + w / 2 - wide / 2, 0.0), 1 - wide)
            top = min(max(y + h / 2 - high / 2, 0.0), 1 - high)
            subject = (left, top, wide, high)
            return replace(
                view,
                focus=(x + w / 2, y + h / 2),
                subject=subject,
                weights=subject_weights(view.saliency, subject, face=True),
            )
    return view
