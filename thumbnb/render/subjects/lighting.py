"""The light a subject is painted in: its own, or what a prompt asks for."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from thumbnb.render.colour.mixing import Palette, lch, rgb, to_lch
from thumbnb.render.colour.names import named_colour

if TYPE_CHECKING:
    from collections.abc import Callable

    from thumbnb.render.colour.mixing import Rgb
    from thumbnb.render.prompt.parser import ParsedPrompt
    from thumbnb.render.subjects import Subject

HOURS = {
    "dawn": Palette.of(
        "#4d6bb0 #8f8fcf #e9a3b0 #ffc294 #ffe9c2", light="#fff3d6", land="#2b2350", accent="#ff6f61"
    ),
    "day": Palette.of(
        "#1874b8 #3fa2d6 #86cdea #cfeaf0 #f3f6e6", light="#fffbe8", land="#123f4f", accent="#ff6b4a"
    ),
    "dusk": Palette.of(
        "#231942 #5e2b73 #c8475f #f58549 #ffc971", light="#ffe6a8", land="#190f2b", accent="#ff4d6d"
    ),
    "night": Palette.of(
        "#04071d #0b1638 #173063 #2f5a8f #6f93b8", light="#eaf2ff", land="#03050f", accent="#ffd166"
    ),
    "winter": Palette.of(
        "#5f86b3 #8fb3d3 #bcd6e8 #dfecf3 #f6f8f8", light="#ffffff", land="#24405e", accent="#e63946"
    ),
    "autumn": Palette.of(
        "#4f6d7a #a0937d #d9a05b #f0b967 #f8dfae", light="#fff0c9", land="#4a1f14", accent="#d1495b"
    ),
    "storm": Palette.of(
        "#1d2530 #364150 #56657a #8492a3 #b5bec6", light="#e9eef2", land="#11161d", accent="#f4d35e"
    ),
    "fire": Palette.of(
        "#1b0a12 #4d0f1c #a3201d #e8552a #ffb347", light="#ffe08a", land="#120609", accent="#ffd23f"
    ),
}

TONES: dict[str, tuple[float, float]] = {
    "dark": (0.72, 0.95),
    "epic": (0.88, 1.25),
    "bright": (1.10, 1.15),
    "vivid": (1.00, 1.35),
    "pastel": (1.10, 0.70),
    "muted": (1.02, 0.60),
    "mono": (1.00, 0.00),
}
"""What a mood does to lightness and to chroma, as factors."""


def lighting_for(reading: ParsedPrompt, subject: type[Subject]) -> Palette | None:
    """Give the palette a prompt asks for; ``None`` where the subject's own is right."""
    hours = [hour for hour in reading.hours if hour not in subject.hours]
    palette = HOURS[hours[0]] if hours else subject.light
    if reading.colours:
        palette = _tinted(palette, [rgb(named_colour(name)) for name in reading.colours])
    for name in reading.tones:
        lightness, chroma = TONES.get(name, (1.0, 1.0))
        palette = _each(palette, partial(_scaled, lightness=lightness, chroma=chroma))
    return None if palette is subject.light else palette


def _each(palette: Palette, change: Callable[[Rgb], Rgb]) -> Palette:
    return replace(
        palette,
        sky=tuple(change(c) for c in palette.sky),
        land=change(palette.land),
        accent=change(palette.accent),
    )


def _scaled(named_colour: Rgb, lightness: float, chroma: float) -> Rgb:
    light, strength, hue = to_lch(named_colour)
    return lch(min(0.98, light * lightness), strength * chroma, hue)


def _towards(named_colour: Rgb, target: Rgb, share: float) -> Rgb:
    """Take over the hue and chroma of ``target``, and a ``share`` of its lightness."""
    light, _, _ = to_lch(named_colour)
    light_wanted, chroma, hue = to_lch(target)
    light += (light_wanted - light) * share
    # Neither the darkest nor the lightest colours can be strong ones.
    return lch(light, chroma * min(0.85, 3.2 * light * (1.15 - light)), hue)


def _tinted(palette: Palette, colours: list[Rgb]) -> Palette:
    """Run the sky through ``colours``; light stays where light was."""
    last = len(palette.sky) - 1
    sky = [
        _towards(c, colours[round(i / last * (len(colours) - 1))], 0.35)
        for i, c in enumerate(palette.sky)
    ]
    return replace(
        palette,
        sky=tuple(sky),
        light=lch(0.96, 0.04, to_lch(colours[-1])[2]),
        land=_towards(palette.land, colours[0], 0.1),
        accent=colours[1] if len(colours) > 1 else palette.accent,
    )
