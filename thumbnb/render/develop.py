"""From a scene to pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.brief import check_size
from thumbnb.render.canvas import Canvas
from thumbnb.render.painters import PAINTERS
from thumbnb.render.studio import Studio

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PIL import Image

    from thumbnb.render.scene import Scene


def paint(
    scene: Scene,
    size: tuple[int, int] = (1280, 720),
    images: Mapping[str, Image.Image] | None = None,
) -> Image.Image:
    """Paint a scene: an RGB image of ``size`` pixels.

    ``images`` are those the scene names (``brief.images()``).
    """
    return develop(scene, size, images or {})[0].image()


def develop(
    scene: Scene, size: tuple[int, int], images: Mapping[str, Image.Image]
) -> tuple[Canvas, Studio]:
    """Paint a scene, and keep what is needed to judge it."""
    check_size(size)
    canvas, studio = Canvas(size), Studio(dict(images))
    for layer in scene.layers:
        PAINTERS[layer.kind](layer, canvas, studio)
    return canvas, studio
