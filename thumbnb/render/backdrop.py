"""A picture from a prompt: which scene, in which light."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from thumbnb.render.scenes import SCENES

if TYPE_CHECKING:
    from PIL import Image


def backdrop(prompt: str, size: tuple[int, int], seed: int | None = None) -> Image.Image:
    """Paint what ``prompt`` names: an RGB image of exactly ``size`` pixels.

    The same prompt, size and seed give the same pixels; another seed gives
    another picture of the same thing.
    """
    text = f"{prompt}\n{seed}"
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    return SCENES["mountains"](size, seed=number).frame(number % 600 / 100)
