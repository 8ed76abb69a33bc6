"""An editor in the dark: lines of code in colour, and a pair of brackets that glows."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, ClassVar

from thumbnb.render.colour.mixing import Palette
from thumbnb.render.raster.sketch import Sketch, blend, rounded
from thumbnb.render.subjects.static import StaticSubject

if TYPE_CHECKING:
    from thumbnb.render.raster.canvas import Canvas


class Code(StaticSubject):
    """Two windows full of code, bokeh behind, ``</>`` in front."""

    light: ClassVar[Palette] = Palette.of(
        "#0a0e1c #101a33 #172550 #2a3f8a #5a7bff", light="#7df9c2", land="#070a14", accent="#38e1a6"
    )

    def draw(self, canvas: Canvas) -> None:
        """Draw it."""
        s, wide = Sketch(canvas), self.across
        mid = self.mid
        s.fill([(0, 0), (wide, 0), (wide, 720), (0, 720)], self.sky[1], self.sky[0], self.land)
        s.light(mid, 340, 680, self.sky[3], 0.9)
        s.light(mid - self.side * wide * 0.57, 640, 480, "#8a3ffc", 0.45)
        self._window(
            Sketch(canvas, (mid - self.side * wide * 0.36, 372), 0.94, turn=-3 * self.side),
            canvas,
            700,
            520,
            dim=0.45,
        )
        self._window(
            Sketch(canvas, (mid, 360), 1.06, turn=4 * self.side), canvas, 560, 560, dim=0.0
        )
        self._sign(Sketch(canvas, (mid, 372), 1.0, turn=4 * self.side), canvas)

    def _window(self, s: Sketch, canvas: Canvas, wide: float, tall: float, dim: float) -> None:
        box = s.shape(rounded(-wide / 2, -tall / 2, wide, tall, 18))
        s.shadow(box, 0, 24, 26, 0.6)
        canvas.shine(box.blurred(40 * canvas.scale), self.sky[4], 0.22)
        s.paint(box, blend("#1b2440", self.land, dim), blend("#121a30", self.land, dim))
        s.fill(rounded(-wide / 2, -tall / 2, wide, 46, 18), blend("#27324f", self.land, dim))
        s.fill(
            [
                (-wide / 2, -tall / 2 + 28),
                (wide / 2, -tall / 2 + 28),
                (wide / 2, -tall / 2 + 46),
                (-wide / 2, -tall / 2 + 46),
            ],
            blend("#27324f", self.land, dim),
        )
        for i, tone in enumerate(("#ff5f57", "#febc2e", "#28c840")):
            s.oval(-wide / 2 + 28 + i * 26, -tall / 2 + 23, 8, 8, blend(tone, self.land, dim))
        tones = ["#ff7ab2", "#7aa2ff", "#7df9c2", "#ffd479", "#c9d4f2", "#c08bff", "#c9d4f2"]
        y, depth = -tall / 2 + 76, 0
        while y < tall / 2 - 22:
            s.rounded(-wide / 2 + 22, y, 20, 9, 4, blend("#46527a", self.land, dim))
            if self.rng.random() > 0.1:  # noqa: PLR2004 - some lines are empty
                x = -wide / 2 + 64 + depth * 34
                for _ in range(int(self.rng.integers(1, 5))):
                    long = float(self.rng.uniform(28, 120))
                    if x + long > wide / 2 - 26:
                        break
                    tone = tones[int(self.rng.integers(len(tones)))]
                    s.rounded(x, y - 2, long, 13, 6, blend(tone, self.land, 0.12 + dim))
                    x += long + 12
            depth = int(min(4, max(0, depth + self.rng.choice([-1, 0, 0, 1]))))
            y += 27

    def _sign(self, s: Sketch, canvas: Canvas) -> None:
        strokes = [
            [(-96, -74), (-172, 0), (-96, 74)],
            [(96, -74), (172, 0), (96, 74)],
            [(34, -104), (-34, 104)],
        ]
        k = canvas.scale
        plate = s.shape(rounded(-232, -142, 464, 284, 40))
        s.shadow(plate, 0, 16, 26, 0.75)
        s.paint(plate, "#0d1428", "#080c18", opacity=1)
        parts = []
        for way in strokes:
            for a, b in itertools.pairwise(way):
                dx, dy = b[0] - a[0], b[1] - a[1]
                n = (dx * dx + dy * dy) ** 0.5
                ox, oy = -dy / n * 15, dx / n * 15
                parts.append(
                    s.shape(
                        [
                            (a[0] + ox, a[1] + oy),
                            (b[0] + ox, b[1] + oy),
                            (b[0] - ox, b[1] - oy),
                            (a[0] - ox, a[1] - oy),
                        ]
                    )
                )
        sign = parts[0].joined(*parts[1:])
        for radius, strength in ((54, 1.2), (20, 1.0), (7, 0.9)):
            canvas.shine(sign.blurred(radius * k), self.accent, strength)
        for way in strokes:
            s.line(way, blend(self.lamp, "#ffffff", 0.55), 27)
