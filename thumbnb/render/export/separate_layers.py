"""The layers of a scene as images with transparency, which stacked give the thumbnail again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from thumbnb.render.painters import PAINTERS
from thumbnb.render.painters.context import PaintContext
from thumbnb.render.raster.canvas import Canvas
from thumbnb.render.type import typesetting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thumbnb.render.colour.mixing import Floats
    from thumbnb.render.scene import Layer, Scene

# What changes less than this (0..1) is not seen.
_UNSEEN = 1 / 510
# So much a layer may differ from what was painted, on average (0..1).
_CLOSE = 1 / 400

# Treatments of a whole image: right above the rearmost layer they become part of it.
_TREATMENTS = frozenset({"blur", "grade", "wash", "duotone", "match", "sharpen", "grain"})

# What a person who opens the file calls each kind of layer.
_NAMES = {
    "radial": "Background",
    "linear": "Background",
    "painting": "Painting",
    "image": "Photo",
    "wash": "Colour wash",
    "wedge": "Diagonal",
    "photo subject": "Subject of the photo",
    "seen through": "Before the photo",
    "spotlight": "Light on the subject",
    "cutout": "Person",
    "figure": "Person",
    "fingers": "Hand",
    "object": "Object",
    "card": "Image card",
    "split": "Two images",
    "scrim": "Shade behind the words",
    "words": "Headline",
    "chip": "Label",
    "rule": "Line",
}


@dataclass(frozen=True, slots=True)
class SeparateLayer:
    """One layer: its ``name``, its RGBA ``image``, where that lies, and what it was painted from.

    ``left`` and ``top`` are pixels from the thumbnail's upper left corner.
    """

    name: str
    image: Image.Image
    left: int
    top: int
    source: Layer


def separate_layers(
    scene: Scene, size: tuple[int, int], images: Mapping[str, Image.Image]
) -> list[SeparateLayer]:
    """Paint each layer of a scene by itself, back to front; what changes nothing is left out.

    Laid over each other they give the thumbnail within a level of 255 on average. A layer that
    only works on what lies below (a blur, a grade of colours) is what it changes there.
    """
    canvas, context = Canvas(size), PaintContext(dict(images))
    found: list[SeparateLayer] = []
    for layer in scene.layers:
        before = canvas.pixels.copy()
        PAINTERS[layer.kind](layer, canvas, context)
        after = np.clip(canvas.pixels, 0, 1)
        if not found or (len(found) == 1 and layer.kind in _TREATMENTS):
            colour, alpha = after, np.ones(after.shape[:2], dtype=np.float32)
            source = found.pop().source if found else layer
        else:
            source = layer
            colour, alpha = _by_itself(layer, np.clip(before, 0, 1), after, size, images)
        box = _extent(alpha)
        if box is not None:
            left, top, right, bottom = box
            part = np.dstack([colour, alpha[..., None]])[top:bottom, left:right]
            image = Image.fromarray((np.clip(part, 0, 1) * 255 + 0.5).astype(np.uint8), "RGBA")
            found.append(SeparateLayer(_name(source), image, left, top, source))
    return found


def _name(layer: Layer) -> str:
    kind = str(getattr(layer, "kind", "layer"))
    name = _NAMES.get(kind, kind.capitalize())
    if kind == "words":
        return f"{name}: {' '.join(typesetting.joined(line.words) for line in layer.lines)}"  # type: ignore[attr-defined]
    if kind == "chip":
        return f"{name}: {layer.text}"  # type: ignore[attr-defined]
    return name


def _by_itself(
    layer: Layer,
    before: Floats,
    after: Floats,
    size: tuple[int, int],
    images: Mapping[str, Image.Image],
) -> tuple[Floats, Floats]:
    """Return a layer's colours and how opaque it is: alone, or as what it changes below it."""
    on_black, on_white = _on(layer, "#000000", size, images), _on(layer, "#ffffff", size, images)
    alpha = np.clip(1 - (on_white - on_black).mean(axis=2), 0, 1)
    alpha[alpha < _UNSEEN] = 0
    colour = np.clip(on_black / np.maximum(alpha, _UNSEEN)[..., None], 0, 1)
    if float(np.abs(_over(before, colour, alpha) - after).mean()) <= _CLOSE:
        return colour, alpha
    return _change(before, after)


def _on(
    layer: Layer, ground: str, size: tuple[int, int], images: Mapping[str, Image.Image]
) -> Floats:
    canvas = Canvas(size, ground)
    PAINTERS[layer.kind](layer, canvas, PaintContext(dict(images)))  # type: ignore[attr-defined]
    return np.clip(canvas.pixels, 0, 1)


def _over(below: Floats, colour: Floats, alpha: Floats) -> Floats:
    return below + (colour - below) * alpha[..., None]


def _change(before: Floats, after: Floats) -> tuple[Floats, Floats]:
    """Return the most transparent layer that makes ``after`` of ``before``."""
    more = after > before
    room = np.where(more, 1 - before, before)
    needed = np.abs(after - before) / np.maximum(room, 1e-6)
    alpha = np.clip(needed.max(axis=2), 0, 1)
    alpha[np.abs(after - before).max(axis=2) < _UNSEEN] = 0
    # In eighths of a level and up, so that 8 bits hold the colour that belongs to it.
    alpha = np.ceil(alpha * 255).astype(np.float32) / 255
    colour = before + (after - before) / np.maximum(alpha, 1 / 255)[..., None]
    return np.clip(colour, 0, 1), alpha


def _extent(alpha: Floats) -> tuple[int, int, int, int] | None:
    """Return the box (left, top, right, bottom) of what can be seen; None where nothing can."""
    seen = alpha > _UNSEEN
    rows, columns = np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0))
    if not rows.size:
        return None
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1
