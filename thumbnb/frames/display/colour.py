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

from thumbnb.frames.source import CORES

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
_RGB, _UNTAGGED = 0, 2
_YCGCO = {8, 16, 17}
_ICTCP, _IPT = 14, 15
# Those whose matrix is that of BT.2020 but for what a frame does not say, or nearly so.
_LIKE_2020 = {10, 11, 13, _ICTCP, _IPT}
_SD_WIDTH, _SD_HEIGHT = 1279, 576

_HDR = {ColorTrc.SMPTE2084, ColorTrc.ARIB_STD_B67}
# BT.601's primaries are so near to BT.709's that players show them as they are.
_WIDE = {ColorPrimaries.BT2020, ColorPrimaries.SMPTE431, ColorPrimaries.SMPTE432}

# Without the last two, colours are off by up to 3 levels; this is within 1.
_QUALITY = Interpolation.BICUBIC | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT

# For a sketch of a frame: as good where so many pixels become one, and four times as quick.
_SKETCH_QUALITY = Interpolation.AREA | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT
# (FFmpeg's is wrong where it has to enlarge a plane of colours to 16 bits.)
_SKETCH = 64 * 64  # pixels
_SHRUNK = 4

_SMALL = 500_000  # pixels
_THREADS = min(CORES, 4)  # more gain nothing, and each has a stack

_BACKGROUND = (255, 255, 255)


def to_srgb(
    frame: VideoFrame,
    width: int,
    height: int,
    scaler: VideoReformatter,
    *,
    dolby_vision: bool = False,
) -> Image.Image:
    """Return ``frame`` as an sRGB image of ``width`` x ``height`` pixels.

    What shines through lies over white. ``dolby_vision`` says that the frame is in
    profile 5's own colours, which nothing in the frame itself tells.
    """
    matrix = frame.colorspace
    if dolby_vision or (matrix == _ICTCP and frame.color_trc == ColorTrc.SMPTE2084):
        from thumbnb.frames.display import tonemap  # noqa: PLC0415 (numpy, for the few who need it)

        planes = _planes(frame, width, height, scaler, full=dolby_vision)
        signal = tonemap.Signal.of(frame, transfer=ColorTrc.SMPTE2084)
        space = tonemap.IPT if dolby_vision else tonemap.ICTCP
        return Image.fromarray(tonemap.to_srgb(space.signal(planes), signal, space))
    if matrix in _YCGCO:
        from thumbnb.frames.display import tonemap  # noqa: PLC0415

        return Image.fromarray(tonemap.ycgco(_planes(frame, width, height, scaler)))
    if frame.color_trc in _HDR or frame.color_primaries in _WIDE:
        from thumbnb.frames.display import tonemap  # noqa: PLC0415

        deep = _scaled(frame, width, height, scaler, "rgb48le").to_ndarray()
        return Image.fromarray(
            tonemap.to_srgb(cast("NDArray[np.uint16]", deep), tonemap.Signal.of(frame))
        )
    if _shines_through(frame):
        rgba = _scaled(frame, width, height, scaler, "rgba").planes[0]
        image = Image.frombytes("RGBA", (width, height), bytes(rgba), "raw", "RGBA", rgba.line_size)
        over = Image.new("RGB", image.size, _BACKGROUND)
        over.paste(image, mask=image.getchannel("A"))
        return over
    rgb = _scaled(frame, width, height, scaler, "rgb24").planes[0]
    return Image.frombytes("RGB", (width, height), bytes(rgb), "raw", "RGB", rgb.line_size)


def _scaled(
    frame: VideoFrame, width: int, height: int, scaler: VideoReformatter, pixels: str
) -> VideoFrame:
    return _reformatted(frame, width, height, scaler, pixels, matrix=_matrix(frame))


def _planes(
    frame: VideoFrame, width: int, height: int, scaler: VideoReformatter, *, full: bool = False
) -> NDArray[np.uint16]:
    """Return the planes of ``frame`` as they are, 16 bits (height x width x 3), full range."""
    like = Colorspace.ITU709  # to itself: no matrix
    source = ColorRange.JPEG if full else _range(frame)
    scaled = _reformatted(
        frame,
        width,
        height,
        scaler,
        "yuv444p16le",
        matrix=like,
        to_matrix=like,
        colour_range=source,
    )
    return cast("NDArray[np.uint16]", scaled.to_ndarray())


def _reformatted(
    frame: VideoFrame,
    width: int,
    height: int,
    scaler: VideoReformatter,
    pixels: str,
    *,
    matrix: Colorspace | None,
    to_matrix: Colorspace | None = None,
    colour_range: ColorRange | None = None,
) -> VideoFrame:
    shrinks = width * _SHRUNK <= frame.width and height * _SHRUNK <= frame.height
    sketch = width * height <= _SKETCH and shrinks
    tag = frame.colorspace
    strange = tag not in _MATRICES and tag not in (_RGB, _UNTAGGED)
    if strange:  # the scaler refuses a frame with a tag that it does not know
        frame.colorspace = _UNTAGGED
    try:
        return scaler.reformat(
            frame,
            width,
            height,
            pixels,
            src_colorspace=matrix,
            dst_colorspace=to_matrix,
            src_color_range=colour_range or _range(frame),
            dst_color_range=ColorRange.JPEG,
            interpolation=_SKETCH_QUALITY if sketch else _QUALITY,
            # Setting threads to work takes longer than to scale to a small image.
            threads=1 if width * height < _SMALL else _THREADS,
        )
    finally:
        if strange:
            frame.colorspace = tag


def _matrix(frame: VideoFrame) -> Colorspace | None:
    tag = frame.colorspace
    if tag in _MATRICES:
        return _MATRICES[tag]
    if frame.format.is_rgb:
        return None
    wide = frame.color_trc in _HDR or frame.color_primaries == ColorPrimaries.BT2020
    if wide or (tag in _LIKE_2020 and frame.color_primaries == _UNTAGGED and tag != _IPT):
        return Colorspace.BT2020
    # What players do with a file that does not say: SD is BT.601, HD is BT.709.
    sd = frame.width <= _SD_WIDTH and frame.height <= _SD_HEIGHT
    return Colorspace.ITU601 if sd else Colorspace.ITU709


def _range(frame: VideoFrame) -> ColorRange | None:
    if frame.format.is_rgb:
        return None
    full = frame.color_range == ColorRange.JPEG or frame.format.name.startswith("yuvj")
    return ColorRange.JPEG if full else ColorRange.MPEG


def _shines_through(frame: VideoFrame) -> bool:
    name = frame.format.name
    return "a" in name and (name in _SEE_THROUGH or name.startswith(("yuva", "gbrap", "ya")))


_SEE_THROUGH = {
    "rgba", "bgra", "argb", "abgr", "pal8", "rgba64le", "rgba64be", "bgra64le", "bgra64be",
    "ayuv64le", "vuya", "ayuv", "rgbaf16le", "rgbaf32le",
}  # fmt: skip
