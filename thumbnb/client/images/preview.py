"""Previews: frames of a video that are neither stored nor charged."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from thumbnb.client.images.image import decode_image, shown

if TYPE_CHECKING:
    from PIL import Image


@dataclass(frozen=True)
class Preview:
    """A frame of a video, as ``video.preview`` shows it: nothing is stored, nothing charged.

    ``bytes`` is a JPEG, ``image`` a Pillow image (RGB). ``time`` is when the frame comes
    on screen and ``duration`` how long it stays, in seconds. Alone in a cell it shows itself.
    """

    time: float
    duration: float
    bytes: bytes = field(repr=False)

    @property
    def until(self) -> float:
        """When the next frame comes on screen, in seconds."""
        return self.time + self.duration

    @cached_property
    def image(self) -> Image.Image:
        """The frame as a Pillow image, RGB."""
        return decode_image(self.bytes)

    def _repr_jpeg_(self) -> bytes | None:  # type: ignore[valid-type]
        return shown(lambda: self.image)
