"""The colours of a scene: a preset's, moved to what the prompt or a reference asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.imaging.srgb import relative_luminance
from thumbnb.render.colour.mixing import lch, rgb, to_lch
from thumbnb.render.colour.names import named_colour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.colour.mixing import Rgb


def to_hex(named_colour: Rgb) -> str:
    """Write a colour as ``#rrggbb``."""
    return "#{:02x}{:02x}{:02x}".format(*(min(255, max(0, c)) for c in named_colour))


def luminance(named_colour: str) -> float:
    """Relative luminance 0..1, as WCAG has it."""
    return float(relative_luminance([c / 255 for c in rgb(named_colour)]))


def contrast(a: str, b: str) -> float:
    """Give the WCAG contrast ratio of two colours, 1..21."""
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def is_for_dark_letters(palette: dict[str, str]) -> bool:
    """Whether a palette has dark letters, which need a light ground."""
    return luminance(palette["ink"]) < 0.2  # noqa: PLR2004


def recoloured_palette(palette: dict[str, str], name: str) -> dict[str, str]:
    """Give a palette with its ground in the colour of this name; letters stay as they are."""
    light, chroma, hue = to_lch(rgb(named_colour(name)))
    base = to_lch(rgb(palette["ground"]))[0]
    pale = is_for_dark_letters(palette)
    if pale:
        ground = lch(max(light, 0.93), min(chroma, 0.05), hue)
        deep = lch(max(light, 0.82), min(chroma, 0.10), hue)
        strong = lch(min(max(light, 0.6), 0.75), chroma, hue)
        return palette | {"ground": to_hex(ground), "deep": to_hex(deep), "glow": to_hex(strong)}
    if base < 0.5 and chroma > 0.03:  # noqa: PLR2004 - a dark style stays dark
        light = min(light, 0.58)
    # Yellow darkens to orange as in a flame; the others keep their hue.
    flame = 70 < hue < 115  # noqa: PLR2004 - degrees about yellow
    if flame:
        deep = lch(light * 0.80, chroma * 1.15, hue - 42)
    else:
        deep = lch(light * 0.46, chroma * 0.9, hue - 12)
    glow = lch(min(0.97, light + 0.16), chroma * 0.55, hue + 6)
    return palette | {
        "ground": to_hex(lch(light, chroma, hue)),
        "deep": to_hex(deep),
        "glow": to_hex(glow),
    }


def palette_on_background(palette: dict[str, str], name: str) -> dict[str, str]:
    """Return a palette whose ground is plainly of the colour of this name, as a prompt asks."""
    light, chroma, hue = to_lch(rgb(named_colour(name)))
    if is_for_dark_letters(palette):
        light = max(light, 0.72)
    return palette | {
        "ground": to_hex(lch(light, chroma, hue)),
        "deep": to_hex(lch(light * 0.84, chroma * 0.95, hue)),
        "glow": to_hex(lch(min(0.97, light + 0.10), chroma * 0.8, hue)),
    }


def palette_from_reference(palette: dict[str, str], colours: Sequence[str]) -> dict[str, str]:
    """Give a palette with the ground and light of a reference's colours (the most used first)."""
    vivid = sorted(colours, key=lambda c: -to_lch(rgb(c))[1])
    if to_lch(rgb(vivid[0]))[1] < 0.05:  # noqa: PLR2004 - a grey reference lends no hue
        return dict(palette)
    by_light = sorted(colours, key=lambda c: to_lch(rgb(c))[0])
    pale = is_for_dark_letters(palette)
    if pale:
        _, chroma, hue = to_lch(rgb(vivid[0]))
        ground, deep = lch(0.94, min(chroma, 0.05), hue), lch(0.85, min(chroma, 0.1), hue)
        return palette | {"ground": to_hex(ground), "deep": to_hex(deep), "glow": vivid[0]}
    dark = by_light[0]
    if luminance(dark) > 0.2:  # noqa: PLR2004 - nothing dark in it
        light, chroma, hue = to_lch(rgb(dark))
        dark = to_hex(lch(light * 0.5, chroma, hue))
    return palette | {"ground": vivid[0], "deep": dark, "glow": by_light[-1]}


def shade_colour(deep: str) -> str:
    """Give a shade for words to stand on: nearly black, with a breath of the palette's dark."""
    light, chroma, hue = to_lch(rgb(deep))
    return to_hex(lch(min(light, 0.16), min(chroma, 0.05), hue))


def veil_colour(palette: dict[str, str]) -> str:
    """Give what letters are shaded with: nearly black, or the light ground under dark letters."""
    return palette["ground"] if is_for_dark_letters(palette) else shade_colour(palette["deep"])


def readable_on(letters: str, ground: str, least: float = 4.5) -> str:
    """Give the colour of letters, lighter or darker until it can be read on a plain ground."""
    if contrast(letters, ground) >= least:
        return letters
    light, chroma, hue = to_lch(rgb(letters))
    up = luminance(ground) < 0.18  # noqa: PLR2004 - where black and white stand out alike
    for i in range(1, 21):
        k = light + (1 - light) * i / 20 if up else light * (1 - i / 20)
        # Towards white and black there is no room for chroma.
        tried = to_hex(lch(k, chroma * (1 - i / 24), hue))
        if contrast(tried, ground) >= least:
            return tried
    return "#ffffff" if up else "#000000"
