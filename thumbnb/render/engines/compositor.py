"""The compositor as an engine: it paints by rules, on this machine, for nothing."""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING

from thumbnb.briefs import COMPOSITOR as NAME
from thumbnb.imaging.open_image import load_image
from thumbnb.render.brief import MAX_IMAGES, Brief
from thumbnb.render.engines.protocol import (
    Capabilities,
    Painting,
    PaintProgress,
    PaintRequest,
    Usage,
    no_progress,
)
from thumbnb.render.engines.sizes import FixedSizes

if TYPE_CHECKING:
    from collections.abc import Callable


class Compositor:
    """Paints everything by rules. The default, which needs no model, key or network."""

    name = NAME
    budget = None
    capabilities = Capabilities(
        sizes=FixedSizes(((1280, 720), (1920, 1080), (3840, 2160))),
        references=MAX_IMAGES,
        seed=True,
        negative_prompt=True,
    )

    async def check(self) -> str:
        """Say that it answers: it is always here."""
        return "on this machine"

    async def prepare(self) -> None:
        """Do nothing: what it can do is known."""

    async def paint(
        self, request: PaintRequest, progress: Callable[[PaintProgress], None] = no_progress
    ) -> Painting:
        """Paint what a request names, without words."""
        images = []
        for variation in range(request.count):
            images.append(await asyncio.to_thread(_painted, request, variation))
            progress(PaintProgress(fraction=len(images) / request.count))
        return Painting(images=tuple(images), usage=Usage(cost=0.0))


def _painted(request: PaintRequest, variation: int) -> bytes:
    from thumbnb.render.composition import compose  # noqa: PLC0415 - heavy, when first used

    size = Compositor.capabilities.sizes.nearest(request.size)
    brief = Brief(
        prompt=request.prompt,
        content_images=tuple(load_image(item.data) for item in request.references),
    )
    out = io.BytesIO()
    compose(brief, request.seed or 0, variation, size).image.save(out, "PNG")
    return out.getvalue()


COMPOSITOR = Compositor()
