"""A tidy desk by a window: morning light, a laptop, a cup, plants and books."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from thumbnb.render.colour.mixing import Palette
from thumbnb.render.raster.sketch import Sketch, blend, oval, rounded, smooth
from thumbnb.render.subjects.static import StaticSubject

if TYPE_CHECKING:
    from thumbnb.render.raster.canvas import Canvas


class Office(StaticSubject):
    """A warm wall, sun through the window, wood, things in their places."""

    light: ClassVar[Palette] = Palette.of(
        "#8fc7e8 #c9e6ef #fdeccb #f1d9b8 #e3b98c", light="#fff3d2", land="#8a5a3a", accent="#e0693e"
    )

    def draw(self, canvas: Canvas) -> None:
        """Draw it."""
        s, wide = Sketch(canvas), self.across
        mid = self.mid
        s.fill(
            [(0, 0), (wide, 0), (wide, 720), (0, 720)],
            blend(self.sky[3], "#ffffff", 0.25),
            self.sky[3],
            self.sky[4],
        )
        self._window(Sketch(canvas, (mid - 40, 210)), canvas)
        lean = -self.side * 520
        beam = s.shape(
            [(mid - 260, 40), (mid + 190, 40), (mid + 190 + lean, 720), (mid - 500 + lean, 720)]
        )
        canvas.shine(beam.blurred(26 * canvas.scale), self.lamp, 0.42)
        self._shelf(s, canvas, wide)
        self._lamp_(Sketch(canvas, (mid + 372, 566)))
        s.fill(
            [(0, 566), (wide, 566), (wide, 720), (0, 720)],
            blend(self.land, "#ffe0b0", 0.38),
            blend(self.land, "#000000", 0.1),
        )
        s.fill([(0, 560), (wide, 560), (wide, 570), (0, 570)], blend(self.land, "#ffffff", 0.55))
        for i in range(6):
            y = 590 + i * 24 + float(self.rng.uniform(-6, 6))
            s.line(
                [(0, y), (wide, y + self.rng.uniform(-8, 8))],
                blend(self.land, "#000000", 0.2),
                1.6,
                opacity=0.35,
            )
        self._laptop(Sketch(canvas, (mid - 10, 566)))
        self._cup(Sketch(canvas, (mid - 268, 612), 1.0), canvas)
        self._plant(Sketch(canvas, (mid + 300, 604), 1.0), canvas)
        self._notebook(Sketch(canvas, (mid - 150, 668)), canvas)

    def _window(self, s: Sketch, canvas: Canvas) -> None:
        pane = s.shape(rounded(-230, -180, 460, 400, 6))
        s.shadow(s.shape(rounded(-246, -196, 492, 432, 8)), 6, 10, 16, 0.25)
        s.rounded(-246, -196, 492, 432, 8, "#fffaf0", "#e9dcc6")
        s.paint(pane, self.sky[0], self.sky[1], self.sky[2])
        s.inside(pane, oval(110, -40, 54, 54), blend(self.lamp, "#ffffff", 0.5))
        canvas.shine(
            s.shape(oval(110, -40, 120, 120)).clipped(pane).blurred(30 * canvas.scale),
            self.lamp,
            0.7,
        )
        s.inside(
            pane,
            smooth(
                [
                    (-260, 120),
                    (-140, 60),
                    (-20, 108),
                    (110, 70),
                    (260, 116),
                    (260, 260),
                    (-260, 260),
                ]
            ),
            "#a9cfa0",
        )
        s.inside(
            pane,
            smooth([(-260, 168), (-100, 128), (60, 170), (260, 140), (260, 260), (-260, 260)]),
            "#79b07c",
        )
        for x, y, r in ((-150, 120, 34), (-112, 134, 26), (170, 124, 30)):
            s.inside(pane, oval(x, y, r, r * 1.15), "#4f8f64")
        s.fill([(-5, -184), (5, -184), (5, 222), (-5, 222)], "#fffaf0")
        s.fill([(-234, 14), (234, 14), (234, 23), (-234, 23)], "#fffaf0")
        s.rounded(-266, 224, 532, 20, 5, "#fffaf0", "#d9c7aa")

    def _shelf(self, s: Sketch, canvas: Canvas, wide: float) -> None:
        x, y = wide * (0.10 if self.side > 0 else 0.66), 250.0
        s.canvas.shade(s.shape(rounded(x - 8, y + 10, 320, 20, 4)).blurred(10 * canvas.scale), 0.25)
        s.rounded(x - 14, y, 328, 16, 4, blend(self.land, "#ffffff", 0.3), self.land)
        at = x
        for w, h, colour in (
            (26, 104, "#d9694a"),
            (20, 92, "#3f7f8c"),
            (30, 112, "#f0c05a"),
            (22, 98, "#6b5b95"),
            (26, 106, "#efe6d8"),
            (20, 88, "#4a9a74"),
        ):
            s.rounded(at, y - h, w, h, 3, colour, blend(colour, "#000000", 0.22))
            s.fill(
                [
                    (at + 5, y - h + 16),
                    (at + w - 5, y - h + 16),
                    (at + w - 5, y - h + 22),
                    (at + 5, y - h + 22),
                ],
                "#ffffff",
                opacity=0.5,
            )
            at += w + 4
        s.rounded(at + 24, y - 96, 82, 96, 4, "#fffaf0")
        s.rounded(at + 32, y - 88, 66, 80, 3, self.sky[0], self.sky[2])
        s.fill(
            smooth(
                [
                    (at + 32, y - 30),
                    (at + 56, y - 56),
                    (at + 76, y - 34),
                    (at + 98, y - 52),
                    (at + 98, y - 8),
                    (at + 32, y - 8),
                ]
            ),
            "#79a889",
        )

    def _lamp_(self, s: Sketch) -> None:
        s.line([(0, 4), (-40, -150), (-120, -236)], "#3b3030", 8)
        s.rounded(-52, -4, 104, 12, 6, "#3b3030")
        shade = smooth([(-178, -206), (-136, -276), (-92, -268), (-92, -236)])
        s.light(-150, -190, 240, self.lamp, 0.5)
        s.fill(shade, blend(self.accent, "#ffffff", 0.15), self.accent)
        s.oval(-140, -216, 24, 12, "#fff7dd")

    def _laptop(self, s: Sketch) -> None:
        lid = s.shape(rounded(-176, -236, 352, 232, 14))
        s.shadow(lid, 0, 14, 18, 0.35)
        s.paint(lid, "#e6e4ea", "#b9b6c4")
        screen = s.shape(rounded(-164, -224, 328, 204, 6))
        s.paint(screen, "#f7f5ff", "#e2e9f7")
        s.inside(screen, rounded(-150, -208, 96, 172, 6), "#ffffff")
        for i in range(5):
            s.rounded(-140, -194 + i * 30, 64, 10, 5, "#c9d2e6")
        s.rounded(-40, -208, 190, 82, 8, blend(self.accent, "#ffffff", 0.15), self.accent)
        for i, h in enumerate((34, 58, 44, 78, 62, 90)):
            s.rounded(-34 + i * 31, -34 - h * 0.86, 20, h * 0.86, 4, "#5b8def", "#3f6fd0")
        s.inside(screen, [(40, -230), (190, -230), (60, 0), (-90, 0)], "#ffffff", 0.28)
        s.fill([(-208, -4), (208, -4), (226, 12), (-226, 12)], "#f2f0f5", "#a9a6b5")
        s.fill([(-226, 12), (226, 12), (218, 20), (-218, 20)], "#8c8999")

    def _cup(self, s: Sketch, canvas: Canvas) -> None:
        s.canvas.shade(s.shape(oval(10, 42, 76, 15)).blurred(7 * canvas.scale), 0.4)
        handle = smooth([(38, -26), (78, -22), (74, 22), (34, 26)], closed=False)
        s.line(handle, "#f7efe2", 13)
        s.fill(
            smooth([(-48, -46), (48, -46), (43, 28), (26, 44), (-26, 44), (-43, 28)]),
            "#fffaf1",
            "#e3d4bd",
        )
        s.oval(0, -44, 47, 13, "#fffaf1")
        s.oval(0, -43, 40, 9.5, "#6b3d22")
        for x, lift in ((-14, 0), (10, 14)):
            steam = smooth(
                [(x, -60), (x - 14, -90 - lift), (x + 10, -124 - lift), (x - 6, -158 - lift)],
                closed=False,
            )
            trail = [s.at(p) for p in steam]
            from thumbnb.render.raster.stencil import Stencil  # noqa: PLC0415

            puff = Stencil.polygon(
                [*trail, *[(px + 12 * canvas.scale, py) for px, py in trail[::-1]]], canvas.size
            )
            canvas.fill(puff.blurred(6 * canvas.scale), "#ffffff", 0.6)

    def _plant(self, s: Sketch, canvas: Canvas) -> None:
        s.canvas.shade(s.shape(oval(6, 44, 70, 14)).blurred(7 * canvas.scale), 0.4)
        for angle, size, tone in (
            (-64, 0.8, 0.25),
            (64, 0.8, 0.3),
            (-38, 1.0, 0.1),
            (38, 1.02, 0.15),
            (-12, 1.16, 0.0),
            (16, 1.12, 0.05),
        ):
            x, y = s.origin
            leaf = Sketch(canvas, (x, y - 24), 1.25 * size, turn=-angle)
            green, deep = blend("#5fb57a", "#1f5c3f", tone), "#2b6e4a"
            leaf.fill(smooth([(0, 0), (-24, -50), (0, -128), (24, -50)]), green, deep)
            leaf.line([(0, -6), (0, -112)], blend(green, "#ffffff", 0.35), 2)
        s.fill([(-50, -30), (50, -30), (39, 44), (-39, 44)], "#e98a5b", "#b85a34")
        s.rounded(-56, -40, 112, 18, 5, "#f09a6c", "#cf6f45")

    def _notebook(self, s: Sketch, canvas: Canvas) -> None:
        sheet = [(-92, -16), (70, -22), (96, 22), (-104, 30)]
        s.canvas.shade(s.shape([(x + 4, y + 8) for x, y in sheet]).blurred(6 * canvas.scale), 0.35)
        s.fill(sheet, "#fffdf6", "#f1e8d6")
        for i in range(4):
            s.line([(-84 + i, -6 + i * 9), (60 + i * 5, -12 + i * 9)], "#c9b998", 1.6)
        s.line([(30, 26), (112, -26)], self.accent, 7)
        s.line([(30, 26), (24, 30)], "#3b3030", 4)
