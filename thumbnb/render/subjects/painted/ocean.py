"""A sailing boat on a glittering sea, clouds passing."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from thumbnb.render.colour.mixing import Palette, mix
from thumbnb.render.raster import brushes
from thumbnb.render.subjects.painted.motifs import bird
from thumbnb.render.subjects.subject import Subject

if TYPE_CHECKING:
    from thumbnb.render.colour.mixing import Floats, Rgb

WHITE: Rgb = (255, 255, 255)


class Ocean(Subject):
    """Sea to the horizon, the sun's path on it, a boat, islands, gulls."""

    light: ClassVar[Palette] = Palette.of(
        "#0d6fa8 #35a3c9 #8fd3d6 #f4ecc8 #ffe3b3", light="#fff6d8", land="#0b4a6b", accent="#f0563f"
    )
    hours: ClassVar[frozenset[str]] = frozenset({"day"})

    def prepare(self) -> None:
        """Paint the sky, the sea's colours, the clouds and the waves' pattern."""
        w, h, u, p = self.w, self.h, self.u, self.palette
        self._line = round(h * 0.58)
        self._sun = (w * 0.70, h * 0.36)
        sky = brushes.vertical((w, h), [*p.sky, p.haze], [*np.linspace(0, 0.58, len(p.sky)), 1.0])
        self._static_image = brushes.to_image(sky, self.rng)
        upper = self._static_image.crop((0, 0, w, self._line))
        brushes.shine_lamp(upper, *self._sun, u * 0.9, p.light, strength=0.75, power=2.4)
        brushes.dot(upper, *self._sun, u * 0.058, mix(p.light, WHITE, 0.6))
        self._static_image.paste(upper, (0, 0))
        self._clouds = [self._bank(i) for i in range(3)]
        wide = round(w + u * 0.2)
        isles = brushes.noise_line(wide, u * 0.5, self.rng, 0.5)
        curve = self._line - np.maximum(0, isles - 0.12) * u * 0.16
        self._isles = brushes.Layer(
            brushes.below(curve.astype(np.float32), self._line),
            w,
            [mix(p.sky[1], p.haze, 0.35), mix(p.sky[2], p.haze, 0.6)],
            self.rng,
        )
        self._waves()

    def _bank(self, index: int) -> brushes.Layer:
        """Heap up clouds: rows of discs on a flat foot, the farther the smaller and lower."""
        w, u, p = self.w, self.u, self.palette
        wide, tall = round(w + u * 0.6), round(self._line * (0.96 - 0.26 * index))
        mask = Image.new("L", (wide * 2, tall * 2))
        draw = ImageDraw.Draw(mask)
        size = u * (0.035 + 0.035 * index)
        count = 5 - index
        for i in range(count):
            cx = (i + self.rng.uniform(0.3, 0.7)) * wide / count
            foot = tall - size * self.rng.uniform(0.1, 1.2)
            span = size * self.rng.uniform(2.0, 3.2)
            for away in np.linspace(-1, 1, 14):
                r = size * (1.05 - 0.8 * abs(away)) * self.rng.uniform(0.6, 1)
                x = cx + away * span
                # A disc cut off by the cloud's flat foot.
                draw.chord(
                    [(x - r) * 2, (foot - r) * 2, (x + r) * 2, (foot + r) * 2], 180, 360, fill=255
                )
        colour = mix(p.haze, WHITE, 0.75 - 0.1 * index)
        return brushes.Layer(mask.reduce(2), w, [colour, mix(p.haze, p.sky[1], 0.12)], self.rng)

    def _waves(self) -> None:
        """Two patterns of wave crests in perspective, at half size."""
        cols, rows = self.w // 2, (self.h - self._line) // 2
        self._rows = np.arange(rows)[:, None]
        depth = (self._rows + 2) / rows
        self._speed = depth * self.u * 0.06
        patterns = []
        for _ in range(2):
            pattern = np.zeros((rows, cols), dtype=np.float32)
            top = 0
            while top < rows:
                band = max(2, round(rows * 0.035 + top * 0.22))
                # Crests are wide and flat, and grow towards us.
                cell = 4 + self.u * 0.055 * (top + band / 2) / rows
                field = brushes.noise_field((cols, max(band, 2) * 6), cell, self.rng)
                part = field[::6][: min(band, rows - top)]
                pattern[top : top + len(part)] = part
                top += band
            # Doubled by its mirror image, so that it can slide round for ever.
            patterns.append(np.concatenate([pattern, pattern[:, ::-1]], axis=1))
        self._crests, self._swell = patterns
        self._cols = np.arange(cols)[None, :]
        away = np.abs(self._cols * 2 - self._sun[0]) / self.u
        path = np.exp(-((away / (0.05 + 0.30 * depth)) ** 2)) * (1.0 - 0.35 * depth)
        self._path = path.astype(np.float32)
        p = self.palette
        deep = mix(p.land, p.sky[0], 0.25)
        colours = [mix(p.haze, p.sky[1], 0.55), mix(p.sky[0], p.land, 0.3), deep]
        self._sea = brushes.vertical((cols, rows), colours, [0, 0.3, 1])

    def _slide(self, pattern: Floats, shift: npt.NDArray[np.float64]) -> Floats:
        return np.asarray(pattern[self._rows, (self._cols + shift.astype(int)) % pattern.shape[1]])

    def frame(self, t: float) -> Image.Image:
        """Paint it as it is at ``t`` seconds."""
        w, h, u, p = self.w, self.h, self.u, self.palette
        frame = self._static_image.copy()
        for i, bank in enumerate(self._clouds):
            bank.onto(frame, u * (0.006 + 0.008 * i) * (t + 2))
        self._isles.onto(frame, u * 0.006 * t)
        a = self._slide(self._crests, self._speed * (t * 0.9 + 20))
        b = self._slide(self._swell, self._speed * (40 - t * 1.3))
        both, path = a * b, self._path
        sea = self._sea.copy()
        for colour, light in (
            (p.land, np.clip((0.2 - both) * 5, 0, 0.5)),
            (mix(p.haze, p.sky[1], 0.3), np.clip((both - 0.31) * 6, 0, 0.35)),
            (mix(p.light, WHITE, 0.5), np.clip((both + 0.16 * path - 0.36) * 14, 0, 1) * path),
        ):
            sea += (np.asarray(colour, dtype=np.float32) - sea) * light[..., None]
        water = Image.fromarray(sea.astype(np.uint8))
        size = (w, h - self._line)
        frame.paste(water.resize(size, Image.Resampling.BILINEAR), (0, self._line))
        if not self.bare:
            self._boat(frame, t)
        for i in range(3):
            x = w * (0.18 + 0.05 * i) + u * (0.05 * t + 0.02 * math.sin(t + i))
            y = h * (0.30 - 0.035 * i) + u * 0.012 * math.sin(0.9 * t + 2 * i)
            span, beat = u * (0.022 - 0.004 * i), math.sin(4.2 * t + i * 1.7)
            bird(frame, x, y, span=span, beat=beat, ink=mix(p.land, WHITE, 0.85))
        return frame

    def _boat(self, frame: Image.Image, t: float) -> None:
        u, p = self.u, self.palette
        x0 = self.w * 0.36 + u * 0.028 * t
        y0 = self._line + u * (0.105 + 0.004 * math.sin(1.9 * t))
        lean = math.radians(-4 + 2.2 * math.sin(1.3 * t))
        s = u * 0.36

        def at(x: float, y: float) -> tuple[float, float]:
            return (
                x0 + s * (x * math.cos(lean) - y * math.sin(lean)),
                y0 + s * (x * math.sin(lean) + y * math.cos(lean)),
            )

        def bend(
            a: tuple[float, float], b: tuple[float, float], belly: float
        ) -> list[tuple[float, float]]:
            """Curve from ``a`` to ``b`` that the wind fills."""
            steps = [i / 10 for i in range(11)]
            return [
                at(
                    a[0] + (b[0] - a[0]) * k + belly * math.sin(math.pi * k),
                    a[1] + (b[1] - a[1]) * k,
                )
                for k in steps
            ]

        shade = mix(p.haze, p.sky[1], 0.35)
        with brushes.Pen(
            frame, (x0 - s * 0.55, y0 - s * 1.05, x0 + s * 0.55, y0 + s * 0.75)
        ) as pen:
            # Its image in the water: broken into strips, fainter the farther down.
            for i in range(9):
                y = y0 + s * (0.08 + 0.065 * i)
                half = s * 0.30 * (1 - i / 11) * (0.75 + 0.25 * math.sin(2.4 * t + 1.9 * i))
                sway = s * 0.03 * math.sin(1.7 * t + i)
                base = brushes.colour_at(frame, x0, y)
                pen.ellipse(x0 + sway, y, half, s * 0.015, mix(base, WHITE, 0.42 * (1 - i / 9)))
            pen.line([at(0, -0.02), at(0, -0.98)], mix(p.land, WHITE, 0.15), s * 0.012)
            main = [*bend((0.015, -0.95), (0.44, -0.13), 0.06), at(0.015, -0.11)]
            pen.polygon(main, WHITE)
            pen.polygon(
                [*bend((0.2, -0.60), (0.44, -0.13), 0.045), at(0.015, -0.11)],
                mix(WHITE, shade, 0.25),
            )
            pen.polygon([*bend((-0.015, -0.88), (-0.36, -0.12), -0.05), at(-0.03, -0.13)], p.accent)
            pen.polygon(
                [*bend((-0.015, -0.88), (-0.36, -0.12), -0.05)[5:], at(-0.03, -0.13)],
                mix(p.accent, p.land, 0.18),
            )
            hull = [
                at(-0.40, -0.07),
                at(0.42, -0.07),
                at(0.33, 0.06),
                at(0.25, 0.085),
                at(-0.24, 0.085),
            ]
            pen.polygon([*hull, at(-0.32, 0.05)], mix(p.land, (20, 20, 40), 0.35))
            pen.polygon(
                [at(-0.40, -0.07), at(0.42, -0.07), at(0.405, -0.045), at(-0.385, -0.045)], WHITE
            )
            pen.ellipse(x0, y0 + s * 0.085, s * 0.36, s * 0.014, mix(p.haze, WHITE, 0.5))
