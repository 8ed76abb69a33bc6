"""A plain dark card with our mark, for words to stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from thumbnb.render.colour.mixing import Palette, mix
from thumbnb.render.raster import brushes
from thumbnb.render.subjects.subject import Subject

if TYPE_CHECKING:
    from PIL import Image


class Card(Subject):
    """A dark ground and a small image in a frame: hills and a rising sun."""

    light: ClassVar[Palette] = Palette.of(
        "#0d0f1e #141629 #1a1c33", light="#ffd9a0", land="#6a3a86", accent="#ff7d6e"
    )

    def prepare(self) -> None:
        """Paint the ground."""
        self._ground = brushes.to_image(brushes.vertical(self.size, self.palette.sky), self.rng)

    def frame(self, t: float) -> Image.Image:
        """Paint the card; in its first two seconds the sun rises."""
        frame = self._ground.copy()
        u, p = self.u, self.palette
        x, y = self.w * 0.5, self.h * 0.335
        half, tall = u * 0.115, u * 0.065
        left, top, right, bottom = x - half, y - tall, x + half, y + tall
        risen = brushes.smooth(t, 0.2, 2.0)
        with brushes.Pen(frame, (left, top, right, bottom)) as pen:
            pen.polygon([(left, top), (right, top), (right, bottom), (left, bottom)], p.accent)
            pen.ellipse(
                x + half * 0.3, y + tall * (0.9 - 1.1 * risen), u * 0.026, u * 0.026, p.light
            )
            for foot, peak, width, colour in (
                (x - half * 0.25, y - tall * 0.15, half * 1.05, mix(p.land, p.accent, 0.45)),
                (x + half * 0.5, y + tall * 0.2, half * 0.95, p.land),
            ):
                pen.polygon([(foot - width, bottom), (foot, peak), (foot + width, bottom)], colour)
        edge = u * 0.006
        with brushes.Pen(
            frame, (left - edge * 3, top - edge * 3, right + edge * 3, bottom + edge * 3)
        ) as pen:
            corners = [
                (left, top),
                (right, top),
                (right, bottom),
                (left, bottom),
                (left, top),
                (right, top),
            ]
            pen.line(corners, (255, 255, 255), edge)
        return frame
