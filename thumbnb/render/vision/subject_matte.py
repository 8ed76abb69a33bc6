"""The matte of a photo's main subject that is nobody: an animal, a flower, a product."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from thumbnb.render.raster.opencv import has_opencv, load_opencv
from thumbnb.render.vision.cutout import (
    agreement,
    plain_background_matte,
    soft_matte,
    without_holes,
)
from thumbnb.render.vision.grab_cut import grab_cut
from thumbnb.render.vision.morphology import closed, largest_part, opened
from thumbnb.render.vision.outlines import outline_contrast, unlike_colours

if TYPE_CHECKING:
    import numpy.typing as npt

    from thumbnb.render.colour.mixing import Floats
    from thumbnb.render.scene import Box
    from thumbnb.render.vision.morphology import Mask

_SIDE = 320
"""Subjects are told from the ground in an image this large."""

_LEAST, _MOST = 0.02, 0.6
"""The share of a photo that its subject takes."""

_ROOM, _MORE_ROOM = 1.25, 1.6
"""How much larger than the box of what draws the eye a subject may be."""

_SURE, _LIKELY = 45, 90
"""Percentiles of what draws the eye in the box: from there on it is likely, or surely, a part."""

_AGREES, _UNLIKE, _CONTRAST = 0.85, 0.66, 25.5
"""When an outline is sure: with more room it is found again; inside it are colours that are not
outside; along four fifths of it the two differ this much (CIELAB)."""


def subject_matte(image: Image.Image, box: Box | None, saliency: Floats) -> Floats | None:
    """Return the matte of the subject in a ``box`` (0..1); None where its outline is not sure."""
    plain = plain_background_matte(image)
    scale = min(1.0, _SIDE / max(image.size))
    size = (max(8, round(image.width * scale)), max(8, round(image.height * scale)))
    small = np.asarray(image.convert("RGB").resize(size, Image.Resampling.LANCZOS))
    if plain is not None and _LEAST < float(plain.mean()) < _MOST and _keeps_off_rim(plain):
        shape = np.asarray(Image.fromarray((plain * 255).astype(np.uint8)).resize(size)) > _HALF
        # A side in the shade is lost on a dark ground.
        return plain if not has_opencv() or _is_apart(small, shape) else None
    if box is None or not has_opencv():
        return None
    solid = _grab_cut(small, box, saliency, _ROOM)
    if solid is None or not _LEAST < float(solid.mean()) < _MOST or not _is_apart(small, solid):
        return None
    again = _grab_cut(small, box, saliency, _MORE_ROOM)
    if again is None or agreement(solid, again) < _AGREES:
        return None
    return soft_matte(solid, image, max(3, round(0.006 * max(image.size))))


def _keeps_off_rim(matte: Floats) -> bool:
    """Whether something has ground above it and on both sides."""
    return float(np.concatenate([matte[0], matte[:, 0], matte[:, -1]]).mean()) < _AT_RIM


_AT_RIM = 0.1
_HALF = 128


def _grab_cut(small: npt.NDArray[np.uint8], box: Box, saliency: Floats, room: float) -> Mask | None:
    """Tell a subject from the ground in a small image; None where that cannot be learnt."""
    cv2 = load_opencv()
    h, w = small.shape[:2]
    x, y, wide, high = box
    guess = np.full((h, w), cv2.GC_BGD, dtype=np.uint8)
    more = (x - wide * (room - 1) / 2, y - high * (room - 1) / 2, wide * room, high * room)
    guess[_part(more, (h, w))] = cv2.GC_PR_BGD
    drawn = cv2.resize(saliency, (w, h), interpolation=cv2.INTER_LINEAR)
    inside = np.zeros((h, w), dtype=bool)
    inside[_part(box, (h, w))] = True
    if not inside.any():
        return None
    likely, sure = np.percentile(drawn[inside], (_SURE, _LIKELY))
    guess[inside & (drawn > likely)] = cv2.GC_PR_FGD
    guess[inside & (drawn > sure)] = cv2.GC_FGD
    solid = grab_cut(small, guess, 6)
    if solid is None:
        return None
    return largest_part(opened(without_holes(closed(solid, 3)), 2))


def _part(box: Box, size: tuple[int, int]) -> tuple[slice, slice]:
    """Return the pixels of a box (0..1) of an image of a ``size`` (rows, columns)."""
    (x, y, wide, high), (h, w) = box, size
    return (
        slice(max(0, int(y * h)), max(0, round((y + high) * h))),
        slice(max(0, int(x * w)), max(0, round((x + wide) * w))),
    )


def _is_apart(small: npt.NDArray[np.uint8], solid: Mask) -> bool:
    """Whether what is right inside an outline looks unlike what is right outside it."""
    contrast = outline_contrast(small, solid)
    return (
        contrast.size > 0
        and float(np.percentile(contrast, 20)) > _CONTRAST
        and unlike_colours(small, solid) > _UNLIKE
    )
