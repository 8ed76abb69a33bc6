"""A stadium at night: floodlights, the crowd, the pitch, and a ball in the foreground."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from thumbnb.render.colour.mixing import Palette
from thumbnb.render.raster.sketch import Sketch, blend, oval, smooth
from thumbnb.render.subjects.static import StaticSubject

if TYPE_CHECKING:
    from thumbnb.render.colour.mixing import Floats
    from thumbnb.render.raster.canvas import Canvas


class Stadium(StaticSubject):
    """Stands full of people, four towers of light, grass in stripes, a football."""

    light: ClassVar[Palette] = Palette.of(
        "#030816 #07163a #0f2c66 #2a5aa8 #7fb0e8", light="#f4fbff", land="#0d5a2b", accent="#ffd23f"
    )

    def draw(self, canvas: Canvas) -> None:
        """Draw it."""
        s, wide = Sketch(canvas), self.across
        s.fill([(0, 0), (wide, 0), (wide, 420), (0, 420)], *self.sky[:4])
        mid = wide * 0.5
        self._stands(s, wide)
        self._pitch(s, wide, mid)
        for x in (0.06, 0.33, 0.67, 0.94):
            self._tower(
                s,
                canvas,
                wide * x,
                66 if x in {0.06, 0.94} else 120,
                1.25 if x in {0.06, 0.94} else 0.85,
            )
        if not self.bare:
            self._ball(Sketch(canvas, (self.mid, 470), 1.0), canvas)

    def _stands(self, s: Sketch, wide: float) -> None:
        for top, foot, dark in ((212, 330, 0.15), (300, 424, 0.0)):
            bend = [(wide * i / 12, top + 46 * (1 - ((i - 6) / 6) ** 2)) for i in range(13)]
            s.fill(
                [*bend, (wide, foot + 30), (0, foot + 30)],
                blend(self.sky[2], "#000000", 0.35 + dark),
                blend(self.sky[1], "#000000", 0.3),
            )
            s.line(bend, blend(self.sky[4], self.sky[2], 0.4), 3)
        colours = [self.accent, "#ff5a5f", "#ffffff", self.sky[4], "#ffffff"]
        for _ in range(900):
            x = self.rng.uniform(0, wide)
            base = 46 * (1 - ((x / wide * 12 - 6) / 6) ** 2)
            y = self.rng.uniform(226, 425) + base
            if 318 < y - base < 336:  # noqa: PLR2004 - the gangway
                continue
            r = self.rng.uniform(1.4, 3.0)
            s.oval(
                x,
                y,
                r,
                r,
                colours[int(self.rng.integers(5))],
                opacity=float(self.rng.uniform(0.15, 0.75)),
            )

    def _pitch(self, s: Sketch, wide: float, mid: float) -> None:
        line = 452.0
        s.fill(
            [(0, line), (wide, line), (wide, 720), (0, 720)],
            blend(self.land, "#000000", 0.25),
            self.land,
        )
        for i in range(-9, 9):
            if i % 2:
                continue
            a, b = mid + i * 80, mid + i * 260
            s.fill(
                [(a, line), (a + 80, line), (b + 260, 720), (b, 720)],
                blend(self.land, "#7dff8a", 0.16),
                blend(self.land, "#7dff8a", 0.3),
                opacity=0.8,
            )
        s.fill(
            [(0, line - 16), (wide, line - 16), (wide, line), (0, line)],
            blend(self.sky[3], "#ffffff", 0.1),
        )
        for i in range(int(wide / 120) + 1):
            s.fill(
                [
                    (i * 120, line - 16),
                    (i * 120 + 58, line - 16),
                    (i * 120 + 58, line),
                    (i * 120, line),
                ],
                self.accent,
                opacity=0.9,
            )
        chalk = blend(self.land, "#ffffff", 0.82)
        s.line([(0, 500), (wide, 500)], chalk, 3)
        s.line([(mid, 500), (mid - 60, 720)], chalk, 5)
        ring = oval(mid - 30, 560, 250, 64)
        s.line([*ring, ring[0]], chalk, 4.4)
        s.light(mid, 470, 640, self.lamp, 0.16)

    def _tower(self, s: Sketch, canvas: Canvas, x: float, y: float, size: float) -> None:
        s.line([(x, y), (x, y + 260)], "#0a1226", 9 * size)
        s.rounded(x - 62 * size, y - 34 * size, 124 * size, 68 * size, 8, "#101a35")
        for row in range(3):
            for col in range(5):
                s.oval(
                    x + (col - 2) * 23 * size,
                    y + (row - 1) * 20 * size,
                    8.6 * size,
                    8.0 * size,
                    self.lamp,
                )
        s.light(x, y, 250 * size, self.lamp, 0.85)
        down = s.shape(
            [(x - 40 * size, y), (x + 40 * size, y), (x + 260 * size, 620), (x - 260 * size, 620)]
        )
        canvas.shine(down.blurred(46 * canvas.scale), self.lamp, 0.10)

    def _ball(self, s: Sketch, canvas: Canvas) -> None:
        r = 148.0
        s.canvas.shade(s.shape(oval(-24, 172, 168, 26)).blurred(14 * canvas.scale), 0.65)
        ball = s.shape(oval(0, 0, r, r))
        canvas.shine(ball.blurred(40 * canvas.scale), self.lamp, 0.25)
        s.paint(ball, "#ffffff", "#e9eef6", "#9aa8c0")
        ink = "#161c2c"
        corners = _icosahedron() @ _rotation(0.5, 0.35).T
        for centre in corners:
            # A third of the way to each neighbour lies a corner of the patch, from there a seam.
            near = [n for n in corners if 0 < np.linalg.norm(n - centre) < 1.2]  # noqa: PLR2004
            across = np.cross(centre, near[0])
            near.sort(key=lambda n: math.atan2(n @ across, n @ np.cross(across, centre)))
            ring = [_on_sphere(2 * centre + n) for n in near]
            for n, p in zip(near, ring, strict=True):
                q = _on_sphere(centre + 2 * n)
                if p[2] > 0 and q[2] > -0.1:  # noqa: PLR2004 - in front
                    s.line(
                        [(p[0] * r, p[1] * r), (q[0] * r, q[1] * r)],
                        blend("#ffffff", ink, 0.5),
                        2.8,
                    )
            if centre[2] > -0.3:  # noqa: PLR2004 - in front, at least in part
                s.inside(ball, [(p[0] * r, p[1] * r) for p in ring], ink)
        s.inside(
            ball,
            smooth([(-150, 40), (-60, 96), (60, 96), (150, 20), (160, 160), (-160, 160)]),
            "#0a1230",
            0.45,
            soft=26,
        )
        s.inside(ball, oval(-48, -62, 54, 40), "#ffffff", 0.75, soft=16)


def _icosahedron() -> Floats:
    """Give the twelve corners, at distance 1."""
    g = (1 + math.sqrt(5)) / 2
    corners = [(0.0, a, b * g) for a in (-1.0, 1.0) for b in (-1.0, 1.0)]
    turned = [p[i:] + p[:i] for p in corners for i in range(3)]
    return np.array(turned) / math.hypot(1, g)


def _rotation(a: float, b: float) -> Floats:
    """Give the turn about the x axis, then the y axis."""
    ca, sa, cb, sb = math.cos(a), math.sin(a), math.cos(b), math.sin(b)
    x = np.array([[1, 0, 0], [0, ca, -sa], [0, sa, ca]])
    return np.asarray(np.array([[cb, 0, sb], [0, 1, 0], [-sb, 0, cb]]) @ x)


def _on_sphere(p: Floats) -> Floats:
    return np.asarray(p / np.linalg.norm(p))
