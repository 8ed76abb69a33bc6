"""The colours of a scene: a preset's, moved to what the prompt or a reference asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.colour import lch, rgb, to_lch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.colour import Rgb

# Hue, and how light and strong the middle of a ground in that colour is.
_NAMED: dict[str, tuple[float, float, float]] = {
    "red": (0.60, 0.23, 27),
    "orange": (0.73, 0.19, 55),
    "yellow": (0.88, 0.18, 95),
    "gold": (0.79, 0.14, 85),
    "green": (0.72, 0.20, 145),
    "teal": (0.74, 0.13, 195),
    "blue": (0.60, 0.19, 255),
    "purple": (0.52, 0.22, 295),
    "pink": (0.70, 0.21, 355),
    "black": (0.24, 0.02, 270),
    "white": (0.97, 0.005, 90),
    "grey": (0.62, 0.01, 260),
    "brown": (0.50, 0.09, 55),
}


def hexed(colour: Rgb) -> str:
    """Write a colour as ``#rrggbb``."""
    return "#{:02x}{:02x}{:02x}".format(*(min(255, max(0, c)) for c in colour))


def luminance(colour: str) -> float:
    """Relative luminance 0..1, as WCAG has it."""
    lin = [
        v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB's knee
        for v in (c / 255 for c in rgb(colour))
    ]
    return 0.2126 * lin[0] + 0.7152 * lin[1] + 0.0722 * lin[2]


def contrast(a: str, b: str) -> float:
    """The WCAG contrast ratio of two colours, 1..21."""
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def in_colour(palette: dict[str, str], name: str) -> dict[str, str]:
    """The palette with its ground in the colour of this name; letters stay as they are."""
    light, chroma, hue = _NAMED[name]
    dark = to_lch(rgb(palette["ground"]))[0] < 0.45  # noqa: PLR2004 - a dark style stays dark
    if dark and name not in {"white", "grey"}:
        light = min(light, 0.5)
    pale = to_lch(rgb(palette["ground"]))[0] > 0.85 and luminance(palette["ink"]) < 0.2  # noqa: PLR2004
    if pale:
        light, chroma = max(light, 0.92), chroma * 0.35
    ground = lch(light, chroma, hue)
    deep = lch(light * (0.9 if pale else 0.52), chroma * (1.4 if pale else 0.95), hue - 14)
    glow = lch(min(0.98, light + 0.22), chroma * 0.5, hue + 8)
    return palette | {"ground": hexed(ground), "deep": hexed(deep), "glow": hexed(glow)}


def accent_from(palette: dict[str, str], colours: Sequence[str]) -> dict[str, str]:
    """The palette with the strongest of these colours as its ground and light."""
    vivid = sorted(colours, key=lambda c: -to_lch(rgb(c))[1])
    dark = sorted(colours, key=lambda c: to_lch(rgb(c))[0])
    light = sorted(colours, key=lambda c: -to_lch(rgb(c))[0])
    if not vivid or to_lch(rgb(vivid[0]))[1] < 0.05:  # noqa: PLR2004 - a grey reference lends no hue
        return palette
    return palette | {"ground": vivid[0], "deep": dark[0], "glow": light[0]}
