"""A concert: beams through haze, a microphone in the light, hands in the air."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, ClassVar

from thumbnb.render.colour.mixing import Palette
from thumbnb.render.raster.sketch import Sketch, blend, oval, smooth
from thumbnb.render.subjects.static import StaticSubject

if TYPE_CHECKING:
    from thumbnb.render.raster.canvas import Canvas


class Stage(StaticSubject):
    """Coloured beams, bars that dance to the sound, the crowd from behind."""

    light: ClassVar[Palette] = Palette.of(
        "#07020f #1a0738 #3d0f6b #8a1f9c #ff4fa3", light="#ffe9c2", land="#050109", accent="#2fe6ff"
    )

    def draw(self, canvas: Canvas) -> None:
        """Draw it."""
        s, wide = Sketch(canvas), self.across
        mid = self.mid
        s.fill([(0, 0), (wide, 0), (wide, 720), (0, 720)], *self.sky[:4])
        s.light(mid, 430, 620, self.sky[4], 0.75)
        self._bars(s, wide)
        k = canvas.scale
        for i in range(9):
            x = wide * (0.04 + 0.115 * i)
            aim = x + (mid - x) * 0.5 + self.rng.uniform(-160, 160)
            colour = [self.accent, self.sky[4], self.lamp][i % 3]
            for spread, strength in ((70, 0.22), (22, 0.3)):
                beam = s.shape([(x - 5, -6), (x + 5, -6), (aim + spread, 640), (aim - spread, 640)])
                canvas.shine(beam.blurred(spread * 0.16 * k), colour, strength)
            s.light(x, 6, 80, colour, 1.0)
            s.oval(x, 4, 12, 9, "#ffffff")
        s.fill([(0, 16), (wide, 16), (wide, 22), (0, 22)], "#0b0616")
        s.fill([(0, -4), (wide, -4), (wide, 4), (0, 4)], "#0b0616")
        if not self.bare:
            self._microphone(Sketch(canvas, (mid, 250)), canvas)
        self._crowd(s, wide)

    def _bars(self, s: Sketch, wide: float) -> None:
        count = int(wide / 34)
        for i in range(count):
            x = i * 34 + 6
            level = abs(math.sin(i * 0.55) * 0.6 + math.sin(i * 0.21 + 1) * 0.5) * self.rng.uniform(
                0.55, 1
            )
            tall = 40 + 240 * level
            s.rounded(
                x,
                560 - tall,
                21,
                tall,
                5,
                blend(self.accent, self.sky[3], 0.25),
                self.sky[2],
                opacity=0.6,
            )

    def _microphone(self, s: Sketch, canvas: Canvas) -> None:
        s.line([(30, 120), (92, 470)], "#14101f", 13)
        s.line([(26, 120), (86, 470)], "#6d6190", 3)
        head = s.shape(oval(0, 0, 74, 86))
        canvas.shine(head.blurred(42 * canvas.scale), self.lamp, 0.7)
        grip = [(-36, 74), (46, 62), (62, 196), (14, 204)]
        s.fill(grip, "#4a4160", "#17121f")
        s.fill([(-36, 74), (-8, 70), (30, 202), (14, 204)], "#8d82ad", opacity=0.55)
        s.paint(head, "#f5f0ff", "#a79bc4", "#4d4468")
        for i in range(-5, 6):
            s.inside(
                head,
                [(-90, i * 17 - 1.5), (90, i * 17 - 16), (90, i * 17 - 13), (-90, i * 17 + 1.5)],
                "#2b2440",
                0.55,
            )
            s.inside(
                head,
                [
                    (i * 16 - 1.5, -100),
                    (i * 16 + 1.5, -100),
                    (i * 16 + 14, 100),
                    (i * 16 + 11, 100),
                ],
                "#2b2440",
                0.55,
            )
        s.inside(head, oval(-26, -34, 28, 34), "#ffffff", 0.8, soft=10)
        s.inside(
            head,
            smooth([(10, 100), (80, 60), (90, -60), (110, 60), (60, 120)]),
            self.sky[4],
            0.9,
            soft=12,
        )
        band = smooth([(-66, 42), (0, 60), (70, 34), (72, 56), (4, 84), (-62, 66)])
        s.fill(band, "#d8cfee", "#5d5378")

    def _crowd(self, s: Sketch, wide: float) -> None:
        for row, (y, size, ink) in enumerate(
            (
                (640, 30, blend(self.sky[2], "#000000", 0.45)),
                (690, 44, blend(self.sky[1], "#000000", 0.75)),
            )
        ):
            x = -20.0
            while x < wide + 20:
                r = size * self.rng.uniform(0.8, 1.15)
                lift = self.rng.uniform(-22, 14)
                s.oval(x, y + lift, r * 0.62, r * 0.76, ink)
                s.fill(
                    smooth(
                        [
                            (x - r * 1.25, 724),
                            (x - r * 1.1, y + lift + r * 0.95),
                            (x, y + lift + r * 0.6),
                            (x + r * 1.1, y + lift + r * 0.95),
                            (x + r * 1.25, 724),
                        ]
                    ),
                    ink,
                )
                if self.rng.random() < 0.5:  # noqa: PLR2004 - half of them cheer
                    side = self.rng.choice([-1, 1])
                    hand = (
                        x + side * r * self.rng.uniform(0.9, 1.5),
                        y + lift - r * self.rng.uniform(1.4, 2.4),
                    )
                    s.line([(x + side * r * 0.9, y + lift + r), hand], ink, r * 0.42)
                    s.oval(hand[0], hand[1] - r * 0.12, r * 0.3, r * 0.36, ink)
                x += r * self.rng.uniform(1.5, 2.3)
            if row == 0:
                s.light(self.mid, 640, 420, self.sky[4], 0.25)
