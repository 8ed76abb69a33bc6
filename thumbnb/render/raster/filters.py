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
) -> Levels:
    """Scale a part (left, top, right, bottom) of an image to ``size``: levels (rows, cols, bands).

    Each band is scaled by itself: what is transparent keeps its colour, which is that of what
    lies beside it.
    """
    if (cv2 := load_opencv()) is None:
        scaled = [
            np.asarray(band.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0))
            for band in image.split()
        ]
        return np.stack(scaled, axis=-1)
    across, down = (box[2] - box[0]) / size[0], (box[3] - box[1]) / size[1]
    # Means of whole pixels first: it takes less time to blur and to scale what is small.
    whole = max(1, int(min(across, down) / _LEFT))
    left, top = (
        max(0, int(edge - _FURTHEST * step) - _MARGIN) // whole * whole
        for edge, step in zip(box, (across, down), strict=False)
    )
    right, bottom = math.ceil(box[2]) + _MARGIN, math.ceil(box[3]) + _MARGIN
    near = left, top, min(image.width, right), min(image.height, bottom)
    if whole == 1:
        part = np.asarray(image.crop(near))
    elif image.mode == "RGB":
        part = np.asarray(image.reduce(whole, near))
    else:  # Pillow takes the colour from what is transparent
        part, rest = np.asarray(image.crop(near)), whole
        if whole % 2 == 0:  # it takes means of four in a tenth of the time of others
            part, rest = _means(cv2, part, 2), whole // 2
        part = _means(cv2, part, rest)
    corner = (box[0] - left) / whole, (box[1] - top) / whole
    return _cubic_by_opencv(cv2, part, size, corner, (across / whole, down / whole))


def _means(cv2: Any, levels: Levels, whole: int) -> Levels:
    """Return the means of squares of ``whole`` pixels."""
    high, wide = (-side % whole for side in levels.shape[:2])
    if high or wide:
        levels = cv2.copyMakeBorder(levels, 0, high, 0, wide, cv2.BORDER_REPLICATE)
    smaller = levels.shape[1] // whole, levels.shape[0] // whole
    return np.asarray(cv2.resize(levels, smaller, interpolation=cv2.INTER_AREA))


def split_alpha(levels: Levels) -> tuple[Levels, Levels]:
    """Return the colours (rows, cols, 3) and the alpha of RGBA levels."""
    if cv2 := load_opencv():
        # Numpy copies a part of each pixel forty times as slowly.
        colours = cv2.cvtColor(levels, cv2.COLOR_RGBA2RGB)
        return np.asarray(colours), np.asarray(cv2.extractChannel(levels, 3))
    return levels[..., :3].copy(), levels[..., 3].copy()


def _cubic_by_opencv(
    cv2: Any,
    part: Levels,
    size: tuple[int, int],
    corner: tuple[float, float],
    step: tuple[float, float],
) -> Levels:
    """Scale what begins at a ``corner`` of a part; ``step`` is how many pixels make one."""
    (x, y), (across, down) = corner, step
    if max(step) > 1:
        # A cubic looks at four pixels, however far apart.
        part = cv2.GaussianBlur(part, (0, 0), _SOFT * max(step))
    found = _resized_from_a_pixel(cv2, part, size, corner, step)
    if found is not None:
        return found
    middles = np.array([[across, 0, x + (across - 1) / 2], [0, down, y + (down - 1) / 2]])
    how, edge = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP, cv2.BORDER_REPLICATE
    return np.asarray(cv2.warpAffine(part, middles, size, flags=how, borderMode=edge))


def _resized_from_a_pixel(
    cv2: Any,
    part: Levels,
    size: tuple[int, int],
    corner: tuple[float, float],
    step: tuple[float, float],
) -> Levels | None:
    """Scale as ``warpAffine`` does, in a fifth of the time; None where it cannot.

    ``resize`` begins at the edge of a pixel. So it begins further left and higher, where the
    edges of both grids meet, and what is too much is cut off.
    """
    starts = [_meeting(c, s) for c, s in zip(corner, step, strict=True)]
    if starts[0] is None or starts[1] is None:
        return None
    (more_x, left), (more_y, top) = starts[0], starts[1]
    right = math.ceil(left + (more_x + size[0]) * step[0]) + _MARGIN
    bottom = math.ceil(top + (more_y + size[1]) * step[1]) + _MARGIN
    cut = part[top:bottom, left:right]
    scaled = cv2.resize(cut, None, fx=1 / step[0], fy=1 / step[1], interpolation=cv2.INTER_CUBIC)
    found = scaled[more_y : more_y + size[1], more_x : more_x + size[0]]
    if found.shape[:2] != size[::-1]:  # the part ends before its last pixel
        return None
    return np.ascontiguousarray(found)


def _meeting(corner: float, step: float) -> tuple[int, int] | None:
    """Return how many steps before ``corner`` the edge of a pixel lies, and which; None if far."""
    for steps in range(_FURTHEST):
        place = corner - steps * step
        if place < -_NEAR:
            return None
        if abs(place - round(place)) <= _NEAR:
            return steps, round(place)
    return None


_FURTHEST, _NEAR = 64, 1 / 64
"""Steps looked at; how far apart two edges may be (pixels): ``warpAffine`` rounds as much."""

_LEFT, _SOFT = 1.25, 0.3
"""How much smaller it becomes after the means, and its blur before: the nearest to Lanczos."""

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
