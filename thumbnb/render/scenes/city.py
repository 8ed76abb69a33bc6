"""A city at night across the water: windows, signs, traffic, and all of it mirrored."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from thumbnb.render import paint
from thumbnb.render.colour import Palette, as_rgb, lch, mix, ramp, to_lch
from thumbnb.render.scenes.motifs import Stars, Water
from thumbnb.render.scenes.scene import Scene

if TYPE_CHECKING:
    from thumbnb.render.colour import Rgb

WHITE: Rgb = (255, 255, 255)


class City(Scene):
    """A skyline in three depths, neon on the nearest, cars on the quay, a moon."""

    light: ClassVar[Palette] = Palette.of(
        "#070a24 #1a1550 #4b1f7a #a3367f #ff7a8a", light="#ffe9d6", land="#0a0b20", accent="#22e6ff"
    )

    def prepare(self) -> None:
        """Paint the sky, and the houses with all their lights."""
        w, h, u, p = self.w, self.h, self.u, self.palette
        self._quay = round(h * 0.68)
        sky = paint.vertical((w, h), [*p.sky, p.haze], [*np.linspace(0, 0.62, len(p.sky)), 1.0])
        self._sky = paint.to_image(sky, self.rng)
        self._stars = Stars(self.size, h * 0.34, self.rng, WHITE, u)
        self._stars.fix(self._sky)
        moon = (w * 0.23, h * 0.19)
        paint.shine(
            self._sky, paint.glow(u * 0.36, mix(p.light, p.sky[2], 0.4), strength=0.8), *moon
        )
        paint.dot(self._sky, *moon, u * 0.066, p.light)
        for dx, dy, r in ((-0.022, -0.01, 0.015), (0.02, 0.022, 0.011), (0.012, -0.026, 0.008)):
            paint.dot(
                self._sky, moon[0] + dx * u, moon[1] + dy * u, r * u, mix(p.light, p.sky[2], 0.14)
            )
        self._far = [self._silhouettes(0.0), self._silhouettes(0.5)]
        self._near, self._near_mask = self._street()
        self._water = Water(
            self.size, self._quay, [mix(p.land, p.sky[2], 0.35), p.land], 0.66, self.rng, 1.3
        )
        self._lamps = {
            way: paint.glow(u * 0.022, colour, power=1.7)
            for way, colour in ((1, (255, 240, 205)), (-1, (255, 60, 70)))
        }
        self._cars = self.rng.uniform(0, 1, (26, 3))

    def _silhouettes(self, near: float) -> paint.Layer:
        """A row of plain houses, their tops a staircase."""
        w, h, u, p = self.w, self.h, self.u, self.palette
        wide = round(w + u * 0.3)
        curve = np.full(wide, self._quay, dtype=np.float32)
        x = 0
        while x < wide:
            across = round(u * self.rng.uniform(0.05, 0.12))
            middle = 1 - abs((x + across / 2) / wide - 0.58) * 1.1
            tall = u * self.rng.uniform(0.12, 0.42 - 0.1 * near) * max(0.35, middle) + u * 0.06
            curve[x : x + across] = self._quay - tall
            if self.rng.random() < 0.3:  # noqa: PLR2004 - three in ten have a mast
                mid = x + across // 2
                curve[mid : mid + max(1, round(u * 0.003))] -= u * self.rng.uniform(0.03, 0.07)
            x += across + round(u * self.rng.uniform(-0.01, 0.012))
        colours = [
            mix(p.sky[-2], p.sky[1], 0.28 + 0.5 * near),
            mix(p.haze, p.sky[2], 0.3 + 0.5 * near),
        ]
        return paint.Layer(paint.below(curve, self._quay), w, colours, self.rng)

    def _street(self) -> tuple[Image.Image, Image.Image]:
        """The nearest houses as a wide picture with its mask: windows, signs and their glow."""
        w, u, p = self.w, self.u, self.palette
        rng = self.rng
        wide, tall = round(w + u * 0.45), self._quay
        wall = [
            as_rgb(c) for c in ramp([mix(p.land, p.sky[2], 0.22), mix(p.land, p.sky[1], 0.1)], 8)
        ]
        picture = paint.to_image(
            paint.vertical((wide, tall), [p.land, mix(p.land, p.sky[2], 0.30)]), rng
        )
        mask = Image.new("L", (wide, tall))
        lights = Image.new("RGB", (wide, tall))
        walls, lamps, shape = ImageDraw.Draw(picture), ImageDraw.Draw(lights), ImageDraw.Draw(mask)
        signs = self._neon()
        pane = max(2, round(u * 0.0062))
        gap = max(3, round(u * 0.0135))
        x = -round(u * 0.02)
        while x < wide:
            across = round(u * rng.uniform(0.075, 0.16))
            height = round(u * (rng.uniform(0.09, 0.27) + 0.30 * rng.random() ** 2))
            top = tall - height
            shape.rectangle([x, top, x + across, tall], fill=255)
            if rng.random() < 0.35:  # noqa: PLR2004 - a step back under the roof
                inset = round(across * 0.22)
                shape.rectangle(
                    [x + inset, top - round(u * 0.028), x + across - inset, top], fill=255
                )
                walls.rectangle(
                    [x + inset, top - round(u * 0.028), x + across - inset, top], fill=wall[3]
                )
            walls.rectangle([x, top, x + across, tall], fill=wall[int(rng.integers(len(wall)))])
            walls.line([x, top, x, tall], fill=mix(p.land, p.haze, 0.3), width=max(1, u // 500))
            lit = rng.uniform(0.25, 0.7)
            warm = mix((255, 205, 120), p.haze, float(rng.uniform(0, 0.5)))
            cool = mix(p.accent, WHITE, 0.55)
            tone = warm if rng.random() < 0.75 else cool  # noqa: PLR2004 - most homes are lit warm
            for row in range(top + gap, tall - gap, round(gap * 1.25)):
                for col in range(x + gap // 2 + 1, x + across - pane - 1, gap):
                    if rng.random() < lit:
                        glass = mix(p.land, tone, float(rng.uniform(0.35, 1)))
                        lamps.rectangle(
                            [col, row, col + pane - 1, row + round(pane * 1.5)], fill=glass
                        )
            if rng.random() < 0.75 and across > u * 0.09:  # noqa: PLR2004 - room for a sign
                colour = signs[int(rng.integers(len(signs)))]
                self._sign(lamps, x, top, across, height, colour)
            x += across + round(u * rng.choice([0, 0, 0.006, 0.02]))
        # The quay wall and its lamps.
        edge = tall - round(u * 0.028)
        shape.rectangle([0, edge, wide, tall], fill=255)
        walls.rectangle([0, edge, wide, tall], fill=p.land)
        lamps.rectangle([0, edge, wide, tall], fill=(0, 0, 0))
        for post in range(0, wide, round(u * 0.085)):
            r = max(1, round(u * 0.0032))
            lamps.ellipse([post - r, edge - r * 5, post + r, edge - r * 3], fill=(255, 226, 170))
        picture = ImageChops.lighter(picture, lights)
        for radius, strength in ((0.005, 1.1), (0.022, 1.3), (0.07, 1.2)):
            halo = lights.filter(ImageFilter.GaussianBlur(u * radius))
            picture = ImageChops.screen(
                picture, halo.point(lambda v, k=strength: min(255, int(v * k)))
            )
        return picture, mask

    def _neon(self) -> list[Rgb]:
        lightness, chroma, hue = to_lch(self.palette.accent)
        return [
            lch(max(0.72, lightness - 0.08), max(0.16, chroma), hue + turn)
            for turn in (0, 0, 120, 160, -60)
        ]

    def _sign(
        self, lamps: ImageDraw.ImageDraw, x: int, top: int, across: int, height: int, colour: Rgb
    ) -> None:
        u, rng = self.u, self.rng
        line = max(2, round(u * 0.0042))
        kind = rng.integers(3)
        if kind == 0:  # a column of strokes, as of letters
            sx, sy = x + round(across * rng.uniform(0.15, 0.6)), top + round(height * 0.14)
            wide, tall = round(u * 0.022), round(u * 0.024)
            count = int(rng.integers(3, 6))
            lamps.rectangle(
                [sx - line * 2, sy - line * 2, sx + wide + line * 2, sy + tall * count],
                fill=(0, 0, 0),
            )
            for k in range(count):
                y = sy + k * tall
                for a, b in rng.integers(0, 2, (4, 2)):
                    corner = (sx + a * wide, y + b * (tall - line * 3))
                    other = (
                        (sx + (1 - a) * wide, corner[1])
                        if rng.random() < 0.5
                        else (corner[0], y + (1 - b) * (tall - line * 3))
                    )  # noqa: E501, PLR2004
                    lamps.line([corner, other], fill=colour, width=line)
        elif kind == 1:  # the edges of the roof
            lamps.line([x, top, x + across, top], fill=colour, width=line)
            lamps.line([x, top, x, top + height * 0.45], fill=colour, width=line)
        else:  # a lit board
            y = top + round(height * 0.12)
            box = [x + across * 0.18, y, x + across * 0.82, y + u * 0.034]
            lamps.rectangle(box, fill=mix(colour, (0, 0, 0), 0.35))
            lamps.rectangle(box, outline=mix(colour, WHITE, 0.5), width=line)

    def frame(self, t: float) -> Image.Image:
        """Paint the scene at ``t`` seconds."""
        w, u = self.w, self.u
        frame = self._sky.copy()
        self._stars.twinkle(frame, t)
        self._far[0].onto(frame, u * 0.008 * t)
        self._far[1].onto(frame, u * 0.017 * t)
        shift = min(u * 0.036 * t, self._near.width - w)
        box = (shift, 0.0, shift + w, float(self._quay))
        size = (w, self._quay)
        picture = self._near.resize(size, Image.Resampling.BILINEAR, box=box)
        frame.paste(
            picture, (0, 0), self._near_mask.resize(size, Image.Resampling.BILINEAR, box=box)
        )
        self._traffic(frame, t)
        self._water.onto(frame, t)
        return frame

    def _traffic(self, frame: Image.Image, t: float) -> None:
        w, u = self.w, self.u
        for start, speed, side in self._cars:
            way = 1 if side > 0.5 else -1  # noqa: PLR2004 - half of them
            run = w + 0.2 * u
            x = (start * run + way * u * (0.13 + 0.09 * speed) * t) % run - 0.1 * u
            y = self._quay - u * (0.012 if way == 1 else 0.018)
            paint.shine(frame, self._lamps[way], x, y)
            paint.shine(frame, self._lamps[way], x + way * u * 0.008, y)
