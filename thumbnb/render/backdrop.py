"""A picture from a prompt: its words choose a scene, and the light it is painted in."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PIL import ImageOps

from thumbnb.errors import InvalidInput
from thumbnb.render.colour import lch, to_lch
from thumbnb.render.scenes import SCENES
from thumbnb.render.words import COLOURS, HOUR_WORDS, HOURS, SUBJECTS, TONES

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL import Image

    from thumbnb.render.colour import Palette, Rgb
    from thumbnb.render.scenes import Scene

MIN_SIDE, MAX_SIDE = 16, 4096

T = TypeVar("T")


def backdrop(prompt: str, size: tuple[int, int], seed: int | None = None) -> Image.Image:
    """Paint what ``prompt`` names, as an RGB image of exactly ``size`` pixels.

    Subjects (mountains, sea, city, space, ...) choose the scene; the time of day, the
    mood and the colours named choose its light. A prompt with none of these gets a calm
    abstract. It is an illustration composed by rules, not a photograph. The same
    prompt, size and seed give the same pixels, another seed another picture of the
    same thing. Raises ``InvalidInput`` for a side outside 16..4096.

    >>> backdrop("a rocket at sunset", (1280, 720)).size
    (1280, 720)
    """
    if not all(MIN_SIDE <= side <= MAX_SIDE for side in size):
        raise InvalidInput(
            f"A picture of {size[0]}x{size[1]} pixels cannot be painted.",
            hint=f"Each side must be from {MIN_SIDE} to {MAX_SIDE}.",
        )
    words = re.findall(r"[a-z]+", prompt.lower())
    digest = hashlib.sha256(f"{' '.join(words)}\n{seed}".encode()).digest()
    scene = _scene(words)
    number = int.from_bytes(digest[:8], "big")
    painting = scene(size, palette=_light(words, scene), seed=number)
    first, last = scene.shows
    image = painting.frame(first + (last - first) * digest[8] / 255)
    return ImageOps.mirror(image) if digest[9] % 2 else image


def _known(words: list[str], table: dict[str, T]) -> list[T]:
    """Look up the words there are in ``table``, plurals too, in their order."""
    names = (word if word in table else word.removesuffix("s") for word in words)
    return [table[name] for name in names if name in table]


def _scene(words: list[str]) -> type[Scene]:
    """Choose the scene most of the words belong to; the first named, where it is even."""
    subjects = Counter(_known(words, SUBJECTS)).most_common(1)
    return SCENES[subjects[0][0] if subjects else "waves"]


def _light(words: list[str], scene: type[Scene]) -> Palette:
    hours = [hour for hour in _known(words, HOUR_WORDS) if hour not in scene.hours]
    palette = HOURS[hours[0]] if hours else scene.light
    colours = _known(words, COLOURS)
    if colours:
        palette = _tinted(palette, colours)
    for lightness, chroma in _known(words, TONES):
        palette = _each(palette, partial(_scaled, lightness=lightness, chroma=chroma))
    return palette


def _each(palette: Palette, change: Callable[[Rgb], Rgb]) -> Palette:
    return replace(
        palette,
        sky=tuple(change(c) for c in palette.sky),
        land=change(palette.land),
        accent=change(palette.accent),
    )


def _scaled(colour: Rgb, lightness: float, chroma: float) -> Rgb:
    light, strength, hue = to_lch(colour)
    return lch(min(0.98, light * lightness), strength * chroma, hue)


def _towards(colour: Rgb, target: Rgb, share: float) -> Rgb:
    """Take over the hue and chroma of ``target``, and a ``share`` of its lightness."""
    light, _, _ = to_lch(colour)
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
