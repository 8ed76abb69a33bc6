"""Things that more than one subject has: birds, stars, firs, still water."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from thumbnb.render.colour.mixing import Floats, Rgb, from_oklab, to_oklab
from thumbnb.render.raster import brushes

if TYPE_CHECKING:
    from collections.abc import Sequence


def bird(frame: Image.Image, x: float, y: float, *, span: float, beat: float, ink: Rgb) -> None:
    """Draw a far bird: ``span`` pixels to a wing tip, wings from -1 (down) to 1 (up)."""
    lift = span * (0.15 + 0.55 * beat)
    with brushes.Pen(frame, (x - span - 2, y - span * 1.5, x + span + 2, y + span * 1.5)) as pen:
        for side in (-1, 1):
            pen.polygon(
                [
                    (x, y + span * 0.12),
                    (x + side * span * 0.45, y - lift * 0.75),
                    (x + side * span, y - lift * 0.35),
                    (x + side * span * 0.45, y - lift * 0.75 + span * 0.2),
                    (x, y + span * 0.36),
                ],
                ink,
            )


def firs(ground: Floats, tall: tuple[float, float], rng: np.random.Generator) -> Floats:
    """Raise the outline of a far wood out of the outline of the ``ground`` (a y for every x).

    Trees are ``tall`` pixels, from the least to the most.
    """
    curve = ground.copy()
    xs = np.arange(len(ground))
    x = 0.0
    while x < len(ground):
        height = rng.uniform(*tall)
        half = height * rng.uniform(0.16, 0.22)
        left, right = max(0, int(x - half)), min(len(ground), int(x + half) + 1)
        away = np.abs(xs[left:right] - x) / half
        # Boughs: the outline of a far fir is a slope cut into steps.
        slope = np.minimum(1, away + 0.16 * ((away * 4) % 1))
        curve[left:right] = np.minimum(curve[left:right], ground[int(x)] - height * (1 - slope))
        x += half * rng.uniform(0.5, 2.4) * (3.0 if rng.random() < 0.06 else 1.0)  # noqa: PLR2004 - a clearing
    return curve


class Stars:
    """A sky of stars down to ``bottom``, a few of which twinkle."""

    def __init__(
        self, size: tuple[int, int], bottom: float, colour: Rgb, rng: np.random.Generator
    ) -> None:
        unit = min(size)
        area = size[0] * bottom / unit**2
        count = round(300 * area)
        self._x = rng.uniform(0, size[0], count)
        self._y = bottom * rng.random(count) ** 1.3
        self._bright = np.minimum(1.0, 0.12 + rng.pareto(2.2, count) * 0.22)
        self._colour = colour
        self._unit = unit
        order = np.argsort(-self._bright)[: max(6, count // 16)]
        self._bright_ones = [(float(self._x[i]), float(self._y[i])) for i in order]
        self._phase = rng.uniform(0, 6.28, len(order))
        self._glint = [
            brushes.glow(unit * 0.0065, colour, strength=0.2 * k, power=1.6) for k in range(1, 6)
        ]

    def fix(self, sky: Image.Image) -> None:
        """Paint those that stand still."""
        levels = np.asarray(sky)
        rows = np.clip(self._y.astype(int), 0, sky.height - 1)
        columns = np.clip(self._x.astype(int), 0, sky.width - 1)
        behind = to_oklab(levels[rows, columns])
        bright = self._bright[:, None]
        colours = from_oklab(behind + (to_oklab(self._colour) - behind) * bright)
        radii = self._unit * (0.0007 + 0.0011 * self._bright)
        brushes.dots(sky, self._x, self._y, radii, colours)

    def twinkle(self, frame: Image.Image, t: float) -> None:
        """Light up those that twinkle, as they are at ``t`` seconds."""
        for (x, y), phase in zip(self._bright_ones, self._phase, strict=True):
            level = 0.5 + 0.5 * np.sin(t * (1.6 + phase * 0.4) + phase * 5)
            brushes.shine(frame, self._glint[int(level * 4.99)], x, y)


class Water:
    """Still water below ``horizon``: what is above it, upside down and rippled."""

    def __init__(
        self,
        size: tuple[int, int],
        horizon: int,
        colours: Sequence[Rgb],
        rng: np.random.Generator,
        *,
        clear: float,
        squash: float = 1.0,
    ) -> None:
        width, height = size
        rows = height - horizon
        self._horizon = horizon
        self._clear = clear
        self._tint = brushes.to_image(brushes.vertical((width, rows), colours), rng)
        depth = np.arange(rows) / height
        self._depth = depth
        self._height = height
        self._squash = squash
        self._phase = 34 * np.log1p(16 * depth)

    def onto(self, frame: Image.Image, t: float) -> None:
        """Fill the frame below the horizon from what it shows above."""
        reach = 0.0015 + 0.028 * self._depth
        ripple = np.sin(self._phase - 2.2 * t) + 0.6 * np.sin(2.3 * self._phase + 3.1 * t)
        rows = self._horizon - 1 - (self._depth * self._squash + reach * ripple) * self._height
        above = np.asarray(frame.crop((0, 0, frame.width, self._horizon)))
        mirrored = above[np.clip(rows, 0, self._horizon - 1).astype(int)]
        picture = Image.blend(self._tint, Image.fromarray(mirrored), self._clear)
        frame.paste(picture, (0, self._horizon))
