"""A ringed planet before a nebula."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from PIL import Image

from thumbnb.render.colour.mixing import Palette, mix, ramp
from thumbnb.render.raster import brushes
from thumbnb.render.raster.pixels import new_pixels, row_bands
from thumbnb.render.subjects.painted.motifs import Stars
from thumbnb.render.subjects.subject import Subject

if TYPE_CHECKING:
    from thumbnb.render.colour.mixing import Floats, Rgb

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
        if not self.bare:
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
        radius = self.u * 0.235
        reach = math.ceil(radius * 2.4)
        side = 2 * reach
        wobble = brushes.noise_field((side, side), max(4, radius * 0.5), self.rng)
        bands, grooves = (
            brushes.noise_line(512, cell, self.rng, rough) for cell, rough in ((60, 0.6), (40, 0.7))
        )
        axis = (np.arange(side, dtype=np.float32) + 0.5 - reach) / np.float32(radius)
        colours = new_pixels(side, side)
        levels = np.empty((side, side), dtype=np.uint8)
        # In bands of rows: all that a pixel takes would be a gigabyte in the largest image.
        for rows in row_bands(side, side):
            ball = _Ball(axis[None, :], axis[rows, None], radius)
            surface = ball.surface(self.palette, wobble[rows], bands)
            veil = ball.ring(grooves) * 0.85
            inside = np.clip((1 - ball.flat) * radius + 0.5, 0, 1)
            cover = 1 - (1 - inside) * (1 - veil)
            weight = veil / np.maximum(cover, 1e-6)
            band = np.asarray(mix(self.palette.haze, WHITE, 0.25), dtype=np.float32)
            colours[rows] = surface + (band - surface) * weight[..., None]
            levels[rows] = cover * 255
        self._ball = brushes.to_image(colours, self.rng)
        self._cover = Image.fromarray(levels)
        self._corner = (round(self._at[0]) - reach, round(self._at[1]) - reach)

    def frame(self, t: float) -> Image.Image:
        """Paint it as it is at ``t`` seconds."""
        u, p = self.u, self.palette
        frame = self._sky.copy()
        self._stars.twinkle(frame, t)
        if self.bare:
            return frame
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


class _Ball:
    """Some rows of a planet and its ring, from coordinates in its radii."""

    def __init__(self, xs: Floats, ys: Floats, radius: float) -> None:
        self.xs, self.ys, self.radius = xs, ys, radius
        tilt = math.radians(-20)
        self.across = xs * math.cos(tilt) + ys * math.sin(tilt)
        self.along = ys * math.cos(tilt) - xs * math.sin(tilt)
        self.flat = np.hypot(xs, ys)
        self.z = np.sqrt(np.clip(1 - self.flat**2, 0, 1))

    def surface(self, palette: Palette, wobble: Floats, bands: Floats) -> Floats:
        """Return the colours of the ball (rows, cols, 3), in 0..255."""
        latitude = np.clip(self.along + 0.10 * (wobble - 0.5) + 0.05 * self.z, -1, 1)
        tone = 0.5 + 0.5 * bands[((latitude + 1) * 255.5).astype(np.int16)] * 1.5
        haze = palette.haze
        shades = ramp([palette.sky[2], palette.sky[3], haze, mix(haze, WHITE, 0.5)], 256)
        surface = shades[(np.clip(tone, 0, 1) * 255).astype(np.int16)]
        lit = np.clip((-0.62 * self.xs - 0.52 * self.ys + 0.58 * self.z) * 1.25 + 0.06, 0.03, 1)
        lit = lit[..., None]
        colours = surface * lit + np.asarray(palette.land, dtype=np.float32) * (1 - lit)
        rim = np.clip(1 - self.z, 0, 1)[..., None] ** 3 * np.clip(lit * 1.4, 0, 1)
        air = np.asarray(mix(palette.accent, WHITE, 0.3), dtype=np.float32)
        colours += (air - colours) * rim * 0.75
        return np.asarray(colours)

    def ring(self, grooves: Floats) -> Floats:
        """Return how much of the ring is seen (rows, cols), in 0..1."""
        lie = np.hypot(self.across, self.along / 0.26)
        ring = 0.55 + 0.45 * grooves[np.clip((lie - 1.3) * 640, 0, 511).astype(np.int16)]
        ring *= np.clip((lie - 1.32) * self.radius * 0.6, 0, 1)
        ring *= np.clip((2.12 - lie) * self.radius * 0.6, 0, 1)
        # The planet's shadow falls on the ring, away from the light.
        shadow = np.clip((np.abs(0.62 * self.ys - 0.52 * self.xs) - 0.78) * 8, 0, 1)
        shadow += self.xs * 0.62 + self.ys * 0.52 < 0
        ring *= 0.25 + 0.75 * np.clip(shadow, 0, 1)
        ring *= (self.along > 0) | (self.flat > 1)
        return np.asarray(ring)
