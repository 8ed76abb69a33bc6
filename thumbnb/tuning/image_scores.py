"""Image scores: what is measured of each image, and what it means; none of it promises clicks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from thumbnb.render.colour.style_reference import lab
from thumbnb.render.score import clutter, colourfulness, sharpness

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from thumbnb.tuning.duel.scale_posterior import Floats

# One line a measure, for tables and the export.
EXPLAINED: Mapping[str, str] = {
    "legibility": "0-1: how likely the words can be read at 168x94 pixels; 1 without words",
    "contrast": "WCAG contrast of the words to what is around them, at their worst tenth",
    "cap_height": "height of the capitals in pixels at 168x94",
    "separation": "how far the words stand out from their ground at 168x94, in deviations",
    "colourfulness": "Hasler-Süsstrunk: 0 is grey, above 60 vivid",
    "sharpness": "variance of the Laplacian of the brightness: higher has more fine detail",
    "clutter": "0-1: share of the image that is edges",
    "badge_overlap": "0-1: share of the corner of YouTube's duration badge that words take",
    "face_share": "0-1: share of the image that faces take",
    "luma": "0-1: mean brightness",
    "shown_share": "0-1: how much of what the prompt names is shown",
    "total": "0-1: the compositor's summary of the above",
    "difference": "how far it is from the others of this sweep: mean colour difference at 32x18",
    "reference_distance": "how far it is from the nearest reference image, so measured",
}
# What can be measured of any image.
MEASURED = frozenset({"colourfulness", "sharpness", "clutter", "luma"})
_SHEET = (1280, 720)
_SMALL = (32, 18)


def measure(image: Image.Image) -> dict[str, float]:
    """Return what can be measured of any image, whoever made it."""
    if image.width > _SHEET[0]:
        image = image.resize(_SHEET, Image.Resampling.BOX)
    pixels = np.asarray(image.convert("RGB"), dtype=np.float32) / 255
    return {
        "colourfulness": colourfulness(pixels),
        "sharpness": sharpness(pixels),
        "clutter": clutter(image),
        "luma": float(pixels.mean(axis=(0, 1)) @ (0.2126, 0.7152, 0.0722)),
    }


def signature(image: Image.Image) -> Floats:
    """Return what an image looks like from afar: 32x18 colours in OKLab (times 100)."""
    small = image.convert("RGB").resize(_SMALL, Image.Resampling.BOX)
    colours = lab(np.asarray(small, dtype=np.float32) / 255) * 100
    return colours.astype(np.float64).reshape(-1, 3)


def distances(signatures: Sequence[Floats], others: Sequence[Floats]) -> Floats:
    """Return how far each image is from each other: (images, others)."""
    out = np.zeros((len(signatures), len(others)))
    for row, one in enumerate(signatures):
        for column, other in enumerate(others):
            out[row, column] = np.sqrt(((one - other) ** 2).sum(axis=-1)).mean()
    return out
