"""The check of images before they are sent: what is certainly none is refused."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

from PIL import Image

from thumbnb.client.images.image import StoredImage
from thumbnb.client.inputs.upload_source import is_address
from thumbnb.widgets.core.text import shortened


def image_fault(given: Any) -> str:
    """Return why something is no image; empty where only decoding or fetching it would show."""
    match given:
        case str() if is_address(given):
            return ""
        case str() | os.PathLike():
            return "" if _is_file(given) else _missing(given)
        case bytes() | bytearray() | memoryview():
            return "" if _begins_well(bytes(given)) else "These bytes are no image."
        case StoredImage() | Image.Image():
            return ""
    if hasattr(given, "__array_interface__") or hasattr(given, "__array__"):
        return ""
    return f"An image is a path, an address, bytes or an image, not a {type(given).__name__}."


def _missing(path: Any) -> str:
    return f"There is no image {shortened(os.fspath(path), 200)}."


def _is_file(path: str | os.PathLike[str]) -> bool:
    try:
        return Path(path).expanduser().is_file()
    except (OSError, RuntimeError):  # a name too long, a home that is nobody's
        return False


def _begins_well(data: bytes) -> bool:
    try:
        with Image.open(io.BytesIO(data)):
            return True
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
