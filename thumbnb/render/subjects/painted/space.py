"""A ringed planet before a nebula."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from PIL import Image

from thumbnb.render.colour.mixing import Palette, mix, ramp
from thumbnb.render.raster import brushes
from thumbnb.render.subjects.painted.motifs import Stars
from thumbnb.render.subjects.subject import Subject

if TYPE_CHECKING:
    from thumbnb.render.colour.mixing import Rgb

WHITE: Rgb = (255, 255, 255)


class Space(Subject):
    """Stars, clouds of gas, a planet lit from one side, its ring, its moon."""

    light: ClassVar[Palette] = Palette.of(
        "#05061a #1b1147 #6a2a86 #e0678f #ffc49a", light="#fff0d8", land="#02030c", accent="#63e0ff"
    )
    hours: ClassVar[frozenset[str]] = frozenset({"night"})

    def prepare(self) -> None:
        """Paint all of it; only the moon and the stars' twinkling are left for the frames."""
        w, h, u, p = self.w, self.h, self.u, self.palette
        self._sky = self._nebula()
        self._stars = Stars(self.size, h, mix(p.light, WHITE, 0.7), self.rng)
        self._stars.fix(self._sky)
        self._at = (w * 0.60, h * 0.54)
        brushes.shine_lamp(
            self._sky, *self._at, u * 0.62, mix(p.sky[3], p.sky[2], 0.5), strength=0.55
        )
        self._planet()

    def _nebula(self) -> Image.Image:
        small = (max(2, self.w // 3), max(2, self.h // 3))
        unit = self.u / 3
        cloud = brushes.noise_field(small, max(4, unit * 0.75), self.rng)
        veil = brushes.noise_field(small, max(4, unit * 0.4), self.rng)
        density = np.clip((cloud * 0.75 + veil * 0.35 - 0.42) * 1.9, 0, 1) ** 1.4
        p = self.palette
        shades = ramp([p.sky[0], p.sky[0], p.sky[1], p.sky[2], mix(p.sky[2], p.sky[3], 0.55)], 256)
        pixels = shades[(density * 255).astype(int)]
        image = Image.fromarray(pixels.astype(np.uint8)).resize(self.size, Image.Resampling.BICUBIC)
        return brushes.to_image(np.asarray(image, dtype=np.float32), self.rng)

    def _planet(self) -> None:
        """Shade a ball with bands, night on one side and air at the rim; lay its ring around."""
        u, p = self.u, self.palette
        radius = u * 0.235
        reach = math.ceil(radius * 2.4)
        axis = (np.arange(2 * reach, dtype=np.float32) + 0.5 - reach) / radius
        tilt = math.radians(-20)
        xs, ys = np.meshgrid(axis, axis)
        across, along = (
            xs * math.cos(tilt) + ys * math.sin(tilt),
            ys * math.cos(tilt) - xs * math.sin(tilt),
        )
        flat = np.hypot(xs, ys)
        z = np.sqrt(np.clip(1 - flat**2, 0, 1))
        wobble = brushes.noise_field((2 * reach, 2 * reach), max(4, radius * 0.5), self.rng) - 0.5
        latitude = np.clip(along + 0.10 * wobble + 0.05 * z, -1, 1)
        bands = (
            0.5
            + 0.5
            * brushes.noise_line(512, 60, self.rng, 0.6)[((latitude + 1) * 255.5).astype(int)]
            * 1.5
        )
        shades = ramp([p.sky[2], p.sky[3], p.haze, mix(p.haze, WHITE, 0.5)], 256)
        surface = shades[(np.clip(bands, 0, 1) * 255).astype(int)]
        lit = np.clip((-0.62 * xs - 0.52 * ys + 0.58 * z) * 1.25 + 0.06, 0.03, 1)[..., None]
        ball = surface * lit + np.asarray(p.land, dtype=np.float32) * (1 - lit)
        rim = np.clip(1 - z, 0, 1)[..., None] ** 3 * np.clip(lit * 1.4, 0, 1)
        ball += (np.asarray(mix(p.accent, WHITE, 0.3), dtype=np.float32) - ball) * rim * 0.75
        inside = np.clip((1 - flat) * radius + 0.5, 0, 1)

        lie = np.hypot(across, along / 0.26)
        grooves = (
            0.55
            + 0.45
            * brushes.noise_line(512, 40, self.rng, 0.7)[
                np.clip((lie - 1.3) * 640, 0, 511).astype(int)
            ]
        )
        ring = (
            np.clip((lie - 1.32) * radius * 0.6, 0, 1)
            * np.clip((2.12 - lie) * radius * 0.6, 0, 1)
            * grooves
        )
        # The planet's shadow falls on the ring, away from the light.
        shadow = np.clip((np.abs(0.62 * ys - 0.52 * xs) - 0.78) * 8, 0, 1) + (
            xs * 0.62 + ys * 0.52 < 0
        )
        ring *= 0.25 + 0.75 * np.clip(shadow, 0, 1)
        in_front = (along > 0) | (flat > 1)
        band = np.asarray(mix(p.haze, WHITE, 0.25), dtype=np.float32)

        veil = ring * in_front * 0.85
        cover = 1 - (1 - inside) * (1 - veil)
        weight = veil / np.maximum(cover, 1e-6)
        self._ball = brushes.to_image(ball + (band - ball) * weight[..., None], self.rng)
        self._cover = Image.fromarray((cover * 255).astype(np.uint8))
        self._corner = (round(self._at[0]) - reach, round(self._at[1]) - reach)

    def frame(self, t: float) -> Image.Image:
        """Paint it as it is at ``t`` seconds."""
        u, p = self.u, self.palette
        frame = self._sky.copy()
        self._stars.twinkle(frame, t)
        frame.paste(self._ball, self._corner, self._cover)
        angle = 3.6 + 0.05 * t
        x, y = self._at[0] + u * 0.62 * math.cos(angle), self._at[1] + u * 0.42 * math.sin(angle)
        r = u * 0.034
        with brushes.Pen(frame, (x - r - 2, y - r - 2, x + r + 2, y + r + 2)) as pen:
            dark, bright = mix(p.sky[1], p.land, 0.4), mix(p.haze, WHITE, 0.35)
            for i in range(12):
                k = i / 11
                pen.ellipse(
                    x - r * 0.28 * k,
                    y - r * 0.24 * k,
                    r * (1 - 0.36 * k),
                    r * (1 - 0.36 * k),
                    mix(dark, bright, k),
                )
        return frame
