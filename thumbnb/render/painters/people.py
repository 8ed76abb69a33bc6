"""People cut out: set off from the ground by outline, glow, rim light and shadow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageChops, ImageOps

from thumbnb.render.colour.mixing import as_rgb
from thumbnb.render.colour.palette import to_hex
from thumbnb.render.figures import (
    DARK_SHAPE,
    SHEET,
    SKINS,
    below_face,
    draw_figure,
    face_box,
    fingers,
    sheet_for,
)
from thumbnb.render.figures.silhouette import as_silhouette
from thumbnb.render.painters.images import enhanced, graded, sharpen_levels
from thumbnb.render.raster.canvas import ease, floats
from thumbnb.render.raster.filters import blur, scale_part, split_alpha
from thumbnb.render.raster.pixels import luma, row_bands, to_pixels
from thumbnb.render.raster.sketch import Sketch
from thumbnb.render.raster.stencil import Stencil
from thumbnb.render.scene import Rim
from thumbnb.render.vision import faces

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from thumbnb.render import scene
    from thumbnb.render.colour.mixing import Floats
    from thumbnb.render.painters.context import PaintContext
    from thumbnb.render.raster.canvas import Canvas
    from thumbnb.render.raster.pixels import Levels

_SPARE = 64
"""Pixels kept around the canvas: what lies there still casts its glow and shadow."""


def _cutout(layer: scene.Cutout, canvas: Canvas, context: PaintContext) -> scene.Cutout | None:
    image = None
    x, y, w, h = layer.face
    k = canvas.scale
    zoom = layer.face_width * k / w
    context.saw(layer, k)
    if layer.figure:
        # Drawn as large as it is shown: the face is given in pixels of the largest sheet.
        side = sheet_for(zoom)
        image = draw_figure(layer.figure, side)[0]
        x, y, w, h = (value * side / SHEET for value in layer.face)
        if layer.figure.silhouette:
            image = as_silhouette(image, (x, y, w, h))
        zoom = layer.face_width * k / w
    elif layer.image:
        image = faces.find_cutout(context.images[layer.image]).cut
    if image is None:
        return None
    if layer.mirrored:
        image = ImageOps.mirror(image)
    if layer.enhance:
        image = enhanced(image, (x, y, w, h), layer.enhance)
    left, top = layer.at[0] * k - (x + w / 2) * zoom, layer.at[1] * k - (y + h / 2) * zoom
    levels, shape = _scaled(image, zoom, (round(left), round(top)), canvas)
    sharpen_levels(levels, 55, 16, k)
    shape = _seen(shape, layer, k, canvas.width)
    light = (layer.light or light_around(canvas, shape.box)) if layer.ambient else None
    context.person_light = light
    if layer.ground and layer.figure:
        _paint_ground_shadow(layer, below_face(layer.figure), canvas)
    set_off(shape, layer.finish, canvas)
    edges = [(rim_edge(shape.mask, rim, k), rim) for rim in _rims(layer)]
    height, width = levels.shape[:2]
    for rows in row_bands(height, width):
        band = (0, rows.start, width, rows.stop)
        pixels = to_pixels(levels[rows])
        pixels = _coloured(pixels, layer, light)
        for edge, rim in edges:
            rim_lit(pixels, edge[rows], rim)
        canvas.paste(pixels, Stencil(shape.mask.crop(band), shape.x, shape.y + rows.start))
    # What was painted knows its light: by itself it looks the same.
    return layer.model_copy(update={"light": light}) if light else None


_SHAPE_RIM = "#dfe8f2"
"""The light on the edges of a silhouette where a preset has none."""

_SHAPE_STRENGTH = 0.8
_SHAPE_SHIFT = 9
"""Of the light on a silhouette's edges at the most: with more it is no dark shape."""

_SHAPE_SHADE = 0.035
"""How much of the colours of a silhouette is seen in it."""


def _is_dark_shape(layer: scene.Cutout) -> bool:
    """Whether only a dark shape is seen of somebody."""
    return layer.figure is not None and layer.figure.silhouette


def _rims(layer: scene.Cutout) -> tuple[Rim, ...]:
    """Return the light on somebody's edges; a dark shape has some always, and never much."""
    if not _is_dark_shape(layer):
        return layer.finish.rims
    return tuple(
        Rim(
            colour=rim.colour,
            strength=min(rim.strength, _SHAPE_STRENGTH),
            shift=min(rim.shift, _SHAPE_SHIFT),
        )
        for rim in layer.finish.rims or (Rim(colour=_SHAPE_RIM),)
    )


