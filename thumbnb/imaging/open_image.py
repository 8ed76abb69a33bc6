"""Open an image file from anywhere within bounds, or say why it cannot be used.

The bounds hold before a pixel is decoded: a file of a few kilobytes can claim billions of
them. Sides are bounded as well as pixels, because a decoder takes memory by the row.
"""

from __future__ import annotations

import io
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from PIL import Image, JpegImagePlugin, UnidentifiedImageError

from thumbnb.errors import ImageTooLarge, NotAnImage
from thumbnb.imaging.other_files import HEAD, what_helps

if TYPE_CHECKING:
    from collections.abc import Iterator

    Source = bytes | Path | IO[bytes]

# The formats that are opened from strangers: a decoder nobody needs can only do harm.
SAFE_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "AVIF")

MAX_PIXELS = 64_000_000
"""A phone's photo has 50 million pixels; a bomb of a few kilobytes has billions."""

MAX_SIDE = 65_500
"""JPEG's own limit: beyond it only bombs are left."""

MAX_JPEG_PIXELS = 400_000_000
"""A baseline JPEG can be decoded at an eighth of its size: a panorama may be this large."""

_LIMIT = f"At most {MAX_PIXELS // 10**6} million pixels can be opened."

_SMALLER = (
    "Make it smaller; a progressive JPEG takes less memory where it is saved as a baseline one."
)
# What Pillow says where a decoder found no memory.
_OUT_OF_MEMORY = "out of memory"

_UNREADABLE = "This is not an image that can be read, or it is damaged."

_JPEG_START = b"\xff\xd8\xff"

# Each decode may take a quarter of a gigabyte.
_decoding = threading.BoundedSemaphore(2)


@contextmanager
def open_image(source: Source, *, formats: tuple[str, ...] | None = None) -> Iterator[Image.Image]:
    """Open an image file, within bounds, to be decoded by ``decode``; it is closed at the end.

    ``source`` is the file's bytes, its path or an open binary file; ``formats`` the formats
    that are tried (all that Pillow has by default). Raises ``NotAnImage`` and its
    ``ImageTooLarge``; ``FileNotFoundError`` for a path that is not there.
    """
    with _as_not_an_image():
        image = _open(io.BytesIO(source) if isinstance(source, bytes) else source, formats)
    with image:
        check_bounds(image)
        yield image


def load_image(
    source: Source, *, side: int | None = None, formats: tuple[str, ...] | None = None
) -> Image.Image:
    """Decode an image file: its first frame, as a copy that needs the file no more.

    Of a JPEG no more is decoded than an image with sides of at least ``side`` pixels needs.
    Raises as ``open_image`` does.
    """
    with open_image(source, formats=formats) as image:
        decode(image, side=side)
        return image.copy()


def decode(image: Image.Image, *, side: int | None = None) -> None:
    """Decode an opened image, a JPEG at the smallest scale that keeps ``side`` pixels a side.

    Raises ``NotAnImage`` for a file that is cut off or damaged.
    """
    if image.format in {"JPEG", "MPO"}:
        _scale_down(image, side)
    with _as_not_an_image(), _decoding:
        image.load()


def check_bounds(image: Image.Image) -> None:
    """Raise ``ImageTooLarge`` where decoding an image would take too much memory."""
    width, height = image.size
    pixels = width * height
    # A progressive JPEG is held whole while it is decoded, at whatever scale.
    scales = image.format in {"JPEG", "MPO"} and not image.info.get("progressive")
    if max(width, height) > MAX_SIDE or pixels > (MAX_JPEG_PIXELS if scales else MAX_PIXELS):
        raise ImageTooLarge(f"The image is {width}x{height} pixels. {_LIMIT}")


@contextmanager
def _as_not_an_image() -> Iterator[None]:
    """Turn the errors of decoders into ours: each has its own for a damaged file."""
    try:
        yield
    except (FileNotFoundError, NotAnImage):
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ImageTooLarge(_LIMIT) from error
    except Exception as error:
        if isinstance(error, MemoryError) or _OUT_OF_MEMORY in str(error):
            raise ImageTooLarge(
                "There is not enough memory to decode the image.", hint=_SMALLER
            ) from error
        raise NotAnImage(_UNREADABLE) from error


def progressive_bytes(image: Image.Image) -> float:
    """Return how much memory a pixel of a progressive JPEG takes while it is decoded (bytes).

    All its coefficients are held, two bytes each, of colours mostly a half or a quarter as many;
    0.0 for any other image.
    """
    if image.format not in {"JPEG", "MPO"} or not image.info.get("progressive"):
        return 0.0
    sampled = [across * down for _, across, down, _ in getattr(image, "layer", ())]
    return 2 * sum(sampled) / max(sampled) if sampled else 8.0


def _open(file: Path | IO[bytes], formats: tuple[str, ...] | None) -> Image.Image:
    try:
        return Image.open(file, formats=formats)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        # Pillow refuses by pixels alone; a large JPEG is decoded at a fraction of its size.
        if _head(file, len(_JPEG_START)) != _JPEG_START:
            raise
        return JpegImagePlugin.JpegImageFile(file)
    except UnidentifiedImageError as error:
        raise NotAnImage(_UNREADABLE, hint=what_helps(_head(file, HEAD))) from error


def _head(file: Path | IO[bytes], size: int) -> bytes:
    if isinstance(file, Path):
        with file.open("rb") as opened:
            return opened.read(size)
    file.seek(0)
    start = file.read(size)
    file.seek(0)
    return start


def _scale_down(image: Image.Image, side: int | None) -> None:
    width, height = image.size
    divisor = 1
    while divisor < 8 and (  # noqa: PLR2004 - libjpeg's largest
        width * height > MAX_PIXELS * divisor**2
        or (side is not None and min(width, height) >= side * 2 * divisor)
    ):
        divisor *= 2
    if divisor > 1:
        image.draft(None, (max(1, width // divisor), max(1, height // divisor)))
