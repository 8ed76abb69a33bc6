"""The sun comes up behind layer upon layer of mountains, and a flock crosses it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from PIL import Image, ImageChops

from thumbnb.render.colour.mixing import Floats, Palette, as_rgb, mix, ramp
from thumbnb.render.raster import brushes
from thumbnb.render.subjects.painted.motifs import bird, firs
from thumbnb.render.subjects.subject import Subject

if TYPE_CHECKING:
    from thumbnb.render.colour.mixing import Rgb


class Mountains(Subject):
    """Ridges in haze, the sun, birds; firs on the nearest ridge."""

    light: ClassVar[Palette] = Palette.of(
        "#241d55 #6a3a86 #d4608a #ff9d76 #ffd9a0", light="#fff1c9", land="#1a1136", accent="#ff6f61"
    )
    hours: ClassVar[frozenset[str]] = frozenset({"dawn"})
    shows: ClassVar[tuple[float, float]] = (3.0, 6.0)
    ridges: ClassVar[int] = 6
    roughness: ClassVar[float] = 0.52
    wooded: ClassVar[bool] = True
    dawn: ClassVar[float] = 6.0
    """Seconds that the sun takes to rise."""

    def prepare(self) -> None:
        """Paint the sky before and after sunrise, and the ridges."""
        self._before = self._sky(0.0)
        self._after = self._sky(1.0)
        w, h, p = self.w, self.h, self.palette
        curves = [self._curve(i / (self.ridges - 1)) for i in range(self.ridges)]
        # What the next ridge hides is not painted.
        ends = [*(math.ceil(float(c.max())) + 1 for c in curves[1:]), h]
        colours = [as_rgb(c) for c in ramp([p.haze, *p.sky[-2:0:-1], p.land], 2 * self.ridges + 2)]
        self._layers = [
            brushes.Layer(
                brushes.below(curve, end), w, [colours[2 * i + 3], colours[2 * i]], self.rng
            )
            for i, (curve, end) in enumerate(zip(curves, ends, strict=True))
        ]
        self._flock = self.rng.uniform(-1, 1, (11, 3))

    def _sun(self, risen: float) -> tuple[float, float]:
        return self.w * 0.64, self.h * (0.55 - 0.20 * risen)

    def _sky(self, risen: float) -> Image.Image:
        w, h, u, p = self.w, self.h, self.u, self.palette
        places = [*np.linspace(0, 0.62, len(p.sky)), 1.0]
        image = brushes.to_image(brushes.vertical((w, h), [*p.sky, p.haze], places), self.rng)
        warm = mix(p.light, p.sky[-2], 0.45)
        x, y = self._sun(risen)
        brushes.shine_lamp(image, x, y, u * 1.15, warm, strength=0.45 + 0.3 * risen, power=2.2)
        brushes.shine_lamp(image, x, y, u * 0.34, p.light, strength=0.5 + 0.3 * risen)
        return image

    def _curve(self, near: float) -> Floats:
        wide = round(self.w + self.u * 0.5 * (0.15 + near))
        hills = brushes.noise_line(wide, self.u * (0.9 - 0.2 * near), self.rng, self.roughness)
        curve = (0.52 + 0.36 * near - (0.20 - 0.10 * near) * hills) * self.h
        if not self.wooded or near < 1:
            return curve
        return firs(curve, (self.u * 0.03, self.u * 0.10), self.rng)

    def frame(self, t: float) -> Image.Image:
        """Paint it as it is at ``t`` seconds."""
        risen = brushes.smooth(t, -self.dawn / 2, self.dawn * 1.5) * 1.6 - 0.3
        frame = Image.blend(self._before, self._after, min(1.0, max(0.0, risen)))
        x, y = self._sun(risen)
        brushes.dot(frame, x, y, self.u * 0.062, mix(self.palette.light, (255, 255, 255), 0.55))
        for i, layer in enumerate(self._layers):
            if i == 2:  # noqa: PLR2004 - they fly between the second ridge and the third
                self._birds(frame, t)
            near = i / (self.ridges - 1)
            layer.onto(frame, self.u * (0.004 + 0.034 * near**1.4) * t)
        night = 1 - brushes.smooth(t, -self.dawn / 2, self.dawn * 0.6)
        if night:
            shade = Image.new("RGB", self.size, mix((255, 255, 255), self.palette.sky[1], night))
            frame = ImageChops.multiply(frame, shade)
        return frame

    def _birds(self, frame: Image.Image, t: float) -> None:
        u = self.u
        ink: Rgb = mix(self.palette.land, self.palette.haze, 0.12)
        lead_x, lead_y = self.w * 0.22 + u * 0.085 * t, self.h * 0.44 - u * 0.014 * t
        for i, (dx, dy, phase) in enumerate(self._flock):
            row = (i + 1) // 2 * (1 if i % 2 else -1)
            x = lead_x - u * (abs(row) * 0.045 + 0.012 * dx)
            y = lead_y + u * (row * 0.022 + 0.010 * dy)
            beat = math.sin(t * 7.5 + phase * 3)
            bird(frame, x, y, span=u * (0.017 + 0.003 * dx), beat=beat, ink=ink)
