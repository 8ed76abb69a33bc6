"""How a decoded frame is meant to be seen: upright, with square pixels, at a size."""

from __future__ import annotations

import struct
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from av.video.reformatter import VideoReformatter
from PIL import Image

from thumbnb.frames.display.colour import to_srgb
from thumbnb.frames.display.side_data import side_data
from thumbnb.imaging.sizes import cover_box

if TYPE_CHECKING:
    from collections.abc import Callable

    from av.video.frame import VideoFrame

    from thumbnb.imaging.sizes import Size

    Beside = Callable[[], tuple[VideoFrame | None, VideoFrame | None]]
    """Gives the frames before and after one."""

_Turn = Image.Transpose

# A display matrix maps (x, y) to (ax + cy, bx + dy), y pointing down. By the signs
# of a, b, c, d it is one of the eight ways to lay an image on its frame.
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


class Crop(NamedTuple):
    """How many coded pixels at each edge are not part of the image."""

    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0


class Display:
    """Makes images of a stream's frames, each as its own size, turn and pixels say."""

    def __init__(
        self,
        first: VideoFrame,
        pixel_aspect: Fraction | None,
        crop: Crop | None = None,
        *,
        dolby_vision: bool = False,
    ) -> None:
        self._scaler = VideoReformatter()
        self._crop = crop if crop and _fits(crop, first) else Crop()
        self._dolby_vision = dolby_vision
        self._pixel_aspect = pixel_aspect
        self.size = self.size_of(first)

    def size_of(self, frame: VideoFrame, pixel_aspect: Fraction | None = None) -> Size:
        """Return width and height of ``frame`` as displayed, in pixels."""
        pixel_aspect = pixel_aspect or self._pixel_aspect
        # The longer side of a pixel is made shorter by adding pixels, never by
        # dropping any: what browsers do.
        plausible = pixel_aspect is not None and _FLAT <= pixel_aspect <= 1 / _FLAT
        aspect = pixel_aspect if pixel_aspect and plausible else Fraction(1)
        crop = self._crop_of(frame)
        width = frame.width - crop.left - crop.right
        height = frame.height - crop.top - crop.bottom
        size = (
            round(width * max(aspect, Fraction(1))),
            round(height / min(aspect, Fraction(1))),
        )
        return _turned(size, _turn(frame))

    def image(
        self,
        frame: VideoFrame,
        size: Size | None = None,
        pixel_aspect: Fraction | None = None,
        beside: Beside | None = None,
    ) -> Image.Image:
        """Return ``frame`` at ``size`` pixels: the middle of it, never stretched.

        Without a ``size``, as it is displayed; with pixels as those of the first frame if
        no other ``pixel_aspect`` is given. ``beside`` gives the frames before and
        after it, if they are needed to take its two fields apart.
        """
        shown = self.size_of(frame, pixel_aspect)
        size = size or shown
        left, top, right, bottom = cover_box(shown, size)
        scale = size[0] / (right - left)
        whole = max(size[0], round(shown[0] * scale)), max(size[1], round(shown[1] * scale))
        shrinks = whole[0] <= shown[0] and whole[1] <= shown[1]
        image = self._upright(frame, whole if shrinks else shown, beside)
        if shrinks:
            x, y = (whole[0] - size[0]) // 2, (whole[1] - size[1]) // 2
            return image.crop((x, y, x + size[0], y + size[1])) if whole != size else image
        # Enlarged after cutting: a sliver of a frame must not cost a giant one.
        return image.resize(size, Image.Resampling.BICUBIC, box=(left, top, right, bottom))

    def _upright(self, frame: VideoFrame, size: Size, beside: Beside | None) -> Image.Image:
        """Return all of ``frame`` that is part of the image, turned, at ``size``."""
        turn = _turn(frame)
        width, height = _turned(size, turn)
        crop = self._crop_of(frame)
        inner_width = frame.width - crop.left - crop.right
        inner_height = frame.height - crop.top - crop.bottom
        whole_width = round(frame.width * width / inner_width)
        whole_height = round(frame.height * height / inner_height)
        left = round(crop.left * width / inner_width)
        top = round(crop.top * height / inner_height)
        if frame.interlaced_frame:
            frame = _progressive(frame, whole_height, beside)
        image = to_srgb(
            frame, whole_width, whole_height, self._scaler, dolby_vision=self._dolby_vision
        )
        if crop != Crop():
            image = image.crop((left, top, left + width, top + height))
        return image if turn is None else image.transpose(turn)

    def _crop_of(self, frame: VideoFrame) -> Crop:
        return self._crop if _fits(self._crop, frame) else Crop()


def _progressive(frame: VideoFrame, height: int, beside: Beside | None) -> VideoFrame:
    """Return ``frame`` at one moment, in as many lines as an image ``height`` high needs."""
    from thumbnb.frames.display.deinterlace import deinterlaced, one_field  # noqa: PLC0415 (rarely needed)

    if beside is None or height * 2 <= frame.height:
        return one_field(frame)
    before, after = beside()
    alike = [
        f if f is not None and (f.width, f.height) == (frame.width, frame.height) else None
        for f in (before, after)
    ]
    return deinterlaced(alike[0], frame, alike[1])


def _fits(crop: Crop, frame: VideoFrame) -> bool:
    return crop.left + crop.right < frame.width and crop.top + crop.bottom < frame.height


def _turned(size: Size, turn: Image.Transpose | None) -> Size:
    return size[::-1] if turn in _SIDEWAYS else size


def _turn(frame: VideoFrame) -> Image.Transpose | None:
    data = side_data(frame, "DISPLAYMATRIX")
    if data is None:
        return None
    a, b, _, c, d, *_ = struct.unpack("=9i", data)
    upright = abs(a) + abs(d) >= abs(b) + abs(c)  # else lying on its side
    signs = [(x > 0) - (x < 0) for x in ((a, 0, 0, d) if upright else (0, b, c, 0))]
    return _TURNS.get((signs[0], signs[1], signs[2], signs[3]))
