"""People cut out: set off from the ground by outline, glow, rim light and shadow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageChops, ImageFilter, ImageOps

from thumbnb.render import vision
from thumbnb.render.canvas import floats
from thumbnb.render.figures import drawn
from thumbnb.render.painters.pictures import enhanced, graded, sharpened
from thumbnb.render.stencil import Stencil

if TYPE_CHECKING:
    from collections.abc import Callable

    from thumbnb.render import scene
    from thumbnb.render.canvas import Canvas
    from thumbnb.render.colour import Floats
    from thumbnb.render.studio import Studio


def _cutout(layer: scene.Cutout, canvas: Canvas, studio: Studio) -> None:
    if layer.figure:
        image: Image.Image | None = drawn(layer.figure)[0]
    else:
        image = vision.sight(studio.images[layer.image]).cut if layer.image else None
    if image is None:
        return
    x, y, w, h = layer.face
    if layer.enhance:
        image = enhanced(image, layer.face, layer.enhance)
    if layer.flip:
        image, x = ImageOps.mirror(image), image.width - x - w
    k = canvas.scale
    zoom = layer.face_width * k / w
    left = layer.at[0] * k - (x + w / 2) * zoom
    top = layer.at[1] * k - (y + h / 2) * zoom
    # The cut lower edge of a portrait never shows.
    bottom = top + image.height * zoom
    if bottom < canvas.height + 2:
        top += canvas.height + 2 - bottom
    size = (max(1, round(image.width * zoom)), max(1, round(image.height * zoom)))
    placed = _fitted(image, size, (left, top), canvas)
    alpha, (px, py) = placed.getchannel("A"), _corner(left, top)
    shape = Stencil(alpha, px, py)
    face = (left + x * zoom, top + y * zoom, left + (x + w) * zoom, top + (y + h) * zoom)
    studio.faces.append(face)
    picture = sharpened(placed.convert("RGB"), 55, 16, k)
    pixels = np.asarray(picture, dtype=np.float32) / 255
    if layer.grade:
        pixels = graded(pixels, layer.grade)
    finish = layer.finish
    if finish.glow:
        canvas.shine(shape.blurred(finish.glow_width * k), finish.glow, finish.glow_strength)
    if finish.shadow:
        canvas.shade(shape.moved(-14 * k, 10 * k).blurred(26 * k), finish.shadow)
    if finish.outline:
        outline = shape.grown(finish.outline_width * k)
        canvas.shade(outline.moved(4 * k, 8 * k).blurred(9 * k), 0.4)
        canvas.fill(outline, finish.outline)
    for rim in finish.rims:
        pixels = _rimmed(pixels, alpha, rim, k)
    image = Image.fromarray((np.clip(pixels, 0, 1) * 255 + 0.5).astype(np.uint8))
    canvas.paste(image, shape)


def _corner(left: float, top: float) -> tuple[int, int]:
    return max(-64, round(left)), max(-64, round(top))


def _fitted(
    image: Image.Image, size: tuple[int, int], at: tuple[float, float], canvas: Canvas
) -> Image.Image:
    """Scale to ``size`` only what lies near the canvas."""
    px, py = _corner(*at)
    right, bottom = (
        min(canvas.width + 64, round(at[0]) + size[0]),
        min(canvas.height + 64, round(at[1]) + size[1]),
    )
    zx, zy = image.width / size[0], image.height / size[1]
    box = tuple(
        float(min(max(v, 0), most))
        for v, most in (
            ((px - round(at[0])) * zx, image.width),
            ((py - round(at[1])) * zy, image.height),
            ((right - round(at[0])) * zx, image.width),
            ((bottom - round(at[1])) * zy, image.height),
        )
    )
    out = (max(1, right - px), max(1, bottom - py))
    # Colours under a transparent edge are the person's own, so alpha need not be multiplied in.
    bands = [
        b.resize(out, Image.Resampling.LANCZOS, box=box) for b in image.convert("RGBA").split()
    ]
    return Image.merge("RGBA", bands)


def _rimmed(pixels: Floats, alpha: Image.Image, rim: scene.Rim, k: float) -> Floats:
    """Light up the edge that faces one side: where the shape is and its shifted self is not."""
    pad = int(abs(rim.shift) * k) + 8
    wide = ImageOps.expand(alpha, pad, 0)
    moved = ImageChops.offset(wide, round(rim.shift * k), round(3 * k)).filter(
        ImageFilter.GaussianBlur(9 * k)
    )
    inner = moved.crop((pad, pad, pad + alpha.width, pad + alpha.height))
    edge = (
        np.clip(np.asarray(alpha, dtype=np.float32) - np.asarray(inner, dtype=np.float32), 0, 255)
        / 255
    )
    light = np.clip(edge * rim.strength, 0, 1)[..., None] * floats(rim.colour)
    return 1 - (1 - np.clip(pixels, 0, 1)) * (1 - light)


PAINTERS: dict[str, Callable[..., Any]] = {"cutout": _cutout}
