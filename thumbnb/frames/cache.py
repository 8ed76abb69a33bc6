"""The cache of decoded images, within a bound of bytes."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from PIL import Image

from thumbnb.frames.index.route import Span

if TYPE_CHECKING:
    from thumbnb.imaging.sizes import Size

CachedImage = tuple[Image.Image, Span]

_MIN_COST = 16_384  # bytes an image counts at least, so that tiny ones stay few


class ImageCache:
    """The images used last, by their requested size (None: any) and their time on screen."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._images: OrderedDict[tuple[Size | None, int], CachedImage] = OrderedDict()
        self.bytes = 0

    def room_for(self, size: Size) -> int:
        """Return how many images of ``size`` the bound allows."""
        return self._max_bytes // _cost(size)

    def put(self, image: Image.Image, span: Span, size: Size | None) -> None:
        """Keep ``image``, asked for in ``size``, letting go of the ones unused for longest."""
        if not self.room_for(image.size):
            return
        key = (size, span.start)
        if key in self._images:
            self.bytes -= _cost(self._images[key][0].size)
        self.bytes += _cost(image.size)
        self._images[key] = image, span
        self._images.move_to_end(key)
        while self.bytes > self._max_bytes:
            _, (oldest, _) = self._images.popitem(last=False)
            self.bytes -= _cost(oldest.size)

    def get(self, ticks: int, size: Size | None) -> CachedImage | None:
        """Return the image asked for in ``size`` on screen at ``ticks``, if it is kept."""
        for key, (image, span) in self._images.items():
            if key[0] == size and key[1] <= ticks and span.end is not None and ticks < span.end:
                self._images.move_to_end(key)
                return image, span
        return None


def _cost(size: Size) -> int:
    return max(_MIN_COST, size[0] * size[1] * 3)
