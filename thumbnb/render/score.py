"""How good a thumbnail is, as far as that can be reckoned without a model.

Legibility is a logistic fitted to what an OCR program could read of 240 random
renders at 168x94 pixels (AUC .89); the weights of the total are judgement.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from thumbnb.render.canvas import luma
from thumbnb.render.layout import BADGE
from thumbnb.render.style import lab

if TYPE_CHECKING:
    from thumbnb.render.colour import Floats
    from thumbnb.render.stencil import Stencil
    from thumbnb.render.studio import Studio

FEED = (168, 94)
"""The size of a thumbnail beside a video, in pixels: what must still be read."""


def score(image: Image.Image, studio: Studio) -> dict[str, float]:
    """Judge a picture.

    ``legibility`` 0..1 (1 where there are no words), ``contrast`` the WCAG ratio
    at the worst tenth of the letters, ``cap_height`` in pixels at 168x94,
    ``colourfulness`` (Hasler-Süsstrunk, about 30..130), ``sharpness`` (variance of
    the Laplacian), ``clutter`` and ``badge_overlap`` and ``face_share`` as shares of the
    picture, ``luma`` its mean brightness, ``total`` 0..1.
    """
    pixels = np.asarray(image, dtype=np.float32) / 255
    ink = [s for s in studio.letters if s.mask.getbbox()]
    out = {"legibility": 1.0}
    if ink:
        mask = _on(ink, image.size)
        cap = studio.cap_height * FEED[1]
        low = contrast(pixels, mask)
        apart = separation(image, mask)
        # Above 9 pixels the fit had few samples and no use: larger is not worse.
        size = math.log(min(cap, 9.0))
        logit = -11.1 + 3.11 * size + 1.31 * math.log(low) + 1.49 * math.log(apart + 0.1)
        out = {
            "legibility": 1 / (1 + math.exp(-logit)),
            "contrast": low,
            "cap_height": cap,
            "separation": apart,
        }
    w, h = image.size
    bx, by = int(BADGE[0] / 1280 * w), int(BADGE[1] / 720 * h)
    covered = float((_on(ink, image.size)[by:, bx:] > 0.3).mean()) if ink else 0.0  # noqa: PLR2004
    faces = sum(
        (min(r, w) - max(left, 0)) * (min(b, h) - max(t, 0)) for left, t, r, b in studio.faces
    ) / (w * h)
    mean = float(luma(pixels).mean())
    out |= {
        "colourfulness": colourfulness(pixels),
        "sharpness": sharpness(pixels),
        "clutter": clutter(image),
        "badge_overlap": covered,
        "face_share": max(0.0, faces),
        "luma": mean,
    }
    lively = min(1.0, out["colourfulness"] / 60)
    exposed = 1 - min(1.0, abs(mean - 0.42) / 0.42) ** 2
    subject = min(1.0, 0.6 + out["face_share"] * 8)
    total = (
        0.45 * out["legibility"]
        + 0.2 * subject
        + 0.15 * (1 - out["clutter"])
        + 0.1 * lively
        + 0.1 * exposed
    )
    out["total"] = total * (1 - min(1.0, covered * 4))
    return {k: round(float(v), 4) for k, v in out.items()}


def _on(stencils: list[Stencil], size: tuple[int, int]) -> Floats:
    sheet = Image.new("L", size)
    for s in stencils:
        sheet.paste(255, (s.x, s.y), s.mask)
    return np.asarray(sheet, dtype=np.float32) / 255


def contrast(pixels: Floats, mask: Floats) -> float:
    """Give the WCAG ratio of letters to what is just around them, at the worst tenth of places."""
    h = pixels.shape[0]
    k = h / 720
    linear = np.where(pixels <= 0.04045, pixels / 12.92, ((pixels + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004
    light = linear @ floats_luminance()
    from thumbnb.render.stencil import Stencil  # noqa: PLC0415

    sheet = Stencil(Image.fromarray((mask * 255).astype(np.uint8)))
    near = _grown(sheet, 14 * k, mask.shape)
    close = _grown(sheet, 2 * k, mask.shape)
    letters, ring = mask > 0.9, (near > 0.5) & (close < 0.3)  # noqa: PLR2004
    step = max(8, round(48 * k))
    least = 60 * k * k
    ratios = []
    for y in range(0, h, step):
        for x in range(0, pixels.shape[1], step):
            part = np.s_[y : y + step, x : x + step]
            a, b = letters[part], ring[part]
            if a.sum() > least and b.sum() > least:
                low, high = sorted(
                    (float(np.median(light[part][a])), float(np.median(light[part][b])))
                )
                ratios.append((high + 0.05) / (low + 0.05))
    return float(np.percentile(ratios, 10)) if ratios else 1.0


def _grown(stencil: Stencil, by: float, shape: tuple[int, ...]) -> Floats:
    wide = stencil.grown(by)
    return (
        np.asarray(wide.mask, dtype=np.float32)[
            -wide.y : shape[0] - wide.y, -wide.x : shape[1] - wide.x
        ]
        / 255
    )


def floats_luminance() -> Floats:
    """Weights of linear red, green and blue in luminance."""
    return np.array([0.2126, 0.7152, 0.0722], dtype=np.float32)


def separation(image: Image.Image, mask: Floats) -> float:
    """How far letters stand out from their surround at feed size, in standard deviations (d')."""
    small = (
        lab(np.asarray(image.resize(FEED, Image.Resampling.LANCZOS), dtype=np.float32) / 255) * 100
    )
    sheet = Image.fromarray((mask * 255).astype(np.uint8)).resize(FEED, Image.Resampling.BOX)
    m = np.asarray(sheet, dtype=np.float32) / 255
    from PIL import ImageFilter  # noqa: PLC0415

    near = np.asarray(sheet.filter(ImageFilter.BoxBlur(2)), dtype=np.float32) / 255
    letters, around = m > 0.6, (m < 0.12) & (near > 0.02)  # noqa: PLR2004
    out = []
    for y in range(0, FEED[1], 8):
        for x in range(0, FEED[0], 8):
            part = np.s_[max(0, y - 4) : y + 12, max(0, x - 4) : x + 12]
            a, b = small[part][letters[part]], small[part][around[part]]
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
    """Give the share of a picture that is edges."""
    y = (
        np.asarray(image.convert("L").resize((320, 180), Image.Resampling.BOX), dtype=np.float32)
        / 255
    )
    steep = np.hypot(np.diff(y, axis=1)[:-1], np.diff(y, axis=0)[:, :-1])
    return float((steep > 0.1).mean())  # noqa: PLR2004
