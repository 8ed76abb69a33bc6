"""Things with a screen, in the light of a studio: a phone, a laptop, a robot."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from thumbnb.render.colour.mixing import Palette
from thumbnb.render.raster.sketch import Sketch, blend, oval, rounded, smooth
from thumbnb.render.subjects.static import StaticSubject

if TYPE_CHECKING:
    from thumbnb.render.raster.canvas import Canvas
    from thumbnb.render.raster.stencil import Stencil


class Gadget(StaticSubject):
    """A dark room, light from behind, a plinth; what stands on it differs."""

    light: ClassVar[Palette] = Palette.of(
        "#04070f #081226 #0e2350 #1c4fa8 #57a0ff", light="#e8f3ff", land="#05080f", accent="#28d7ff"
    )

    def draw(self, canvas: Canvas) -> None:
        """Draw it."""
        s, wide = Sketch(canvas), self.across
        mid, k = self.mid, canvas.scale
        s.fill([(0, 0), (wide, 0), (wide, 720), (0, 720)], self.sky[1], self.sky[0], self.land)
        s.light(mid, 330, 620, self.sky[3], 0.95)
        s.light(mid, 320, 330, self.sky[4], 0.55)
        for r, strength in ((300, 0.30), (372, 0.16), (452, 0.09)):
            ring = s.shape(oval(mid, 330, r, r)).without(s.shape(oval(mid, 330, r - 3.4, r - 3.4)))
            canvas.shine(ring, self.sky[4], strength * 2)
        for _ in range(60):
            x, y = self.rng.uniform(0, wide), self.rng.uniform(0, 600)
            s.oval(x, y, 1.6, 1.6, self.sky[4], opacity=float(self.rng.uniform(0.1, 0.6)))
        s.fill(
            [(0, 604), (wide, 604), (wide, 720), (0, 720)],
            blend(self.sky[1], self.sky[2], 0.6),
            self.land,
        )
        canvas.shine(s.shape(oval(mid, 640, 380, 46)).blurred(26 * k), self.sky[4], 0.5)
        s.oval(mid, 668, 300, 40, blend(self.land, self.sky[2], 0.5))
        s.oval(
            mid,
            650,
            300,
            40,
            blend(self.sky[2], self.sky[3], 0.3),
            blend(self.sky[1], self.sky[2], 0.5),
        )
        self.thing(Sketch(canvas, (mid, 380)), canvas)

    @abstractmethod
    def thing(self, s: Sketch, canvas: Canvas) -> None:
        """Draw it, its middle at (0, 0)."""

    def picture(self, s: Sketch, canvas: Canvas, screen: Stencil, y: float, tall: float) -> None:
        """Fill a screen with hills under a round sun."""
        s.paint(screen, self.sky[3], blend(self.accent, "#b26bff", 0.6), "#ff7aa8")
        canvas.shine(s.shape(oval(30, y, 70, 70)).clipped(screen), "#fff2c9", 0.9)
        for i, tone in enumerate(("#7a4fd0", "#4a2fa0", "#2a1b6b")):
            level = y + tall * (0.16 + 0.15 * i)
            hill = smooth(
                [
                    (-400, level + 30),
                    (-180, level - 40),
                    (0, level + 24),
                    (170, level - 46 + 20 * i),
                    (400, level + 20),
                    (400, level + 400),
                    (-400, level + 400),
                ]
            )
            s.inside(screen, hill, tone)


class Phone(Gadget):
    """A phone, front and back."""

    def thing(self, s: Sketch, canvas: Canvas) -> None:
        """Draw it."""
        x, y = s.origin
        self._back(Sketch(canvas, (x + 104, y + 4), 1.0, turn=-14), canvas)
        self._front(Sketch(canvas, (x - 62, y - 4), 1.0, turn=8), canvas)

    def _case(self, s: Sketch, canvas: Canvas) -> Stencil:
        case = s.shape(rounded(-140, -284, 280, 568, 46))
        s.shadow(case, 16, 26, 24, 0.6)
        canvas.shine(case.blurred(30 * canvas.scale), self.accent, 0.35)
        s.paint(case, "#e9f2ff", "#8fa3c4", "#3f4f70")
        return case

    def _back(self, s: Sketch, canvas: Canvas) -> None:
        self._case(s, canvas)
        face = s.shape(rounded(-132, -276, 264, 552, 40))
        s.paint(face, blend(self.sky[4], "#ffffff", 0.2), self.sky[3], self.sky[2])
        s.inside(face, [(-40, -300), (60, -300), (-80, 300), (-180, 300)], "#ffffff", 0.18, soft=10)
        s.rounded(-112, -258, 142, 142, 34, blend(self.sky[2], "#ffffff", 0.16), self.sky[2])
        for cx, cy in ((-76, -222), (-6, -222), (-76, -152)):
            s.oval(cx, cy, 30, 30, "#0a1020")
            s.oval(cx, cy, 24, 24, "#27365c", "#0b1120")
            s.oval(cx, cy, 12, 12, "#0a0f1c")
            s.oval(cx - 6, cy - 7, 5, 4, "#9fd0ff")
        s.oval(-6, -152, 13, 13, "#fff3cf")

    def _front(self, s: Sketch, canvas: Canvas) -> None:
        self._case(s, canvas)
        s.fill(rounded(-133, -277, 266, 554, 40), "#05070d")
        screen = s.shape(rounded(-124, -268, 248, 536, 34))
        self.picture(s, canvas, screen, -40, 380)
        s.rounded(-40, -254, 80, 22, 11, "#05070d")
        s.rounded(-92, -196, 118, 20, 10, "#ffffff", opacity=0.92)
        s.rounded(-92, -166, 78, 13, 6, "#ffffff", opacity=0.6)
        for i, tone in enumerate(("#ffffff", "#ffd45e", "#37d6a0", "#ff6b8b")):
            s.rounded(-100 + i * 52, 204, 42, 42, 13, tone, blend(tone, "#000000", 0.15))
        s.inside(screen, [(20, -280), (150, -280), (0, 280), (-130, 280)], "#ffffff", 0.13)


class Laptop(Gadget):
    """A laptop, open."""

    def thing(self, s: Sketch, canvas: Canvas) -> None:
        """Draw it."""
        lid = s.shape(rounded(-272, -210, 544, 372, 22))
        canvas.shine(lid.blurred(44 * canvas.scale), self.accent, 0.6)
        s.paint(lid, "#cfd9ea", "#5d6a84")
        s.fill(rounded(-264, -202, 528, 356, 16), "#070a12")
        screen = s.shape(rounded(-252, -190, 504, 330, 8))
        self.picture(s, canvas, screen, -40, 330)
        s.rounded(-236, -176, 150, 14, 7, "#ffffff", opacity=0.85)
        for i in range(6):
            s.rounded(
                -118 + i * 42,
                98,
                32,
                32,
                9,
                ["#ffffff", "#ffd45e", "#37d6a0", "#ff6b8b", "#5aa9ff", "#b48bff"][i],
            )
        s.inside(screen, [(60, -220), (230, -220), (20, 180), (-150, 180)], "#ffffff", 0.12)
        deck = [(-300, 164), (300, 164), (352, 236), (-352, 236)]
        base = s.shape(deck)
        s.shadow(base, 0, 18, 18, 0.6)
        s.paint(base, "#dfe7f3", "#8c99b3")
        for row in range(4):
            y = 174 + row * 11
            half = 262 + row * 9
            for col in range(14):
                x = -half + col * half / 7
                s.fill(
                    [(x + 3, y), (x + half / 7 - 3, y), (x + half / 7 - 2, y + 8), (x + 2, y + 8)],
                    "#39445c",
                )
        s.fill([(-86, 220), (86, 220), (92, 234), (-92, 234)], "#b6c2d6")
        s.fill([(-352, 236), (352, 236), (344, 248), (-344, 248)], "#5a6680")


class Robot(Gadget):
    """A friendly robot's head and shoulders."""

    def thing(self, s: Sketch, canvas: Canvas) -> None:
        """Draw it."""
        k = canvas.scale
        body = s.shape(
            smooth([(-210, 300), (-190, 190), (-90, 140), (90, 140), (190, 190), (210, 300)])
        )
        s.paint(body, "#dfe9f7", "#7f93b5")
        s.rounded(-60, 100, 120, 60, 20, "#4a5a7c", "#26304a")
        s.oval(0, 232, 34, 34, "#0b1424")
        canvas.shine(s.shape(oval(0, 232, 26, 26)).blurred(10 * k), self.accent, 1.0)
        s.oval(0, 232, 19, 19, blend(self.accent, "#ffffff", 0.5))
        s.line([(0, -200), (0, -262)], "#8fa0be", 9)
        canvas.shine(s.shape(oval(0, -272, 30, 30)).blurred(14 * k), "#ff5f7e", 1.0)
        s.oval(0, -272, 18, 18, "#ff8ba0", "#ff3f66")
        for side in (-1, 1):
            s.rounded(side * 200 - 26, -70, 52, 118, 22, "#9fb1cf", "#566586")
        head = s.shape(rounded(-196, -204, 392, 312, 110))
        canvas.shine(head.blurred(40 * k), self.accent, 0.5)
        s.paint(head, "#ffffff", "#e3ecf8", "#93a6c6")
        s.inside(head, oval(-70, -170, 110, 34), "#ffffff", 0.9, soft=14)
        visor = s.shape(rounded(-156, -142, 312, 190, 78))
        s.paint(visor, "#101a30", "#060b16")
        for side in (-1, 1):
            eye = s.shape(rounded(side * 70 - 30, -98, 60, 84, 28))
            canvas.shine(eye.blurred(18 * k), self.accent, 1.0)
            s.paint(eye, blend(self.accent, "#ffffff", 0.7), self.accent)
        s.line(smooth([(-34, 6), (0, 20), (34, 6)], closed=False), self.accent, 8)
        s.inside(visor, [(-150, -150), (-40, -150), (-110, 60), (-220, 60)], "#ffffff", 0.10)
