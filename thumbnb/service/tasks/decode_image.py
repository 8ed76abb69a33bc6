"""Looking into an image that somebody sent, as a function that a worker process runs."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thumbnb.imaging.open_image import SAFE_FORMATS, open_image
from thumbnb.service.media.open_image import examine, refused_image

if TYPE_CHECKING:
    from thumbnb.service.jobs.task_control import TaskControl


_BASE_MEMORY = 96 * 1024 * 1024
# Bytes a pixel while a format is decoded: the image itself has four; WebP and AVIF are held
# twice more on the way, and a progressive JPEG as coefficients.
_PIXEL_BYTES = {"WEBP": 12, "AVIF": 12}
_PROGRESSIVE_BYTES = 10


def memory_to_decode(_: TaskControl, /, *, path: str) -> int:
    """Return how much memory an image takes to decode, as its file claims (bytes)."""
    with refused_image(), open_image(Path(path), formats=SAFE_FORMATS) as image:
        each = _PIXEL_BYTES.get(image.format or "", 4)
        if image.format in {"JPEG", "MPO"}:
            # A baseline JPEG is looked at through an eighth of its sides.
            each = _PROGRESSIVE_BYTES if image.info.get("progressive") else 1
        return _BASE_MEMORY + image.width * image.height * each


def examine_image(_: TaskControl, /, *, path: str) -> dict[str, Any]:
    """Decode an image to its end, and return what it is; refuse what is none, or too large."""
    return asdict(examine(Path(path)))
