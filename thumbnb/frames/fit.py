"""The arithmetic of picture sizes, and cutting a picture to one. Needs Pillow only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.errors import InvalidInput

if TYPE_CHECKING:
    from PIL import Image

Size = tuple[int, int]

MAX_SIDE = 16384  # beyond it JPEG and most image viewers give up


def check_size(size: tuple[float, float]) -> Size:
    """Return ``size`` as two plain ints, or say why it cannot be a picture's size."""
    width, height = size
    for name, side in (("width", width), ("height", height)):
        if isinstance(side, bool) or side != side or side != int(side):  # noqa: PLR0124 (NaN)
            raise InvalidInput(f"The {name} must be a whole number of pixels, not {side!r}.")
        if not 1 <= side <= MAX_SIDE:
            raise InvalidInput(f"The {name} must be from 1 to {MAX_SIDE} pixels, not {side}.")
    return int(width), int(height)


def fit_size(size: Size, width: int | None = None, height: int | None = None) -> Size:
    """Return the size asked for: both sides as given, or the missing one following.

    ``size`` is what there is, in pixels. With one side given the other keeps the
    aspect ratio (at least 1 pixel); with none the answer is ``size`` itself.

    >>> fit_size((1920, 1080), width=640)
    (640, 360)
    """
    across, down = size
    if width is None and height is None:
        return size
    if width is None:
        check_size((1, height or 0))
        width = min(MAX_SIDE, max(1, round(across * (height or 0) / down)))
    elif height is None:
        check_size((width, 1))
        height = min(MAX_SIDE, max(1, round(down * width / across)))
    return check_size((width, height or 0))


def cover_box(size: Size, target: Size) -> tuple[float, float, float, float]:
    """Return the largest middle part of ``size`` with the aspect ratio of ``target``.

    As (left, top, right, bottom) in pixels of ``size``, not rounded.
    """
    across, down = size
    width, height = target
    scale = min(across / width, down / height)
    left, top = (across - width * scale) / 2, (down - height * scale) / 2
    return left, top, across - left, down - top


def cover(image: Image.Image, size: Size) -> Image.Image:
    """Return ``image`` at exactly ``size`` pixels: the middle of it, never stretched."""
    from PIL import Image  # noqa: PLC0415 (the arithmetic above works without Pillow)

    size = check_size(size)
    if image.size == size:
        return image.copy()
    return image.resize(size, Image.Resampling.LANCZOS, box=cover_box(image.size, size))
