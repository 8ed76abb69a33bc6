"""A check of a person's photos: whether a face is seen in them. It warns and refuses nothing.

The service judges for itself, and a detector misses faces: in profile, drawn, in the dark.
"""

from __future__ import annotations

import asyncio
import warnings
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.imaging.input_image import load_input_image

if TYPE_CHECKING:
    from collections.abc import Sequence


def images_without_face(images: Sequence[Any]) -> list[int]:
    """Return the numbers, from 1, of images in which no face is seen; it takes a while.

    Images that are not here (addresses, stored ones) and cannot be looked at are not among
    them, and none is where there is no detector (``thumbnb[vision]``).
    """
    return [number for number, image in enumerate(images, 1) if _has_no_face(image)]


def _has_no_face(image: Any) -> bool:
    from thumbnb.render.vision import faces  # noqa: PLC0415  - numpy, and OpenCV

    try:
        return faces.has_no_face(load_input_image(image))
    except errors.ThumbnbError:  # an address; what is no image is said where it is sent
        return False


def missing_face_text(numbers: Sequence[int], count: int) -> str:
    """Return a sentence on images without a face; empty where there are none."""
    if not numbers:
        return ""
    which = "the image" if count == 1 else f"image {' and '.join(map(str, numbers))}"
    return f"No face is seen in {which}: use a photo of the face, sharp and from the front."


async def warn_of_missing_faces(images: Sequence[Any]) -> None:
    """Warn of images in which no face is seen; they are sent all the same."""
    numbers = await asyncio.to_thread(images_without_face, images)
    if text := missing_face_text(numbers, len(images)):
        warnings.warn(f"{text} It was sent all the same.", stacklevel=2)
