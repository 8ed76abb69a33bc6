"""A neon plain under a striped sun, and a controller in the air above it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from thumbnb.render.colour.mixing import Palette
from thumbnb.render.raster.brushes import noise_line
from thumbnb.render.raster.sketch import Sketch, blend, oval, smooth
from thumbnb.render.subjects.static import StaticSubject

if TYPE_CHECKING:
    from thumbnb.render.raster.canvas import Canvas
    from thumbnb.render.raster.stencil import Stencil


class Gaming(StaticSubject):
    """Synthwave: a grid to the horizon, a sun cut into stripes, a gamepad lit from below."""

    light: ClassVar[Palette] = Palette.of(
        "#0b0221 #240a4d #5a1480 #c21f8a #ff6a88", light="#ffe25a", land="#0a0320", accent="#20e3ff"
    )

    def draw(self, canvas: Canvas) -> None:
        """Draw it."""
        s, wide = Sketch(canvas), self.across
        line = 470.0
        s.fill([(0, 0), (wide, 0), (wide, line), (0, line)], *self.sky)
        for _ in range(90):
            x, y = self.rng.uniform(0, wide), self.rng.uniform(0, line * 0.75)
            s.oval(x, y, 1.3, 1.3, "#ffffff", opacity=float(self.rng.uniform(0.3, 0.9)))
        mid = self.mid
        s.light(mid, 330, 520, self.sky[4], 0.8)
        sun = s.shape(oval(mid, 270, 216, 216))
        s.paint(sun, self.lamp, self.sky[4], self.sky[3])
        for i in range(7):
            y, thick = 292 + i * 26, 4 + 2 * i
            s.fill(
                [(mid - 220, y), (mid + 220, y), (mid + 220, y + thick), (mid - 220, y + thick)],
                blend(self.sky[3], self.sky[4], i / 7),
            )
        self._ridge(s, line, wide)
        s.fill(
            [(0, line), (wide, line), (wide, 720), (0, 720)],
            blend(self.land, self.sky[2], 0.35),
            self.land,
        )
        self._floor(s, canvas, line, wide, mid)
        self._pad(Sketch(canvas, (mid, 392), 1.12, turn=-8), canvas)

    def _ridge(self, s: Sketch, line: float, wide: float) -> None:
        height = noise_line(60, 14, self.rng)
        xs = [wide * i / 59 for i in range(60)]
        tops = [(x, line - 26 - 62 * abs(float(h))) for x, h in zip(xs, height, strict=True)]
        s.fill([(0, line), *tops, (wide, line)], self.sky[2], self.sky[1])
        s.line(tops, self.accent, 2.4, opacity=0.8)

    def _floor(self, s: Sketch, canvas: Canvas, line: float, wide: float, mid: float) -> None:
        marks: list[Stencil] = []
        k = canvas.scale
        for i in range(-22, 23):
            a, b = (mid + i * 34, line), (mid + i * 230, 720.0)
            marks.append(
                s.shape(
                    [(a[0] - 0.7, a[1]), (a[0] + 0.7, a[1]), (b[0] + 2.6, b[1]), (b[0] - 2.6, b[1])]
                )
            )
        y, gap = line + 3.0, 7.0
        while y < 720:  # noqa: PLR2004 - the foot of the sheet
            thick = 0.8 + (y - line) / 95
            marks.append(s.shape([(0, y), (wide, y), (wide, y + thick), (0, y + thick)]))
            y, gap = y + gap, gap * 1.34
        net = marks[0].joined(*marks[1:])
        canvas.shine(net.blurred(6 * k), self.sky[3], 1.0)
        canvas.fill(net, blend(self.sky[3], "#ffffff", 0.25), 0.95)
        edge = s.shape([(0, line - 2), (wide, line - 2), (wide, line + 3), (0, line + 3)])
        canvas.shine(edge.blurred(12 * k), self.accent, 0.9)
        canvas.fill(edge, blend(self.accent, "#ffffff", 0.4))

    def _pad(self, s: Sketch, canvas: Canvas) -> None:
        body = smooth(
            [
                (-118, -62),
                (0, -58),
                (118, -62),
                (170, -6),
                (186, 66),
                (164, 108),
                (124, 88),
                (82, 46),
                (0, 40),
                (-82, 46),
                (-124, 88),
                (-164, 108),
                (-186, 66),
                (-170, -6),
            ]
        )
        hull = s.shape(body)
        canvas.shine(hull.blurred(46 * canvas.scale), self.accent, 0.9)
        s.shadow(hull, 0, 22, 22, 0.5)
        s.paint(hull, "#fbf7ff", "#d9cdf2", "#8f7cc4")
        s.inside(
            hull,
            smooth(
                [(-190, 66), (-120, 84), (0, 52), (120, 84), (190, 66), (190, 160), (-190, 160)]
            ),
            "#3b2470",
            0.35,
            soft=12,
        )
        s.inside(
            hull,
            smooth([(-150, -54), (0, -64), (150, -54), (120, -36), (0, -42), (-120, -36)]),
            "#ffffff",
            0.9,
            soft=4,
        )
        dark = "#2a1a52"
        for x, y in ((-52, 22), (52, 22)):
            s.oval(x, y, 34, 31, dark)
            s.oval(x, y - 4, 25, 22, "#5c46a0", "#37246b")
        s.rounded(-122, -34, 22, 66, 6, dark)
        s.rounded(-144, -12, 66, 22, 6, dark)
        for x, y, colour in (
            (110, -28, "#ffd23f"),
            (136, -2, "#ff4d7d"),
            (84, -2, "#37d0ff"),
            (110, 24, "#4be08a"),
        ):
            s.oval(x, y, 14.5, 14.5, blend(colour, "#000000", 0.25))
            s.oval(x, y - 2.5, 13, 12.5, blend(colour, "#ffffff", 0.35), colour)
        s.rounded(-26, -34, 16, 9, 4, dark)
        s.rounded(12, -34, 16, 9, 4, dark)
        s.light(0, -12, 40, self.accent, 0.7)
        s.oval(0, -8, 9, 9, self.accent)
