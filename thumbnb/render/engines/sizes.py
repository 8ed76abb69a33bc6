"""Which sizes an engine paints, and which of them to ask for."""

from __future__ import annotations

from dataclasses import dataclass

Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class FixedSizes:
    """A list of sizes, in pixels."""

    sizes: tuple[Size, ...]

    def nearest(self, wanted: Size) -> Size:
        """Return the size of which most is left once it is cut to the wanted shape.

        Of equals it is the smallest that is large enough.

        >>> FixedSizes(((1024, 1024), (1536, 1024), (1024, 1536))).nearest((1280, 720))
        (1536, 1024)
        """

        def rank(size: Size) -> tuple[bool, float, int]:
            width, height = _cut(size, wanted)
            large = width >= wanted[0] and height >= wanted[1]
            return not large, -width * height / (size[0] * size[1]), size[0] * size[1]

        return min(self.sizes, key=rank)


@dataclass(frozen=True, slots=True)
class FreeSizes:
    """Any width and height that are multiples of ``step``, up to the largest, in pixels."""

    step: int = 16
    largest: Size = (3840, 2160)

    def nearest(self, wanted: Size) -> Size:
        """Return the smallest size at or above the wanted one: its edges are cut off.

        >>> FreeSizes().nearest((1536, 864)), FreeSizes(step=64).nearest((1536, 864))
        ((1536, 864), (1536, 896))
        """
        width, height = (-(-side // self.step) * self.step for side in wanted)
        return min(self.largest[0], width), min(self.largest[1], height)


Sizes = FixedSizes | FreeSizes


def _cut(size: Size, shape: Size) -> tuple[float, float]:
    """Return what is left of a size once it is cut to a shape."""
    scale = min(size[0] / shape[0], size[1] / shape[1])
    return shape[0] * scale, shape[1] * scale
