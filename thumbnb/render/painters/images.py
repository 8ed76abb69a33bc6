"""Photographs and frames: cropped, graded, blurred, framed, halved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter

from thumbnb.render.colour.mixing import ramp, rgb
from thumbnb.render.colour.style_reference import colour_match
from thumbnb.render.painters.devices import paint_device, screen_radius
from thumbnb.render.painters.halves import jagged_line, show_half, straight_line
from thumbnb.render.raster.canvas import UNITS, Canvas, ease, floats
from thumbnb.render.raster.filters import (
    blur_levels,
    scale_part,
    sharpen,
    strengthen_contrast,
)
from thumbnb.render.raster.pixels import (
    luma,
    new_pixels,
    raise_pixels,
    row_bands,
    to_pixels,
    to_rgb,
    to_rgb_levels,
)
from thumbnb.render.raster.stencil import Stencil
from thumbnb.render.subjects.placement import paint_subject
from thumbnb.render.vision import faces
from thumbnb.render.vision.framing import crop_window, half_extent
from thumbnb.render.vision.tones import spread_tones

if TYPE_CHECKING:
    from collections.abc import Callable

    from thumbnb.render import scene
    from thumbnb.render.colour.mixing import Floats
    from thumbnb.render.painters.context import PaintContext
    from thumbnb.render.raster.pixels import Levels


def cover(
    image: Image.Image,
    size: tuple[int, int],
    focus: tuple[float, float],
    zoom: float = 1.0,
    aim: tuple[float, float] = (0.5, 0.5),
) -> Image.Image:
    """Crop to fill ``size``; never stretched. See ``window``."""
    box = crop_window(image.size, size, focus, zoom, aim)
    if size == image.size and box == (0.0, 0.0, float(size[0]), float(size[1])):
        return image
    return Image.fromarray(scale_part(image, size, box))


def flat(image: Image.Image, ground: str = "#ffffff") -> Image.Image:
    """Lay an image with transparent parts on a plain ground."""
    if image.mode != "RGBA":
        return image if image.mode == "RGB" else image.convert("RGB")
    out = Image.new("RGB", image.size, ground)
    out.paste(image, mask=image.getchannel("A"))
    return out


def _paint_image(layer: scene.ImageLayer, canvas: Canvas, context: PaintContext) -> None:
    image = context.images[layer.image]
    if not layer.cut:
        context.saw(layer, canvas.scale)
    if layer.half:
        left, right = (round(x * canvas.scale) for x in half_extent(layer.half))
        size = (right - left, canvas.height)
        part = Canvas(canvas.size)
        part.pixels[:, left:right] = to_pixels(_filled(image, size, layer))
        show_half(canvas, part, layer.half)
        return
    if layer.area:
        left, top, wide, high = (round(v * canvas.scale) for v in layer.area)
        beside = _filled(image, (wide, high), layer)
        if layer.fade and not layer.over:
            canvas.put(_surroundings(image, layer, canvas))
        canvas.paste(beside, Stencil(_area_mask(layer, canvas, beside.size), left, top))
        return
    if not layer.cut:
        canvas.put(_filled(image, canvas.size, layer))
        return
    person = faces.find_person(image).cut
    if person is not None:
        person = cover(person, canvas.size, layer.focus, layer.zoom, layer.aim)
        person = finished(person, layer)
        canvas.paste(person, Stencil(person.getchannel("A")))


def _filled(image: Image.Image, size: tuple[int, int], layer: scene.ImageLayer) -> Image.Image:
    """Crop an image to fill a part of the sheet, with the contrast its layer gives it."""
    cropped = cover(flat(image), size, layer.focus, layer.zoom, layer.aim)
    return finished(cropped, layer)


def finished(image: Image.Image, layer: scene.ImageLayer) -> Image.Image:
    """Give an image the contrast and the colour that its layer says."""
    image = spread_tones(image, layer.tones)
    return image if layer.saturation == 1 else ImageEnhance.Color(image).enhance(layer.saturation)


def _surroundings(image: Image.Image, layer: scene.ImageLayer, canvas: Canvas) -> Image.Image:
    """Fill a canvas with the colours at the edges of an image in its area, blurred.

    They go on from there, so that nothing in the image is seen twice.
    """
    assert layer.area is not None  # noqa: S101 - asked for only of images in an area
    wide, high = _SURROUNDINGS
    across, down = wide / UNITS[0], high / UNITS[1]
    x, y, w, h = layer.area
    left, top = max(0, round(x * across)), max(0, round(y * down))
    size = min(wide - left, round(w * across)), min(high - top, round(h * down))
    small = cover(flat(image), size, layer.focus, layer.zoom, layer.aim)
    small = small.filter(ImageFilter.GaussianBlur(_SURROUNDINGS_BLUR))
    around = ((top, high - top - size[1]), (left, wide - left - size[0]), (0, 0))
    whole = Image.fromarray(np.pad(np.asarray(small), around, mode="edge"))
    soft = whole.filter(ImageFilter.GaussianBlur(2 * _SURROUNDINGS_BLUR))
    return finished(soft, layer).resize(canvas.size, Image.Resampling.BICUBIC)


_SURROUNDINGS, _SURROUNDINGS_BLUR = (80, 45), 2.5
"""How large surroundings are painted, and how much they are blurred there, in pixels."""


def _area_mask(layer: scene.ImageLayer, canvas: Canvas, size: tuple[int, int]) -> Image.Image:
    """Return how much of an image is seen in its area: less towards edges inside the sheet."""
    wide, high = size
    if not layer.fade or layer.area is None:
        return Image.new("L", size, 255)
    x, y, w, h = layer.area
    reach = max(1.0, layer.fade * canvas.scale)
    across = (np.arange(wide, dtype=np.float32) + 0.5)[None, :]
    down = (np.arange(high, dtype=np.float32) + 0.5)[:, None]
    seen: Floats = np.ones((high, wide), dtype=np.float32)
    if x > 0:
        seen *= ease(across / reach)
    if x + w < UNITS[0]:
        seen *= ease((wide - across) / reach)
    if y > layer.bars:
        seen *= ease(down / reach)
    if y + h < UNITS[1] - layer.bars:
        seen *= ease((high - down) / reach)
    return Image.fromarray((seen * 255 + 0.5).astype(np.uint8))


def sigma(amount: float) -> float:
    """Blur 0..100 as a radius in units: equal steps look equal."""
    return float(44 * (amount / 100) ** 1.35)


def _blur(layer: scene.Blur, canvas: Canvas, _: PaintContext) -> None:
    radius = sigma(layer.amount) * canvas.scale
    if radius < 0.3:  # noqa: PLR2004 - less than can be seen
        return
    canvas.put(blur_levels(to_rgb_levels(canvas.pixels), radius))


def sharpen_levels(levels: Levels, fine: float, wide: float, scale: float) -> None:
    """Give an RGB image (height, width, 3) crisper edges and more local contrast, in place."""
    if fine:
        sharpen(levels, 1.8 * scale, fine)
    if wide:
        strengthen_contrast(levels, _WIDE_BLUR * scale, wide / 100)


_WIDE_BLUR = 48
"""How far local contrast reaches, in units."""


def _sharpen(layer: scene.Sharpen, canvas: Canvas, _: PaintContext) -> None:
    levels = canvas.levels()
    sharpen_levels(levels, layer.fine, layer.wide, canvas.scale)
    canvas.put(levels)


def graded(pixels: Floats, g: scene.Grade, out: Floats | None = None) -> Floats:
    """Grade pixels (floats in 0..1, colour last), into ``out`` where it is given."""
    height, width = pixels.shape[:2]
    out = new_pixels(height, width) if out is None else out
    weights = _grade_weights(g)
    for rows in row_bands(height, width):
        out[rows] = _graded_band(pixels[rows], g, weights)
    return out


def _graded_band(pixels: Floats, g: scene.Grade, weights: tuple[Floats, Floats, Floats]) -> Floats:
    p = np.clip(pixels, 0, 1)
    if g.gamma != 1:
        raise_pixels(p, g.gamma)
    if g.contrast != 1:
        p *= np.float32(g.contrast)
        p += np.float32(0.5 - 0.5 * g.contrast)
        np.clip(p, 0, 1, out=p)
    # All that follows is a sum: so much of a colour, so much of the brightness, so much more.
    own, bright, more = weights
    if not np.any(bright) and not np.any(more):
        p *= own
        return np.clip(p, 0, 1, out=p)
    y = luma(p)
    for i in range(3):
        colour = p[..., i]
        colour *= own[i]
        colour += y * bright[i]
        colour += more[i]
    return np.clip(p, 0, 1, out=p)


def _grade_weights(g: scene.Grade) -> tuple[Floats, Floats, Floats]:
    """Return what saturation, warmth, tint and lift make of a colour, each float32 (3,).

    How much of itself, how much of the brightness of its pixel, and how much more.
    """
    warm = np.array([1 + g.warmth, 1, 1 - g.warmth])
    own: Floats = g.saturation * warm
    bright: Floats = (1 - g.saturation) * warm
    more: Floats = np.zeros(3)
    if g.tint and g.shadows and g.highlights:
        more = (floats(g.shadows) - 0.5) * (0.55 * g.tint)
        bright = bright + (floats(g.highlights) - 0.5) * (0.55 * g.tint) - more
    own, bright, more = ((1 - g.lift) * each for each in (own, bright, more))
    return tuple(each.astype(np.float32) for each in (own, bright, more + g.lift))  # type: ignore[return-value]


def _grade(layer: scene.Grade, canvas: Canvas, _: PaintContext) -> None:
    graded(canvas.pixels, layer, canvas.pixels)


def _duotone(layer: scene.Duotone, canvas: Canvas, _: PaintContext) -> None:
    table = (ramp([rgb(c) for c in layer.colours], 256) / 255).astype(np.float32)
    for _rows, part in canvas.bands():
        levels = np.clip(luma(part) * 255, 0, 255).astype(np.uint8)
        for i in range(3):
            tone = table[:, i][levels]
            part[..., i] += (tone - part[..., i]) * layer.strength


def _match(layer: scene.Match, canvas: Canvas, _: PaintContext) -> None:
    # A part of the pixels tells their mean and spread.
    matched = colour_match(canvas.pixels[::4, ::4], layer)
    for rows, part in canvas.bands():
        canvas.pixels[rows] = matched(part)


def enhanced(
    image: Image.Image, face: tuple[float, float, float, float], strength: float
) -> Image.Image:
    """Smooth the skin of a face and light it a little; edges, eyes and mouth stay sharp."""
    x, y, w, _ = face
    half_extent = w * 0.75
    cx, cy = x + w / 2, y + w / 2
    box = (
        int(max(0, cx - half_extent)),
        int(max(0, cy - half_extent * 1.2)),
        int(min(image.width, cx + half_extent)),
        int(min(image.height, cy + half_extent * 1.2)),
    )
    part = image.crop(box).convert("RGB")
    if min(part.size) < 8:  # noqa: PLR2004 - nothing to see
        return image
    p = np.asarray(part, dtype=np.float32) / 255
    soft_ = part.filter(ImageFilter.MedianFilter(3)).filter(
        ImageFilter.GaussianBlur(max(1.0, w / 60))
    )
    soft = np.asarray(soft_, dtype=np.float32) / 255
    # Small differences are skin, large ones are features.
    feature = np.clip(np.abs(p - soft).max(axis=-1, keepdims=True) / 0.10, 0, 1)
    ys, xs = np.mgrid[box[1] : box[3], box[0] : box[2]]
    near = np.exp(-((((xs - cx) / (w * 0.55)) ** 2 + ((ys - cy) / (w * 0.7)) ** 2) ** 2))[..., None]
    out = p + (soft - p) * (1 - feature) * near * strength
    out = out + (np.clip(out * 1.09 + 0.02, 0, 1) - out) * near * strength
    result = image.copy()
    better = Image.fromarray((np.clip(out, 0, 1) * 255).astype(np.uint8)).convert(image.mode)
    if image.mode == "RGBA":
        better.putalpha(image.crop(box).getchannel("A"))
    result.paste(better, box[:2])
    return result


def _card_stencils(layer: scene.Card, k: float) -> tuple[Stencil, Stencil]:
    """Return the shape of a card's image, and of that with its border."""
    x, y, w, h = (v * k for v in layer.box)
    border = layer.border_width * k if layer.border else 0
    if layer.shape == "disc":
        middle = (x + w / 2, y + h / 2)
        return Stencil.disc(*middle, w / 2), Stencil.disc(*middle, w / 2 + border)
    foot = layer.foot * k if layer.border else 0
    radius = 20 * k if layer.shape == "rounded" else 2 * k
    if layer.device:
        radius = screen_radius(layer.device) * k
    wide = (x - border, y - border, x + w + border, y + h + border + foot)
    rounder = radius + border * (layer.shape == "rounded")
    return Stencil.rounded((x, y, x + w, y + h), radius), Stencil.rounded(wide, rounder)


