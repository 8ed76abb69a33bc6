"""A creator's set: panels, a shelf, coloured lamps, a ring light, a microphone."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from thumbnb.render.colour.mixing import Palette
from thumbnb.render.raster.sketch import Sketch, blend, oval, rounded, smooth
from thumbnb.render.subjects.static import StaticSubject

if TYPE_CHECKING:
    from thumbnb.render.raster.canvas import Canvas


class Studio(StaticSubject):
    """A wall lit from two sides, a neon play button, the ring light, a desk in front."""

    light: ClassVar[Palette] = Palette.of(
        "#120a2c #24124f #3d1a78 #6b2fb0 #ff5fa8", light="#fff4e0", land="#0a0618", accent="#ff2d55"
    )

    def draw(self, canvas: Canvas) -> None:
        """Draw it."""
        s, wide = Sketch(canvas), self.across
        mid = self.mid
        s.fill([(0, 0), (wide, 0), (wide, 720), (0, 720)], self.sky[2], self.sky[1], self.sky[0])
        self._panels(s, wide)
        s.light(-60, 300, 760, self.sky[3], 0.85)
        s.light(wide + 60, 420, 760, self.sky[4], 0.8)
        self._shelf(s, canvas)
        self._neon(Sketch(canvas, (mid - self.side * wide * 0.30, 190)), canvas)
        self._ring(Sketch(canvas, (mid, 280)), canvas)
        self._desk(s, wide)
        self._microphone(Sketch(canvas, (mid + self.side * 190, 440), flip=self.side < 0))

    def _panels(self, s: Sketch, wide: float) -> None:
        side = 104.0
        places = [(c, r) for c in range(int(wide / side) + 1) for r in range(6)]
        panel = rounded(3, 3, side - 6, side - 6, 8)
        for odd in (0, 1):
            corners = [(c * side, r * side - 20) for c, r in places if (c + r) % 2 == odd]
            dark = blend(self.sky[1], "#000000", 0.18 + 0.16 * odd)
            s.fill_all([[(x + a, y + b) for a, b in panel] for x, y in corners], dark)
            strips = [
                _box(x + 14 + i * 20, y + 8, 9, side - 16)
                if odd
                else _box(x + 8, y + 14 + i * 20, side - 16, 9)
                for x, y in corners
                for i in range(4)
            ]
            s.fill_all(strips, blend(dark, self.sky[3], 0.34))

    def _shelf(self, s: Sketch, canvas: Canvas) -> None:
        x = self.mid + 205 if self.side > 0 else self.mid - 425
        for y in (150, 330):
            s.canvas.shade(
                s.shape(rounded(x - 10, y + 8, 230, 22, 4)).blurred(9 * canvas.scale), 0.5
            )
            s.rounded(x - 20, y, 240, 13, 4, "#5b4160", "#35233f")
            s.light(x + 90, y - 4, 150, self.lamp, 0.4)
        for i, (w, h, colour) in enumerate(
            ((22, 84, "#ffb454"), (17, 70, "#37c8ff"), (26, 92, "#ff5f7e"), (18, 76, "#f2ecff"))
        ):
            s.rounded(x + i * 28, 150 - h, w, h, 3, colour, blend(colour, "#000000", 0.3))
        s.rounded(x + 18, 248, 96, 76, 8, "#d9d6e8", "#8f88a8")
        s.rounded(x + 26, 256, 80, 60, 6, "#35304a")
        s.fill([(x + 56, 272), (x + 84, 286), (x + 56, 300)], "#ffffff")
        pot = [(x + 146, 282), (x + 196, 282), (x + 188, 330), (x + 154, 330)]
        for angle, size in ((-52, 62), (-26, 82), (0, 92), (26, 80), (52, 60)):
            leaf = Sketch(canvas, (x + 171, 284), size / 80, turn=-angle)
            leaf.fill(smooth([(0, 0), (-15, -34), (0, -84), (15, -34)]), "#3ecf8e", "#14694a")
        s.fill(pot, "#f3e7dc", "#b89c8a")

    def _neon(self, s: Sketch, canvas: Canvas) -> None:
        k = canvas.scale
        outer, inner = (
            s.shape(rounded(-124, -82, 248, 164, 50)),
            s.shape(rounded(-114, -72, 228, 144, 42)),
        )
        tube = outer.without(inner)
        sign = tube.joined(s.shape(_triangle(1.0)).without(s.shape(_triangle(0.72))))
        for radius, strength in ((60, 1.3), (22, 1.2), (8, 1.0)):
            canvas.shine(sign.blurred(radius * k), self.accent, strength)
        canvas.fill(sign, blend(self.accent, "#ffffff", 0.72))

    def _ring(self, s: Sketch, canvas: Canvas) -> None:
        k = canvas.scale
        s.line([(0, 200), (0, 470)], "#151020", 12)
        s.line([(3, 200), (3, 470)], "#4f4468", 3)
        tube = s.shape(oval(0, 0, 196, 196)).without(s.shape(oval(0, 0, 152, 152)))
        case = s.shape(oval(0, 0, 206, 206)).without(s.shape(oval(0, 0, 143, 143)))
        canvas.fill(case, "#1b1428")
        for radius, strength in ((110, 1.0), (46, 0.9), (16, 0.7)):
            canvas.shine(tube.blurred(radius * k), self.lamp, strength)
        canvas.fill(tube, blend(self.lamp, "#ffffff", 0.75))
        s.rounded(-26, -62, 52, 118, 10, "#15101f", "#2a2140")
        s.rounded(-21, -55, 42, 100, 6, self.sky[3], self.sky[4])
        s.line([(0, 56), (0, 150)], "#151020", 6)

    def _desk(self, s: Sketch, wide: float) -> None:
        s.fill([(0, 628), (wide, 628), (wide, 720), (0, 720)], "#3a2440", "#1c1126")
        s.fill([(0, 622), (wide, 622), (wide, 632), (0, 632)], "#7a4f78")
        s.light(self.mid, 632, 420, self.lamp, 0.28)

    def _microphone(self, s: Sketch) -> None:
        s.line([(16, 60), (150, 190), (150, 300)], "#120c1c", 14)
        s.line([(16, 60), (150, 190)], "#5d5078", 4)
        body = s.shape(rounded(-40, -76, 80, 150, 38))
        s.shadow(body, 8, 12, 12, 0.5)
        s.paint(body, "#3b3350", "#16111f")
        for i in range(7):
            y = -58 + i * 13
            s.inside(body, [(-50, y), (50, y), (50, y + 5), (-50, y + 5)], "#7f74a0", 0.75)
        s.inside(body, [(-34, -80), (-20, -80), (-20, 90), (-34, 90)], "#ffffff", 0.4, soft=5)
        s.rounded(-44, 26, 88, 16, 7, self.accent)


def _box(x: float, y: float, wide: float, tall: float) -> list[tuple[float, float]]:
    return [(x, y), (x + wide, y), (x + wide, y + tall), (x, y + tall)]


def _triangle(size: float) -> list[tuple[float, float]]:
    return [(-32 * size + 2, -44 * size), (48 * size - 2, 0), (-32 * size + 2, 44 * size)]
