"""One lighting pass that turns a flat image into one of our family: round, lit, glossy."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

Floats = npt.NDArray[np.floating[Any]]

# As shares of the image's width: how far its edges bend, from the bevel to the whole form.
_BENDS = (0.0105, 0.026, 0.058, 0.105)
_HEIGHT = 0.158
_RELIEF = 0.0105
_LUMA = np.array([0.3, 0.59, 0.11], dtype=np.float32)
_LIGHT = np.array([-0.45, -0.65, 0.6]) / np.linalg.norm([-0.45, -0.65, 0.6])
_VIEWER = np.array([0, 0, 1])
_HALFWAY = (_LIGHT + _VIEWER) / np.linalg.norm(_LIGHT + _VIEWER)
_RIM = np.array([0.6, 0.55, 0.2])
_SKY = np.array([0.09, 0.12, 0.21])
"""The colour of the rim away from the light."""


def gloss(image: Image.Image) -> Image.Image:
    """Return an RGBA image inflated and lit from the upper left.

    Its height comes from its blurred alpha and a little from its lightness.
    """
    size = image.width
    pixels = np.asarray(image.convert("RGBA")).astype(np.float32) / 255
    alpha = pixels[..., 3]
    lightness = pixels[..., :3] @ _LUMA * alpha
    height = sum((_blurred(alpha, size * bend) for bend in _BENDS), np.zeros_like(alpha))
    height = (
        height / len(_BENDS) * size * _HEIGHT + _blurred(lightness, size * 0.008) * size * _RELIEF
    )
    down, right = np.gradient(height)
    normal = np.dstack([-right, -down, np.ones_like(height)])
    normal /= np.linalg.norm(normal, axis=2, keepdims=True)
    shade = 0.62 + 0.52 * (normal @ _LIGHT)
    shine = np.clip(normal @ _HALFWAY, 0, 1) ** 28
    rim = np.clip(normal @ _RIM, 0, 1) ** 2
    lit = pixels[..., :3] * shade[..., None] + shine[..., None] * 0.38 + rim[..., None] * _SKY
    done = np.dstack([np.clip(lit, 0, 1), alpha]) * 255
    return Image.fromarray(done.round().astype(np.uint8), "RGBA")


def _blurred(values: Floats, radius: float) -> Floats:
    image = Image.fromarray((values * 255).astype(np.uint8))
    blurred = image.filter(ImageFilter.GaussianBlur(radius))
    return np.asarray(blurred).astype(np.float32) / 255
