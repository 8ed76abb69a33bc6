"""Looks of drawn things: old, shiny, wooden, of glass, half eaten, covered in snow, steaming."""

from __future__ import annotations

import colorsys
import math
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from thumbnb.render.raster.brushes import noise_field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from thumbnb.render.colour.mixing import Floats

_SEED = 11
"""The same thing looks the same in every image."""


def pixels_of(image: Image.Image) -> tuple[Floats, Image.Image]:
    """Return the colours of an RGBA image (0 to 1) and its alpha."""
    rgb = np.asarray(image.convert("RGB"), dtype=np.float32) / 255
    return rgb, image.getchannel("A")


def image_of(rgb: Floats, alpha: Image.Image) -> Image.Image:
    """Return the RGBA image of colours (0 to 1) and an alpha."""
    made = Image.fromarray((np.clip(rgb, 0, 1) * 255).astype(np.uint8))
    made.putalpha(alpha)
    return made


def noise(size: tuple[int, int], cell: float) -> Floats:
    """Return soft noise from 0 to 1 (rows, columns)."""
    rng = np.random.default_rng(_SEED)
    field = noise_field(size, max(2.0, cell), rng)
    low, high = float(field.min()), float(field.max())
    return np.asarray((field - low) / max(high - low, 1e-6), dtype=np.float32)


def luma(rgb: Floats) -> Floats:
    """Return how bright colours are (rows, columns)."""
    return np.asarray(rgb @ np.array([0.3, 0.59, 0.11], dtype=np.float32), dtype=np.float32)


def blotched(
    image: Image.Image, colour: tuple[float, float, float], *, share: float, dull: float
) -> Image.Image:
    """Cover a share of a thing with blotches of a colour, and take colour from the rest."""
    rgb, alpha = pixels_of(image)
    light = luma(rgb)[..., None]
    rgb = rgb + (light - rgb) * dull
    wide, high = image.size
    field = 0.62 * noise((wide, high), high / 5) + 0.38 * noise((wide, high), high / 17)
    cover = np.clip((field - np.quantile(field, 1 - share)) * 9, 0, 1)[..., None] * 0.82
    tone = np.array(colour, dtype=np.float32) * (0.45 + 0.85 * light)
    return image_of(rgb + (tone - rgb) * cover, alpha)


def _aged(image: Image.Image) -> Image.Image:
    """Let colours fade and yellow, with stains and worn edges."""
    rgb, alpha = pixels_of(image)
    light = luma(rgb)[..., None]
    faded = rgb + (light - rgb) * 0.4
    yellow = np.array([0.86, 0.72, 0.48], dtype=np.float32) * (0.3 + 0.85 * light)
    faded = faded + (yellow - faded) * 0.4
    wide, high = image.size
    stains = 0.5 * noise((wide, high), high / 6) + 0.5 * noise((wide, high), high / 24)
    faded = faded * (1 - 0.34 * np.clip((stains - 0.5) * 3, 0, 1)[..., None])
    return image_of(faded, alpha)


def _unlit(image: Image.Image) -> Image.Image:
    """Put out what shines yellow: lit windows."""
    rgb, alpha = pixels_of(image)
    warm = np.clip((rgb[..., 0] - 0.8) * 6, 0, 1) * np.clip(
        (rgb[..., 1] - rgb[..., 2] - 0.3) * 6, 0, 1
    )
    dark = np.array([0.13, 0.15, 0.22], dtype=np.float32)
    return image_of(rgb * 0.82 + (dark - rgb * 0.82) * warm[..., None], alpha)


def _abandoned(image: Image.Image) -> Image.Image:
    """Let a thing go dark, grey, stained and overgrown from its foot."""
    rgb, alpha = pixels_of(blotched(_unlit(image), (0.32, 0.3, 0.28), share=0.4, dull=0.6))
    wide, high = image.size
    down = np.linspace(0, 1, high, dtype=np.float32)[:, None]
    field = 0.6 * noise((wide, high), high / 7) + 0.4 * noise((wide, high), high / 22)
    moss = np.clip((down * 0.85 + field * 0.7 - 0.98) * 7, 0, 1)[..., None]
    tone = np.array([0.28, 0.42, 0.18], dtype=np.float32) * (0.5 + 0.8 * luma(rgb)[..., None])
    return image_of((rgb + (tone - rgb) * moss * 0.85) * 0.86, alpha)


def _mossy(image: Image.Image) -> Image.Image:
    return blotched(image, (0.36, 0.56, 0.22), share=0.5, dull=0.2)


def _bloody(image: Image.Image) -> Image.Image:
    return blotched(image, (0.72, 0.04, 0.06), share=0.2, dull=0.1)


