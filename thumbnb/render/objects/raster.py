"""From SVG to pixels, by resvg."""

from __future__ import annotations

import io
from importlib.util import find_spec

from PIL import Image

from thumbnb.errors import InvalidInput, MediaError

SIZES = (16, 2048)
"""The least and the most pixels an object is drawn wide and high."""


def can_draw() -> bool:
    """Return whether the package that draws SVG is there."""
    return find_spec("resvg_py") is not None


def check_size(size: int) -> None:
    """Refuse a size that no image needs and no memory should hold."""
    if not SIZES[0] <= size <= SIZES[1]:
        raise InvalidInput(f"An object of {size} px was asked for: {SIZES[0]} to {SIZES[1]} px.")


def rasterise(svg: str, size: int, height: int | None = None) -> Image.Image:
    """Draw an SVG ``size`` pixels wide, and as high unless ``height`` says otherwise, as RGBA.

    ``MediaError`` if resvg is missing or cannot read it.
    """
    height = size if height is None else height
    check_size(size)
    check_size(height)
    try:
        import resvg_py  # noqa: PLC0415 - the rest of the package works without it
    except ImportError:
        raise MediaError(
            "Objects are drawn by resvg, which is not installed.", hint="pip install resvg-py"
        ) from None
    try:
        png = resvg_py.svg_to_bytes(
            svg_string=svg, width=size, height=height, skip_system_fonts=True
        )
    except ValueError as error:
        raise MediaError(f"resvg cannot draw this SVG: {error}") from None
    with Image.open(io.BytesIO(bytes(png))) as image:
        return image.convert("RGBA")
