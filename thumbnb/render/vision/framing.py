"""How an image fills a frame, and where the faces in it come to lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thumbnb.render.scene import Card, Cutout, ImageLayer
from thumbnb.render.scene.images import SLANT

if TYPE_CHECKING:
    from collections.abc import Callable

    from thumbnb.render.colour.mixing import Floats
    from thumbnb.render.scene import Box, Layer
    from thumbnb.render.vision.faces import ImageView


def crop_window(
    shape: tuple[int, int],
    size: tuple[float, float],
    focus: tuple[float, float],
    zoom: float = 1.0,
    aim: tuple[float, float] = (0.5, 0.5),
) -> tuple[float, float, float, float]:
    """Give the part of an image of ``shape`` that fills ``size``: left, top, right, bottom.

    ``focus`` (0..1 of the image) comes to ``aim`` (0..1 of the frame), as far as there is image.
    """
    w, h = size
    scale = max(w / shape[0], h / shape[1]) * zoom
    cw, ch = min(w / scale, shape[0]), min(h / scale, shape[1])
    x = min(max(focus[0] * shape[0] - aim[0] * cw, 0.0), shape[0] - cw)
    y = min(max(focus[1] * shape[1] - aim[1] * ch, 0.0), shape[1] - ch)
    return max(0.0, x), max(0.0, y), min(x + cw, shape[0]), min(y + ch, shape[1])


def half_extent(half: str | None) -> tuple[float, float]:
    """Return the left and right end (0..1) of a half of the sheet; ``None`` is the whole."""
    return (
        min(SLANT) if half == "right" else 0.0,
        max(SLANT) if half == "left" else 1280.0,
    )


def face_in_layer(layer: Layer, view_of: Callable[[str], ImageView]) -> Box | None:
    """Give the face that a layer shows (x, y, width, height in units), if one is seen.

    ``look`` gives what is seen in an image by its name in the scene.
    """
    if isinstance(layer, Cutout):
        (x, y), width = layer.at, layer.face_width
        height = width * layer.face[3] / layer.face[2]
        return x - width / 2, y - height / 2, width, height
    if isinstance(layer, ImageLayer):
        frame, aim = frame_of(layer), layer.aim
    elif isinstance(layer, Card) and layer.image:
        frame, aim = layer.box, (0.5, 0.5)
    else:
        return None
    view = view_of(layer.image or "")
    if view.face is None:
        return None
    seen = crop_window(view.size, frame[2:], layer.focus, layer.zoom, aim)
    across, down = frame[2] / (seen[2] - seen[0]), frame[3] / (seen[3] - seen[1])
    x, y, w, h = view.face
    x, y = frame[0] + (x - seen[0]) * across, frame[1] + (y - seen[1]) * down
    return x, y, w * across, h * down


def box_on_sheet(layer: ImageLayer, view: ImageView, box: Box | None) -> Box | None:
    """Return where a box of an image (0..1 of it) lies on the sheet, as far as it is seen."""
    if box is None:
        return None
    left, top, wide, high = frame_of(layer)
    seen = crop_window(view.size, (wide, high), layer.focus, layer.zoom, layer.aim)
    across, down = wide / (seen[2] - seen[0]), high / (seen[3] - seen[1])
    x, y = box[0] * view.size[0], box[1] * view.size[1]
    edges = (
        max(left, left + (x - seen[0]) * across),
        max(top, top + (y - seen[1]) * down),
        min(left + wide, left + (x + box[2] * view.size[0] - seen[0]) * across),
        min(top + high, top + (y + box[3] * view.size[1] - seen[1]) * down),
    )
    if edges[2] <= edges[0] or edges[3] <= edges[1]:
        return None
    return edges[0], edges[1], edges[2] - edges[0], edges[3] - edges[1]


def salient_share(layer: ImageLayer, box: Box, view: ImageView) -> float:
    """Return how much of what draws the eye in an image lies under a box, 0 to 1."""
    frame = frame_of(layer)
    seen = crop_window(view.size, frame[2:], layer.focus, layer.zoom, layer.aim)
    rows, columns = view.saliency.shape
    across, down = columns / view.size[0], rows / view.size[1]
    shown = _part(
        view.saliency, (seen[0] * across, seen[1] * down, seen[2] * across, seen[3] * down)
    )
    x, y = (shown.shape[1] / frame[2], shown.shape[0] / frame[3])
    left, top = (box[0] - frame[0]) * x, (box[1] - frame[1]) * y
    under = _part(shown, (left, top, left + box[2] * x, top + box[3] * y))
    return float(under.sum() / max(float(shown.sum()), 1e-9))


def saliency_on_sheet(layer: ImageLayer, view: ImageView, size: tuple[int, int]) -> Floats:
    """Return how much each cell of a sheet draws the eye by an image on it; ``size`` in cells."""
    x, y, w, h = frame_of(layer)
    seen = crop_window(view.size, (w, h), layer.focus, layer.zoom, layer.aim)
    rows, columns = view.saliency.shape
    columns_at = (np.arange(size[0]) + 0.5) * 1280 / size[0]
    rows_at = (np.arange(size[1]) + 0.5) * 720 / size[1]
    across = (seen[0] + (columns_at - x) / w * (seen[2] - seen[0])) / view.size[0] * columns
    down = (seen[1] + (rows_at - y) / h * (seen[3] - seen[1])) / view.size[1] * rows
    left, top = (
        np.clip(at.astype(int), 0, last - 1) for at, last in ((across, columns), (down, rows))
    )
    within = ((rows_at >= y) & (rows_at < y + h))[:, None] & (
        (columns_at >= x) & (columns_at < x + w)
    )
    field = view.saliency[top][:, left] * within
    return np.asarray(field, dtype=np.float32)


def _part(field: Floats, edges: tuple[float, float, float, float]) -> Floats:
    left, top, right, bottom = (max(0, round(edge)) for edge in edges)
    return field[top:bottom, left:right]


def frame_of(layer: ImageLayer) -> Box:
    """Return what an image fills of the sheet."""
    if layer.area:
        return layer.area
    left, right = half_extent(layer.half)
    return left, 0.0, right - left, 720.0
