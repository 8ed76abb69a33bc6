"""Bring any Pillow image into the one form that all of thumbnb works on."""

from __future__ import annotations

import io
from contextlib import suppress

from PIL import ExifTags, Image, ImageCms, ImageOps

MAX_SIDE = 4096
"""What is larger is made smaller on arrival: no thumbnail shows more."""

_SIDEWAYS = (5, 6, 7, 8)
"""EXIF's orientations that swap width and height."""

_PLAIN_MODES = ("1", "L", "LA", "P", "RGB", "RGBA")
# How a colour profile is called that changes nothing, in ASCII and UTF-16.
_SRGB_NAMES = (b"sRGB", "sRGB".encode("utf-16-be"))

# These hold more than a screen shows, or show it in another way than their numbers say.
_DEEP = ("I", "F")


def normalize_image(image: Image.Image, *, max_side: int = MAX_SIDE) -> Image.Image:
    """Return an image as sRGB with 8 bits: RGB, or RGBA where part of it is transparent.

    It is the first frame of an animation, turned as its camera was held, its colour profile
    applied, at most ``max_side`` pixels a side. It shares no pixels with ``image``.
    """
    if getattr(image, "n_frames", 1) > 1:
        image.seek(0)
    if image.mode == "La":
        image = image.convert("LA")
    profile = image.info.get("icc_profile")
    image = ImageOps.exif_transpose(image)  # always a copy
    if image.mode.startswith(_DEEP):
        image = _eight_bits(image)
    elif profile:
        image = _to_srgb(image, profile)
    elif image.mode == "LAB":
        image = _from_lab(image)
    if image.has_transparency_data:
        image = image.convert("RGBA")
        if image.getchannel("A").getextrema() == (255, 255):
            image = image.convert("RGB")
    else:
        image = image.convert("RGB")
    # What the file said of itself is spent: turned and converted, it would be wrong from here on.
    image.info = {}
    if max(image.size) > max_side:
        scale = max_side / max(image.size)
        size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return image


def is_normal(image: Image.Image) -> bool:
    """Whether an image's pixels are what is seen: upright, in sRGB, in a mode that all can read."""
    profile = image.info.get("icc_profile") or _SRGB_NAMES[0]
    return (
        image.mode in _PLAIN_MODES
        and image.getexif().get(ExifTags.Base.Orientation, 1) == 1
        and any(name in profile for name in _SRGB_NAMES)
    )


def upright_size(image: Image.Image) -> tuple[int, int]:
    """Return an image's width and height in pixels as it is seen, turned as its camera was held."""
    width, height = image.size
    turned = image.getexif().get(ExifTags.Base.Orientation, 1)
    return (height, width) if turned in _SIDEWAYS else (width, height)


def on_background(image: Image.Image, colour: str = "white") -> Image.Image:
    """Return an image as RGB, what is transparent in it filled with a colour."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    clear = image.convert("RGBA")
    filled = Image.new("RGB", clear.size, colour)
    filled.paste(clear, mask=clear)
    return filled


def _eight_bits(image: Image.Image) -> Image.Image:
    """Bring an image of whole numbers or floats down to what a screen shows."""
    image = image.convert("F")
    _, high = image.getextrema()
    assert isinstance(high, int | float)  # noqa: S101 - there is one band
    # What fits tells the range it was meant for: shares, bytes or words.
    top = next((t for t in (1, 255, 65535) if high <= t), high)
    return image.point(lambda v: v * (255 / top) + 0).convert("L")


def _to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Apply a colour profile; one that cannot be used is left out, as viewers do."""
    alpha = image.getchannel("A") if image.mode in {"RGBA", "LA"} else None
    if image.mode in {"P", "PA"}:
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
        alpha = image.getchannel("A") if image.mode == "RGBA" else None
    source = {"RGBA": "RGB", "LA": "L"}.get(image.mode, image.mode)
    with suppress(ImageCms.PyCMSError, OSError, ValueError):
        converted = ImageCms.profileToProfile(
            image.convert(source) if source != image.mode else image,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGB",
        )
        if converted is not None:
            if alpha is not None:
                converted.putalpha(alpha)
            return converted
    return image


def _from_lab(image: Image.Image) -> Image.Image:
    converted = ImageCms.profileToProfile(
        image, ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"), outputMode="RGB"
    )
    assert converted is not None  # noqa: S101 - not in place
    return converted
