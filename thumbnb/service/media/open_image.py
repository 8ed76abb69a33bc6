"""Pictures from anywhere: opened within bounds, or refused before they can do harm."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

from thumbnb.service.refusal import Refusal

if TYPE_CHECKING:
    from pathlib import Path

# What is opened at all: a decoder nobody needs is one that can only do harm.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "AVIF")
# A phone's picture has 50 million pixels; a bomb of a few kilobytes has billions.
MOST_PIXELS = 64_000_000
# Twice as many pixels a side as a thumbnail has: it can be cut to a half and stay sharp.
ENOUGH = 2560
# Above 90 a thumbnail grows faster than it improves. Colour is kept at full
# resolution (4:4:4): scaling down leaves it finer than the video's own 4:2:0,
# and red titles on thumbnails fray without it.
QUALITY = 90
FULL_COLOUR = 0


@dataclass(frozen=True, slots=True)
class Still:
    """What is known of a picture's file: width and height in pixels, size in bytes."""

    media_type: str
    size: int
    width: int
    height: int


def examine(path: Path) -> Still:
    """Decode a file to its end and say what it is; refuse what is no picture, or too large a one.

    It is decoded now, when somebody can still be told, and not first when it is painted.
    """
    size = path.stat().st_size
    with _open(path) as image:
        kind = Image.MIME.get(image.format or "", "image/jpeg")
        width, height = image.size
        # Only JPEG can do it: an eighth of its size shows as well that all of it is there.
        image.draft(None, (width // 8, height // 8))
        _load(image)
    # Phones put several pictures into one file, of which the first is a JPEG like any other.
    return Still("image/jpeg" if kind == "image/mpo" else kind, size, width, height)


def load(path: Path) -> Image.Image:
    """Open a picture that was examined before; its first frame where it has several."""
    with _open(path) as image:
        # Only JPEG can do it: decode a huge photograph at a fraction of its size.
        image.draft(None, (ENOUGH, ENOUGH))
        _load(image)
        return image.copy()


def jpeg(image: Image.Image, *, quality: int = QUALITY, subsampling: int = FULL_COLOUR) -> bytes:
    """Encode a picture of our own making."""
    encoded = BytesIO()
    image.save(encoded, "JPEG", quality=quality, subsampling=subsampling)
    return encoded.getvalue()  # a view would outlive what it is of


def _open(path: Path) -> Image.Image:
    try:
        image = Image.open(path, formats=FORMATS)
    except FileNotFoundError:
        raise
    except Exception as error:
        if isinstance(error, Image.DecompressionBombError | Image.DecompressionBombWarning):
            raise _too_many() from None
        raise _unreadable() from error
    if image.width * image.height > MOST_PIXELS:
        image.close()
        raise _too_many()
    return image


# Each may take a quarter of a gigabyte.
_decoding = threading.Semaphore(2)


def _load(image: Image.Image) -> None:
    try:
        with _decoding:
            image.load()
    except Exception as error:
        # Each decoder has errors of its own for a file that is cut off or damaged.
        raise _unreadable() from error


def _unreadable() -> Refusal:
    return Refusal(
        400, "NOT_A_PICTURE", "This is not a picture that can be decoded: send PNG, JPEG or WebP."
    )


def _too_many() -> Refusal:
    return Refusal(
        413, "TOO_LARGE", f"The picture has more than {MOST_PIXELS // 10**6} million pixels."
    )
