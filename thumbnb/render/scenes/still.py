"""Scenes that hold still: drawn once, in sheet units."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from thumbnb.render.canvas import Canvas
from thumbnb.render.scenes.scene import Scene
from thumbnb.render.sketch import of

if TYPE_CHECKING:
    from PIL import Image


class Still(Scene):
    """A scene without movement; heights are 720 units, ``across`` is its width in them."""

    def prepare(self) -> None:
        """Draw the picture."""
        canvas = Canvas(self.size)
        self.across = self.w / canvas.scale
        p = self.palette
        self.sky = [of(c) for c in p.sky]
        self.lamp, self.land, self.accent = of(p.light), of(p.land), of(p.accent)
        self.draw(canvas)
        self._picture = canvas.image()

    @abstractmethod
    def draw(self, canvas: Canvas) -> None:
        """Draw it."""

    def frame(self, t: float) -> Image.Image:  # noqa: ARG002 - it holds still
        """Give the picture."""
        return self._picture
