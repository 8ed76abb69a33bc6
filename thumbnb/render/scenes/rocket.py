"""A rocket lifts off on a column of fire, and the smoke rolls out."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from PIL import Image

from thumbnb.render import brushes
from thumbnb.render.colour import Palette, mix
from thumbnb.render.scenes.motifs import Stars
from thumbnb.render.scenes.scene import Scene

if TYPE_CHECKING:
    from thumbnb.render.colour import Floats, Rgb

WHITE: Rgb = (255, 255, 255)


class Rocket(Scene):
    """The pad at dusk; ignition, lift-off, and away through the top of the picture."""

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
        self._glow = brushes.glow(u * 0.7, p.light, strength=0.85, power=2.4)
        self._heart = brushes.glow(u * 0.16, mix(p.light, WHITE, 0.5), strength=1.0, power=1.6)
        # Each puff: when it leaves, which way, how large it grows, how fast.
        self._puffs = self.rng.uniform(0, 1, (280, 5))

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
        """Tell how far it has risen, in pixels."""
        return 0.5 * self.climb * max(0.0, t - self.liftoff) ** 2 * self.h

    def frame(self, t: float) -> Image.Image:
        """Paint the scene at ``t`` seconds."""
        u = self.u
        frame = self._sky.copy()
        self._stars.twinkle(frame, t)
        power = brushes.smooth(t, self.ignition, self.liftoff)
        foot = self._ground - u * 0.035 - self._lift(t)
        flicker = 0.9 + 0.1 * math.sin(41 * t) * math.sin(23 * t)
        if power:
            level = min(1.0, power * flicker)
            glow = self._glow.point(lambda v: int(v * level))
            brushes.shine(frame, glow, self._x, foot + u * 0.07)
        self._smoke(frame, t, foot, behind=True)
        self._body(frame, foot)
        if power:
            self._flame(frame, t, foot, power)
        self._smoke(frame, t, foot, behind=False)
        return frame

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

    def _smoke(self, frame: Image.Image, t: float, foot: float, *, behind: bool) -> None:
        """Puffs at a third of the size, lit by the fire; soft, so that nothing is lost."""
        u, p = self.u, self.palette
        scale = 3
        cols, rows = self.w // scale, self.h // scale
        density: Floats = np.zeros((rows, cols), dtype=np.float32)
        floor = self._ground
        for i, (start, way, size, speed, turn) in enumerate(self._puffs):
            if (i % 3 == 0) == behind:
                continue
            born = self.ignition + start**0.8 * 4.2
            age = t - born
            if age <= 0:
                continue
            if i % 4:  # rolls out along the ground
                out = (0.04 + 0.92 * speed) * (1 - math.exp(-0.9 * age)) * u
                x = self._x + math.copysign(out, way - 0.5)
                y = floor - u * (0.01 + 0.10 * size * (1 - math.exp(-0.7 * age))) + u * 0.012 * turn
                radius = u * (0.024 + 0.085 * size * (1 - math.exp(-0.9 * age)))
            else:  # hangs where the rocket was
                x = self._x + u * 0.05 * (way - 0.5) * (0.4 + age)
                y = min(floor, self._ground + u * 0.12 - self._lift(born) + u * 0.02 * age)
                radius = u * (0.018 + 0.03 * min(1, age))
            strength = min(1.0, age * 4)
            _splat(density, x / scale, y / scale, radius / scale, strength)
        if not density.any():
            return
        box = Image.fromarray(density).getbbox()
        assert box is not None  # noqa: S101 - something is in it
        left, top, right, bottom = box
        part = density[top:bottom, left:right]
        alpha = np.clip(part * 1.6 - 0.28, 0, 1)
        # Lit from the fire: by how near it is, and where the smoke thins out towards it.
        ys = (np.arange(top, bottom, dtype=np.float32)[:, None] * scale - foot - u * 0.05) / u
        xs = (np.arange(left, right, dtype=np.float32)[None, :] * scale - self._x) / u
        warm = (
            np.exp(-5.5 * np.hypot(xs, ys)) * brushes.smooth(t, self.ignition, self.liftoff) * 1.25
        )
        slope = part - np.roll(part, 3, axis=0)
        shade = np.clip(0.55 + 0.9 * slope + 0.25 * (1 - part), 0, 1)
        cool = np.asarray(mix(p.sky[1], p.haze, 0.35), dtype=np.float32)
        pale = np.asarray(mix(p.haze, WHITE, 0.45), dtype=np.float32)
        fire = np.asarray(mix(p.light, (255, 200, 140), 0.3), dtype=np.float32)
        colour = cool + (pale - cool) * shade[..., None]
        colour += (fire - colour) * np.clip(warm, 0, 0.95)[..., None]
        size = ((right - left) * scale, (bottom - top) * scale)
        picture = Image.fromarray(np.clip(colour, 0, 255).astype(np.uint8)).resize(
            size, Image.Resampling.BILINEAR
        )
        mask = Image.fromarray((alpha * 255).astype(np.uint8)).resize(
            size, Image.Resampling.BICUBIC
        )
        frame.paste(picture, (left * scale, top * scale), mask)


def _splat(density: Floats, x: float, y: float, radius: float, strength: float) -> None:
    """Add a round puff to ``density``; overlapping ones merge and never pass 1."""
    rows, cols = density.shape
    left, right = max(0, int(x - radius)), min(cols, int(x + radius) + 2)
    top, bottom = max(0, int(y - radius)), min(rows, int(y + radius) + 2)
    if left >= right or top >= bottom:
        return
    dx = (np.arange(left, right, dtype=np.float32) - x) / radius
    dy = (np.arange(top, bottom, dtype=np.float32) - y) / radius
    puff = np.clip(1 - dx[None, :] ** 2 - dy[:, None] ** 2, 0, 1) * strength
    part = density[top:bottom, left:right]
    part += puff * (1 - part)