def _card(layer: scene.Card, canvas: Canvas, context: PaintContext) -> None:
    k = canvas.scale
    x, y, w, h = (v * k for v in layer.box)
    inner, outer = _card_stencils(layer, k)
    size = (max(1, round(w)), max(1, round(h)))
    if layer.image:
        image = context.images[layer.image]
        if layer.enhance and layer.face:
            image = enhanced(image, layer.face, layer.enhance)
        image = cover(flat(image), size, layer.focus, layer.zoom)
    elif layer.painting:
        # Painted in the shape of an image, then cropped: subjects are laid out for that.
        wide = (round(size[1] * 16 / 9), size[1])
        image = cover(paint_subject(layer.painting, wide), size, (layer.painting.aim, 0.5))
    else:
        return
    levels = np.array(image)
    sharpen_levels(levels, 55, 14, k)
    image = Image.fromarray(levels)
    if layer.grade:
        image = to_rgb(graded(to_pixels(levels), layer.grade))
    # The image on a sheet as large as its stencil, so that both turn alike.
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
    if layer.device:
        paint_device(canvas, layer.device, layer.box)
    else:
        canvas.shade(outer.moved(6 * k, 16 * k).blurred(22 * k), layer.shadow)
    if layer.border:
        canvas.fill(outer, layer.border)
    canvas.paste(sheet, inner)


def _split(layer: scene.Split, canvas: Canvas, _: PaintContext) -> None:
    k = canvas.scale
    after = Canvas(canvas.size)
    graded(canvas.pixels, layer.bright, after.pixels)
    graded(canvas.pixels, layer.dull, canvas.pixels)
    show_half(canvas, after, "right")
    outline = jagged_line() if layer.jagged else straight_line(layer.line_width)
    line = Stencil.polygon([(x * k, y * k) for x, y in outline], canvas.size)
    canvas.shade(line.blurred(16 * k), 0.6)
    canvas.fill(line, layer.line)


PAINTERS: dict[str, Callable[..., Any]] = {
    "image": _paint_image,
    "blur": _blur,
    "sharpen": _sharpen,
    "grade": _grade,
    "duotone": _duotone,
    "match": _match,
    "card": _card,
    "split": _split,
}
