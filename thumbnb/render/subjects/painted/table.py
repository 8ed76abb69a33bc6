"""Something good on a wooden table, in warm light: a burger, a coffee, a pizza."""

from __future__ import annotations

import math
from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from thumbnb.render.colour.mixing import Palette
from thumbnb.render.raster.sketch import Sketch, blend, oval, rounded, smooth
from thumbnb.render.raster.stencil import Stencil
from thumbnb.render.subjects.static import StaticSubject

if TYPE_CHECKING:
    from thumbnb.render.raster.canvas import Canvas


class Table(StaticSubject):
    """A table before a warm kitchen out of focus; what stands on it differs."""

    light: ClassVar[Palette] = Palette.of(
        "#2a0f0a #5a2412 #9a4a1c #d98a3a #ffc978", light="#ffe3a6", land="#5d2f17", accent="#e8432e"
    )

    def draw(self, canvas: Canvas) -> None:
        """Draw it."""
        s, wide = Sketch(canvas), self.across
        mid = self.mid
        s.fill([(0, 0), (wide, 0), (wide, 520), (0, 520)], self.sky[0], self.sky[1], self.sky[2])
        s.light(mid, 300, 640, self.sky[3], 0.9)
        k = canvas.scale
        for _ in range(26):
            x, y = self.rng.uniform(0, wide), self.rng.uniform(-10, 400)
            r = self.rng.uniform(14, 48)
            spot = Stencil.disc(x * k, y * k, r * k).blurred(self.rng.uniform(2, 6) * k)
            canvas.shine(
                spot,
                [self.sky[4], self.lamp, self.sky[3]][int(self.rng.integers(3))],
                float(self.rng.uniform(0.12, 0.4)),
            )
        s.fill(
            [(0, 470), (wide, 470), (wide, 720), (0, 720)],
            blend(self.land, self.sky[4], 0.42),
            self.land,
            blend(self.land, "#000000", 0.4),
        )
        for i in range(-12, 26):
            a = mid + (i - 6) * 92
            s.line(
                [(mid + (a - mid) * 0.62, 470), (mid + (a - mid) * 1.5, 724)],
                blend(self.land, "#000000", 0.55),
                2.2,
                opacity=0.5,
            )
        for _ in range(46):
            x, y = self.rng.uniform(0, wide), self.rng.uniform(478, 716)
            lean = (x - mid) * 0.0035
            s.line(
                [(x, y), (x + lean * 40, y + 40)],
                blend(self.land, "#000000", 0.5),
                1.5,
                opacity=0.22,
            )
        s.light(mid, 560, 420, self.lamp, 0.3)
        self.dish(Sketch(canvas, (mid, 560)), canvas)

    @abstractmethod
    def dish(self, s: Sketch, canvas: Canvas) -> None:
        """Draw what stands on the table, its foot at (0, 0)."""

    def steam(
        self, s: Sketch, canvas: Canvas, xs: tuple[float, ...], y: float, tall: float = 150
    ) -> None:
        """Let it steam."""
        for i, x in enumerate(xs):
            bend = 18 * (1 if i % 2 else -1)
            way = smooth(
                [
                    (x, y),
                    (x - bend, y - tall * 0.3),
                    (x + bend, y - tall * 0.64),
                    (x - bend * 0.6, y - tall),
                ],
                closed=False,
            )
            half = [2 + 11 * math.sin(math.pi * j / len(way)) for j in range(len(way))]
            puff = s.shape(
                [(px - h, py) for (px, py), h in zip(way, half, strict=True)]
                + [(px + h, py) for (px, py), h in zip(way[::-1], half[::-1], strict=True)]
            )
            canvas.fill(puff.blurred(7 * canvas.scale), "#ffffff", 0.55)


