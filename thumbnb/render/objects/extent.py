"""The extent of an object in its image: measured from its pixels, never written by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

_SEEN = 40
"""From this alpha (of 255) on a pixel belongs to the object."""
_FOOT = 0.07
"""How much of an image's height its feet are measured in."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Extent:
    """The extent of an object, in shares (0..1) of its image.

    ``box`` is left, top, right, bottom; ``foot`` the left and right end of what it rests on;
    the baseline is the box's bottom.
    """

    box: Box
    foot: tuple[float, float]

    @property
    def baseline(self) -> float:
        """Where the ground is that it stands on."""
        return self.box[3]

    @property
    def aspect(self) -> float:
        """Width by height."""
        left, top, right, bottom = self.box
        return (right - left) / (bottom - top)


def measure(image: Image.Image) -> Extent | None:
    """Find an object in its RGBA image; ``None`` if nothing is drawn."""
    alpha = image.getchannel("A").point(lambda a: 255 if a > _SEEN else 0)
    box = alpha.getbbox()
    if box is None:
        return None
    left, top, right, bottom = box
    wide, high = image.size
    sole = alpha.crop((0, max(top, bottom - round(high * _FOOT)), wide, bottom)).getbbox()
    foot = (sole[0], sole[2]) if sole else (left, right)
    return Extent(
        (left / wide, top / high, right / wide, bottom / high), (foot[0] / wide, foot[1] / wide)
    )
