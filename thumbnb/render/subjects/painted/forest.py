"""A forest in the morning mist, light falling through it."""

from __future__ import annotations

import math
from typing import ClassVar

import numpy as np
from PIL import Image

from thumbnb.render.colour.mixing import Palette, as_rgb, mix, ramp
from thumbnb.render.raster import brushes
from thumbnb.render.subjects.subject import Subject


class Forest(Subject):
    """Firs, row behind row into the mist; sunbeams, fireflies."""

    light: ClassVar[Palette] = Palette.of(
        "#3f8f83 #7fbf9a #cfe3b0 #f3efc4", light="#fff3c0", land="#06231f", accent="#ffe28a"
    )
    hours: ClassVar[frozenset[str]] = frozenset({"day"})
    rows: ClassVar[int] = 5

    def prepare(self) -> None:
        """Paint the mist and the rows of firs."""
        h, u, p = self.h, self.u, self.palette
        places = [*np.linspace(0, 0.6, len(p.sky)), 1.0]
        self._mist = brushes.to_image(
            brushes.vertical(self.size, [*p.sky, p.haze], places), self.rng
        )
        self._sun = (self.w * 0.66, h * 0.27)
        brushes.shine_lamp(self._mist, *self._sun, u * 0.9, p.light, strength=0.85)
        brushes.dot(self._mist, *self._sun, u * 0.05, mix(p.light, (255, 255, 255), 0.6))
        tones = [
            as_rgb(c) for c in ramp([mix(p.haze, p.sky[1], 0.45), p.sky[0], p.land], self.rows)
        ]
        self._firs = [self._row(i / (self.rows - 1), tones[i]) for i in range(self.rows)]
        self._beams = self._light()
        self._flies = self.rng.uniform(0, 1, (26, 4))
        self._fly = brushes.glow(u * 0.014, p.accent, strength=1.0, power=1.7)

    def _row(self, near: float, tone: tuple[int, int, int]) -> brushes.Layer:
        wide = round(self.w + self.u * 0.4 * (0.2 + near))
        hills = brushes.noise_line(wide, self.u * 0.8, self.rng, 0.4)
        ground = self.h * (0.62 + 0.36 * near) - self.u * 0.06 * hills
        mask = brushes.below(ground.astype(np.float32), self.h)
        tall = self.u * (0.14 + 0.50 * near)
        with brushes.Pen(mask, (0, 0, wide, self.h)) as pen:
            x = 0.0
            while x < wide:
                height = tall * self.rng.uniform(0.55, 1)
                self._fir(pen, x, float(ground[int(x)]) + height * 0.06, height)
                x += height * self.rng.uniform(0.10, 0.34)
        foot = mix(tone, self.palette.haze, 0.5 * (1 - near) + 0.1)
        return brushes.Layer(mask, self.w, [tone, foot], self.rng)

    def _fir(self, pen: brushes.Pen, x: float, foot: float, tall: float) -> None:
        """Stack up tiers of boughs, each hanging a little over the next."""
        half, tiers = tall * self.rng.uniform(0.17, 0.22), int(self.rng.integers(6, 9))
        pen.polygon([(x - tall * 0.014, foot), (x, foot - tall), (x + tall * 0.014, foot)], 255)
        for i in range(tiers):
            top = foot - tall * (1 - 0.86 * i / tiers)
            reach = half * ((i + 1) / tiers) ** 0.85
            low = top + tall * (0.86 / tiers + 0.05)
            left, right = (reach * self.rng.uniform(0.82, 1.08) for _ in range(2))
            droop = tall * 0.02
            boughs = [(x - left, low), (x - left * 0.42, low - droop), (x, low - droop * 0.4)]
            boughs += [(x + right * 0.42, low - droop), (x + right, low)]
            pen.polygon([(x, top - tall * 0.03), *boughs[::-1]], 255)

    def _light(self) -> Image.Image:
        """Paint beams that fan out from the sun, soft, at a quarter of the size."""
        cols, rows = max(2, self.w // 4), max(2, self.h // 4)
        dx = np.arange(cols, dtype=np.float32)[None, :] * 4 - self._sun[0]
        dy = np.arange(rows, dtype=np.float32)[:, None] * 4 - self._sun[1] + self.u * 0.03
        angle = np.arctan2(dx, np.maximum(dy, 1))
        lanes = brushes.noise_line(512, 56, self.rng, 0.6)
        strength = np.interp(angle, np.linspace(-1.6, 1.6, 512), np.clip(lanes * 2.4, 0, 1))
        fade = np.exp(-np.hypot(dx, dy) / (self.u * 0.75)) * np.clip(dy / (self.u * 0.25), 0, 1)
        light = (strength * fade * 0.75)[..., None] * np.asarray(self.palette.light)
        beams = Image.fromarray(np.clip(light, 0, 255).astype(np.uint8))
        return beams.resize(self.size, Image.Resampling.BICUBIC)

    def frame(self, t: float) -> Image.Image:
        """Paint it as it is at ``t`` seconds."""
        frame = self._mist.copy()
        for i, row in enumerate(self._firs):
            row.onto(frame, self.u * (0.004 + 0.03 * (i / (self.rows - 1)) ** 1.5) * t)
            if i == self.rows - 2:
                brushes.screen_onto(frame, self._beams)
        for x, y, phase, speed in self._flies:
            if math.sin(t * (0.8 + speed) + phase * 20) > 0:
                sway = self.u * 0.03 * math.sin(t * (0.5 + speed) + phase * 7)
                brushes.shine(
                    frame, self._fly, x * self.w + sway, self.h * (0.58 + 0.36 * y) + sway / 2
                )
        return frame
