"""What an animal has chewed: holes with the stuffing coming out, and tufts of it below."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

if TYPE_CHECKING:
    from collections.abc import Sequence

_SEED = 11
_HOLES = ((0.24, 0.3, 0.12), (0.66, 0.22, 0.1), (0.82, 0.6, 0.13), (0.42, 0.66, 0.15))
"""Where holes are (shares of the width and height), and how large (of the smaller of both)."""

_TUFTS = ((0.12, 0.95, 0.06), (0.34, 0.97, 0.05), (0.58, 0.95, 0.07), (0.9, 0.97, 0.055))
"""The same of what lies on the ground."""


def chewed(image: Image.Image) -> Image.Image:
    """Tear holes into a thing, with its white stuffing coming out."""
    wide, high = image.size
    size = min(wide, high)
    rng = np.random.default_rng(_SEED)
    alpha = image.getchannel("A")
    holes = Image.new("L", image.size)
    pen = ImageDraw.Draw(holes)
    for x, y, r in _HOLES:
        pen.polygon(_ragged(x * wide, y * high, 1.35 * r * size, rng), fill=255)
    dark = Image.new("RGBA", image.size, (38, 24, 20, 255))
    dark.putalpha(ImageChops.multiply(holes, alpha))
    torn = Image.alpha_composite(image, dark)
    for x, y, r in (*_HOLES, *_TUFTS):
        torn = Image.alpha_composite(torn, _tuft(image.size, (x * wide, y * high), r * size, rng))
    return torn


def _ragged(
    x: float, y: float, r: float, rng: np.random.Generator
) -> Sequence[tuple[float, float]]:
    """Return the corners of a hole whose edge is torn."""
    corners = 18
    radii = [r * (1.0 if i % 2 else 0.7) * rng.uniform(0.84, 1.12) for i in range(corners)]
    return [
        (x + far * math.cos(turn), y + 0.86 * far * math.sin(turn))
        for i, far in enumerate(radii)
        for turn in [2 * math.pi * i / corners]
    ]


def _tuft(
    size: tuple[int, int], at: tuple[float, float], r: float, rng: np.random.Generator
) -> Image.Image:
    """Draw a ball of white stuffing, darker below."""
    balls = [(at[0], at[1], 0.62 * r)]
    for i in range(9):
        turn = 2 * math.pi * i / 9 + rng.uniform(-0.2, 0.2)
        away = r * rng.uniform(0.5, 0.8)
        near = (at[0] + away * math.cos(turn), at[1] + 0.8 * away * math.sin(turn))
        balls.append((*near, r * rng.uniform(0.32, 0.5)))
    sheet = Image.new("RGBA", size, (255, 252, 244, 0))
    pen = ImageDraw.Draw(sheet)
    for tone, drop, share in (((196, 186, 172), 0.16, 1.0), ((255, 252, 244), 0.0, 0.94)):
        for x, y, radius in balls:
            ball = share * radius
            box = (x - ball, y + drop * r - ball, x + ball, y + drop * r + ball)
            pen.ellipse(box, fill=(*tone, 255))
    return sheet.filter(ImageFilter.GaussianBlur(max(0.6, r / 40)))
