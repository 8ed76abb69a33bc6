"""A city at night across the water: windows, signs, traffic, and all of it mirrored."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from thumbnb.render.colour.mixing import Palette, as_rgb, lch, mix, ramp, to_lch
from thumbnb.render.raster import brushes
from thumbnb.render.raster.filters import blur_levels
from thumbnb.render.subjects.painted.motifs import Stars, Water
from thumbnb.render.subjects.subject import Subject

if TYPE_CHECKING:
    from thumbnb.render.colour.mixing import Rgb

    Box = tuple[int, int, int, int]

WHITE: Rgb = (255, 255, 255)

# Shares of the houses.
_STEPPED = 0.35
_WITH_SIGN = 0.75
_LIT_WARM = 0.75
_MASTS = 0.3

_GLASSES = 64
"""How many tones the lit windows of a house have."""

_CORNERS = ((0, 0), (1, 0), (1, 1), (0, 1))


class City(Subject):
    """A skyline in three depths, neon on the nearest, cars on the quay, a moon."""

    light: ClassVar[Palette] = Palette.of(
        "#070a24 #1a1550 #4b1f7a #a3367f #ff7a8a", light="#ffe9d6", land="#0a0b20", accent="#22e6ff"
    )
    hours: ClassVar[frozenset[str]] = frozenset({"night"})

    def prepare(self) -> None:
        """Paint the sky, and the houses with all their lights."""
        w, h, u, p = self.w, self.h, self.u, self.palette
        self._quay = round(h * 0.68)
        sky = brushes.vertical((w, h), [*p.sky, p.haze], [*np.linspace(0, 0.62, len(p.sky)), 1.0])
        self._sky = brushes.to_image(sky, self.rng)
        self._stars = Stars(self.size, h * 0.34, WHITE, self.rng)
        self._stars.fix(self._sky)
        moon = (w * 0.23, h * 0.19)
        brushes.shine_lamp(self._sky, *moon, u * 0.36, mix(p.light, p.sky[2], 0.4), strength=0.8)
        brushes.dot(self._sky, *moon, u * 0.066, p.light)
        for dx, dy, r in ((-0.022, -0.01, 0.015), (0.02, 0.022, 0.011), (0.012, -0.026, 0.008)):
            brushes.dot(
                self._sky, moon[0] + dx * u, moon[1] + dy * u, r * u, mix(p.light, p.sky[2], 0.14)
            )
        self._far = [self._silhouettes(0.0), self._silhouettes(0.5)]
        self._near, self._near_mask = self._street()
        self._water = Water(
            self.size,
            self._quay,
            [mix(p.land, p.sky[2], 0.35), p.land],
            self.rng,
            clear=0.66,
            squash=1.3,
        )
        self._lamps = {
            way: brushes.glow(u * 0.022, colour, power=1.7)
            for way, colour in ((1, (255, 240, 205)), (-1, (255, 60, 70)))
        }
        self._cars = self.rng.uniform(0, 1, (26, 3))

    def _silhouettes(self, near: float) -> brushes.Layer:
        """Paint a row of plain houses, their tops a staircase."""
        w, u, p = self.w, self.u, self.palette
        wide = round(w + u * 0.3)
        curve = np.full(wide, self._quay, dtype=np.float32)
        x = 0
        while x < wide:
            across = round(u * self.rng.uniform(0.05, 0.12))
            middle = 1 - abs((x + across / 2) / wide - 0.58) * 1.1
            tall = u * self.rng.uniform(0.12, 0.42 - 0.1 * near) * max(0.35, middle) + u * 0.06
            curve[x : x + across] = self._quay - tall
            if self.rng.random() < _MASTS:
                mid = x + across // 2
                curve[mid : mid + max(1, round(u * 0.003))] -= u * self.rng.uniform(0.03, 0.07)
            x += across + round(u * self.rng.uniform(-0.01, 0.012))
        colours = [
            mix(p.sky[-2], p.sky[1], 0.28 + 0.5 * near),
            mix(p.haze, p.sky[2], 0.3 + 0.5 * near),
        ]
        return brushes.Layer(brushes.below(curve, self._quay), w, colours, self.rng)

    def _street(self) -> tuple[Image.Image, Image.Image]:
        """Paint the nearest houses as a wide image, and its mask."""
        u, p, rng = self.u, self.palette, self.rng
        wide, tall = round(self.w + u * 0.45), self._quay
        wall = brushes.vertical((wide, tall), [p.land, mix(p.land, p.sky[2], 0.3)])
        picture, lights = brushes.to_image(wall, rng), Image.new("RGB", (wide, tall))
        mask = Image.new("L", (wide, tall))
        walls, lamps, shape = (ImageDraw.Draw(image) for image in (picture, lights, mask))
        x = -round(u * 0.02)
        while x < wide:
            across = round(u * rng.uniform(0.075, 0.16))
            top = tall - round(u * (rng.uniform(0.09, 0.27) + 0.30 * rng.random() ** 2))
            house = (x, top, x + across, tall)
            paintings = [house]
            if rng.random() < _STEPPED:
                inset, up = round(across * 0.22), round(u * 0.028)
                paintings.append((x + inset, top - up, x + across - inset, top))
            for box in paintings:
                shape.rectangle(box, fill=255)
                walls.rectangle(box, fill=mix(p.land, p.sky[2], float(rng.uniform(0.06, 0.22))))
            walls.line([x, top, x, tall], fill=mix(p.land, p.haze, 0.3), width=max(1, u // 500))
            self._windows(lamps, house)
            if rng.random() < _WITH_SIGN and across > u * 0.09:
                self._sign(lamps, house)
            x += across + round(u * rng.choice([0, 0, 0.006, 0.02]))
        self._street_lamps(shape, walls, lamps, wide)
        del walls, lamps
        picture = ImageChops.lighter(picture, lights)
        levels = np.asarray(lights)
        del lights  # at the largest sizes each takes 40 MB
        for radius, strength in ((0.005, 1.1), (0.022, 1.3), (0.07, 1.2)):
            halo = Image.fromarray(blur_levels(levels, u * radius))
            brushes.screen_onto(picture, halo, [min(255, int(v * strength)) for v in range(256)])
        box = mask.getbbox() or (0, 0, wide, tall)
        part = (0, box[1], wide, tall)
        return picture.crop(part), mask.crop(part)

    def _windows(self, lamps: ImageDraw.ImageDraw, house: Box) -> None:
        u, p, rng = self.u, self.palette, self.rng
        left, top, right, bottom = house
        pane, gap = max(2, round(u * 0.0062)), max(3, round(u * 0.0135))
        warm = mix((255, 205, 120), p.haze, float(rng.uniform(0, 0.5)))
        tone = warm if rng.random() < _LIT_WARM else mix(p.accent, WHITE, 0.55)
        lit = rng.uniform(0.25, 0.7)
        glasses = [as_rgb(c) for c in ramp([p.land, tone], _GLASSES)]
        for y in range(top + gap, bottom - gap, round(gap * 1.25)):
            for x in range(left + gap // 2 + 1, right - pane - 1, gap):
                if rng.random() < lit:
                    glass = glasses[round(rng.uniform(0.35, 1) * (_GLASSES - 1))]
                    lamps.rectangle([x, y, x + pane - 1, y + round(pane * 1.5)], fill=glass)

    def _sign(self, lamps: ImageDraw.ImageDraw, house: Box) -> None:
        """Hang neon on a house: a column of strokes, a lit edge, or a board."""
        u, rng = self.u, self.rng
        left, top, right, bottom = house
        across, tall = right - left, bottom - top
        lightness, chroma, hue = to_lch(self.palette.accent)
        turn = int(rng.choice([0, 0, 120, 160, -60]))
        colour = lch(max(0.72, lightness - 0.08), max(0.16, chroma), hue + turn)
        line = max(2, round(u * 0.0042))
        kind = rng.integers(3)
        if kind == 0:
            x, y = left + round(across * rng.uniform(0.15, 0.6)), top + round(tall * 0.14)
            wide, step = round(u * 0.022), round(u * 0.024)
            count = int(rng.integers(3, 6))
            edge = line * 2
            lamps.rectangle([x - edge, y - edge, x + wide + edge, y + step * count], fill=0)
            for i in range(count):
                ends = [(x + a * wide, y + i * step + b * (step - 3 * line)) for a, b in _CORNERS]
                for a, b in rng.integers(0, 4, (4, 2)):
                    lamps.line([ends[a], ends[b]], fill=colour, width=line)
        elif kind == 1:
            lamps.line([left, top, right, top], fill=colour, width=line)
            lamps.line([left, top, left, top + tall * 0.45], fill=colour, width=line)
        else:
            y = top + round(tall * 0.12)
            board = [left + across * 0.18, y, left + across * 0.82, y + u * 0.034]
            lamps.rectangle(board, fill=mix(colour, (0, 0, 0), 0.35))
            lamps.rectangle(board, outline=mix(colour, WHITE, 0.5), width=line)

    def _street_lamps(
        self,
        shape: ImageDraw.ImageDraw,
        walls: ImageDraw.ImageDraw,
        lamps: ImageDraw.ImageDraw,
        wide: int,
    ) -> None:
        edge, r = self._quay - round(self.u * 0.028), max(1, round(self.u * 0.0032))
        wall = (0, edge, wide, self._quay)
        shape.rectangle(wall, fill=255)
        walls.rectangle(wall, fill=self.palette.land)
        lamps.rectangle(wall, fill=0)
        for x in range(0, wide, max(1, round(self.u * 0.085))):
            lamps.ellipse([x - r, edge - r * 5, x + r, edge - r * 3], fill=(255, 226, 170))

    def frame(self, t: float) -> Image.Image:
        """Paint it as it is at ``t`` seconds."""
        w, u = self.w, self.u
        frame = self._sky.copy()
        self._stars.twinkle(frame, t)
        self._far[0].onto(frame, u * 0.008 * t)
        self._far[1].onto(frame, u * 0.017 * t)
        # A pixel a frame at 720 lines and 24 frames a second: whole pixels need no resampling.
        shift = min(round(u / 30 * t, 6), self._near.width - w)
        houses, mask = (brushes.slide(image, shift, w) for image in (self._near, self._near_mask))
        frame.paste(houses, (0, self._quay - self._near.height), mask)
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
            brushes.shine(frame, self._lamps[way], x, y)
            brushes.shine(frame, self._lamps[way], x + way * u * 0.008, y)
