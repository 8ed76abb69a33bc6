"""The scores of a thumbnail, measured without a model.

Legibility is a logistic fitted to what an OCR program could read of 240 random
renders at 168x94 pixels (AUC .89); the weights of the total are judgement.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageFilter

from thumbnb.imaging.srgb import pixel_luminance
from thumbnb.render.colour.style_reference import lab
from thumbnb.render.layout import BADGE
from thumbnb.render.raster.opencv import load_opencv
from thumbnb.render.raster.pixels import luma, to_pixels
from thumbnb.render.raster.stencil import Stencil

if TYPE_CHECKING:
    import numpy.typing as npt

    from thumbnb.render.colour.mixing import Floats
    from thumbnb.render.painters.context import PaintContext

FEED = (168, 94)
"""The size of a thumbnail beside a video, in pixels: what must still be read."""


_SHEET = (1280, 720)
"""Larger images are judged at this size: nobody sees more, and scores stay comparable."""


def score(
    image: Image.Image, context: PaintContext, *, shown_share: float = 1.0
) -> dict[str, float]:
    """Judge an image.

    ``legibility`` 0..1 (1 where there are no words), ``contrast`` the WCAG ratio
    at the worst tenth of the letters, ``cap_height`` in pixels at 168x94,
    ``colourfulness`` (Hasler-Süsstrunk, about 30..130), ``sharpness`` (variance of
    the Laplacian), ``clutter`` and ``badge_overlap`` and ``face_share`` as shares of the
    image, ``luma`` its mean brightness, ``shown_share`` (0..1) how much of what the prompt
    names is shown, ``total`` 0..1.
    """
    faces = _share(context.faces, image.size)
    letters = _on(context.letters, image.size) if context.letters else None
    if image.width > _SHEET[0]:
        image = image.resize(_SHEET, Image.Resampling.BOX)
        letters = letters.resize(_SHEET, Image.Resampling.BOX) if letters else None
    pixels = to_pixels(image)
    out = {"legibility": 1.0, "badge_overlap": 0.0}
    if letters and letters.getbbox():
        mask = np.asarray(letters, dtype=np.float32) / 255
        x, y = (int(b / u * v) for b, u, v in zip(BADGE[:2], _SHEET, image.size, strict=True))
        out["badge_overlap"] = float((mask[y:, x:] > 0.3).mean())  # noqa: PLR2004 - not a mere edge
        out["contrast"] = contrast(pixels, letters)
        out["cap_height"] = context.cap_height * FEED[1]
        out["separation"] = separation(image, letters)
        out["legibility"] = _legibility(out["cap_height"], out["contrast"], out["separation"])
    bright = luma(pixels)
    out |= {
        "colourfulness": colourfulness(pixels),
        "sharpness": _laplacian_variance(bright),
        "clutter": clutter(image),
        "face_share": faces,
        "luma": float(bright.mean()),
        "shown_share": shown_share,
    }
    out["total"] = _total(out)
    return {k: round(float(v), 4) for k, v in out.items()}


def _legibility(cap: float, contrast: float, separation: float) -> float:
    # Above 9 pixels the fit had few samples and no use: larger is not worse.
    logit = -11.1 + 3.11 * math.log(min(cap, 9.0))
    logit += 1.31 * math.log(contrast) + 1.49 * math.log(separation + 0.1)
    return 1 / (1 + math.exp(-logit))


def _total(parts: dict[str, float]) -> float:
    subject = min(1.0, 0.6 + parts["face_share"] * 8)
    lively = min(1.0, parts["colourfulness"] / 60)
    exposed = 1 - min(1.0, abs(parts["luma"] - 0.42) / 0.42) ** 2
    total = 0.45 * parts["legibility"] + 0.2 * subject + 0.15 * (1 - parts["clutter"])
    total += 0.1 * lively + 0.1 * exposed
    total *= 0.6 + 0.4 * parts["shown_share"]
    return total * (1 - min(1.0, parts["badge_overlap"] * 4))


def _share(faces: list[tuple[float, float, float, float]], size: tuple[int, int]) -> float:
    """Give the share of the image that faces take."""
    w, h = size
    areas = (
        max(0.0, min(r, w) - max(x, 0.0)) * max(0.0, min(b, h) - max(y, 0.0))
        for x, y, r, b in faces
    )
    return sum(areas) / (w * h)


def _on(stencils: list[Stencil], size: tuple[int, int]) -> Image.Image:
    """Put stencils on a sheet (L) as large as the image."""
    sheet = Image.new("L", size)
    for s in stencils:
        sheet.paste(255, (s.x, s.y), s.mask)
    return sheet


def contrast(pixels: Floats, letters: Image.Image) -> float:
    """Give the WCAG ratio of letters to what is just around them, at the worst tenth of places."""
    while letters.height > _JUDGED_HEIGHT:
        letters, pixels = letters.reduce(2), pixels[::2, ::2]
    k = letters.height / _SHEET[1]
    step, least = max(8, round(48 * k)), 60 * k * k
    left, top, right, bottom = _around(letters, 48 * k, step)
    letters, pixels = letters.crop((left, top, right, bottom)), pixels[top:bottom, left:right]
    near, close = (_grown(letters, by * k) for by in (14, 2))
    ink, ring = np.asarray(letters) > 230, (near > 128) & (close < 77)  # noqa: PLR2004 - of 255
    # Most squares have no letters: only the others are looked into.
    judged = (_square_counts(ink, step) > least) & (_square_counts(ring, step) > least)
    if not judged.any():
        return 1.0
    light = pixel_luminance(pixels)
    ends = np.stack([_square_medians(light, mask, judged, step) for mask in (ink, ring)])
    return float(np.percentile((ends.max(axis=0) + 0.05) / (ends.min(axis=0) + 0.05), 10))


_JUDGED_HEIGHT = 540
"""Contrast is judged in an image no higher (pixels): medians of a quarter of them are the same."""


def _square_medians(
    light: Floats, mask: npt.NDArray[np.bool_], judged: npt.NDArray[np.bool_], step: int
) -> Floats:
    """Return the median luminance of what a mask shows in each square that is ``judged``."""
    count = int(judged.sum())
    numbers = np.full(judged.shape, count, dtype=np.int32)
    numbers[judged] = np.arange(count)
    height, width = mask.shape
    squares = numbers.repeat(step, axis=0)[:height].repeat(step, axis=1)[:, :width][mask]
    # Counting shades takes less time than sorting, square by square.
    shades = (np.sqrt(light[mask]) * np.float32(_SHADES - 1) + np.float32(0.5)).astype(np.int32)
    table = np.bincount(squares * _SHADES + shades, minlength=(count + 1) * _SHADES)
    reached = table.reshape(-1, _SHADES)[:count].cumsum(axis=1)
    return np.asarray(((2 * reached >= reached[:, -1:]).argmax(axis=1) / (_SHADES - 1)) ** 2)


_SHADES = 1024
"""Steps of luminance that are told apart: narrow where it is dark, as the eye is."""


def _square_counts(mask: npt.NDArray[np.bool_], step: int) -> npt.NDArray[np.int64]:
    """Count the pixels of a mask in each square of ``step`` pixels."""
    rows, columns = (range(0, side, step) for side in mask.shape)
    return np.add.reduceat(np.add.reduceat(mask, columns, axis=1, dtype=np.int64), rows, axis=0)


def _around(letters: Image.Image, room: float, step: int) -> tuple[int, int, int, int]:
    """Give the box of letters with ``room`` around them; it begins at whole steps."""
    left, top, right, bottom = letters.getbbox() or (0, 0, *letters.size)
    return (
        int(max(0, left - room)) // step * step,
        int(max(0, top - room)) // step * step,
        min(letters.width, math.ceil(right + room)),
        min(letters.height, math.ceil(bottom + room)),
    )


def _grown(letters: Image.Image, by: float) -> npt.NDArray[np.uint8]:
    wide = Stencil(letters).grown(by)
    box = (-wide.x, -wide.y, letters.width - wide.x, letters.height - wide.y)
    return np.asarray(wide.mask.crop(box))


_SQUARE, _OVERLAP = 8, 4
"""Letters at feed size are compared with what is around them in squares; these overlap."""


def separation(image: Image.Image, letters: Image.Image) -> float:
    """Give how far letters stand out at feed size, in standard deviations (d')."""
    feed = image.resize(FEED, Image.Resampling.LANCZOS, reducing_gap=1.5)
    small = lab(np.asarray(feed, dtype=np.float32) / 255) * 100
    sheet = letters.resize(FEED, Image.Resampling.BOX, reducing_gap=2.0)
    mask = np.asarray(sheet, dtype=np.float32) / 255
    near = np.asarray(sheet.filter(ImageFilter.BoxBlur(2)), dtype=np.float32) / 255
    ink, around = mask > 0.6, (mask < 0.12) & (near > 0.02)  # noqa: PLR2004 - as fitted
    many, mean, spread = _square_statistics(small, np.stack([ink, around]))
    judged = (many > 5).all(axis=0)  # noqa: PLR2004 - enough to judge
    gap = np.linalg.norm(mean[0] - mean[1], axis=0)
    out = (gap / np.sqrt(0.5 * spread.sum(axis=0) + 4))[judged]
    return float(np.median(out)) if out.size else 0.0


def _square_statistics(
    colours: Floats, masks: npt.NDArray[np.bool_]
) -> tuple[Floats, Floats, Floats]:
    """Return for each mask and square how many pixels are in it, their mean and whole variance."""
    parts, (height, width) = _OVERLAP, masks.shape[1:]
    # A part more before it, and whole squares and a part after it.
    rows, columns = ((-(-side // _SQUARE)) * _SQUARE + 2 * parts for side in (height, width))
    planes = np.zeros((len(masks), 7, rows, columns), dtype=np.float32)
    inside = planes[:, :, parts : parts + height, parts : parts + width]
    colours = colours.transpose(2, 0, 1)
    inside[:, 0] = masks
    np.multiply(colours, inside[:, :1], out=inside[:, 1:4])
    np.multiply(colours, inside[:, 1:4], out=inside[:, 4:])
    sums = _square_sums(_square_sums(planes).swapaxes(2, 3)).swapaxes(2, 3)
    many = np.maximum(sums[:, :1], 1)
    mean = sums[:, 1:4] / many
    return sums[:, 0], mean, (sums[:, 4:] / many - mean**2).sum(axis=1)


def _square_sums(planes: Floats) -> Floats:
    """Add up what lies in each square, from top to bottom: (masks, planes, rows, ...)."""
    # In parts as wide as squares overlap: two of a square, and one of each beside it.
    parts = _sum_of_four([planes[:, :, first::_OVERLAP] for first in range(_OVERLAP)])
    last = parts.shape[2] - 3
    return _sum_of_four([parts[:, :, first : first + last : 2] for first in range(4)])


def _sum_of_four(fields: list[Floats]) -> Floats:
    one, two, three, four = fields
    return np.asarray(one + two + three + four)


def colourfulness(pixels: Floats) -> float:
    """Hasler and Süsstrunk's measure: 0 is grey, above 60 is vivid."""
    red, green, blue = (pixels[..., i] for i in range(3))
    pairs = (red - green, (red + green) * np.float32(0.5) - blue)
    means = [255 * float(each.mean()) for each in pairs]
    spreads = [255 * _variance(each) ** 0.5 for each in pairs]
    return math.hypot(*spreads) + 0.3 * math.hypot(*means)


def sharpness(pixels: Floats) -> float:
    """Variance of the Laplacian of the brightness."""
    return _laplacian_variance(luma(pixels))


def _laplacian_variance(y: Floats) -> float:
    if cv2 := load_opencv():
        edges = cv2.Laplacian(y, cv2.CV_32F)[1:-1, 1:-1]
        return float(255**2 * cv2.meanStdDev(edges)[1].item() ** 2)
    edges = y[1:-1, 1:-1] * np.float32(-4)
    for each in (y[:-2, 1:-1], y[2:, 1:-1], y[1:-1, :-2], y[1:-1, 2:]):
        edges += each
    return 255**2 * _variance(edges)


def _variance(values: Floats) -> float:
    flat = values.ravel()
    return max(0.0, float(np.dot(flat, flat)) / flat.size - float(flat.mean()) ** 2)


def clutter(image: Image.Image) -> float:
    """Give the share of an image that is edges."""
    small = image.convert("RGB").resize((320, 180), Image.Resampling.BOX, reducing_gap=1.0)
    y = np.asarray(small.convert("L"), dtype=np.float32) / 255
    steep = np.hypot(np.diff(y, axis=1)[:-1], np.diff(y, axis=0)[:, :-1])
    return float((steep > 0.1).mean())  # noqa: PLR2004
