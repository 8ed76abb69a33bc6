"""From what a decoder gives to sRGB pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from av.video.reformatter import ColorRange, Colorspace, Interpolation
from PIL import Image

if TYPE_CHECKING:
    from av.video.frame import VideoFrame
    from av.video.reformatter import VideoReformatter

# ISO/IEC 23091-2 code points
_MATRIX_709, _MATRIX_UNKNOWN = 1, 2
_MATRICES = {
    1: Colorspace.ITU709,
    4: Colorspace.FCC,
    5: Colorspace.ITU601,
    6: Colorspace.ITU601,
    7: Colorspace.SMPTE240M,
    9: Colorspace.BT2020,
}


def to_srgb(frame: VideoFrame, width: int, height: int, scaler: VideoReformatter) -> Image.Image:
    """Return ``frame`` as an sRGB picture of ``width`` x ``height`` pixels."""
    rgb = scaler.reformat(
        frame,
        width,
        height,
        "rgb24",
        src_colorspace=_matrix(frame),
        src_color_range=ColorRange.JPEG if frame.color_range == 2 else ColorRange.MPEG,
        dst_color_range=ColorRange.JPEG,
        interpolation=Interpolation.BICUBIC | Interpolation.ACCURATE_RND,
    )
    plane = rgb.planes[0]
    return Image.frombytes("RGB", (width, height), bytes(plane), "raw", "RGB", plane.line_size)


def _matrix(frame: VideoFrame) -> int | None:
    if frame.colorspace == _MATRIX_UNKNOWN:
        # What players do with an untagged file: SD is BT.601, HD is BT.709.
        hd = frame.width >= 1280 or frame.height > 576
        return Colorspace.ITU709 if hd else Colorspace.ITU601
    return _MATRICES.get(frame.colorspace)
