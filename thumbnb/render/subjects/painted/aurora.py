"""Northern lights over a lake, a lit tent on the shore."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from PIL import Image, ImageChops

from thumbnb.render.colour.mixing import Palette, mix
from thumbnb.render.raster import brushes
from thumbnb.render.subjects.painted.motifs import Stars, Water, firs
from thumbnb.render.subjects.subject import Subject

if TYPE_CHECKING:
    from thumbnb.render.colour.mixing import Rgb

WHITE: Rgb = (255, 255, 255)


class Aurora(Subject):
    """Curtains of light, stars, snow on the mountains, firs, a tent, a falling star."""

    light: ClassVar[Palette] = Palette.of(
        "#030617 #071233 #0b2a4f #155a6b #3f9b8a", light="#5bffb0", land="#02050f", accent="#ffb454"
    )
    hours: ClassVar[frozenset[str]] = frozenset({"night", "winter"})

    def prepare(self) -> None:
        """Paint the sky and the land; draw the curtains' folds."""
        w, h, u, p = self.w, self.h, self.u, self.palette
        self._shore = round(h * 0.76)
        sky = brushes.vertical((w, h), [*p.sky, p.haze], [*np.linspace(0, 0.8, len(p.sky)), 1.0])
        self._sky = brushes.to_image(sky, self.rng)
        self._stars = Stars(self.size, h * 0.62, (225, 240, 255), self.rng)
        self._stars.fix(self._sky)
        self._land = [self._range(0.0), self._range(0.55), self._wood()]
        self._water = Water(
            self.size,
            self._shore,
            [mix(p.sky[2], p.land, 0.3), p.land],
            self.rng,
            clear=0.7,
            squash=2.0,
        )
        self._small = (max(16, w // 5), max(16, round(h * 0.7) // 5))
        self._top = mix(p.light, (150, 70, 255), 0.75)
        cols = self._small[0]
        self._folds = [
            [brushes.noise_line(cols * 3, cols * cell, self.rng) for cell in (0.7, 0.2, 0.035)]
            for _ in range(3)
        ]
        self._lamp = brushes.glow(u * 0.16, p.accent, strength=0.75, power=2.2)

    def _range(self, near: float) -> brushes.Layer:
        w, h, u, p = self.w, self.h, self.u, self.palette
        rough = brushes.noise_line(w, u * (0.55 - 0.15 * near), self.rng, 0.55)
        peaks = 1 - 2 * np.abs(rough)
        curve = (h * (0.66 + 0.07 * near) - u * (0.13 - 0.05 * near) * peaks).astype(np.float32)
        top = mix(mix(p.haze, p.light, 0.15), p.sky[1], 0.45 + 0.4 * near)
        return brushes.Layer(
            brushes.below(curve, self._shore),
            w,
            [top, mix(p.sky[1], p.haze, 0.25 - 0.2 * near)],
            self.rng,
        )

    def _wood(self) -> brushes.Layer:
        w, u, p = self.w, self.u, self.palette
        bank = self._shore - u * (0.012 + 0.02 * np.abs(brushes.noise_line(w, u * 0.7, self.rng)))
        xs = np.linspace(-1, 1, w)
        # The wood leaves the view open in the middle.
        tall = firs(bank.astype(np.float32), (u * 0.05, u * 0.17), self.rng)
        keep = np.clip((np.abs(xs + 0.05) - 0.28) * 3.2, 0, 1)
        curve = bank - (bank - tall) * keep
        return brushes.Layer(
            brushes.below(curve.astype(np.float32), self._shore),
            w,
            [p.land, mix(p.land, p.sky[2], 0.3)],
            self.rng,
        )

    def _curtains(self, t: float) -> Image.Image:
        cols, rows = self._small
        ys = np.arange(rows, dtype=np.float32)[:, None] / rows
        light = np.zeros((rows, cols, 3), dtype=np.float32)
        low, high = (
            np.asarray(self.palette.light, dtype=np.float32),
            np.asarray(self._top, dtype=np.float32),
        )
        for i, (wide, mid, fine) in enumerate(self._folds):
            at = int(cols * (0.5 + 0.022 * t * (1 + 0.4 * i)))
            fast = int(cols * (0.4 + 0.05 * t * (1 if i % 2 else -1) + 0.8))
            foot = 0.68 + 0.42 * wide[at : at + cols] + 0.09 * mid[at : at + cols] - 0.20 * i
            rays = 0.40 + 0.34 * fine[fast : fast + cols] + 0.9 * mid[fast : fast + cols]
            above = foot[None, :] - ys
            tall = 0.20 + 0.14 * mid[at : at + cols] + 0.05 * np.sin(0.8 * t + i)
            shape = np.exp(-np.maximum(above, 0) / np.maximum(tall, 0.08)[None, :])
            shape *= np.clip((above + 0.035) / 0.05, 0, 1) ** 1.5
            shape *= np.maximum(rays, 0.05)[None, :] * (1.0, 0.75, 0.55)[i]
            up = np.clip(above / 0.42, 0, 1)[..., None]
            light += shape[..., None] * (low * (1 - up) + high * up)
        return Image.fromarray(np.clip(light * 0.85, 0, 255).astype(np.uint8))

    def frame(self, t: float) -> Image.Image:
        """Paint it as it is at ``t`` seconds."""
        w, h = self.w, self.h
        frame = self._sky.copy()
        self._stars.twinkle(frame, t)
        tall = round(h * 0.7)
        curtains = self._curtains(t).resize((w, tall), Image.Resampling.BILINEAR)
        frame.paste(ImageChops.add(frame.crop((0, 0, w, tall)), curtains), (0, 0))
        self._falling_star(frame, t)
        for layer in self._land:
            layer.onto(frame)
        if not self.bare:
            self._tent(frame, t)
        self._water.onto(frame, t)
        return frame

    def _tent(self, frame: Image.Image, t: float) -> None:
        u, p = self.u, self.palette
        x, y, s = self.w * 0.45, self._shore - u * 0.004, u * 0.052
        flicker = 0.5 + 0.5 * math.sin(7 * t) * math.sin(2.3 * t)
        brushes.shine(frame, self._lamp, x, y - s * 0.4)
        with brushes.Pen(frame, (x - 2 * s, y - 2 * s, x + 2 * s, y + s)) as pen:
            cloth = mix(p.accent, (255, 244, 200), 0.25 + 0.2 * flicker)
            pen.polygon([(x - s, y), (x - 0.12 * s, y - s), (x + 0.9 * s, y)], cloth)
            pen.polygon(
                [
                    (x - 0.12 * s, y - s),
                    (x + 0.35 * s, y - 1.02 * s),
                    (x + 1.45 * s, y - 0.05 * s),
                    (x + 0.9 * s, y),
                ],
                mix(p.accent, p.land, 0.35),
            )
            pen.polygon(
                [(x - 0.3 * s, y), (x - 0.12 * s, y - 0.72 * s), (x + 0.12 * s, y)],
                mix(cloth, WHITE, 0.6),
            )
            pen.line(
                [(x - s, y), (x - 0.12 * s, y - s), (x + 0.9 * s, y)],
                mix(p.accent, p.land, 0.55),
                u * 0.0016,
            )

    def _falling_star(self, frame: Image.Image, t: float) -> None:
        age = (t - 2.2) / 0.7
        if not 0 < age < 1:
            return
        w, h, u = self.w, self.h, self.u
        x, y = w * 0.72 - u * 0.36 * age, h * 0.08 + u * 0.15 * age
        with brushes.Pen(frame, (x - 5, y - u * 0.09, x + u * 0.2, y + 5)) as pen:
            for i in range(12):
                k = i / 12
                fade = math.sin(math.pi * age) * (1 - k)
                a = (x + u * 0.15 * k, y - u * 0.0625 * k)
                b = (x + u * 0.15 * (k + 1 / 12), y - u * 0.0625 * (k + 1 / 12))
                pen.line([a, b], mix(self.palette.sky[1], WHITE, fade), u * 0.0028 * (1 - 0.8 * k))
