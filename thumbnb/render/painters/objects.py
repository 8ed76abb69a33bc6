"""Drawn objects: scaled to their height, set off from what lies behind, standing on the ground."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageOps

from thumbnb.render.objects.drawn import draw_to_height
from thumbnb.render.objects.lit_window import ONE_LIT, WINDOWS, with_one_lit
from thumbnb.render.objects.moods import ASLEEP, UNLIT
from thumbnb.render.objects.painting import describe
from thumbnb.render.objects.raster import can_draw
from thumbnb.render.objects.states import in_state
from thumbnb.render.objects.vocabulary.thing_kinds import IN_GROUND
from thumbnb.render.painters.images import graded
from thumbnb.render.painters.people import in_light, light_around, rimmed, set_off
from thumbnb.render.raster.pixels import to_pixels
from thumbnb.render.raster.stencil import Stencil

if TYPE_CHECKING:
    from collections.abc import Callable

    from thumbnb.render import scene
    from thumbnb.render.colour.mixing import Floats
    from thumbnb.render.painters.context import PaintContext
    from thumbnb.render.raster.canvas import Canvas


def _object(
    layer: scene.ObjectLayer, canvas: Canvas, context: PaintContext
) -> scene.ObjectLayer | None:
    k = canvas.scale
    high = layer.height * k
    image = _drawn(layer, high) if can_draw() else None
    if image is None:
        return None
    wide = image.width
    image, (aside, above) = in_state(
        image,
        layer.state,
        _flame,
        _blast,
        ground=_ground_at(layer, canvas, wide),
        nose_left=(describe(layer.name).faces == "right") == layer.mirrored,
    )
    left = round(layer.at[0] * k - wide / 2) - aside
    top = round(layer.at[1] * k - high) - above
    if layer.ground:
        _paint_ground_shadow(layer, canvas, wide, k)
    shape = Stencil(image.getchannel("A"), left, top)
    if layer.turn:
        image, shape = _turned(image, shape, layer.turn)
    light = (layer.light or light_around(canvas, shape.box)) if layer.ambient else None
    if layer.state == "glowing":
        canvas.shine(shape.blurred(46 * k), _GLOW, 1.0)
    set_off(shape, layer.finish, canvas)
    pixels = own = to_pixels(image)
    if layer.grade:
        pixels = graded(pixels, layer.grade)
    if light is not None:
        pixels = in_light(pixels, light, layer.ambient)
    if layer.state == ONE_LIT or (layer.lamps and layer.state not in _DARK):
        pixels = _lamps_lit(pixels, own)
    for rim in layer.finish.rims:
        pixels = rimmed(pixels, shape.mask, rim, k)
    canvas.paste(pixels, shape)
    context.objects.append((left, top, left + wide + 2 * aside, top + above + round(high)))
    return layer.model_copy(update={"light": light}) if light else None


def _ground_at(layer: scene.ObjectLayer, canvas: Canvas, wide: int) -> tuple[float, float, float]:
    """Return the colour of the ground at the foot of an object that is sunk in it."""
    if layer.state not in IN_GROUND:
        return (0.0, 0.0, 0.0)
    x, y = layer.at[0] * canvas.scale, layer.at[1] * canvas.scale
    box = (x - wide / 2, y - 0.16 * wide, x + wide / 2, y - 0.02 * wide)
    left, top, right, bottom = map(round, box)
    part = canvas.part((left, top, right, bottom))
    red, green, blue = (float(share) for share in part.reshape(-1, 3).mean(axis=0))
    # What was thrown up is drier, and is seen even in the dark.
    lift = max(1.1, _DIMMEST_GROUND / max(red, green, blue, 0.02))
    return min(1.0, red * lift), min(1.0, green * lift), min(1.0, blue * lift)


_DIMMEST_GROUND = 0.3


def _drawn(layer: scene.ObjectLayer, high: float) -> Image.Image | None:
    """Draw an object so many pixels high, without its state; None where nothing is to be seen."""
    mood = UNLIT if layer.state in _DARK else ASLEEP if layer.state == ASLEEP else layer.mood
    image = draw_to_height(layer.name, high, layer.colours, mood)
    box = image.getchannel("A").getbbox()
    if box is None:
        return None
    image = image.crop(box)
    wide = max(1, round(high * image.width / image.height))
    image = image.resize((wide, max(1, round(high))), Image.Resampling.LANCZOS)
    if layer.state == ONE_LIT and layer.name in WINDOWS:
        image = with_one_lit(image, layer.name)
    if layer.below:
        image.paste((0, 0, 0, 0), (0, 0, image.width, round(layer.below * image.height)))
    return ImageOps.mirror(image) if layer.mirrored else image


_GLOW = "#fff1b0"

_DARK = frozenset({"abandoned", "unlit", ONE_LIT})
"""In these states no lamp of a thing is on."""


def _flame(high: float) -> Image.Image:
    """Draw a fire so many pixels high."""
    return _whole("fire", high)


def _blast(high: float) -> Image.Image:
    """Draw an explosion so many pixels high."""
    return _whole("explosion", high)


def _whole(name: str, high: float) -> Image.Image:
    image = draw_to_height(name, high, {})
    shape = image.crop(image.getchannel("A").getbbox())
    wide = max(1, round(high * shape.width / shape.height))
    return shape.resize((wide, max(1, round(high))), Image.Resampling.LANCZOS)


def _lamps_lit(pixels: Floats, own: Floats) -> Floats:
    """Show what is bright and warm in a drawing's ``own`` colours as it is there."""
    warm = np.clip((own[..., 0] - 0.75) * 5, 0, 1) * np.clip(
        (own[..., 1] - own[..., 2] - 0.2) * 5, 0, 1
    )
    return np.asarray(pixels + (own - pixels) * warm[..., None], dtype=np.float32)


def _paint_ground_shadow(layer: scene.ObjectLayer, canvas: Canvas, wide: float, k: float) -> None:
    """Paint the soft shadow that an object casts on the ground it stands on."""
    x, y = layer.at[0] * k, layer.at[1] * k
    for share, flat, blur, strength in ((0.50, 0.10, 16, 0.55), (0.36, 0.05, 6, 0.75)):
        across, down = wide * share, max(3.0, wide * share * flat * 2)
        box = (x - across, y - down * 0.7, x + across, y + down * 1.1)
        stencil = Stencil.rounded(box, (box[3] - box[1]) / 2)
        canvas.shade(stencil.blurred(blur * k), layer.ground * strength)


def _turned(image: Image.Image, shape: Stencil, angle: float) -> tuple[Image.Image, Stencil]:
    """Turn an object about its middle."""
    turned = image.rotate(angle, Image.Resampling.BICUBIC, expand=True)
    x = shape.x - (turned.width - image.width) // 2
    y = shape.y - (turned.height - image.height) // 2
    return turned, Stencil(turned.getchannel("A"), x, y)


PAINTERS: dict[str, Callable[..., Any]] = {"object": _object}
