"""Blurs, sharpening and enlargement: by OpenCV where it is installed, else by Pillow.

OpenCV takes a tenth of the time, and differs by less than a level of 255. A wide blur is made
on a small copy.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageFilter

from thumbnb.render.raster.opencv import load_opencv
from thumbnb.render.raster.pixels import row_bands

if TYPE_CHECKING:
    from thumbnb.render.colour.mixing import Floats
    from thumbnb.render.raster.pixels import Levels

_SMALL_RADIUS, _LEAST_RADIUS = 3, 2
"""A wider blur is made on a copy so small that it is about this wide there; the least on a half."""

_THRESHOLD = 3
"""Differences of so many levels and less are noise, and are not sharpened."""


def _shrinking(radius: float) -> int:
    """Return how many times smaller the copy is on which a blur is made."""
    return max(1, int(radius / _SMALL_RADIUS), min(2, int(radius / _LEAST_RADIUS)))


def blur(image: Image.Image, radius: float) -> Image.Image:
    """Blur an L or RGB image by a Gaussian of ``radius`` pixels; its edges are mirrored."""
    return Image.fromarray(blur_levels(np.asarray(image), radius))


def blur_levels(levels: Levels, radius: float) -> Levels:
    """Blur levels (height, width) or (height, width, 3); see ``blur``."""
    if cv2 := load_opencv():
        return _blur_by_opencv(cv2, levels, radius)
    height, width = levels.shape[:2]
    shrink, pad = _shrinking(radius), min(int(radius * 3) + 2, min(width, height) - 1)
    edges = ((pad, pad), (pad, pad), (0, 0))[: levels.ndim]
    wide = Image.fromarray(np.pad(levels, edges, "reflect"))
    small = wide
    if shrink > 1:
        size = -(-wide.width // shrink), -(-wide.height // shrink)
        small = wide.resize(size, Image.Resampling.BOX)
    soft = small.filter(ImageFilter.GaussianBlur(radius / shrink))
    if shrink > 1:
        soft = soft.resize(wide.size, Image.Resampling.BICUBIC)
    return np.asarray(soft.crop((pad, pad, pad + width, pad + height)))


def _blur_by_opencv(cv2: Any, levels: Levels, radius: float) -> Levels:
    shrink, mirror = _shrinking(radius), cv2.BORDER_REFLECT
    if shrink == 1:
        return np.asarray(cv2.GaussianBlur(levels, (0, 0), radius, borderType=mirror))
    # OpenCV takes means of whole pixels in a third of the time that parts of pixels take.
    height, width = levels.shape[:2]
    size = -(-width // shrink), -(-height // shrink)
    whole = size[0] * shrink, size[1] * shrink
    if whole == (width, height):
        small = cv2.resize(levels, size, interpolation=cv2.INTER_AREA)
    else:
        padded = cv2.copyMakeBorder(levels, 0, whole[1] - height, 0, whole[0] - width, mirror)
        small = cv2.resize(padded, size, interpolation=cv2.INTER_AREA)
        del padded
    soft = cv2.GaussianBlur(small, (0, 0), radius / shrink, borderType=mirror)
    return np.asarray(cv2.resize(soft, whole))[:height, :width]


def enlarge(field: Floats, size: tuple[int, int]) -> Floats:
    """Enlarge a smooth field (rows, cols) to ``size`` (width, height), as float32."""
    small = np.ascontiguousarray(field, dtype=np.float32)
    if cv2 := load_opencv():
        return np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_CUBIC))
    return np.array(Image.fromarray(small).resize(size, Image.Resampling.BICUBIC))


def box_mean(field: Floats, radius: int) -> Floats:
    """Return the mean of the square around each pixel of a field (rows, cols), as float32."""
    n = 2 * radius + 1
    if cv2 := load_opencv():
        small = np.ascontiguousarray(field, dtype=np.float32)
        return np.asarray(cv2.blur(small, (n, n), borderType=cv2.BORDER_REPLICATE))
    c = np.cumsum(np.pad(field, ((radius + 1, radius), (0, 0)), "edge"), axis=0, dtype=np.float64)
    c = np.cumsum(np.pad((c[n:] - c[:-n]) / n, ((0, 0), (radius + 1, radius)), "edge"), axis=1)
    return ((c[:, n:] - c[:, :-n]) / n).astype(np.float32)


def scale_part(
    image: Image.Image, size: tuple[int, int], box: tuple[float, float, float, float]
) -> tuple[Levels, Levels]:
    """Scale a part (left, top, right, bottom) of an RGBA image to ``size``: its colours, its alpha.

    What is transparent keeps its colour: it is that of what lies beside it.
    """
    if (cv2 := load_opencv()) is None:
        scaled = [
            np.asarray(band.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0))
            for band in image.split()
        ]
        return np.stack(scaled[:3], axis=-1), scaled[3]
    levels = np.asarray(image)
    # Each by itself: both in one array would have to be copied to be taken apart.
    colours, alpha = (
        _scaled_by_opencv(cv2, each, size, box) for each in (levels[..., :3], levels[..., 3])
    )
    return colours, alpha


def _scaled_by_opencv(
    cv2: Any, levels: Levels, size: tuple[int, int], box: tuple[float, float, float, float]
) -> Levels:
    across, down = (box[2] - box[0]) / size[0], (box[3] - box[1]) / size[1]
    left, top = max(0, int(box[0]) - _MARGIN), max(0, int(box[1]) - _MARGIN)
    part = np.ascontiguousarray(
        levels[top : math.ceil(box[3]) + _MARGIN, left : math.ceil(box[2]) + _MARGIN]
    )
    # Whole pixels first, by their means: a cubic looks at four pixels, however far apart.
    whole = max(1, int(min(across, down)))
    if whole > 1:
        high, wide = (-side % whole for side in part.shape[:2])
        part = cv2.copyMakeBorder(part, 0, high, 0, wide, cv2.BORDER_REPLICATE)
        smaller = part.shape[1] // whole, part.shape[0] // whole
        part = cv2.resize(part, smaller, interpolation=cv2.INTER_AREA)
    x, y = (box[0] - left) / whole, (box[1] - top) / whole
    across, down = across / whole, down / whole
    if max(across, down) > 1:
        part = cv2.GaussianBlur(part, (0, 0), 0.25 * max(across, down))
    middles = np.array([[across, 0, x + (across - 1) / 2], [0, down, y + (down - 1) / 2]])
    how, edge = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP, cv2.BORDER_REPLICATE
    return np.asarray(cv2.warpAffine(part, middles, size, flags=how, borderMode=edge))


_MARGIN = 8
"""Pixels around a part that its edge is made of, too."""


def transform_mask(
    mask: Image.Image,
    size: tuple[int, int],
    matrix: tuple[float, float, float, float, float, float],
) -> Image.Image:
    """Return an L mask of ``size`` through a matrix from its pixels to those of ``mask``.

    The matrix (a b c d e f) is Pillow's: a pixel's middle is at its half.
    """
    if (cv2 := load_opencv()) is None:
        return mask.transform(size, Image.Transform.AFFINE, matrix, Image.Resampling.BICUBIC)
    a, b, c, d, e, f = matrix
    middles = np.array([[a, b, c + (a + b - 1) / 2], [d, e, f + (d + e - 1) / 2]])
    how = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    return Image.fromarray(cv2.warpAffine(np.asarray(mask), middles, size, flags=how))


def sharpen(levels: Levels, radius: float, percent: float) -> None:
    """Make an RGB image's edges crisper, in place: what a blur takes away, by ``percent``."""
    if (cv2 := load_opencv()) is None:
        crisp = ImageFilter.UnsharpMask(radius, int(percent), _THRESHOLD)
        levels[:] = np.asarray(Image.fromarray(levels).filter(crisp))
        return
    soft = cv2.GaussianBlur(levels, (0, 0), radius, borderType=cv2.BORDER_REPLICATE)
    strength = np.int16(round(percent * 64 / 100))
    for rows in row_bands(*levels.shape[:2]):
        apart = np.subtract(levels[rows], soft[rows], dtype=np.int16)
        apart *= np.abs(apart) > _THRESHOLD
        apart *= strength
        apart += 32
        apart >>= 6
        apart += levels[rows]
        levels[rows] = np.clip(apart, 0, 255, out=apart)


def strengthen_contrast(levels: Levels, radius: float, amount: float) -> None:
    """Make what differs from around it in an RGB image do so by ``amount`` more, in place."""
    if cv2 := load_opencv():
        soft = _blur_by_opencv(cv2, levels, radius)
        cv2.addWeighted(levels, 1 + amount, soft, -amount, 0, dst=levels)
        return
    image, shrink = Image.fromarray(levels), max(1, round(radius / 6))
    small = image.reduce(shrink).filter(ImageFilter.GaussianBlur(radius / shrink))
    wide = small.resize(image.size, Image.Resampling.BICUBIC)
    levels[:] = np.asarray(Image.blend(wide, image, 1 + amount))
