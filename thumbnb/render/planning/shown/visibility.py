"""How much of each drawn thing is seen: not covered by what lies before it, in the frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PIL import Image, ImageDraw, ImageOps

from thumbnb.render.figures import below_face, hair_top, is_whole
from thumbnb.render.objects.drawn import object_aspect, object_shape
from thumbnb.render.scene import Bars, Card, Chip, Cutout, ObjectLayer, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.scene import Box, Layer

HIDDEN = 0.25
"""A thing of which less is seen counts as hidden."""

_CELL = 8
"""The sheet is looked at in squares so wide (units)."""

_SIZE = (1280 // _CELL, 720 // _CELL)


class Seen(NamedTuple):
    """A drawn layer, and the share (0..1) of it that is seen."""

    layer: ObjectLayer
    share: float


def seen_objects(layers: Sequence[Layer]) -> list[Seen]:
    """Return each drawn object of a scene, back to front, with how much of it is seen.

    Shapes are looked at coarsely: those of people are a head and a body.
    """
    sheet = Image.new("I", _SIZE, 0)
    whole: dict[int, float] = {}
    for number, layer in enumerate(layers, 1):
        if isinstance(layer, ObjectLayer):
            mask, at = _shape_of(layer)
            whole[number] = float(np.count_nonzero(np.asarray(mask) > _SOLID)) or 1.0
            sheet.paste(number, at, mask.point(lambda alpha: 255 * (alpha > _SOLID)))
        else:
            _cover(ImageDraw.Draw(sheet), layer, number)
    counts = np.bincount(np.asarray(sheet).ravel(), minlength=len(layers) + 1)
    return [
        Seen(layer, min(1.0, float(counts[number]) / whole[number]))
        for number, layer in enumerate(layers, 1)
        if isinstance(layer, ObjectLayer)
    ]


_SOLID = 100
"""From this opacity on (of 255) a shape covers a square."""


def _shape_of(layer: ObjectLayer) -> tuple[Image.Image, tuple[int, int]]:
    """Return the shape of a drawn object in squares, and where its upper left corner is."""
    shape = object_shape(layer.name)
    high = max(1, round(layer.height / _CELL))
    wide = max(1, round(layer.height * object_aspect(layer.name) / _CELL))
    mask = shape.resize((wide, high), Image.Resampling.BOX)
    if layer.below:
        mask.paste(0, (0, 0, wide, round(layer.below * high)))
    if layer.mirrored:
        mask = ImageOps.mirror(mask)
    x, y = layer.at[0] / _CELL, (layer.at[1] - layer.height / 2) / _CELL
    if layer.turn:
        mask = mask.rotate(layer.turn, Image.Resampling.BILINEAR, expand=True)
    return mask, (round(x - mask.width / 2), round(y - mask.height / 2))


def _cover(draw: ImageDraw.ImageDraw, layer: Layer, number: int) -> None:
    """Mark the squares that a layer covers: a person, a card, words, a label, a film's bars."""
    if isinstance(layer, Cutout):
        _cover_by_person(draw, layer, number)
    for box in _boxes(layer):
        draw.rectangle(_squares(box), fill=number)


def _boxes(layer: Layer) -> list[Box]:
    """Return the boxes that a layer covers."""
    match layer:
        case Card():
            return [layer.box]
        case Words():
            letters = 0.74  # of a font size
            return [
                (line.x, line.y - letters * line.size, line.width, letters * line.size)
                for line in layer.lines
            ]
        case Chip():
            wide = layer.size * (1 + _LETTER * len(layer.text))
            return [(*layer.at, wide, 1.4 * layer.size)] if layer.plate else []
        case Bars():
            return [(0, 0, 1280, layer.height), (0, 720 - layer.height, 1280, layer.height)]
    return []


_LETTER = 0.58
"""How wide a letter of a label is on average, in font sizes."""


def _squares(box: Box) -> tuple[float, float, float, float]:
    x, y, w, h = (side / _CELL for side in box)
    return x, y, max(x, x + w - 1), max(y, y + h - 1)


_HEAD_WIDE, _SHOULDERS_WIDE, _BODY_WIDE = 0.62, 1.25, 0.7
"""How far a head, and a body seen in part and whole, reach to either side (face widths)."""

_NECK = 0.62


def _cover_by_person(draw: ImageDraw.ImageDraw, layer: Cutout, number: int) -> None:
    """Mark the squares that a head and a body cover."""
    x, y, size = layer.at[0], layer.at[1], layer.face_width
    figure = layer.figure
    above = hair_top(figure) if figure else 0.95
    whole = bool(figure and is_whole(figure))
    foot = y + below_face(figure) * size if figure and whole else 720.0
    if layer.seen_to is not None:
        foot = min(foot, layer.seen_to)
    side = _HEAD_WIDE * size
    head = (x - side, y - above * size, 2 * side, (above + _NECK) * size)
    draw.ellipse(_squares(head), fill=number)
    side = (_BODY_WIDE if whole else _SHOULDERS_WIDE) * size
    neck = y + _NECK * size
    if foot > neck:
        draw.rounded_rectangle(
            _squares((x - side, neck, 2 * side, foot - neck)),
            min(0.4 * side, (foot - neck) / 2) / _CELL,
            fill=number,
        )
