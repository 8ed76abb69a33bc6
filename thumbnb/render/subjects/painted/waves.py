"""Waves cut from coloured paper, one behind the other: for prompts that name no thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from thumbnb.render.colour.mixing import Palette, as_rgb, mix, ramp
from thumbnb.render.raster import brushes
from thumbnb.render.raster.filters import blur
from thumbnb.render.subjects.subject import Subject

if TYPE_CHECKING:
    from PIL import Image


class Waves(Subject):
    """Sheets of colour with soft shadows, and a sun behind them."""

    light: ClassVar[Palette] = Palette.of(
        "#20184e #4a2c8f #8f46c4 #ef6f9f #ffb38a", light="#ffe9c9", land="#150f38", accent="#35e0d0"
    )
    sheets: ClassVar[int] = 7

    def prepare(self) -> None:
        """Choose how the sheets swing, and their colours."""
        p = self.palette
        self._ground = brushes.to_image(brushes.vertical(self.size, [p.haze, p.sky[-2]]), self.rng)
        x, y = self.w * 0.68, self.h * 0.30
        brushes.shine_lamp(self._ground, x, y, self.u * 0.75, p.light, strength=0.8)
        brushes.dot(self._ground, x, y, self.u * 0.13, mix(p.light, (255, 255, 255), 0.4))
        tones = ramp([p.sky[-2], *p.sky[-3::-1], p.land], 2 * self.sheets)
        self._tones = [as_rgb(c) for c in tones]
        self._swing = self.rng.uniform(0, 1, (self.sheets, 4))

    def frame(self, t: float) -> Image.Image:
        """Paint it as it is at ``t`` seconds."""
        w, h, u = self.w, self.h, self.u
        rng = np.random.default_rng(0)
        frame = self._ground.copy()
        xs = np.arange(w, dtype=np.float32) / u
        for i, (a, b, c, d) in enumerate(self._swing):
            near = (i + 0.5) / self.sheets
            curve = h * (0.30 + 0.66 * near) + u * (
                0.075 * np.sin(xs * (2.0 + 1.6 * a) + 6.28 * b + 0.25 * t * (0.5 + near))
                + 0.030 * np.sin(xs * (4.5 + 2.0 * c) + 6.28 * d - 0.32 * t)
            )
            mask = brushes.below(curve.astype(np.float32), h)
            soft = blur(mask, u * 0.022)
            frame.paste(self.palette.land, (0, -round(u * 0.012)), soft.point(lambda v: v * 2 // 5))
            brushes.Layer(mask, w, self._tones[2 * i : 2 * i + 2], rng).onto(frame)
        return frame
