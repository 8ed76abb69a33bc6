"""Reads the pictures of the files in data/: 16 bits in the top sixth, a row and its complements."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from PIL import Image

DATA = Path(__file__).parent / "data"


def read_bits(image: Image.Image) -> int | None:
    """Return the number in a picture's top rows; None where it cannot be read."""
    grey = np.asarray(image.convert("L")).astype(int)
    height, width = grey.shape
    number = 0
    for bit in range(16):
        x = int(width * (bit + 0.5) / 16)
        above, below = grey[int(height / 6 * 0.25), x], grey[int(height / 6 * 0.75), x]
        if abs(above - below) < 40:
            return None
        number |= int(above > below) << bit
    return number
