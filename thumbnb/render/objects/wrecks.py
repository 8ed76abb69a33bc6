"""Things in the ground: crashed, nose down and smoking, or half buried; and things that topple."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from thumbnb.render.objects.looks import image_of, luma, noise, pixels_of

if TYPE_CHECKING:
    from thumbnb.render.colour.mixing import Floats

_LEAN = 15.0
"""How far the nose of what crashed points down (degrees)."""

_SUNK = {"crashed": 0.16, "buried": 0.3}
"""How much of its height is in the ground."""

_SEED = 11

Rgb = tuple[float, float, float]


def in_ground(
    image: Image.Image, state: str, ground: Rgb, *, nose_left: bool = True
) -> tuple[Image.Image, tuple[int, int]]:
    """Return a thing sunk in ground of a colour, and how far it grew at the sides and the top."""
    wide, high = image.size
    shown = image
    if state == "crashed":
        shown = _scorched(image).rotate(
            _LEAN if nose_left else -_LEAN, Image.Resampling.BICUBIC, expand=True
        )
        shown = shown.crop(shown.getchannel("A").getbbox())
    sunk = round(_SUNK[state] * shown.height)
    shown = shown.crop((0, 0, shown.width, shown.height - sunk))
    size = min(wide, high)
    heap = round((0.2 if state == "crashed" else 0.16) * size)
    rise = round(0.62 * size) if state == "crashed" else 0
    aside = round(0.22 * wide)
    above = max(0, shown.height - high) + rise
    whole = Image.new("RGBA", (wide + 2 * aside, high + above))
    foot = whole.height - round(heap * 0.3)
    left = (whole.width - shown.width) // 2
    if state == "crashed":
        tail = left + shown.width * (0.66 if nose_left else 0.34)
        whole.alpha_composite(
            _smoke(whole.size, tail, foot - 0.55 * shown.height, nose_left=nose_left)
        )
    whole.alpha_composite(shown, (left, max(0, foot - shown.height)))
    whole.alpha_composite(_heap(whole.size, heap, ground))
    return whole, (aside, above)


def toppling(image: Image.Image, *, left: bool) -> tuple[Image.Image, tuple[int, int]]:
    """Return a thing about to fall to one side, and how far it grew at the sides and the top."""
    wide, high = image.size
    tilted = image.rotate(_TOPPLED if left else -_TOPPLED, Image.Resampling.BICUBIC, expand=True)
    tilted = tilted.crop(tilted.getchannel("A").getbbox())
    aside = max(0, -(-(tilted.width - wide) // 2))
    above = max(0, tilted.height - high)
    whole = Image.new("RGBA", (wide + 2 * aside, high + above))
    whole.alpha_composite(tilted, ((whole.width - tilted.width) // 2, whole.height - tilted.height))
    return whole, (aside, above)


_TOPPLED = 17.0
"""How far it has tilted (degrees)."""


def _scorched(image: Image.Image) -> Image.Image:
    """Let soot lie on a thing."""
    rgb, alpha = pixels_of(image)
    wide, high = image.size
    field = 0.6 * noise((wide, high), high / 4) + 0.4 * noise((wide, high), high / 14)
    soot = np.clip((field - 0.5) * 4, 0, 1)[..., None] * 0.72
    dark = np.array([0.13, 0.12, 0.12], dtype=np.float32) * (0.5 + luma(rgb)[..., None])
    return image_of((rgb + (dark - rgb) * soot) * 0.92, alpha)


def _heap(size: tuple[int, int], heap: int, ground: Rgb) -> Image.Image:
    """Draw the earth that a thing threw up, along the foot of an image."""
    wide, high = size
    rng = np.random.default_rng(_SEED)
    lumps = rng.uniform(0.75, 1.2, 9)
    at = np.linspace(0, 1, wide, dtype=np.float32)
    tall = np.clip(np.sin(np.pi * at), 0, 1) ** 0.8 * np.interp(at, np.linspace(0, 1, 9), lumps)
    tall *= 1 + 0.06 * np.sin(at * 70)
    edge = high - heap * tall
    points = [(0, high), *((float(x), float(y)) for x, y in enumerate(edge)), (wide, high)]
    mask = Image.new("L", size)
    ImageDraw.Draw(mask).polygon(points, fill=255)
    for x, r in ((0.07, 0.16), (0.13, 0.1), (0.9, 0.2), (0.95, 0.1)):  # clods beside it
        across, half = x * wide, r * heap
        box = (across - 1.3 * half, high - 0.3 * heap - half, across + 1.3 * half, high)
        ImageDraw.Draw(mask).ellipse(box, fill=255)
    mask = mask.filter(ImageFilter.GaussianBlur(max(0.6, heap / 60)))
    rows = np.arange(high, dtype=np.float32)[:, None]
    # Its foot is lost in the ground it was thrown up from.
    fading = np.clip((high - rows) / (0.3 * heap + 1), 0.03, 1)
    mask = Image.fromarray(np.uint8(np.asarray(mask, dtype=np.float32) * fading))
    lit = 1.12 - 0.5 * np.clip((rows - edge[None, :]) / max(heap, 1), 0, 1)
    rough: Floats = 0.82 + 0.36 * noise(size, max(2.0, heap / 7))
    rgb = np.array(ground, dtype=np.float32) * (lit * rough)[..., None]
    return image_of(rgb, mask)


def _smoke(size: tuple[int, int], x: float, foot: float, *, nose_left: bool) -> Image.Image:
    """Draw a column of dark smoke that rises from a point to the top of an image."""
    wide, _ = size
    rng = np.random.default_rng(_SEED)
    plume = Image.new("L", size)
    pen = ImageDraw.Draw(plume)
    soft = 0.05 * wide  # as far as the blur reaches
    drift = 0.2 * wide * (1 if nose_left else -1)
    for up in np.linspace(0, 1, 22):
        r = wide * (0.05 + 0.085 * up)
        bend = 0.02 * wide * math.sin(up * 11) + drift * up * up
        across = x + bend + float(rng.uniform(-0.5, 0.5)) * r
        across = min(max(across, r + soft), wide - r - soft)
        down = foot - up * (foot - r - soft)
        pen.ellipse((across - r, down - r, across + r, down + r), fill=round(240 - 110 * up))
    plume = plume.filter(ImageFilter.GaussianBlur(wide * 0.02))
    tone = np.ones((*size[::-1], 3), np.float32)
    tone *= (0.16 + 0.34 * noise(size, wide / 14))[..., None]
    return image_of(tone, plume)