class Burger(Table):
    """A burger, stacked high."""

    def dish(self, s: Sketch, canvas: Canvas) -> None:
        """Draw it."""
        k = canvas.scale
        canvas.shade(s.shape(oval(0, 40, 300, 40)).blurred(20 * k), 0.6)
        s.oval(0, 34, 280, 46, "#8a5a34", "#5d3518")
        s.oval(0, 24, 280, 44, "#c48a56", "#a36a3a")
        s.oval(0, 22, 246, 34, "#b57a48")
        foot = s.shape(rounded(-190, -62, 380, 84, 40))
        s.paint(foot, "#f2b45e", "#c87a2c")
        s.inside(foot, oval(-40, -60, 150, 26), "#ffe0a0", 0.5, soft=10)
        patty = s.shape(rounded(-204, -124, 408, 74, 34))
        s.shadow(patty, 0, 10, 8, 0.35)
        s.paint(patty, "#7a3d1e", "#4a200e")
        for _ in range(46):
            x, y = float(self.rng.uniform(-196, 196)), float(self.rng.uniform(-118, -58))
            s.inside(
                patty, oval(x, y, 9, 5), blend("#4a200e", "#a3592c", float(self.rng.random())), 0.7
            )
        cheese = [
            (-212, -136),
            (212, -136),
            (206, -112),
            (150, -104),
            (112, -62),
            (70, -104),
            (-40, -106),
            (-88, -54),
            (-138, -106),
            (-206, -112),
        ]
        body = s.shape(smooth(cheese, steps=5))
        s.shadow(body, 0, 7, 6, 0.3)
        s.paint(body, "#ffd54a", "#f5a81c")
        s.fill([(-212, -140), (212, -140), (212, -126), (-212, -126)], "#ffe27a", opacity=0.6)
        for x in (-132, -4, 128):
            slice_ = s.shape(rounded(x - 74, -168, 148, 36, 16))
            s.paint(slice_, "#ff6a50", "#d1321f")
        wave = [
            (-226 + i * 22.6, -176 + (18 if i % 2 else -8) + float(self.rng.uniform(-5, 5)))
            for i in range(21)
        ]
        leaf = s.shape([*smooth(wave, closed=False), (226, -204), (-226, -204)])
        s.shadow(leaf, 0, 6, 5, 0.3)
        s.paint(leaf, "#4f9e2f", "#86d44e")
        bun = s.shape(
            smooth(
                [
                    (-206, -196),
                    (-214, -244),
                    (-170, -330),
                    (-70, -382),
                    (70, -382),
                    (170, -330),
                    (214, -244),
                    (206, -196),
                    (0, -188),
                ]
            )
        )
        s.shadow(bun, 0, 8, 8, 0.3)
        s.paint(bun, "#ffc56b", "#eb9a3c", "#bf6d22")
        s.inside(bun, oval(-66, -334, 96, 36), "#fff0c4", 0.75, soft=16)
        s.inside(
            bun,
            smooth([(-220, -230), (0, -206), (220, -230), (220, -180), (-220, -180)]),
            "#7a3c0c",
            0.4,
            soft=12,
        )
        for _ in range(34):
            a, r = float(self.rng.uniform(0, math.tau)), float(self.rng.uniform(0, 1)) ** 0.5
            x, y = 168 * r * math.cos(a), -312 + 54 * r * math.sin(a)
            seed = Sketch(canvas, _off(s, x, y), 1, turn=float(self.rng.uniform(-60, 60)))
            seed.oval(0, 1.5, 9.5, 5.6, "#8d5a22", opacity=0.6)
            seed.oval(0, 0, 9, 5, "#fff4d2", "#f0d79c")
        self.steam(s, canvas, (-120, 10, 130), -392, 120)


class Coffee(Table):
    """A cup of coffee with a leaf of milk on it, and beans."""

    def dish(self, s: Sketch, canvas: Canvas) -> None:
        """Draw it."""
        k = canvas.scale
        canvas.shade(s.shape(oval(14, 46, 320, 50)).blurred(18 * k), 0.6)
        s.oval(0, 32, 300, 62, "#d9c8b4", "#a8917c")
        s.oval(0, 22, 300, 60, "#fffaf2", "#e6d6c2")
        s.oval(0, 22, 176, 32, "#d8c5ae", "#f4e9da")
        s.line(
            smooth([(176, -176), (262, -172), (258, -60), (150, -40)], closed=False), "#d8c6b0", 40
        )
        s.line(
            smooth([(176, -180), (258, -176), (252, -66), (150, -46)], closed=False), "#fff7ec", 30
        )
        cup = s.shape(
            smooth(
                [
                    (-206, -236),
                    (206, -236),
                    (198, -130),
                    (150, -10),
                    (86, 26),
                    (-86, 26),
                    (-150, -10),
                    (-198, -130),
                ]
            )
        )
        s.paint(cup, "#fffbf4", "#f3e6d4", "#d9c3a8")
        s.inside(
            cup,
            smooth([(80, -260), (230, -260), (210, 60), (60, 60), (130, -60)]),
            "#8a6240",
            0.35,
            soft=26,
        )
        s.inside(
            cup,
            smooth([(-180, -220), (-140, -220), (-120, -60), (-90, 10), (-130, -20)]),
            "#ffffff",
            0.8,
            soft=8,
        )
        s.oval(0, -226, 206, 62, "#fffdf8", "#eadbc6")
        rim = s.shape(oval(0, -222, 186, 50))
        s.paint(rim, "#4a230f", "#7d4420")
        s.inside(rim, oval(0, -214, 168, 42), "#b06a34", 1.0, soft=5)
        s.inside(rim, oval(0, -212, 132, 32), "#8a4c22", 1.0, soft=6)
        for i in range(5):
            y, half = -238 + i * 11, 74 - i * 9
            s.inside(
                rim,
                smooth(
                    [
                        (-half, y),
                        (0, y + 12),
                        (half, y),
                        (half * 0.6, y + 11),
                        (0, y + 19),
                        (-half * 0.6, y + 11),
                    ]
                ),
                "#fff1dc",
                0.95,
            )
        s.inside(rim, [(-3, -240), (3, -240), (2, -186), (-2, -186)], "#fff1dc", 0.9)
        self.steam(s, canvas, (-70, 0, 74), -268, 190)
        for x, y, turn in (
            (-372, 64, 20),
            (-330, 92, -35),
            (-398, 104, 60),
            (330, 96, 10),
            (376, 70, -50),
        ):
            bean = Sketch(canvas, _off(s, x, y), 1.2, turn=turn)
            canvas.shade(bean.shape(oval(4, 8, 27, 16)).blurred(5 * k), 0.5)
            bean.oval(0, 0, 26, 17, "#7a4526", "#3a1a0b")
            bean.line(smooth([(-22, 1), (-8, -4), (8, 4), (22, -1)], closed=False), "#2a1007", 3.4)


