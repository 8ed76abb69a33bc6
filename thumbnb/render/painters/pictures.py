"""Photographs and frames: cropped, graded, blurred, framed, halved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageFilter, ImageOps

from thumbnb.render.canvas import Canvas, floats, luma
from thumbnb.render.stencil import Stencil
from thumbnb.render.style import matched

if TYPE_CHECKING:
    from thumbnb.render import scene
    from thumbnb.render.studio import Studio


def cover(
    image: Image.Image, size: tuple[int, int], focus: tuple[float, float], zoom: float = 1.0
) -> Image.Image:
    """Crop to fill ``size``, keeping ``focus`` (0..1 of the image) in view; never stretched."""
    w, h = size
    scale = max(w / image.width, h / image.height) * zoom
    cw, ch = min(w / scale, image.width), min(h / scale, image.height)
    x = min(max(focus[0] * image.width - cw / 2, 0), image.width - cw)
    y = min(max(focus[1] * image.height - ch / 2, 0), image.height - ch)
    box = (max(0.0, x), max(0.0, y), min(x + cw, image.width), min(y + ch, image.height))
    return image.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)


def flat(image: Image.Image, ground: str = "#ffffff") -> Image.Image:
    """Lay a picture with transparent parts on a plain ground."""
    if image.mode != "RGBA":
        return image.convert("RGB")
    out = Image.new("RGB", image.size, ground)
    out.paste(image, mask=image.getchannel("A"))
    return out


def picture(layer: scene.Picture, canvas: Canvas, studio: Studio) -> None:
    image = flat(studio.images[layer.image])
    image = cover(image, canvas.size, layer.focus, layer.zoom)
    canvas.put(ImageOps.mirror(image) if layer.flip else image)


def sigma(amount: float) -> float:
    """Blur 0..100 as a radius in units: equal steps look equal."""
    return float(44 * (amount / 100) ** 1.35)


def blur(layer: scene.Blur, canvas: Canvas, _: Studio) -> None:
    radius = sigma(layer.amount) * canvas.scale
    if radius < 0.3:  # noqa: PLR2004 - less than can be seen
        return
    pad = int(radius * 2) + 2
    levels = np.clip(canvas.pixels * 255 + 0.5, 0, 255).astype(np.uint8)
    mode = "reflect" if pad < min(levels.shape[:2]) else "edge"
    wide = Image.fromarray(np.pad(levels, ((pad, pad), (pad, pad), (0, 0)), mode))
    shrink = max(1, int(radius / 8))
    if shrink > 1:
        small = wide.resize((wide.width // shrink, wide.height // shrink), Image.Resampling.BOX)
        wide = small.filter(ImageFilter.GaussianBlur(radius / shrink)).resize(
            wide.size, Image.Resampling.BICUBIC
        )
    else:
        wide = wide.filter(ImageFilter.GaussianBlur(radius))
    canvas.put(wide.crop((pad, pad, pad + canvas.width, pad + canvas.height)))


def sharpened(image: Image.Image, fine: float, wide: float, scale: float) -> Image.Image:
    """Crisper edges and more local contrast."""
    if fine:
        image = image.filter(ImageFilter.UnsharpMask(1.8 * scale, int(fine), 3))
    if wide:
        image = image.filter(ImageFilter.UnsharpMask(48 * scale, int(wide), 0))
    return image


def sharpen(layer: scene.Sharpen, canvas: Canvas, _: Studio) -> None:
    canvas.put(sharpened(canvas.image(), layer.fine, layer.wide, canvas.scale))


def graded(p: np.ndarray, g: scene.Grade) -> np.ndarray:
    """Grade pixels (floats in 0..1, colour last)."""
    p = np.clip(p, 0, 1)
    if g.gamma != 1:
        p = p**g.gamma
    if g.contrast != 1:
        p = np.clip((p - 0.5) * g.contrast + 0.5, 0, 1)
    y = luma(p)[..., None]
    if g.saturation != 1:
        p = y + (p - y) * g.saturation
    if g.warmth:
        p = p * np.array([1 + g.warmth, 1, 1 - g.warmth], dtype=np.float32)
    if g.tint and g.shadows and g.highlights:
        tone = (
            p + (1 - y) * (floats(g.shadows) - 0.5) * 0.55 + y * (floats(g.highlights) - 0.5) * 0.55
        )
        p = p + (tone - p) * g.tint
    return np.clip(p + g.lift * (1 - p), 0, 1).astype(np.float32)


def grade(layer: scene.Grade, canvas: Canvas, _: Studio) -> None:
    canvas.pixels = graded(canvas.pixels, layer)


def match(layer: scene.Match, canvas: Canvas, _: Studio) -> None:
    canvas.pixels = matched(canvas.pixels, layer)


def card(layer: scene.Card, canvas: Canvas, studio: Studio) -> None:
    k = canvas.scale
    x, y, w, h = (v * k for v in layer.box)
    border = layer.border_width * k if layer.border else 0
    if layer.shape == "disc":
        inner = Stencil.disc(x + w / 2, y + h / 2, w / 2)
        outer = Stencil.disc(x + w / 2, y + h / 2, w / 2 + border)
    else:
        radius = 20 * k if layer.shape == "rounded" else 2 * k
        inner = Stencil.rounded((x, y, x + w, y + h), radius)
        outer = Stencil.rounded(
            (x - border, y - border, x + w + border, y + h + border),
            radius + border * (layer.shape == "rounded"),
        )
    image = cover(
        flat(studio.images[layer.image]), (round(w) or 1, round(h) or 1), layer.focus, layer.zoom
    )
    image = sharpened(image, 55, 14, k)
    if layer.grade:
        image = Image.fromarray(
            (graded(np.asarray(image, dtype=np.float32) / 255, layer.grade) * 255).astype(np.uint8)
        )
    # The picture on a sheet as large as its stencil, so that both turn alike.
    sheet = Image.new("RGB", inner.mask.size)
    sheet.paste(image, (round(x) - inner.x, round(y) - inner.y))
    centre = (x + w / 2, y + h / 2)
    if layer.tilt:
        bands = [
            Stencil(band, inner.x, inner.y).turned(layer.tilt, centre) for band in sheet.split()
        ]
        sheet = Image.merge("RGB", [b.mask for b in bands])
        inner, outer = inner.turned(layer.tilt, centre), outer.turned(layer.tilt, centre)
    if layer.glow:
        canvas.shine(outer.blurred(layer.glow_width * k), layer.glow, 1.0)
    canvas.shade(outer.moved(6 * k, 16 * k).blurred(22 * k), layer.shadow)
    if layer.border:
        canvas.fill(outer, layer.border)
    canvas.paste(sheet, inner)


def split(layer: scene.Split, canvas: Canvas, studio: Studio) -> None:
    k = canvas.scale
    after = Canvas(canvas.size)
    for name, focus, grade_, target in (
        (layer.before, layer.before_focus, layer.dull, canvas),
        (layer.after, layer.after_focus, layer.bright, after),
    ):
        image = cover(flat(studio.images[name]), canvas.size, focus)
        target.put(sharpened(image, 55, 18, k))
        if grade_:
            target.pixels = graded(target.pixels, grade_)
    top, bottom, half = layer.top * k, layer.bottom * k, layer.line_width * k / 2
    edge = [
        (top, -4 * k),
        (canvas.width + 4, -4 * k),
        (canvas.width + 4, 724 * k),
        (bottom, 724 * k),
    ]
    _reveal(canvas, after, edge)
    line = Stencil.polygon(
        [
            (top - half, -4 * k),
            (top + half, -4 * k),
            (bottom + half, 724 * k),
            (bottom - half, 724 * k),
        ],
        canvas.size,
    )
    canvas.shade(line.blurred(16 * k), 0.6)
    canvas.fill(line, layer.line)


def _reveal(canvas: Canvas, other: Canvas, edge: list[tuple[float, float]]) -> None:
    whole = Image.new("L", canvas.size)
    part = Stencil.polygon(edge, canvas.size)
    whole.paste(part.mask, (part.x, part.y))
    canvas.mix(other.pixels, np.asarray(whole, dtype=np.float32) / 255)


PAINTERS = {
    "picture": picture,
    "blur": blur,
    "sharpen": sharpen,
    "grade": grade,
    "match": match,
    "card": card,
    "split": split,
}
