"""Small copies of images: never enlarged, never stretched, never with a hole in them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image

from thumbnb.imaging.normalize import normalize_image, on_background
from thumbnb.imaging.open_image import decode, open_image

if TYPE_CHECKING:
    from thumbnb.imaging.sizes import Size


def small_copy(image: Image.Image, size: Size) -> Image.Image:
    """Return an RGB copy that fits into ``size`` pixels, on white where it is transparent."""
    small = image.copy()
    if small.mode in {"P", "1"}:  # their colours cannot be averaged
        small = small.convert("RGBA" if small.has_transparency_data else "RGB")
    elif small.mode.startswith(("I", "F")) or small.mode == "LAB":
        small = normalize_image(small)
    small.thumbnail(size, Image.Resampling.LANCZOS, reducing_gap=1.5)
    return on_background(normalize_image(small))


def small_jpeg(source: bytes | Image.Image, size: Size, *, quality: int = 82) -> bytes:
    """Return a JPEG that fits into ``size`` pixels, of an image or of a file's bytes.

    Raises ``NotAnImage``. A JPEG is decoded no larger than need be, which is most of the work.
    """
    # WebP would be a fifth smaller and take twice the time: when it is shown, time counts.
    if isinstance(source, Image.Image):
        return encode_jpeg(small_copy(source, size), quality=quality)
    with open_image(source) as image:
        decode(image, side=min(size))
        return encode_jpeg(small_copy(image, size), quality=quality)


def encode_jpeg(image: Image.Image, *, quality: int = 90, full_colour: bool = False) -> bytes:
    """Encode an RGB image; ``full_colour`` keeps colour as sharp as light (4:4:4)."""
    encoded = io.BytesIO()
    chroma = {"subsampling": 0} if full_colour else {}
    image = image if image.mode == "RGB" else image.convert("RGB")
    image.save(encoded, "JPEG", quality=quality, **chroma)
    return encoded.getvalue()


def encode_jpeg_within(image: Image.Image, max_bytes: int) -> bytes:
    """Encode an image as a JPEG of at most ``max_bytes``: as good, then as large, as fits."""
    while True:
        for quality in (80, 70, 60, 45):
            encoded = io.BytesIO()
            image.save(encoded, "JPEG", quality=quality, optimize=True)
            if encoded.tell() <= max_bytes:
                return encoded.getvalue()
        image = image.resize((max(1, image.width * 3 // 4), max(1, image.height * 3 // 4)))
