"""From a scene to pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.brief import check_size
from thumbnb.render.painters import PAINTERS
from thumbnb.render.painters.context import PaintContext
from thumbnb.render.raster.canvas import Canvas
from thumbnb.render.raster.heap import give_back_free_memory

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PIL import Image

    from thumbnb.render.scene import Scene


class Stopped(Exception):
    """The caller no longer waits for the image."""


def paint(
    scene: Scene,
    size: tuple[int, int] = (1280, 720),
    images: Mapping[str, Image.Image] | None = None,
) -> Image.Image:
    """Paint a scene: an RGB image of ``size`` pixels.

    ``images`` are those the scene names (``brief.images()``).
    """
    return paint_layers(scene, size, images or {})[0].image()


def paint_layers(
    scene: Scene,
    size: tuple[int, int],
    images: Mapping[str, Image.Image],
    stop: Callable[[], bool] = lambda: False,
) -> tuple[Canvas, PaintContext, Scene]:
    """Paint a scene; what is needed to judge it; the scene as it was painted.

    A headline is adapted to what lies behind it, which is only known then. Painting the
    scene that comes back gives the same pixels. ``stop`` is asked before every layer; once it
    says so, ``Stopped`` is raised.
    """
    check_size(size)
    canvas, context = Canvas(size), PaintContext(dict(images))
    if canvas.is_large:
        give_back_free_memory()
    painted = []
    for layer in scene.layers:
        if stop():
            raise Stopped
        if canvas.is_large:
            give_back_free_memory()
        painted.append(PAINTERS[layer.kind](layer, canvas, context) or layer)
    return canvas, context, scene.model_copy(update={"layers": tuple(painted)})
