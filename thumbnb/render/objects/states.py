"""States of drawn things: burning, cracked, frozen, melting, wilted, rusty, exploding."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from thumbnb.render.objects.chewed import chewed
from thumbnb.render.objects.looks import (
    LOOKS,
    blotched,
    image_of,
    luma,
    noise,
    pixels_of,
    with_plume,
)
from thumbnb.render.objects.moods import ASLEEP
from thumbnb.render.objects.vocabulary.thing_kinds import IN_GROUND
from thumbnb.render.objects.wrecks import in_ground, toppling

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thumbnb.render.objects.wrecks import Rgb

STATES = (
    ASLEEP, "burning", "charred", "chewed", "cracked", "dirty", "exploding", "frozen", "glowing",
    "hot", "melting", "rusty", "smoking", "wilted", *sorted(IN_GROUND), "toppling", "wheelie",
    *LOOKS,
)  # fmt: skip

_SEED = 11
"""The same thing is cracked the same way in every image."""


Painter = Callable[[float], Image.Image]


_EARTH = (0.46, 0.36, 0.26)


def in_state(
    image: Image.Image,
    state: str,
    flame: Painter,
    blast: Painter | None = None,
    *,
    ground: Rgb = _EARTH,
    nose_left: bool = True,
) -> tuple[Image.Image, tuple[int, int]]:
    """Return an RGBA image of a thing in a state, and how far it grew at the sides and the top.

    Its foot stays where it was. ``flame`` draws a fire so many pixels high, ``blast`` an explosion;
    "glowing" is light around a thing, which is no part of it, "unlit" a drawing without its lamps,
    "asleep" one with closed eyes.
    ``ground`` is the colour of what it is sunk in; ``nose_left``: it faces left.
    """
    if state in IN_GROUND:
        return in_ground(image, state, ground, nose_left=nose_left)
    if state in {"toppling", "wheelie"}:  # back on the hind wheel is the other way
        return toppling(image, left=nose_left == (state == "toppling"))
    if state == "exploding" and blast:
        return _exploding(image, blast)
    if state in {"hot", "smoking"}:
        return with_plume(image, dark=state == "smoking")
    if state == "burning":
        return _burning(image, flame)
    change = _CHANGES.get(state) or LOOKS.get(state)
    return (change(image) if change else image), (0, 0)


def _burning(
    image: Image.Image, flame: Callable[[float], Image.Image]
) -> tuple[Image.Image, tuple[int, int]]:
    """Put flames behind a thing, over its top, and before its foot; its own colours grow dark."""
    wide, high = image.size
    size = min(wide, high)
    rise, aside = round(0.26 * size), round(0.16 * size)
    rgb, alpha = pixels_of(image)
    down = np.linspace(0, 1, high, dtype=np.float32)[:, None, None]
    lit = np.array([1.0, 0.62, 0.3], dtype=np.float32)
    rgb = rgb * (0.86 - 0.34 * (1 - down)) * (1 - 0.35 * down) + lit * 0.24 * down
    whole = Image.new("RGBA", (wide + 2 * aside, high + rise))
    for across, share, foot in ((0.24, 0.62, 0.66), (0.78, 0.56, 0.7), (0.5, 0.8, 0.6)):
        _put(whole, flame(share * size), aside + across * wide, rise + foot * high)
    whole.alpha_composite(image_of(rgb, alpha), (aside, rise))
    for across, share in ((0.12, 0.3), (0.88, 0.34), (0.36, 0.24), (0.66, 0.22)):
        _put(whole, flame(share * size), aside + across * wide, rise + high)
    return whole, (aside, rise)


def _exploding(image: Image.Image, blast: Painter) -> tuple[Image.Image, tuple[int, int]]:
    """Put an explosion behind a thing, which is lit by it."""
    wide, high = image.size
    size = max(wide, high)
    bang = blast(1.25 * size)
    rise, aside = round(0.3 * size), round(max(0.0, (bang.width - wide) / 2)) + 2
    whole = Image.new("RGBA", (wide + 2 * aside, high + rise))
    _put(whole, bang, aside + wide / 2, rise + high * 0.98)
    rgb, alpha = pixels_of(image)
    lit = np.array([1.0, 0.7, 0.35], dtype=np.float32)
    whole.alpha_composite(image_of(rgb * 0.62 + lit * 0.2, alpha), (aside, rise))
    return whole, (aside, rise)


def _put(whole: Image.Image, part: Image.Image, x: float, foot: float) -> None:
    """Lay an image over another, the middle of its foot at a point; what sticks out is cut."""
    left, top = round(x - part.width / 2), round(foot - part.height)
    over = Image.new("RGBA", whole.size)
    over.paste(part, (left, top))
    whole.alpha_composite(over)


def _cracked(image: Image.Image) -> Image.Image:
    """Draw cracks that run from a blow to all sides, each dark with a light edge."""
    wide, high = image.size
    rng = np.random.default_rng(_SEED)
    middle = (wide * 0.56, high * 0.4)
    reach = 0.72 * math.hypot(wide, high)
    thick = max(1.5, min(wide, high) / 110)
    rays = []
    for i in range(9):
        angle = 2 * math.pi * (i + rng.uniform(-0.25, 0.25)) / 9
        points, at, long = [middle], middle, 0.0
        while long < reach:
            step = reach * rng.uniform(0.07, 0.14)
            angle += rng.uniform(-0.34, 0.34)
            at = (at[0] + step * math.cos(angle), at[1] + step * math.sin(angle))
            points.append(at)
            long += step
        rays.append(points)
    rings = []
    for ring in (1, 2):
        corners = [ray[min(ring, len(ray) - 1)] for ray in rays]
        rings += [
            [a, b]
            for a, b in zip(corners, corners[1:] + corners[:1], strict=True)
            if rng.uniform() < 0.8  # noqa: PLR2004 - some parts of a ring are missing
        ]
    lines = Image.new("RGBA", image.size)
    pen = ImageDraw.Draw(lines)
    for dx, colour, share in ((thick, (255, 255, 255, 215), 1.5), (0.0, (16, 18, 26, 235), 1.0)):
        for points in (*rays, *rings):
            for i, (a, b) in enumerate(pairwise(points)):
                width = max(1, round(thick * share * (1.9 - 1.2 * i / len(points))))
                pen.line((a[0] + dx, a[1] + dx, b[0] + dx, b[1] + dx), fill=colour, width=width)
    shown = Image.alpha_composite(image, lines)
    shown.putalpha(image.getchannel("A"))
    return shown


def _frozen(image: Image.Image) -> Image.Image:
    """Show a thing through ice: blue, with frost on what faces up and icicles below."""
    rgb, alpha = pixels_of(image)
    wide, high = image.size
    ice = np.array([0.62, 0.84, 0.98], dtype=np.float32)
    light = luma(rgb)[..., None]
    rgb = rgb * 0.42 + (ice * (0.34 + 0.78 * light)) * 0.58
    rgb += 0.16 * (noise((wide, high), high / 9)[..., None] > 0.66)  # noqa: PLR2004
    deep = max(3, round(high * 0.045))
    frost = ImageChops.subtract(alpha, ImageChops.offset(_padded(alpha), 0, deep).crop(
        (0, 0, wide, high)
    )).filter(ImageFilter.GaussianBlur(deep / 4))  # fmt: skip
    share = np.asarray(frost, dtype=np.float32)[..., None] / 255
    shown = image_of(rgb + (1 - rgb) * share * 0.95, alpha)
    return _with_icicles(shown, alpha)


def _padded(alpha: Image.Image) -> Image.Image:
    """Return a mask on a taller sheet, so that what is moved out below does not come in above."""
    sheet = Image.new("L", (alpha.width, alpha.height * 2))
    sheet.paste(alpha, (0, 0))
    return sheet


def _with_icicles(image: Image.Image, alpha: Image.Image) -> Image.Image:
    wide, high = image.size
    feet = np.asarray(alpha) > 128  # noqa: PLR2004 - opaque
    rng = np.random.default_rng(_SEED)
    pen = ImageDraw.Draw(image)
    half = max(2.0, wide * 0.018)
    for share in np.linspace(0.1, 0.9, 11):
        x = int(share * (wide - 1))
        rows = np.flatnonzero(feet[:, x])
        if not rows.size:
            continue
        # From an edge that hangs free, not from the ground.
        gaps = np.flatnonzero(np.diff(rows) > 1)
        foot = int(rows[gaps[0]] if gaps.size else rows[-1] * 0.62)
        long = high * float(rng.uniform(0.06, 0.14))
        pen.polygon(
            [(x - half, foot - 2), (x + half, foot - 2), (x, foot + long)],
            fill=(226, 244, 255, 235),
        )
    return image


_DROPS = 15
"""How many places across a melting thing run down more or less."""


def _melting(image: Image.Image) -> Image.Image:
    """Let the lower part run down in drops, into a puddle."""
    wide, high = image.size
    top = round(0.4 * high)
    rng = np.random.default_rng(_SEED)
    knots = rng.uniform(0.0, 1.0, _DROPS) ** 1.6
    drops = np.interp(np.linspace(0, _DROPS - 1, wide), np.arange(_DROPS), knots)
    soft = wide // 60 + 1
    drops = np.convolve(np.pad(drops, soft, "edge"), np.ones(2 * soft + 1), "valid")
    drops = drops / max(float(drops.max()), 1e-6) * 0.3 * high
    source = np.asarray(image)
    # The body sinks, so that its foot stays where it was: drops run to there.
    body = round(0.84 * high)
    rows = np.arange(high, dtype=np.float32)[:, None]
    shrunk = rows * (high / body)
    ends = body - 0.1 * high + drops * 0.9
    stretch = top + (rows - top) * (high - top) / np.maximum(ends - top, 1)
    wanted = np.where(rows < top * body / high, shrunk, np.maximum(stretch, shrunk * 0 + top))
    index = np.clip(np.round(wanted), 0, high - 1).astype(int)
    melted = source[index, np.arange(wide)[None, :]]
    melted[wanted > high - 1] = 0
    shown = Image.fromarray(melted)
    return Image.alpha_composite(_puddle(image), shown)


def _puddle(image: Image.Image) -> Image.Image:
    """Return a puddle of the colour that the lower part of an image has."""
    wide, high = image.size
    lower = np.asarray(image)[round(high * 0.55) :].reshape(-1, 4)
    seen = lower[lower[:, 3] > 128]  # noqa: PLR2004 - opaque
    colour = np.median(seen[:, :3], axis=0) if len(seen) else np.array([200, 200, 200])
    sheet = Image.new("RGBA", image.size)
    pen = ImageDraw.Draw(sheet)
    tone = tuple(int(v) for v in colour)
    pale = tuple(min(255, int(v + 50)) for v in colour)
    pen.ellipse((wide * 0.04, high * 0.9, wide * 0.96, high - 1), fill=(*tone, 255))
    pen.ellipse((wide * 0.2, high * 0.92, wide * 0.5, high * 0.945), fill=(*pale, 255))
    return sheet


def _wilted(image: Image.Image) -> Image.Image:
    """Let what is green grow brown, and hang to the sides."""
    rgb, alpha = pixels_of(image)
    wide, high = image.size
    green = np.clip((rgb[..., 1] - np.maximum(rgb[..., 0], rgb[..., 2])) * 6, 0, 1)[..., None]
    light = luma(rgb)[..., None]
    brown = np.array([0.62, 0.46, 0.22], dtype=np.float32) * (0.4 + 1.0 * light)
    other = rgb * 0.72 + light * 0.2 * np.array([1.0, 0.86, 0.6], dtype=np.float32)
    rgb = other + (brown - other) * green
    source = np.asarray(image_of(rgb, alpha))
    rows, cols = np.mgrid[0:high, 0:wide].astype(np.float32)
    aside = np.abs(cols / wide - 0.5) * 2
    # Nothing moves at the foot; the further up and out, the more it sinks.
    sink = 0.3 * high * aside**1.5 * np.clip(1 - rows / (0.72 * high), 0, 1) ** 0.5
    sink += 0.1 * high * np.clip(1 - rows / (0.72 * high), 0, 1)
    index = np.round(rows - sink)
    bent = source[np.clip(index, 0, high - 1).astype(int), cols.astype(int)].copy()
    bent[index < 0] = 0
    return Image.fromarray(bent)


def _rusty(image: Image.Image) -> Image.Image:
    return blotched(image, (0.62, 0.3, 0.12), share=0.52, dull=0.4)


def _dirty(image: Image.Image) -> Image.Image:
    return blotched(image, (0.4, 0.3, 0.2), share=0.42, dull=0.3)


def _charred(image: Image.Image) -> Image.Image:
    rgb, alpha = pixels_of(image)
    dark = rgb * np.array([0.34, 0.27, 0.25], dtype=np.float32)
    return blotched(image_of(dark, alpha), (0.1, 0.09, 0.09), share=0.5, dull=0.3)


_CHANGES: Mapping[str, Callable[[Image.Image], Image.Image]] = {
    "charred": _charred,
    "chewed": chewed,
    "cracked": _cracked,
    "dirty": _dirty,
    "frozen": _frozen,
    "melting": _melting,
    "rusty": _rusty,
    "wilted": _wilted,
}
