"""Pictures made by code, for briefs."""

from __future__ import annotations

from functools import cache

import numpy as np
from PIL import Image, ImageFilter

from thumbnb.render import figures
from thumbnb.render.scene import Figure

CYAN = (40, 150, 190)


@cache
def person(figure: Figure | None = None) -> Image.Image:
    """Somebody cut out: RGBA."""
    return figures.draw_figure(figure or Figure(skin=1, hair=2, style=0, expression="happy"))[0]


@cache
def portrait(ground: tuple[int, int, int] = CYAN, figure: Figure | None = None) -> Image.Image:
    """Somebody before a plain wall."""
    image = person(figure)
    wall = Image.new("RGB", image.size, ground)
    wall.paste(image, mask=image.getchannel("A"))
    return wall.resize((640, 640))


@cache
def busy_portrait() -> Image.Image:
    """Somebody in front of a room full of things."""
    rng = np.random.default_rng(1)
    blocks = Image.fromarray(rng.integers(0, 255, (24, 24, 3), dtype=np.uint8))
    room = blocks.resize((640, 640), Image.Resampling.NEAREST).filter(ImageFilter.GaussianBlur(3))
    image = person().resize((640, 640))
    room.paste(image, mask=image.getchannel("A"))
    return room


@cache
def photo(size: tuple[int, int] = (640, 360), seed: int = 0) -> Image.Image:
    """A frame with some detail."""
    rng = np.random.default_rng(seed)
    small = rng.integers(0, 255, (9, 16, 3), dtype=np.uint8)
    return Image.fromarray(small).resize(size, Image.Resampling.BICUBIC)
