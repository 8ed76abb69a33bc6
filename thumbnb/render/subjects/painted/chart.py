"""A market in the dark: candles climbing, a bright line, coins at its foot."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from thumbnb.render.colour.mixing import Palette
from thumbnb.render.raster.sketch import Sketch, blend, smooth
from thumbnb.render.subjects.static import StaticSubject

if TYPE_CHECKING:
    from thumbnb.render.raster.canvas import Canvas


class Chart(StaticSubject):
    """Candlesticks and the line through them, rising (or, where the accent is red, falling)."""

    light: ClassVar[Palette] = Palette.of(
        "#020a0b #05191a #08302c #0d4a3f #12705a", light="#ffd45e", land="#010607", accent="#22e07e"
    )
    focus: ClassVar[float] = 0.72
    fixed: ClassVar[bool] = True

    def draw(self, canvas: Canvas) -> None:
        """Draw it."""
        s, wide = Sketch(canvas), self.across
        s.fill([(0, 0), (wide, 0), (wide, 720), (0, 720)], *self.sky[:4])
        s.light(wide * 0.74, 300, 620, self.sky[4], 0.7)
        for i in range(int(wide / 80) + 1):
            s.line([(i * 80, 0), (i * 80, 720)], self.sky[4], 1.4, opacity=0.28)
        for i in range(10):
            s.line([(0, i * 80), (wide, i * 80)], self.sky[4], 1.4, opacity=0.28)
        count = 18
        step = wide / count
        drift = np.linspace(0, 1, count) ** 1.5
        walk = drift * 0.86 + np.cumsum(self.rng.normal(0, 0.06, count))
        walk = (walk - walk.min()) / (walk.max() - walk.min())
        ys = 610 - walk * 430
        xs = (np.arange(count) + 0.4) * step
        fall = "#ff4766"
        s.fill(
            [
                (-9, 720),
                (-9, ys[0]),
                *zip(xs, ys, strict=True),
                (wide + 9, ys[-1] - 40),
                (wide + 9, 720),
            ],
            blend(self.accent, self.sky[1], 0.2),
            self.sky[0],
            opacity=1,
        )
        canvas.mix(self.sky[1], 0.55)
        for i in range(1, count):
            up = ys[i] <= ys[i - 1]
            colour = self.accent if up else fall
            top, foot = min(ys[i], ys[i - 1]), max(ys[i], ys[i - 1])
            foot = max(foot, top + 26 + float(self.rng.uniform(0, 34)))
            half = step * 0.3
            body = s.shape(
                [
                    (xs[i] - half, top),
                    (xs[i] + half, top),
                    (xs[i] + half, foot),
                    (xs[i] - half, foot),
                ]
            )
            canvas.shine(body.blurred(16 * canvas.scale), colour, 0.55)
            reach = self.rng.uniform(10, 36, 2)
            s.line([(xs[i], top - reach[0]), (xs[i], foot + reach[1])], colour, 3.4)
            s.rounded(
                xs[i] - half, top, 2 * half, foot - top, 5, blend(colour, "#ffffff", 0.25), colour
            )
        self._line(s, canvas, xs, ys)
        self._coins(s, wide)

    def _line(self, s: Sketch, canvas: Canvas, xs: np.ndarray, ys: np.ndarray) -> None:
        rows = np.convolve(np.pad(ys, 2, "edge"), np.full(5, 0.2), "valid") - 62
        tip = (float(xs[-2]) + 6, float(ys[-1]) - 60)
        way = smooth(
            [
                (-20.0, float(rows[0])),
                *[(float(xs[i]), float(rows[i])) for i in range(2, 15, 4)],
                tip,
            ],
            closed=False,
        )
        glow = s.shape([*way, *[(x, y + 10) for x, y in way[::-1]]])
        canvas.shine(glow.blurred(18 * canvas.scale), self.lamp, 0.9)
        s.line(way, self.lamp, 11)
        (ax, ay), (bx, by) = way[-4], tip
        d = np.array([bx - ax, by - ay]) / np.hypot(bx - ax, by - ay)
        n = np.array([-d[1], d[0]])
        head = [
            np.array(tip) + d * 44,
            np.array(tip) + n * 34 - d * 10,
            np.array(tip) - n * 34 - d * 10,
        ]
        s.fill([(float(p[0]), float(p[1])) for p in head], self.lamp)

    def _coins(self, s: Sketch, wide: float) -> None:
        gold, deep = self.lamp, blend(self.lamp, "#6b3b00", 0.55)
        for x, count in ((wide * 0.62, 3), (wide * 0.73, 6), (wide * 0.84, 9)):
            for i in range(count):
                y = 716 - i * 17
                s.rounded(x - 52, y - 8, 104, 22, 10, deep)
                s.oval(x, y - 8, 52, 15, blend(gold, "#ffffff", 0.25), gold)
                s.oval(x, y - 8, 38, 10, blend(gold, deep, 0.35))
                s.oval(x, y - 7, 36, 9, gold)
