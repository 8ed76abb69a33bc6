"""Images that strangers send: looked at and decoded within bounds, or refused."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image

from thumbnb.errors import ImageTooLarge, NotAnImage
from thumbnb.imaging.open_image import SAFE_FORMATS, decode, load_image, open_image
from thumbnb.service.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Twice as many pixels a side as a thumbnail has: it can be cut to a half and stay sharp.
ENOUGH = 2560


@dataclass(frozen=True, slots=True)
class ImageInfo:
    """What is known of an image's file: width and height in pixels, size in bytes."""

    media_type: str
    size: int
    width: int
    height: int


def examine(path: Path) -> ImageInfo:
    """Decode a file to its end and say what it is; refuse what is no image, or too large a one.

    It is decoded now, while the client that sent it can still be refused.
    """
    size = path.stat().st_size
    with refused_image(), open_image(path, formats=SAFE_FORMATS) as image:
        kind = Image.MIME.get(image.format or "", "image/jpeg")
        width, height = image.size
        # A JPEG at an eighth of its size shows as well that all of it is there.
        decode(image, side=1)
    # Phones put several images into one file, of which the first is a JPEG like any other.
    return ImageInfo("image/jpeg" if kind == "image/mpo" else kind, size, width, height)


def load(path: Path) -> Image.Image:
    """Open an image that was examined before; its first frame where it has several."""
    with refused_image():
        return load_image(path, side=ENOUGH, formats=SAFE_FORMATS)


@contextmanager
def refused_image() -> Iterator[None]:
    """Refuse what cannot be opened as an image, in one sentence."""
    try:
        yield
    except ImageTooLarge as error:
        raise Refusal(413, "TOO_LARGE", str(error)) from None
    except NotAnImage as error:
        raise Refusal(
            400,
            "NOT_AN_IMAGE",
            "This is not an image that can be decoded: send PNG, JPEG or WebP.",
        ) from error
