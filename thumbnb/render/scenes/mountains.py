"""The sun comes up behind layer upon layer of mountains, and a flock crosses it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from thumbnb.render import paint
from thumbnb.render.colour import Floats, Palette, Rgb, as_rgb, mix, ramp
from thumbnb.render.scenes.scene import Scene

if TYPE_CHECKING:
    from PIL import Image


class Mountains(Scene):
    """Ridges in haze, the sun, birds; pines on the nearest ridge."""

    light: ClassVar[Palette] = Palette.of(
        "#241d55 #6a3a86 #d4608a #ff9d76 #ffd9a0", light="#fff1c9", land="#1a1136", accent="#ff6f61"
    )
    ridges = 6
    roughness = 0.52
    trees = True

    def prepare(self) -> None:
        """Paint the sky, the ridges and the sun's halo."""
        w, h, u, p = self.w, self.h, self.u, self.palette
        horizon = round(h * 0.78)
        sky = paint.vertical((w, horizon), p.sky)
        ground = np.repeat(sky[-1:], h - horizon, axis=0)
        self._sky = paint.to_image(np.concatenate([sky, ground]), self.rng)
        self._halo = paint.glow(u * 0.95, p.light, strength=0.62, power=2.6)
        self._core = paint.glow(u * 0.3, p.light, strength=0.8, power=2)
        curves = [self._curve(i / (self.ridges - 1)) for i in range(self.ridges)]
        # What the next ridge hides is not painted.
        ends = [*(math.ceil(float(c.max())) + 1 for c in curves[1:]), h]
        colours = ramp([p.haze, *reversed(p.sky[1:-1]), p.land], 2 * self.ridges + 1)
        self._layers = [
            paint.Layer(
                paint.below(curve, end),
                w,
                [as_rgb(colours[2 * i + 2]), as_rgb(colours[2 * i])],
                self.rng,
            )
            for i, (curve, end) in enumerate(zip(curves, ends, strict=True))
        ]
        self._flock = self.rng.uniform(-1, 1, (11, 3))

    def _curve(self, near: float) -> Floats:
        wide = round(self.w + self.u * 0.5 * (0.15 + near))
        hills = paint.noise_line(wide, self.u * (0.9 - 0.2 * near), self.rng, self.roughness)
        curve = (0.52 + 0.36 * near - (0.20 - 0.10 * near) * hills) * self.h
        return self._pines(curve) if self.trees and near == 1 else curve

    def _pines(self, ground: Floats) -> Floats:
        """Raise the outline of a wood out of the ground's."""
        curve = ground.copy()
        xs = np.arange(len(ground))
        x = 0.0
        while x < len(ground):
            tall = self.u * self.rng.uniform(0.035, 0.10)
            half = tall * self.rng.uniform(0.16, 0.22)
            lo, hi = max(0, int(x - half)), min(len(ground), int(x + half) + 1)
            away = np.abs(xs[lo:hi] - x) / half
            # Boughs: the outline of a fir is a slope cut into steps.
            steps = away + 0.16 * ((away * 4.0) % 1.0)
            curve[lo:hi] = np.minimum(
                curve[lo:hi], ground[int(x)] - tall * (1 - np.minimum(steps, 1))
            )
            x += half * self.rng.uniform(0.7, 2.6)
        return curve

    def frame(self, t: float) -> Image.Image:
        """Six seconds take the sun from behind the ridge to clear of it."""
        frame = self._sky.copy()
        x, y = self.w * 0.64, self.h * (0.56 - 0.034 * t)
        paint.shine(frame, self._halo, x, y)
        paint.shine(frame, self._core, x, y)
        paint.dot(frame, x, y, self.u * 0.062, mix(self.palette.light, (255, 255, 255), 0.55))
        for i, layer in enumerate(self._layers):
            if i == 2:  # noqa: PLR2004 - the flock flies between the second ridge and the third
                self._birds(frame, t)
            near = i / (self.ridges - 1)
            layer.onto(frame, self.u * (0.004 + 0.034 * near**1.4) * t)
        return frame

    def _birds(self, frame: Image.Image, t: float) -> None:
        u = self.u
        ink: Rgb = mix(self.palette.land, self.palette.haze, 0.12)
        lead_x, lead_y = self.w * 0.30 + u * 0.085 * t, self.h * 0.33 - u * 0.012 * t
        for i, (dx, dy, phase) in enumerate(self._flock):
            row = (i + 1) // 2 * (1 if i % 2 else -1)
            x = lead_x - u * (abs(row) * 0.045 + 0.012 * dx)
            y = lead_y + u * (row * 0.022 + 0.010 * dy)
            span = u * (0.017 + 0.003 * dx)
            flap = math.sin(t * 7.5 + phase * 3) * 0.55 + 0.15
            drop = span * flap
            with paint.Pen(frame, (x - span - 2, y - span * 2, x + span + 2, y + span * 2)) as pen:
                for side in (-1, 1):
                    pen.polygon(
                        [
                            (x, y + span * 0.12),
                            (x + side * span * 0.45, y - drop * 0.75),
                            (x + side * span, y - drop * 0.35),
                            (x + side * span * 0.45, y - drop * 0.75 + span * 0.2),
                            (x, y + span * 0.36),
                        ],
                        ink,
                    )
