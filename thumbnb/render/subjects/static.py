"""Subjects that hold still: drawn once, in sheet units."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from thumbnb.render.raster.canvas import Canvas
from thumbnb.render.raster.sketch import of
from thumbnb.render.subjects.subject import Subject

if TYPE_CHECKING:
    from PIL import Image

    from thumbnb.render.colour.mixing import Palette


class StaticSubject(Subject):
    """A subject without movement; heights are 720 units, ``across`` is its width in them."""

    hours: ClassVar[frozenset[str]] = frozenset(
        {"dawn", "day", "dusk", "night", "winter", "autumn", "storm", "fire"}
    )
    """Indoors, and in places lit by lamps, the hour outside does not matter."""

    focus: ClassVar[float] = 0.70
    """Where the main thing stands (0..1 of the width), unless told otherwise."""
    fixed: ClassVar[bool] = False
    """Whether it cannot stand elsewhere."""

    def __init__(
        self,
        size: tuple[int, int],
        *,
        palette: Palette | None = None,
        seed: int = 0,
        aim: float | None = None,
        bare: bool = False,
    ) -> None:
        self.aim = self.focus if aim is None or self.fixed else aim
        self.side = 1 if self.aim >= 0.5 else -1  # noqa: PLR2004 - the middle
        super().__init__(size, palette=palette, seed=seed, bare=bare)

    def prepare(self) -> None:
        """Draw the image."""
        canvas = Canvas(self.size)
        self.across = self.w / canvas.scale
        self.mid = self.across * self.aim
        p = self.palette
        self.sky = [of(c) for c in p.sky]
        self.lamp, self.land, self.accent = of(p.light), of(p.land), of(p.accent)
        self.draw(canvas)
        self._image = canvas.image()

    @abstractmethod
    def draw(self, canvas: Canvas) -> None:
        """Draw it."""

    def frame(self, t: float) -> Image.Image:  # noqa: ARG002 - it holds still
        """Give the image."""
        return self._image
