"""A rocket lifts off on a column of fire, and the smoke rolls out."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from thumbnb.render.colour.mixing import Palette, mix
from thumbnb.render.raster import brushes
from thumbnb.render.subjects.painted.motifs import Stars
from thumbnb.render.subjects.painted.smoke import Puff, Smoke
from thumbnb.render.subjects.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL import Image

    from thumbnb.render.colour.mixing import Rgb

WHITE: Rgb = (255, 255, 255)

_GLOWS = 9
"""How many strengths the light of the flame has."""


class Rocket(Subject):
    """The pad at dusk; ignition, lift-off, and away through the top of the image."""

    light: ClassVar[Palette] = Palette.of(
        "#0a1030 #12295c #1f5a8c #6aa7b5 #f7c9a0", light="#ffb347", land="#0b1222", accent="#ff5a3c"
    )
    hours: ClassVar[frozenset[str]] = frozenset({"dusk"})
    shows: ClassVar[tuple[float, float]] = (2.2, 4.2)
    ignition: ClassVar[float] = 0.5
    liftoff: ClassVar[float] = 1.3
    climb: ClassVar[float] = 0.105
    """Heights per second per second."""

    def prepare(self) -> None:
        """Paint the sky, the ground, the tower; scatter the smoke."""
        w, h, u, p = self.w, self.h, self.u, self.palette
        self._ground = h * 0.86
        self._x = w * 0.52
        sky = brushes.vertical((w, h), [*p.sky, p.haze], [*np.linspace(0, 0.84, len(p.sky)), 1.0])
        self._sky = brushes.to_image(sky, self.rng)
        self._stars = Stars(self.size, h * 0.5, WHITE, self.rng)
        self._stars.fix(self._sky)
        hills = self._ground - u * (0.03 + 0.03 * brushes.noise_line(w, u * 0.5, self.rng))
        far = brushes.Layer(
            brushes.below(hills.astype(np.float32), h),
            w,
            [mix(p.haze, p.sky[2], 0.6), mix(p.haze, p.sky[3], 0.4)],
            self.rng,
        )
        far.onto(self._sky)
        self._tower(self._sky)
        flat = np.full(w, self._ground, dtype=np.float32) + u * 0.004 * brushes.noise_line(
            w, u * 0.1, self.rng
        )
        ground = brushes.Layer(
            brushes.below(flat.astype(np.float32), h),
            w,
            [mix(p.land, p.sky[2], 0.25), p.land],
            self.rng,
        )
        ground.onto(self._sky)
        self._glows: dict[int, Image.Image] = {}
        self._smoke = Smoke(p, u)
        self._heart = brushes.glow(u * 0.16, mix(p.light, WHITE, 0.5), strength=1.0, power=1.6)
        # Each puff: when it leaves, which way, how large it grows, how fast.
        self._puffs = self.rng.uniform(0, 1, (240, 5))

    def _tower(self, picture: Image.Image) -> None:
        u, p = self.u, self.palette
        x, foot, tall = self._x - u * 0.125, self._ground + 2, u * 0.49
        steel = mix(p.land, p.sky[2], 0.3)
        with brushes.Pen(
            picture, (x - u * 0.05, foot - tall - u * 0.08, x + u * 0.13, foot + 1)
        ) as pen:
            for side in (-1, 1):
                pen.line(
                    [(x + side * u * 0.022, foot), (x + side * u * 0.018, foot - tall)],
                    steel,
                    u * 0.005,
                )
            steps = 11
            for i in range(steps):
                y, next_y = foot - tall * i / steps, foot - tall * (i + 1) / steps
                pen.line([(x - u * 0.022, y), (x + u * 0.021, next_y)], steel, u * 0.0025)
                pen.line([(x + u * 0.022, y), (x - u * 0.021, next_y)], steel, u * 0.0025)
                pen.line([(x - u * 0.02, next_y), (x + u * 0.02, next_y)], steel, u * 0.003)
            pen.line([(x, foot - tall), (x, foot - tall - u * 0.06)], steel, u * 0.003)
            for level in (0.45, 0.8):
                y = foot - tall * level
                pen.line([(x, y), (x + u * 0.082, y)], steel, u * 0.007)

    def _lift(self, t: float) -> float:
        """Return how far it has risen, in pixels."""
        return 0.5 * self.climb * max(0.0, t - self.liftoff) ** 2 * self.h

    def frame(self, t: float) -> Image.Image:
        """Paint it as it is at ``t`` seconds."""
        u = self.u
        frame = self._sky.copy()
        self._stars.twinkle(frame, t)
        power = brushes.smooth(t, self.ignition, self.liftoff)
        foot = self._ground - u * 0.035 - self._lift(t)
        if power:
            level = round(power * (0.9 + 0.1 * math.sin(41 * t) * math.sin(23 * t)) * _GLOWS)
            if level:
                brushes.shine(frame, self._glow(level), self._x, foot + u * 0.07)
        self._body(frame, foot)
        if power:
            self._flame(frame, t, foot, power)
        self._smoke.onto(frame, self._puffs_at(t), (self._x, foot + u * 0.05), power)
        return frame

    def _glow(self, level: int) -> Image.Image:
        """Return the light of the flame: made once a level, as an image shows one of them."""
        if level not in self._glows:
            self._glows[level] = brushes.glow(
                self.u * 0.6, self.palette.light, strength=0.1 * level, power=2.2
            )
        return self._glows[level]

    def _body(self, frame: Image.Image, foot: float) -> None:
        u, p, x = self.u, self.palette, self._x
        tall, half = u * 0.40, u * 0.036
        if foot < 0:
            return
        top = foot - tall
        lit, dark = mix(WHITE, p.sky[3], 0.1), mix(p.sky[2], WHITE, 0.35)

        def outline(share: float) -> list[brushes.Point]:
            """Go down the left edge, then up the right one, ``share`` of the way across."""
            ks = np.linspace(0, 1, 14)
            nose = [(half * math.sin(k * math.pi / 2) ** 0.8, top + tall * 0.26 * k) for k in ks]
            left = [(x - dx, y) for dx, y in nose] + [
                (x - half, foot - tall * 0.1),
                (x - half * 0.8, foot),
            ]
            right = [(x + dx * (2 * share - 1), y) for dx, y in nose]
            right += [
                (x + half * (2 * share - 1), foot - tall * 0.1),
                (x + half * 0.8 * (2 * share - 1), foot),
            ]
            return left + right[::-1]

        with brushes.Pen(frame, (x - half * 3, max(0, top) - 3, x + half * 3, foot + half)) as pen:
            for side in (-1, 1):
                pen.polygon(
                    [
                        (x + side * half * 0.7, foot - tall * 0.24),
                        (x + side * half * 2.1, foot - tall * 0.04),
                        (x + side * half * 2.1, foot + half * 0.5),
                        (x + side * half * 0.7, foot - tall * 0.02),
                    ],
                    p.accent if side == -1 else mix(p.accent, p.land, 0.3),
                )
            pen.polygon(
                [
                    (x - half * 0.5, foot - 2),
                    (x + half * 0.5, foot - 2),
                    (x + half * 0.75, foot + half * 0.45),
                    (x - half * 0.75, foot + half * 0.45),
                ],
                mix(p.land, WHITE, 0.15),
            )
            pen.polygon(outline(1.0), dark)
            pen.polygon(outline(0.62), lit)
            nose = [
                (dx, y)
                for dx, y in (
                    (half * math.sin(k * math.pi / 2) ** 0.8, top + tall * 0.26 * k)
                    for k in np.linspace(0, 0.5, 9)
                )
            ]
            pen.polygon(
                [(x - dx, y) for dx, y in nose] + [(x + dx, y) for dx, y in nose[::-1]], p.accent
            )
            for level in (0.36, 0.86):
                y = top + tall * level
                pen.polygon(
                    [
                        (x - half, y),
                        (x + half, y),
                        (x + half, y + tall * 0.018),
                        (x - half, y + tall * 0.018),
                    ],
                    p.accent,
                )
            pen.ellipse(
                x - half * 0.1,
                top + tall * 0.27,
                half * 0.42,
                half * 0.42,
                mix(p.sky[1], WHITE, 0.2),
            )
            pen.ellipse(
                x - half * 0.1,
                top + tall * 0.27,
                half * 0.30,
                half * 0.30,
                mix(p.sky[2], (160, 230, 255), 0.6),
            )

    def _flame(self, frame: Image.Image, t: float, foot: float, power: float) -> None:
        u, p, x = self.u, self.palette, self._x
        wobble = 1 + 0.10 * math.sin(37 * t) + 0.06 * math.sin(61 * t + 1)
        long = (
            u
            * (0.05 + 0.16 * min(1.0, power * 0.4 + self._lift(t) / (0.2 * self.h)))
            * wobble
            * power
        )
        long = min(long, self._ground + u * 0.02 - foot)
        for share, colour in ((1.0, p.accent), (0.72, p.light), (0.42, mix(p.light, WHITE, 0.8))):
            half = u * 0.031 * (0.5 + 0.5 * share)
            steps = np.linspace(0, 1, 12)
            edge = [
                (
                    half * (1 - k) ** 0.7 * (1 + 0.25 * math.sin(9 * k - 30 * t)),
                    foot + u * 0.012 + long * share * k,
                )
                for k in steps
            ]
            with brushes.Pen(
                frame, (x - 2 * half, foot, x + 2 * half, foot + long * share + u * 0.03)
            ) as pen:
                pen.polygon(
                    [(x - dx, y) for dx, y in edge] + [(x + dx, y) for dx, y in edge[::-1]], colour
                )
        brushes.shine(frame, self._heart, x, foot + long * 0.4)

    def _puffs_at(self, t: float) -> Iterator[Puff]:
        u = self.u
        for i, (start, way, size, speed, turn) in enumerate(self._puffs):
            born = self.ignition + start**0.8 * 4.2
            age = t - born
            if age <= 0:
                continue
            if i % 4:  # rolls out along the ground
                out = u * (0.04 + 0.92 * speed) * (1 - math.exp(-0.9 * age))
                x = self._x + math.copysign(out, way - 0.5)
                rise = u * (0.01 + 0.10 * size * (1 - math.exp(-0.7 * age)))
                y = self._ground - rise + u * 0.012 * turn
                radius = u * (0.024 + 0.085 * size * (1 - math.exp(-0.9 * age)))
            else:  # hangs where the rocket was
                x = self._x + u * 0.05 * (way - 0.5) * (0.4 + age)
                y = min(self._ground, self._ground + u * (0.12 + 0.02 * age) - self._lift(born))
                radius = u * (0.018 + 0.03 * min(1, age))
            yield Puff(x, y, radius, min(1.0, age * 4))
