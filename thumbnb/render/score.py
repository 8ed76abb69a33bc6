"""The scores of a thumbnail, measured without a model.

Legibility is a logistic fitted to what an OCR program could read of 240 random
renders at 168x94 pixels (AUC .89); the weights of the total are judgement.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageFilter

from thumbnb.render.colour.style_reference import lab
from thumbnb.render.layout import BADGE
from thumbnb.render.raster.canvas import luma
from thumbnb.render.raster.stencil import Stencil
from thumbnb.render.type.legibility import luminance

if TYPE_CHECKING:
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
    pixels = np.asarray(image, dtype=np.float32) / 255
    out = {"legibility": 1.0, "badge_overlap": 0.0}
    if letters and letters.getbbox():
        mask = np.asarray(letters, dtype=np.float32) / 255
        x, y = (int(b / u * v) for b, u, v in zip(BADGE[:2], _SHEET, image.size, strict=True))
        out["badge_overlap"] = float((mask[y:, x:] > 0.3).mean())  # noqa: PLR2004 - not a mere edge
        out["contrast"] = contrast(pixels, letters)
        out["cap_height"] = context.cap_height * FEED[1]
        out["separation"] = separation(image, letters)
        out["legibility"] = _legibility(out["cap_height"], out["contrast"], out["separation"])
    out |= {
        "colourfulness": colourfulness(pixels),
        "sharpness": sharpness(pixels),
        "clutter": clutter(image),
        "face_share": faces,
        "luma": float(luma(pixels).mean()),
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
    h, w = pixels.shape[:2]
    k = h / _SHEET[1]
    light = luminance(pixels)
    near, close = (_grown(letters, by * k) for by in (14, 2))
    ink, ring = np.asarray(letters) > 230, (near > 128) & (close < 77)  # noqa: PLR2004 - of 255
    step, least = max(8, round(48 * k)), 60 * k * k
    ratios = []
    for y in range(0, h, step):
        for x in range(0, w, step):
            part = np.s_[y : y + step, x : x + step]
            a, b = ink[part], ring[part]
            if a.sum() > least and b.sum() > least:
                ends = float(np.median(light[part][a])), float(np.median(light[part][b]))
                ratios.append((max(ends) + 0.05) / (min(ends) + 0.05))
    return float(np.percentile(ratios, 10)) if ratios else 1.0


def _grown(letters: Image.Image, by: float) -> Floats:
    wide = Stencil(letters).grown(by)
    box = (-wide.x, -wide.y, letters.width - wide.x, letters.height - wide.y)
    return np.asarray(wide.mask.crop(box), dtype=np.float32)


def separation(image: Image.Image, letters: Image.Image) -> float:
    """Give how far letters stand out at feed size, in standard deviations (d')."""
    small = lab(np.asarray(image.resize(FEED, Image.Resampling.LANCZOS), dtype=np.float32) / 255)
    small = small * 100
    sheet = letters.resize(FEED, Image.Resampling.BOX)
    mask = np.asarray(sheet, dtype=np.float32) / 255
    near = np.asarray(sheet.filter(ImageFilter.BoxBlur(2)), dtype=np.float32) / 255
    ink, around = mask > 0.6, (mask < 0.12) & (near > 0.02)  # noqa: PLR2004 - as fitted
    out = []
    for y in range(0, FEED[1], 8):
        for x in range(0, FEED[0], 8):
            part = np.s_[max(0, y - 4) : y + 12, max(0, x - 4) : x + 12]
            a, b = small[part][ink[part]], small[part][around[part]]
            if len(a) > 5 and len(b) > 5:  # noqa: PLR2004 - enough to judge
                gap = np.linalg.norm(a.mean(axis=0) - b.mean(axis=0))
                out.append(gap / math.sqrt(0.5 * (a.var(axis=0).sum() + b.var(axis=0).sum()) + 4))
    return float(np.median(out)) if out else 0.0


def colourfulness(pixels: Floats) -> float:
    """Hasler and Süsstrunk's measure: 0 is grey, above 60 is vivid."""
    red, green, blue = (pixels[..., i] * 255 for i in range(3))
    rg, yb = red - green, 0.5 * (red + green) - blue
    return float(np.hypot(rg.std(), yb.std()) + 0.3 * np.hypot(rg.mean(), yb.mean()))


def sharpness(pixels: Floats) -> float:
    """Variance of the Laplacian of the brightness."""
    y = luma(pixels) * 255
    edges = -4 * y[1:-1, 1:-1] + y[:-2, 1:-1] + y[2:, 1:-1] + y[1:-1, :-2] + y[1:-1, 2:]
    return float(edges.var())


def clutter(image: Image.Image) -> float:
    """Give the share of an image that is edges."""
    y = (
        np.asarray(image.convert("L").resize((320, 180), Image.Resampling.BOX), dtype=np.float32)
        / 255
    )
    steep = np.hypot(np.diff(y, axis=1)[:-1], np.diff(y, axis=0)[:, :-1])
    return float((steep > 0.1).mean())  # noqa: PLR2004