def _snowy(image: Image.Image) -> Image.Image:
    """Lay snow on what faces up."""
    rgb, alpha = pixels_of(image)
    wide, high = image.size
    deep = max(4, round(high * 0.075))
    sheet = Image.new("L", (wide, high * 2))
    sheet.paste(alpha, (0, 0))
    below = ImageChops.offset(sheet, 0, deep).crop((0, 0, wide, high))
    snow = ImageChops.subtract(alpha, below).filter(ImageFilter.GaussianBlur(deep / 3))
    share = np.clip(np.asarray(snow, dtype=np.float32) / 255 * 2.2, 0, 1)[..., None]
    white = np.array([0.97, 0.99, 1.0], dtype=np.float32)
    cold = rgb * np.array([0.92, 0.97, 1.04], dtype=np.float32)
    return image_of(cold + (white - cold) * share, alpha)


_GLINTS = ((0.3, 0.2, 0.2), (0.76, 0.36, 0.13), (0.42, 0.7, 0.1))
"""How far across and down glints are, and how large, in shares of the smaller side."""


def _shiny(image: Image.Image) -> Image.Image:
    """Polish a thing: richer, brighter, with a streak of light and glints."""
    rgb, alpha = pixels_of(image)
    light = luma(rgb)[..., None]
    rgb = np.clip(light + (rgb - light) * 1.25, 0, 1) ** 0.9
    wide, high = image.size
    rows, cols = np.mgrid[0:high, 0:wide].astype(np.float32)
    across = cols / wide + rows / high * 0.6
    streak = np.exp(-(((across - 0.62) / 0.07) ** 2)) + 0.6 * np.exp(
        -(((across - 0.8) / 0.03) ** 2)
    )
    rgb = rgb + (1 - rgb) * (0.42 * streak)[..., None]
    shown = image_of(rgb, alpha)
    stars = Image.new("RGBA", image.size)
    pen = ImageDraw.Draw(stars)
    opaque = np.asarray(alpha) > 128  # noqa: PLR2004
    side = min(wide, high)
    for x, y, size in _GLINTS:
        at_x, at_y = round(x * (wide - 1)), round(y * (high - 1))
        if not opaque[at_y, at_x]:
            columns = np.flatnonzero(opaque[at_y])
            if not columns.size:
                continue
            at_x = int(columns[len(columns) // 4])
        r, thin = size * side, 0.1 * size * side
        pen.polygon(
            [
                (at_x, at_y - r), (at_x + thin, at_y - thin), (at_x + r, at_y),
                (at_x + thin, at_y + thin), (at_x, at_y + r), (at_x - thin, at_y + thin),
                (at_x - r, at_y), (at_x - thin, at_y - thin),
            ],
            fill=(255, 255, 255, 245),
        )  # fmt: skip
    return Image.alpha_composite(shown, stars)


def _bitten(image: Image.Image) -> Image.Image:
    """Take bites out of the upper right."""
    wide, high = image.size
    alpha = image.getchannel("A").copy()
    pen = ImageDraw.Draw(alpha)
    r = 0.17 * min(wide, high)
    for across, down in ((0.98, 0.06), (0.8, 0.16), (0.92, 0.34), (0.99, 0.5), (0.68, 0.02)):
        x, y = across * wide, down * high
        pen.ellipse((x - r, y - r, x + r, y + r), fill=0)
    shown = image.copy()
    shown.putalpha(alpha)
    return shown


def _made_of(
    image: Image.Image, colour: tuple[float, float, float], texture: Floats, *, kept: float = 0.15
) -> Image.Image:
    """Show a thing as made of a material: its colour, lit as the thing is, with a texture."""
    rgb, alpha = pixels_of(image)
    light = luma(rgb)[..., None]
    flat = np.clip((light - 0.5) * 0.9 + 0.56, 0.08, 1.1)
    made = np.array(colour, dtype=np.float32) * flat * 1.5 * (1 + texture[..., None])
    return image_of(made + (rgb - made) * kept, alpha)


def _wooden(image: Image.Image) -> Image.Image:
    wide, high = image.size
    rows, cols = np.mgrid[0:high, 0:wide].astype(np.float32)
    bend = noise((wide, high), high / 4) * 3.4
    rings = np.sin((rows / high * 22 + cols / wide * 2 + bend) * 3.1)
    return _made_of(image, (0.66, 0.43, 0.22), np.asarray(0.15 * rings, dtype=np.float32))


def _stone(image: Image.Image) -> Image.Image:
    wide, high = image.size
    rough = 0.5 * noise((wide, high), 3) + 0.5 * noise((wide, high), high / 12) - 0.5
    return _made_of(image, (0.56, 0.56, 0.55), rough * 0.5, kept=0.08)


def _metal(image: Image.Image) -> Image.Image:
    wide, high = image.size
    rows = np.linspace(0, 1, high, dtype=np.float32)[:, None] + np.linspace(0, 0.5, wide)[None, :]
    shine = 0.22 * np.sin(rows * 14)
    return _made_of(image, (0.62, 0.66, 0.72), np.asarray(shine, dtype=np.float32), kept=0.05)


def _chocolate(image: Image.Image) -> Image.Image:
    return _made_of(image, (0.36, 0.19, 0.1), np.zeros(image.size[::-1], np.float32), kept=0.06)


def _glass(image: Image.Image) -> Image.Image:
    """Let what lies behind be seen through a thing; its edges and lights stay."""
    rgb, alpha = pixels_of(image)
    light = luma(rgb)[..., None]
    pale = np.array([0.72, 0.9, 1.0], dtype=np.float32) * (0.45 + 0.7 * light)
    wide, high = image.size
    deep = max(2, round(0.02 * high))
    inner = alpha.filter(ImageFilter.MinFilter(2 * (deep // 2) + 1)).filter(
        ImageFilter.GaussianBlur(deep)
    )
    rim = np.asarray(ImageChops.subtract(alpha, inner), dtype=np.float32) / 255
    edges = np.abs(np.diff(luma(rgb), axis=0, prepend=luma(rgb)[:1])) * 5
    seen = np.clip(0.34 + rim + 0.5 * np.clip(luma(rgb) - 0.72, 0, 1) * 2 + edges, 0, 1)
    shown = Image.fromarray(np.uint8(np.asarray(alpha, dtype=np.float32) * seen[:high, :wide]))
    return image_of(pale + (1 - pale) * rim[..., None] * 0.7, shown)


def _ghostly(image: Image.Image) -> Image.Image:
    shown = image.copy()
    shown.putalpha(image.getchannel("A").point(lambda value: round(value * 0.45)))
    return shown


def _rainbow(image: Image.Image) -> Image.Image:
    rgb, alpha = pixels_of(image)
    wide, high = image.size
    steps = np.array([colorsys.hsv_to_rgb(i / 63 * 0.83, 0.82, 1.0) for i in range(64)])
    rows, cols = np.mgrid[0:high, 0:wide]
    where = np.clip((cols / wide * 0.8 + rows / high * 0.2) * 63, 0, 63).astype(int)
    light = luma(rgb)[..., None]
    return image_of(np.asarray(steps[where] * (0.4 + 0.75 * light), np.float32), alpha)


def _pixelated(image: Image.Image) -> Image.Image:
    cells = 26
    across = max(4, round(cells * image.width / max(image.size)))
    down = max(4, round(cells * image.height / max(image.size)))
    small = image.resize((across, down), Image.Resampling.BOX)
    alpha = small.getchannel("A").point(lambda value: 255 if value > 110 else 0)  # noqa: PLR2004
    small = small.convert("RGB").quantize(14).convert("RGB")
    small.putalpha(alpha)
    return small.resize(image.size, Image.Resampling.NEAREST)


def _flipped(image: Image.Image) -> Image.Image:
    return image.transpose(Image.Transpose.ROTATE_180)


_HALVES_APART, _HALVES_LEAN = 0.045, 5.0
"""How far the halves of what is torn are moved aside (of its width), and lean (degrees)."""


def _torn(image: Image.Image) -> Image.Image:
    """Tear a thing in two along a jagged line from its top to its foot; the halves lean apart."""
    wide, high = image.size
    rng = np.random.default_rng(_SEED)
    steps = np.linspace(0, 1, 12)
    jags = 0.5 + np.where(np.arange(12) % 2, 0.035, -0.035) + rng.uniform(-0.02, 0.02, 12)
    line = [(float(x) * wide, float(y) * high) for x, y in zip(jags, steps, strict=True)]
    edge = Image.new("RGBA", image.size)
    ImageDraw.Draw(edge).line(line, fill=(255, 252, 244, 255), width=max(3, wide // 50))
    edge.putalpha(ImageChops.multiply(edge.getchannel("A"), image.getchannel("A")))
    rimmed = Image.alpha_composite(image, edge)
    small = (round(wide * 0.84), round(high * 0.93))
    shown = Image.new("RGBA", image.size)
    for side, corners in ((-1, ((0, 0), (0, high))), (1, ((wide, 0), (wide, high)))):
        mask = Image.new("L", image.size)
        ImageDraw.Draw(mask).polygon([corners[0], *line, corners[1]], fill=255)
        half = rimmed.copy()
        half.putalpha(ImageChops.multiply(image.getchannel("A"), mask))
        whole = Image.new("RGBA", image.size)
        left = round((wide - small[0]) / 2 + side * _HALVES_APART * wide)
        whole.paste(half.resize(small, Image.Resampling.LANCZOS), (left, high - small[1]))
        turned = whole.rotate(
            -side * _HALVES_LEAN, Image.Resampling.BICUBIC, center=(wide / 2, high)
        )
        shown.alpha_composite(turned)
    return shown


def _sinking(image: Image.Image) -> Image.Image:
    """Let a ship lean, its lower part under waves."""
    wide, high = image.size
    turned = image.rotate(14, Image.Resampling.BICUBIC, center=(wide / 2, high * 0.8))
    water = round(0.2 * high)
    shown = Image.new("RGBA", image.size)
    shown.alpha_composite(turned, (0, water))
    steps = np.arange(0, wide + 8, 8)
    line = [(int(x), round(high * 0.9 + 0.018 * high * math.sin(x / wide * 26))) for x in steps]
    mask = Image.new("L", image.size)
    ImageDraw.Draw(mask).polygon([(0, 0), *line, (wide, 0)], fill=255)
    shown.putalpha(ImageChops.multiply(shown.getchannel("A"), mask))
    box = shown.getchannel("A").getbbox() or (0, 0, wide, high)
    foam = [point for point in line if box[0] - 4 <= point[0] <= box[2] + 4]
    pen = ImageDraw.Draw(shown)
    for down, tone, thick in ((0, (238, 250, 255, 235), 36), (0.05, (150, 205, 230, 220), 44)):
        wave = [(x, y + round(down * high)) for x, y in foam]
        if len(wave) > 1:
            pen.line(wave, fill=tone, width=max(3, high // thick))
    return shown


LOOKS: Mapping[str, Callable[[Image.Image], Image.Image]] = {
    "abandoned": _abandoned,
    "aged": _aged,
    "bitten": _bitten,
    "bloody": _bloody,
    "chocolate": _chocolate,
    "glass": _glass,
    "ghostly": _ghostly,
    "metal": _metal,
    "mossy": _mossy,
    "pixelated": _pixelated,
    "rainbow": _rainbow,
    "shiny": _shiny,
    "sinking": _sinking,
    "snowy": _snowy,
    "stone": _stone,
    "torn": _torn,
    "unlit": _unlit,
    "upside-down": _flipped,
    "wooden": _wooden,
}


def with_plume(image: Image.Image, *, dark: bool) -> tuple[Image.Image, tuple[int, int]]:
    """Put smoke (``dark``) or steam over a thing; return it, and how far it grew: sides and top."""
    wide, high = image.size
    size = min(wide, high) if dark else min(wide, 1.2 * high)
    rise, aside = round(0.5 * size), round(0.08 * size)
    whole = Image.new("RGBA", (wide + 2 * aside, high + rise))
    plume = Image.new("L", whole.size)
    puffs = _smoke(wide, high, size, rise) if dark else _steam(wide, high, size, rise)
    pen = ImageDraw.Draw(plume)
    for x, y, r, strength in puffs:
        pen.ellipse((aside + x - r, y - r, aside + x + r, y + r), fill=int(strength))
    plume = plume.filter(ImageFilter.GaussianBlur(size * (0.035 if dark else 0.018)))
    tone = np.ones((*plume.size[::-1], 3), np.float32)
    if dark:
        tone *= (0.2 + 0.34 * noise(whole.size, size / 9))[..., None]
        whole.alpha_composite(image_of(tone, plume))
        plume = plume.point(lambda value: round(value * 0.55))
    whole.alpha_composite(image, (aside, rise))
    whole.alpha_composite(image_of(tone, plume))
    return whole, (aside, rise)


_Puff = tuple[float, float, float, float]
"""Where a puff is, its radius (pixels) and its strength (to 255)."""


def _smoke(wide: int, high: int, size: float, rise: int) -> Iterator[_Puff]:
    rng = np.random.default_rng(_SEED)
    for up in np.linspace(0, 1, 16):
        r = size * (0.09 + 0.15 * up)
        bend = 0.1 * math.sin(up * 19.5) + 0.16 * up
        x = wide * (0.5 + bend) + float(rng.uniform(-0.4, 0.4)) * r
        yield x, rise + high * 0.3 - up * (rise + 0.3 * high - r), r, 235 - 120 * up


def _steam(wide: int, high: int, size: float, rise: int) -> Iterator[_Puff]:
    for column in (0.3, 0.5, 0.7):
        for up in np.linspace(0, 1, 24):
            r = size * (0.032 + 0.016 * math.sin(up * 3.1))
            x = wide * column + size * 0.055 * math.sin(up * 7 + column * 9)
            yield x, rise + 0.12 * high - up * rise * 0.92, r, 215 * (1 - 0.75 * up)
