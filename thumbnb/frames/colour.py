"""From what a decoder gives to sRGB pixels: matrix, range, and what needs more than those."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from av.video.reformatter import (
    ColorPrimaries,
    ColorRange,
    Colorspace,
    ColorTrc,
    Interpolation,
)
from PIL import Image

if TYPE_CHECKING:
    import numpy as np
    from av.video.frame import VideoFrame
    from av.video.reformatter import VideoReformatter
    from numpy.typing import NDArray

# The code points of ISO/IEC 23091-2, as far as the scaler knows their matrix.
_MATRICES = {
    1: Colorspace.ITU709,
    4: Colorspace.FCC,
    5: Colorspace.ITU601,
    6: Colorspace.ITU601,
    7: Colorspace.SMPTE240M,
    9: Colorspace.BT2020,
}
_UNTAGGED = 2
_SD_WIDTH, _SD_HEIGHT = 1279, 576

_HDR = {ColorTrc.SMPTE2084, ColorTrc.ARIB_STD_B67}
# BT.601's primaries are so near to BT.709's that players show them as they are.
_WIDE = {ColorPrimaries.BT2020, ColorPrimaries.SMPTE431, ColorPrimaries.SMPTE432}

# Without the last two, colours are off by up to 3 levels; this is within 1.
_QUALITY = Interpolation.BICUBIC | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT

_SMALL = 500_000  # pixels


def to_srgb(frame: VideoFrame, width: int, height: int, scaler: VideoReformatter) -> Image.Image:
    """Return ``frame`` as an sRGB picture of ``width`` x ``height`` pixels."""
    if frame.color_trc in _HDR or frame.color_primaries in _WIDE:
        from thumbnb.frames import tonemap  # noqa: PLC0415 (numpy, for the few who need it)

        deep = _to_rgb(frame, width, height, scaler, "rgb48le").to_ndarray()
        signal = tonemap.Signal.of(frame)
        return Image.fromarray(tonemap.to_srgb(cast("NDArray[np.uint16]", deep), signal))
    rgb = _to_rgb(frame, width, height, scaler, "rgb24").planes[0]
    return Image.frombytes("RGB", (width, height), bytes(rgb), "raw", "RGB", rgb.line_size)


def _to_rgb(
    frame: VideoFrame, width: int, height: int, scaler: VideoReformatter, pixels: str
) -> VideoFrame:
    return scaler.reformat(
        frame,
        width,
        height,
        pixels,
        src_colorspace=_matrix(frame),
        src_color_range=_range(frame),
        dst_color_range=ColorRange.JPEG,
        interpolation=_QUALITY,
        # Setting threads to work takes longer than to scale to a small picture.
        threads=1 if width * height < _SMALL else 0,
    )


def _matrix(frame: VideoFrame) -> Colorspace | None:
    if frame.colorspace != _UNTAGGED:
        return _MATRICES.get(frame.colorspace)
    if frame.color_trc in _HDR or frame.color_primaries == ColorPrimaries.BT2020:
        return Colorspace.BT2020
    # What players do with a file that does not say: SD is BT.601, HD is BT.709.
    sd = frame.width <= _SD_WIDTH and frame.height <= _SD_HEIGHT
    return Colorspace.ITU601 if sd else Colorspace.ITU709


def _range(frame: VideoFrame) -> ColorRange | None:
    if frame.format.is_rgb:
        return None
    full = frame.color_range == ColorRange.JPEG or frame.format.name.startswith("yuvj")
    return ColorRange.JPEG if full else ColorRange.MPEG
