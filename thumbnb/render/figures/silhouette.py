"""Silhouettes: drawn people are all head, a dark shape has the proportions of a grown person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from thumbnb.render.scene import Box

_HEAD = 0.56
"""How large the head of a silhouette is of the one drawn, in both directions."""

_BODY = 0.84
"""How wide the body of a silhouette is of the one drawn."""

_NECK = 0.2
"""Over how many heights of the face the width goes from that of the head to that of the body."""

_STRIP = 3
"""Rows that are moved as one."""


def as_silhouette(figure: Image.Image, face: Box) -> Image.Image:
    """Return a drawn figure with a smaller head, and a body that is slimmer and taller.

    ``figure`` is RGBA, ``face`` the box (x, y, width, height) of its face in pixels. Its highest
    and its lowest row stay where they are, so that it stands where it stood.
    """
    box = figure.getchannel("A").getbbox()
    if box is None:
        return figure
    x, y, width, height = face
    top, bottom, neck = box[1], box[3], round(y + height)
    if not top < neck < bottom:
        return figure
    middle, new_neck = x + width / 2, round(top + (neck - top) * _HEAD)
    stretch = (bottom - neck) / (bottom - new_neck)

    def source_row(row: int) -> float:
        if row <= new_neck:
            return top + (row - top) / _HEAD
        return neck + (row - new_neck) * stretch

    def source_width(row: int) -> float:
        into_body = min(1.0, max(0.0, (row - new_neck) / (_NECK * height)))
        return 1 / _HEAD + (1 / _BODY - 1 / _HEAD) * into_body * into_body * (3 - 2 * into_body)

    strips = []
    for row in range(top, bottom, _STRIP):
        end = min(row + _STRIP, bottom)
        (left, right), (left_below, right_below) = (
            (
                middle - middle * source_width(at),
                middle + (figure.width - middle) * source_width(at),
            )
            for at in (row, end)
        )
        first, last = source_row(row), source_row(end)
        corners = (left, first, left_below, last, right_below, last, right, first)
        strips.append(((0, row, figure.width, end), corners))
    return figure.transform(figure.size, Image.Transform.MESH, strips, Image.Resampling.BILINEAR)
