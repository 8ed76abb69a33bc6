"""The arithmetic of image sizes, and cutting an image to one. Needs Pillow only."""

from __future__ import annotations

from typing import TYPE_CHECKING, SupportsFloat

from thumbnb.errors import InvalidInput
from thumbnb.text.short_repr import short_repr

if TYPE_CHECKING:
    from PIL import Image

Size = tuple[int, int]

MAX_SIDE = 16384  # beyond it JPEG and most image viewers give up


def check_size(size: tuple[float, float]) -> Size:
    """Return ``size`` as two plain ints, or say why it cannot be an image's size."""
    try:
        width, height = size
    except (TypeError, ValueError):
        raise InvalidInput(
            f"A size is (width, height) in pixels, not {short_repr(size)}."
        ) from None
    return _side("width", width), _side("height", height)


def fit_size(size: Size, width: float | None = None, height: float | None = None) -> Size:
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
        side = _side("height", height)
        return _following(side * across / down), side
    if height is None:
        side = _side("width", width)
        return side, _following(side * down / across)
    return check_size((width, height))


def as_number(value: object) -> float | None:
    """Return ``value`` as a float if it is any kind of real number (numpy's too), else None."""
    if isinstance(value, bool | type | str) or not isinstance(value, SupportsFloat):
        return None
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):  # an array of several, a number without end
        return None


def whole_number(what: str, value: object, limit: int) -> int:
    """Return ``value`` as an int from 1 to ``most``, or say that ``what`` must be one."""
    number = as_number(value)
    if number is None or not number.is_integer() or not 1 <= number <= limit:
        raise InvalidInput(
            f"The {what} must be a whole number from 1 to {limit}, not {short_repr(value)}."
        )
    return int(number)


def _side(name: str, value: object) -> int:
    return whole_number(f"{name} in pixels", value, MAX_SIDE)


def _following(side: float) -> int:
    return min(MAX_SIDE, max(1, round(side)))


def cover_box(size: Size, target: Size) -> tuple[float, float, float, float]:
    """Return the largest middle part of ``size`` with the aspect ratio of ``target``.

    As (left, top, right, bottom) in pixels of ``size``, not rounded.
    """
    across, down = size
    width, height = target
    left = (across - min(across, down * width / height)) / 2
    top = (down - min(down, across * height / width)) / 2
    return left, top, across - left, down - top


def cover(image: Image.Image, size: Size) -> Image.Image:
    """Return ``image`` at exactly ``size`` pixels: the middle of it, never stretched."""
    from PIL import Image  # noqa: PLC0415 (the arithmetic above works without Pillow)

    size = check_size(size)
    if image.size == size:
        return image.copy()
    return image.resize(size, Image.Resampling.LANCZOS, box=cover_box(image.size, size))
