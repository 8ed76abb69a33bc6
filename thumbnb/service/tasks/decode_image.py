"""Looking into an image that somebody sent, as a function that a worker process runs."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thumbnb.imaging.open_image import SAFE_FORMATS, open_image, progressive_bytes
from thumbnb.service.media.open_image import examine, refused_image

if TYPE_CHECKING:
    from thumbnb.service.jobs.task_control import TaskControl


_BASE_MEMORY = 96 * 1024 * 1024
# Bytes a pixel while a format is decoded: the image itself has four; WebP and AVIF are held
# twice more on the way. A baseline JPEG is looked at through an eighth of its sides.
_PIXEL_BYTES = {"WEBP": 12, "AVIF": 12, "JPEG": 1, "MPO": 1}


def memory_to_decode(_: TaskControl, /, *, path: str) -> int:
    """Return how much memory an image takes to decode, as its file claims (bytes)."""
    with refused_image(), open_image(Path(path), formats=SAFE_FORMATS) as image:
        each = _PIXEL_BYTES.get(image.format or "", 4)
        pixels = image.width * image.height
        return _BASE_MEMORY + round(pixels * (each + progressive_bytes(image)))


def examine_image(_: TaskControl, /, *, path: str) -> dict[str, Any]:
    """Decode an image to its end, and return what it is; refuse what is none, or too large."""
    return asdict(examine(Path(path)))
