"""Columns of ones and noughts that run down a dark screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from thumbnb.render.colour.mixing import Palette, mix
from thumbnb.render.subjects.subject import Subject

if TYPE_CHECKING:
    from thumbnb.render.colour.mixing import Rgb

_WHITE: Rgb = (255, 255, 255)

_NEAR_AND_FAR = ((0.034, 0.34), (0.052, 1.0))
"""How high the signs of each layer are (heights), and how bright."""


class CodeRain(Subject):
    """Each column is brightest at its lower end, and fades above it."""

    light: ClassVar[Palette] = Palette.of(
        "#010604 #03140b #06301a #0c7a3c #2cf07a", light="#c8ffd8", land="#000302", accent="#39ff88"
    )
    hours: ClassVar[frozenset[str]] = frozenset(
        {"dawn", "day", "dusk", "night", "winter", "autumn", "storm", "fire"}
    )

    def prepare(self) -> None:
        """Draw the image."""
        image = Image.new("RGB", self.size, self.palette.sky[0])
        for high, bright in _NEAR_AND_FAR:
            signs = Image.new("RGB", self.size)
            draw = ImageDraw.Draw(signs)
            wide = 0.72 * high * self.h
            for column in range(int(self.w / wide) + 1):
                self._column(draw, column * wide, high * self.h, bright)
            glow = signs.filter(ImageFilter.GaussianBlur(0.016 * self.h))
            image = ImageChops.add(ImageChops.add(image, glow), signs)
        self._image = image

    def _column(self, draw: ImageDraw.ImageDraw, x: float, high: float, bright: float) -> None:
        """Draw a column of signs: some of them below each other, twice down the sheet."""
        rng, p = self.rng, self.palette
        for start in (rng.uniform(-0.7, 0.35), rng.uniform(0.4, 1.0)):
            length = int(rng.integers(7, 17))
            for i in range(length):
                share = (i + 1) / length
                colour = mix(p.sky[0], p.sky[4], bright * share**1.6)
                if i == length - 1:
                    colour = mix(colour, _WHITE, 0.75 * bright)
                self._sign(draw, (x, start * self.h + i * high), high, colour)

    def _sign(
        self, draw: ImageDraw.ImageDraw, at: tuple[float, float], high: float, colour: Rgb
    ) -> None:
        """Draw a one or a nought."""
        (x, y), thick = at, max(1, round(0.1 * high))
        fill = tuple(round(each) for each in colour)
        if self.rng.random() < 0.5:  # noqa: PLR2004 - as many of each
            box = (x + 0.14 * high, y + 0.12 * high, x + 0.58 * high, y + 0.82 * high)
            draw.ellipse(box, outline=fill, width=thick)
            return
        middle = x + 0.38 * high
        draw.line((middle, y + 0.12 * high, middle, y + 0.82 * high), fill=fill, width=thick)
        flag = (middle - 0.16 * high, y + 0.26 * high)
        draw.line((middle, y + 0.12 * high, *flag), fill=fill, width=thick)

    def frame(self, t: float) -> Image.Image:  # noqa: ARG002 - it holds still
        """Give the image."""
        return self._image
