"""What is written on price tags and instruments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.objects.drawn import object_aspect
from thumbnb.render.scene import Chip, ObjectLayer, Type
from thumbnb.render.type import fonts, typesetting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.scene import Box, Layer

_NAME = "price-tag"

_LEFT, _RIGHT, _HIGH = 0.3, 0.94, 0.56
"""Between which shares of a tag's width its text stands, and how high letters are at the most."""

_FACE = fonts.Face("Montserrat", 900)


def with_texts(layers: Iterable[Layer], things: Iterable[NamedThing]) -> list[Layer]:
    """Put on each price tag among some layers what the prompt has on it."""
    texts = [thing.text for thing in things if thing.name == _NAME and thing.text]
    written: list[Layer] = []
    number = 0
    for layer in layers:
        written.append(layer)
        if isinstance(layer, ObjectLayer) and layer.name == _NAME and texts:
            written.append(_text_on(layer, texts[min(number, len(texts) - 1)]))
            number += 1
    return written


def reading_on(box: Box, thing: NamedThing) -> list[Chip]:
    """Write what an instrument reads on the lower part of its box: "120 km/h"."""
    text = thing.reading
    if not text:
        return []
    face, _ = fonts.face_for(text, _FACE)
    x, y, w, h = box
    letters = typesetting.width(face, text)
    size = min(0.17 * h, 1.05 * w / (letters + 1))
    return [
        Chip(
            text=text,
            at=(x + w / 2 - (letters * size + size) / 2, y + 0.81 * h - 0.7 * size),
            size=size,
            face=Type(family=face.family, weight=face.weight, file=face.file),
            ink="#ffffff",
            plate="#14161f",
            radius=0.3,
        )
    ]


def _text_on(tag: ObjectLayer, text: str) -> Chip:
    wide = tag.height * object_aspect(_NAME)
    face, _ = fonts.face_for(text, _FACE)
    letters = typesetting.width(face, text)
    size = min(_HIGH * tag.height, (_RIGHT - _LEFT) * wide / max(letters, 0.1))
    cap = typesetting.cap_height(face)
    middle = tag.at[0] + ((_LEFT + _RIGHT) / 2 - 0.5) * wide
    return Chip(
        text=text,
        at=(
            middle - (letters * size + size) / 2,
            tag.at[1] - tag.height / 2 - (0.32 + cap / 2) * size,
        ),
        size=size,
        face=Type(family=face.family, weight=face.weight, file=face.file),
        ink="#ffffff",
        plate=None,
    )
