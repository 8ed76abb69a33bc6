"""How a decoded frame is meant to be seen: upright, with square pixels, at a size."""

from __future__ import annotations

import struct
from fractions import Fraction
from typing import TYPE_CHECKING, cast

from av.video.reformatter import VideoReformatter
from PIL import Image

from thumbnb.frames.colour import to_srgb
from thumbnb.imaging.sizes import cover_box

if TYPE_CHECKING:
    from av.buffer import Buffer
    from av.video.frame import VideoFrame

    from thumbnb.imaging.sizes import Size

_Turn = Image.Transpose

# A display matrix maps (x, y) to (ax + cy, bx + dy), y pointing down. By the signs
# of a, b, c, d it is one of the eight ways to lay a picture on its frame.
_TURNS: dict[tuple[int, int, int, int], Image.Transpose | None] = {
    (1, 0, 0, 1): None,
    (0, 1, -1, 0): _Turn.ROTATE_270,
    (-1, 0, 0, -1): _Turn.ROTATE_180,
    (0, -1, 1, 0): _Turn.ROTATE_90,
    (-1, 0, 0, 1): _Turn.FLIP_LEFT_RIGHT,
    (1, 0, 0, -1): _Turn.FLIP_TOP_BOTTOM,
    (0, 1, 1, 0): _Turn.TRANSPOSE,
    (0, -1, -1, 0): _Turn.TRANSVERSE,
}
_SIDEWAYS = {_Turn.ROTATE_90, _Turn.ROTATE_270, _Turn.TRANSPOSE, _Turn.TRANSVERSE}

# A file that claims even flatter pixels (or narrower) is broken.
_FLAT = Fraction(1, 8)


class Display:
    """Makes pictures of a stream's frames; what its first frame says holds for all."""

    def __init__(self, first: VideoFrame, pixel_aspect: Fraction | None) -> None:
        self._turn = _turn(first)
        self._scaler = VideoReformatter()
        # The longer side of a pixel is made shorter by adding pixels, never by
        # dropping any: what browsers do.
        plausible = pixel_aspect is not None and _FLAT <= pixel_aspect <= 1 / _FLAT
        aspect = pixel_aspect if pixel_aspect and plausible else Fraction(1)
        self._upright = self._turned(
            (
                round(first.width * max(aspect, Fraction(1))),
                round(first.height / min(aspect, Fraction(1))),
            )
        )

    @property
    def size(self) -> Size:
        """Width and height as displayed, in pixels."""
        return self._upright

    def picture(self, frame: VideoFrame, size: Size | None = None) -> Image.Image:
        """Return ``frame`` at ``size`` pixels: the middle of it, never stretched."""
        size = size or self.size
        left, top, right, bottom = cover_box(self.size, size)
        scale = size[0] / (right - left)
        whole = (
            max(size[0], round(self.size[0] * scale)),
            max(size[1], round(self.size[1] * scale)),
        )
        shrinks = whole[0] <= self.size[0] and whole[1] <= self.size[1]
        width, height = self._turned(whole if shrinks else self.size)
        image = to_srgb(frame, width, height, self._scaler)
        if self._turn is not None:
            image = image.transpose(self._turn)
        if shrinks:
            x, y = (whole[0] - size[0]) // 2, (whole[1] - size[1]) // 2
            return image.crop((x, y, x + size[0], y + size[1])) if whole != size else image
        # Enlarged after cutting: a sliver of a frame must not cost a giant one.
        return image.resize(size, Image.Resampling.BICUBIC, box=(left, top, right, bottom))

    def _turned(self, size: Size) -> Size:
        return size[::-1] if self._turn in _SIDEWAYS else size


def _turn(frame: VideoFrame) -> Image.Transpose | None:
    data = cast("Buffer | None", frame.side_data.get("DISPLAYMATRIX"))
    if data is None:
        return None
    a, b, _, c, d, *_ = struct.unpack("=9i", bytes(data))
    upright = abs(a) + abs(d) >= abs(b) + abs(c)  # else lying on its side
    signs = [(x > 0) - (x < 0) for x in ((a, 0, 0, d) if upright else (0, b, c, 0))]
    return _TURNS.get((signs[0], signs[1], signs[2], signs[3]))
