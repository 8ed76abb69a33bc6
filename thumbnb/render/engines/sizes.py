"""Which sizes an engine paints, and which of them to ask for."""

from __future__ import annotations

import math
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
    """Any width and height that are multiples of ``step``, within limits in pixels."""

    step: int = 16
    largest: Size = (3840, 2160)

    def nearest(self, wanted: Size) -> Size:
        """Return the smallest size at or above the wanted one that has its very shape.

        >>> FreeSizes().nearest((1280, 720)), FreeSizes(step=64).nearest((1280, 720))
        ((1280, 720), (2048, 1152))
        """
        common = math.gcd(*wanted)
        width, height = wanted[0] // common, wanted[1] // common
        unit = math.lcm(
            self.step // math.gcd(self.step, width), self.step // math.gcd(self.step, height)
        )
        times = -(-common // unit) * unit
        found = width * times, height * times
        if found[0] <= self.largest[0] and found[1] <= self.largest[1]:
            return found
        # No size has that shape: the next multiples, of which the edges are cut off.
        return (
            min(self.largest[0], -(-wanted[0] // self.step) * self.step),
            min(self.largest[1], -(-wanted[1] // self.step) * self.step),
        )


Sizes = FixedSizes | FreeSizes


def _cut(size: Size, shape: Size) -> tuple[float, float]:
    """Return what is left of a size once it is cut to a shape."""
    scale = min(size[0] / shape[0], size[1] / shape[1])
    return shape[0] * scale, shape[1] * scale