def _coloured(pixels: Floats, layer: scene.Cutout, light: str | None) -> Floats:
    """Return somebody's pixels in their grade and the light of the place, or dark."""
    if _is_dark_shape(layer):
        return np.asarray(pixels * np.float32(_SHAPE_SHADE) + floats(DARK_SHAPE))
    if layer.grade:
        pixels = graded(pixels, layer.grade, pixels)
    return in_light(pixels, light, layer.ambient) if light is not None else pixels


def _paint_ground_shadow(layer: scene.Cutout, below: float, canvas: Canvas) -> None:
    """Paint the soft shadow under the feet of somebody seen from head to foot."""
    k, size = canvas.scale, layer.face_width
    x, y = layer.at[0] * k, (layer.at[1] + (below - 0.12) * size) * k
    for wide, soft, strength in ((1.55, 0.16, 0.5), (1.05, 0.07, 0.7)):
        across, down = wide * size * k, 0.16 * wide * size * k
        oval = Stencil.rounded((x - across, y - down, x + across, y + down), down)
        canvas.shade(oval.blurred(soft * size * k), layer.ground * strength)


def _fingers(layer: scene.Fingers, canvas: Canvas, context: PaintContext) -> scene.Fingers | None:
    light = layer.light or context.person_light if layer.ambient else None
    skin = floats(layer.glove or SKINS[layer.skin]).reshape(1, 1, 3)
    if layer.grade:
        skin = graded(skin, layer.grade)
    if light:
        skin = in_light(skin, light, layer.ambient)
    scale = layer.face_width / face_box(720)[2]
    sketch = Sketch(canvas, layer.at, scale)
    side = 1 if layer.reach == "left" else -1
    fingers(sketch, side, to_hex(as_rgb(np.clip(skin.reshape(3), 0, 1) * 255)))
    return layer.model_copy(update={"light": light}) if light else None


def _scaled(
    image: Image.Image, zoom: float, corner: tuple[int, int], canvas: Canvas
) -> tuple[Levels, Stencil]:
    """Scale a cut-out, as far as it lies near the canvas: its RGB colours and its shape."""
    width, height = max(1, round(image.width * zoom)), max(1, round(image.height * zoom))
    x0, y0 = max(-_SPARE, corner[0]), max(-_SPARE, corner[1])
    x1 = max(x0 + 1, min(canvas.width + _SPARE, corner[0] + width))
    y1 = max(y0 + 1, min(canvas.height + _SPARE, corner[1] + height))
    zx, zy = image.width / width, image.height / height
    box = (
        min(max((x0 - corner[0]) * zx, 0.0), image.width - zx),
        min(max((y0 - corner[1]) * zy, 0.0), image.height - zy),
        min((x1 - corner[0]) * zx, float(image.width)),
        min((y1 - corner[1]) * zy, float(image.height)),
    )
    rgba = image if image.mode == "RGBA" else image.convert("RGBA")
    colours, alpha = split_alpha(scale_part(rgba, (x1 - x0, y1 - y0), box))
    return colours, Stencil(Image.fromarray(alpha), x0, y0)


def _seen(shape: Stencil, layer: scene.Cutout, k: float, across: int) -> Stencil:
    """Leave out of a shape what is hidden, or lies under words, or where a photo ends."""
    if layer.figure is None:
        shape = _faded_where_cut(shape, across, _CUT_FADE * layer.face_width * k)
    if layer.fade:
        shape = _faded(shape, layer.fade * k)
    if layer.seen_to is not None:
        shape = _cut_below(shape, round(layer.seen_to * k))
    return shape


def _faded(shape: Stencil, length: float) -> Stencil:
    """Let the lower edge of a shape fade out over ``length`` pixels."""
    rows = np.arange(shape.mask.height, 0, -1, dtype=np.float32)[:, None] / max(1.0, length)
    alpha = np.asarray(shape.mask, dtype=np.float32) * ease(rows)
    return Stencil(Image.fromarray(alpha.astype(np.uint8)), shape.x, shape.y)


_CUT_FADE = 0.6
"""Over so many face widths somebody fades whom the side of their photo cuts off."""