class Pizza(Table):
    """A pizza on a board, one slice on its way."""

    def dish(self, s: Sketch, canvas: Canvas) -> None:
        """Draw it."""
        k, squash = canvas.scale, 0.62
        y0 = -120.0
        canvas.shade(s.shape(oval(0, y0 + 44, 350, 350 * squash)).blurred(18 * k), 0.6)
        s.oval(0, y0 + 22, 342, 342 * squash, "#7a4a26")
        s.oval(0, y0 + 8, 342, 342 * squash, "#c08a55", "#9a6434")

        def pie(r: float, lift: float = 0.0) -> list[tuple[float, float]]:
            return [(0, y0 + lift), *oval(0, y0 + lift, r, r * squash, -20, 290), (0, y0 + lift)]

        s.fill(pie(304, 14), "#9a5c22")
        crust = s.shape(pie(304))
        s.paint(crust, "#f0b863", "#d08a35")
        for _ in range(60):
            a = math.radians(float(self.rng.uniform(-20, 290)))
            x, y = 290 * math.cos(a), y0 + 290 * squash * math.sin(a)
            s.inside(
                crust,
                oval(x, y, 12, 7),
                blend("#d08a35", "#7d4414", float(self.rng.random())),
                0.5,
                soft=2,
            )
        sauce = s.shape(pie(266)).clipped(crust)
        s.paint(sauce, "#c73a1d", "#a92a12")
        cheese = s.shape(
            [
                (0, y0),
                *[
                    (x * (1 + 0.02 * math.sin(i)), y)
                    for i, (x, y) in enumerate(oval(0, y0, 252, 252 * squash, -19, 289))
                ],
            ]
        ).clipped(crust)
        s.paint(cheese, "#ffdc7a", "#f7bd45")
        for _ in range(36):
            a, r = (
                math.radians(float(self.rng.uniform(-14, 284))),
                236 * float(self.rng.random()) ** 0.5,
            )
            x, y = r * math.cos(a), y0 + r * squash * math.sin(a)
            s.inside(
                cheese,
                oval(x, y, 22, 12),
                ["#fff0b8", "#f5ab34", "#ffe79a"][int(self.rng.integers(3))],
                0.55,
                soft=4,
            )
        spots = [
            (0.42, 20),
            (0.8, 60),
            (0.45, 105),
            (0.78, 150),
            (0.5, 195),
            (0.8, 240),
            (0.82, 5),
            (0.8, 105),
            (0.36, 262),
            (0.83, 195),
            (0.5, 60),
        ]
        for share, angle in spots:
            a = math.radians(angle)
            x, y = 246 * share * math.cos(a), y0 + 246 * squash * share * math.sin(a)
            s.oval(x, y + 5, 36, 23, "#7d1d0e", opacity=0.7)
            disc = s.oval(x, y, 36, 23, "#e0482c", "#b5281a")
            s.inside(disc, oval(x - 9, y - 7, 15, 7), "#ff9a7a", 0.7, soft=4)
        for angle, share in ((40, 0.62), (130, 0.58), (172, 0.34), (222, 0.6), (85, 0.88)):
            a = math.radians(angle)
            leaf = Sketch(
                canvas,
                _off(s, 246 * share * math.cos(a), y0 + 246 * squash * share * math.sin(a)),
                1,
                turn=angle,
            )
            leaf.fill(smooth([(-30, 0), (-6, -13), (28, 0), (-6, 13)]), "#4fae43", "#2a7a2c")
            leaf.line([(-24, 0), (22, 0)], "#bfe8a0", 1.6)
        self.steam(s, canvas, (-110, 0, 110), y0 - 190, 130)


def _off(s: Sketch, x: float, y: float) -> tuple[float, float]:
    px, py = s.at((x, y))
    return px / s.canvas.scale, py / s.canvas.scale
