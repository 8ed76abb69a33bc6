"""Cut-outs by the user's own means: a rembg session, or any function that gives a mask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from PIL import Image

from thumbnb.errors import InvalidInput
from thumbnb.imaging.normalize import normalize_image
from thumbnb.render.vision import cutout, faces

if TYPE_CHECKING:
    from collections.abc import Callable

    from thumbnb.render.colour.mixing import Floats


class MaskSession(Protocol):
    """What ``rembg.new_session()`` returns."""

    def predict(self, img: Image.Image) -> list[Image.Image]:
        """Return masks of an image."""
        ...


def cut_out(
    image: Image.Image, by: MaskSession | Callable[[Image.Image], Any] | None = None
) -> Image.Image:
    """Cut the person out of a portrait: RGBA, as large as ``image``, to be given as a portrait.

    ``by`` finds the mask: a ``rembg`` session, or a function that takes the RGB image and
    returns a mask as large as it (a Pillow image, RGBA counts by its alpha, or an array of
    booleans, of 0..1 or of 0..255). Without it our own way is taken (``thumbnb[vision]``).
    Raises ``InvalidInput`` where there is no usable mask.

    >>> from rembg import new_session  # doctest: +SKIP
    >>> cut_out(portrait, by=new_session("u2net_human_seg"))  # doctest: +SKIP
    """
    image = normalize_image(image)
    if by is None:
        seen = faces.find_person(image)
        if seen.cut is None:
            raise InvalidInput(seen.how, hint="Give by= a rembg session, or an image with alpha.")
        return seen.cut
    plain = image.convert("RGB")
    predict = getattr(by, "predict", None)
    found = predict(plain) if predict else by(plain)  # type: ignore[operator]  # one of the two
    if isinstance(found, list | tuple):
        if not found:
            raise InvalidInput("No mask was found.", hint="Take another image, or another by=.")
        found = found[0]
    alpha = _levels(found)
    if alpha.shape != (plain.height, plain.width):
        raise InvalidInput(
            f"The mask is {alpha.shape[1]}x{alpha.shape[0]}, the image "
            f"{plain.width}x{plain.height}.",
            hint="by= returns a mask as large as the image it is given.",
        )
    if not _SOMETHING < float(alpha.mean()) < 1 - _SOMETHING:
        raise InvalidInput(
            "The mask keeps nothing or everything.", hint="Take another image, or another by=."
        )
    face = faces.find_face(plain)
    return cutout.cut_out(plain, alpha, face[2] if face else plain.width / 4)


_SOMETHING = 0.005
"""The least share of an image that is kept, and that is cut off."""


def _levels(mask: Any) -> Floats:
    """Return a mask as floats of 0..1."""
    if isinstance(mask, Image.Image):
        mask = mask.getchannel("A") if "A" in mask.getbands() else mask.convert("L")
    levels = np.asarray(mask)
    if levels.ndim == 3:  # noqa: PLR2004 - with an axis of colours
        levels = levels[..., -1]
    if levels.ndim != 2 or levels.dtype.kind not in "buif":  # noqa: PLR2004 - rows and columns
        raise InvalidInput(
            f"A mask cannot be read from {type(mask).__name__}.",
            hint="by= returns a Pillow image or an array, rows by columns.",
        )
    floats = np.nan_to_num(levels.astype(np.float32))
    if levels.dtype.kind != "b" and floats.max(initial=0) > 1:
        floats /= 255
    return np.clip(floats, 0, 1)