def _faded_where_cut(shape: Stencil, across: int, length: float) -> Stencil:
    """Let a shape fade out at a side of its photo that cuts it off within the canvas."""
    alpha = np.asarray(shape.mask, dtype=np.float32)
    columns = np.arange(shape.mask.width, dtype=np.float32) + 0.5
    seen = np.ones_like(columns)
    if shape.x > 0 and alpha[:, 0].max() > _OPAQUE:
        seen *= ease(np.minimum(columns / length, 1))
    if shape.x + shape.mask.width < across and alpha[:, -1].max() > _OPAQUE:
        seen *= ease(np.minimum(columns[::-1] / length, 1))
    if float(seen.min()) >= 1:
        return shape
    return Stencil(Image.fromarray((alpha * seen).astype(np.uint8)), shape.x, shape.y)


_OPAQUE = 128


def _cut_below(shape: Stencil, row: int) -> Stencil:
    """Leave out of a shape what is below a row of the canvas."""
    mask = shape.mask.copy()
    mask.paste(0, (0, min(mask.height, max(0, row - shape.y)), mask.width, mask.height))
    return Stencil(mask, shape.x, shape.y)


def set_off(shape: Stencil, finish: scene.Finish, canvas: Canvas) -> None:
    """Paint what separates a shape from the ground."""
    k = canvas.scale
    if finish.glow:
        canvas.shine(shape.blurred(finish.glow_width * k), finish.glow, finish.glow_strength)
    if finish.shadow:
        canvas.shade(shape.moved(-14 * k, 10 * k).blurred(26 * k), finish.shadow)
    if finish.outline:
        outline = shape.grown(finish.outline_width * k)
        canvas.shade(outline.moved(4 * k, 8 * k).blurred(9 * k), 0.4)
        canvas.fill(outline, finish.outline)


_FULL_LIGHT = 0.5
"""How bright the surroundings are in which a thing has the colours it was drawn in."""

_DIMMEST, _BRIGHTEST = 0.64, 1.06
_CAST = 0.55
"""How much of the colour of the light is seen on a thing at the most."""


def light_around(canvas: Canvas, box: tuple[int, int, int, int]) -> str:
    """Return the mean colour (``#rrggbb``) of what lies behind and around a box of the canvas."""
    left, top, right, bottom = box
    wide, high = (right - left) // 4, (bottom - top) // 4
    part = canvas.part((left - wide, top - high, right + wide, bottom + high))
    mean = np.clip(part[::4, ::4].reshape(-1, 3).mean(axis=0), 0, 1)
    return "#{:02x}{:02x}{:02x}".format(*(round(float(v) * 255) for v in mean))


def in_light(pixels: Floats, light_colour: str, amount: float) -> Floats:
    """Show something in a light: as bright as its surroundings, tinted by their colour."""
    light = floats(light_colour)
    bright = float(luma(light))
    factor = float(np.clip((bright / _FULL_LIGHT) ** 0.6, _DIMMEST, _BRIGHTEST))
    tint = light / max(bright, 1e-3)
    tint = 1 + (np.clip(tint, 0.55, 1.6) - 1) * _CAST
    lit = factor * tint / max(float(luma(tint)), 1e-3)
    return np.asarray(pixels * (1 + (lit - 1) * amount).astype(np.float32))


def rimmed(pixels: Floats, alpha: Image.Image, rim: scene.Rim, k: float) -> Floats:
    """Light up the edge that faces one side: where the shape is and its shifted self is not."""
    rim_lit(pixels, rim_edge(alpha, rim, k), rim)
    return pixels


def rim_edge(alpha: Image.Image, rim: scene.Rim, k: float) -> npt.NDArray[np.uint8]:
    """Return how much of a rim's light falls where, from 0 to 255 (rows, cols)."""
    pad = int(abs(rim.shift) * k) + 8
    moved = ImageChops.offset(ImageOps.expand(alpha, pad, 0), round(rim.shift * k), round(3 * k))
    soft = blur(moved, 9 * k)
    inner = soft.crop((pad, pad, pad + alpha.width, pad + alpha.height))
    return np.asarray(ImageChops.subtract(alpha, inner))


def rim_lit(pixels: Floats, edge: npt.NDArray[np.uint8], rim: scene.Rim) -> None:
    """Light up pixels in place by a rim's light."""
    lamp = floats(rim.colour)
    for rows in row_bands(*pixels.shape[:2]):
        strength = np.clip(edge[rows] * np.float32(rim.strength / 255), 0, 1)
        part = np.clip(pixels[rows], 0, 1)
        for i in range(3):
            part[..., i] += (1 - part[..., i]) * (strength * lamp[i])
        pixels[rows] = part


PAINTERS: dict[str, Callable[..., Any]] = {"cutout": _cutout, "fingers": _fingers}
