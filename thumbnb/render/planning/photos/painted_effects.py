"""What is painted for each kind of effect over a photo: steam, flames, rain, lamps, money."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from thumbnb.render.colour.names import named_colour
from thumbnb.render.layout import BADGE, most_covered
from thumbnb.render.objects.raster import can_draw
from thumbnb.render.planning.photos.set_off import spotlight
from thumbnb.render.scene import (
    Cross,
    Flames,
    Flying,
    Glow,
    Grade,
    Lightning,
    Mist,
    ObjectLayer,
    Plume,
    Rain,
    Rays,
    SeenThrough,
    Snowfall,
    Sparks,
    Splatter,
    Vignette,
)
from thumbnb.render.scene.images import SLANT

if TYPE_CHECKING:
    from collections.abc import Callable

    from thumbnb.render.prompt.images.effects import EffectKind, PhotoEffect
    from thumbnb.render.scene import Box, Layer
    from thumbnb.render.scene.effects import Opening

DRAWINGS: dict[EffectKind, str] = {
    "money": "banknotes",
    "beans": "coffee-bean",
    "leaves": "leaf",
    "hearts": "heart",
}
"""Effects that are a drawing many times over."""

_CONFETTI = ("#ff3b5c", "#ffd23b", "#2fb4ff", "#41d96b", "#c05cff")
_PETALS = ("#ffb7cf", "#ff8fb3", "#ffd9e6")


@dataclass(frozen=True, slots=True)
class EffectRoom:
    """Where the subject of a photo is on the sheet, where words are, a number for chance."""

    subject: Box
    words: tuple[Box, ...]
    seed: int
    split: bool
    hides: Callable[[Box], float]
    """How much of what draws the eye in the photo a box hides, 0 to 1."""
    free: bool = False
    """Whether the subject stands before what is behind it."""

    @property
    def kept(self) -> tuple[Box, ...]:
        """What small things in the air keep off: the heart of the subject."""
        x, y, w, h = self.subject
        return (*self.words, (x + 0.16 * w, y + 0.1 * h, 0.68 * w, 0.8 * h))


def effect_colour(effect: PhotoEffect, usual: str) -> str:
    """Return the colour that a prompt says of an effect, or its usual one."""
    return named_colour(effect.colour) if effect.colour else usual


def _steam(effect: PhotoEffect, room: EffectRoom) -> list[Layer]:
    x, y, w, h = room.subject
    foot = y + 0.3 * h
    return [
        Plume(
            at=(x + w / 2, foot), height=max(260.0, foot + 40),
            width=min(max(0.6 * w, 170.0), 330.0),
            colour=effect_colour(effect, "#ffffff"), seed=room.seed % 9_973, strength=1.25,
        )
    ]  # fmt: skip


def _smoke(effect: PhotoEffect, room: EffectRoom) -> list[Layer]:
    """Let smoke rise on both sides of the subject, from below the frame."""
    x, _, w, _ = room.subject
    colour = effect_colour(effect, "#c3c5ca")
    off = max(0.64 * w + 60, _OFF_SMOKE)
    return [
        Plume(
            at=(at, 760.0), height=high, width=wide, colour=colour, dense=True,
            seed=(room.seed + number) % 9_973, strength=0.9,
        )
        for number, (at, high, wide) in enumerate(
            ((x + w / 2 - off, 560.0, 420.0), (x + w / 2 + off, 480.0, 400.0))
        )
    ]  # fmt: skip


_OFF_SMOKE = 300.0
"""How far beside a subject smoke rises at least (units)."""


def _flames(_: PhotoEffect, room: EffectRoom) -> list[Layer]:
    high = {"height": _HIGH_FLAMES} if room.free else {"kept": room.subject}
    return [
        Flames(**high, seed=room.seed % 9_973),
        Sparks(colours=("#ff8a2a", "#ffe0a0"), seed=room.seed % 9_967, count=70, size=3.4),
    ]


_HIGH_FLAMES = 560.0
"""How high flames rise behind a subject (units)."""


def _lightning(_: PhotoEffect, room: EffectRoom) -> list[Layer]:
    """Strike between two halves, else in the sky beside the subject and off the words."""
    if room.split:
        top, foot = (SLANT[0] + 10, -20.0), (SLANT[1] + 6, 736.0)
        return [Lightning(start=top, end=foot, seed=room.seed % 9_973, strength=1.1)]
    x, y, w, h = room.subject
    free = [
        at
        for at in (x - 130, x + w + 130, 200.0, 1080.0, 640.0, 420.0, 860.0)
        if 60 < at < 1220  # noqa: PLR2004 - the sheet
        and most_covered((at - 60, 0.0, 120.0, 420.0), [(x, y, w, h), *room.words]) < _FEW
    ]
    at = free[0] if free else (200.0 if x + w / 2 > 640 else 1080.0)  # noqa: PLR2004
    dark = Grade(gamma=1.25, saturation=0.85, shadows="#0b1230", highlights="#b9c6ee", tint=0.35)
    bolt = Lightning(start=(at - 40, -20), end=(at + 30, 500), seed=room.seed % 9_973)
    return [dark, bolt]


_FEW = 0.2


def _rain(_: PhotoEffect, room: EffectRoom) -> list[Layer]:
    return [
        Grade(gamma=1.14, saturation=0.82, warmth=-0.05),
        Rain(seed=room.seed % 9_967, strength=0.62),
    ]


def _snow(_: PhotoEffect, room: EffectRoom) -> list[Layer]:
    return [
        Grade(saturation=0.86, warmth=-0.08),
        Snowfall(seed=room.seed % 9_967, count=230, strength=0.95),
    ]


def _fog(_: PhotoEffect, room: EffectRoom) -> list[Layer]:
    return [
        Grade(saturation=0.7, contrast=0.86, lift=0.04),
        Mist(colour="#dfe5ea", seed=room.seed % 9_967, top=110, cell=430, strength=0.85),
        Mist(colour="#dfe5ea", seed=room.seed % 9_949, top=330, cell=300, strength=0.7),
    ]


def _sparks(effect: PhotoEffect, room: EffectRoom) -> list[Layer]:
    colours = (effect_colour(effect, "#ff9a3a"), "#fff0c8")
    return [Sparks(colours=colours, seed=room.seed % 9_967, count=150, size=5.0, streak=5.0)]


def _rays(_effect: PhotoEffect, room: EffectRoom) -> list[Layer]:
    x, _, w, _ = room.subject
    at = (min(max(x + w / 2, 260.0), 1020.0), -120.0)
    return [Rays(colour="#fff0c0", at=at, seed=room.seed % 9_967, strength=0.75)]


def _glow(effect: PhotoEffect, room: EffectRoom) -> list[Layer]:
    x, y, w, h = room.subject
    radius = min(max(0.95 * max(w, h), 300.0), 700.0)
    colour = effect_colour(effect, "#ffd98a")
    return [
        Vignette(strength=0.4, at=(x + w / 2, y + h / 2)),
        Glow(colour=colour, at=(x + w / 2, y + h / 2), radius=radius, strength=0.75),
    ]


def _splatter(effect: PhotoEffect, room: EffectRoom) -> list[Layer]:
    corners = ((110.0, 100.0), (1170.0, 110.0), (1150.0, 560.0), (120.0, 620.0))
    free = [
        at
        for at in corners
        if most_covered((at[0] - 90, at[1] - 90, 180.0, 180.0), room.kept) < _FEW
    ]
    colour = effect_colour(effect, "#8d0a12")
    at = tuple(free[:3] or corners[1:2])
    return [Splatter(at=at, radius=210, colour=colour, seed=room.seed % 9_973)]


def _confetti(_: PhotoEffect, room: EffectRoom) -> list[Layer]:
    return [Flying(colours=_CONFETTI, count=210, kept=room.kept, seed=room.seed % 9_973)]


def _petals(_: PhotoEffect, room: EffectRoom) -> list[Layer]:
    return [
        Flying(shape="petals", colours=_PETALS, count=170, kept=room.kept, seed=room.seed % 9_973)
    ]


def _bubbles(_: PhotoEffect, room: EffectRoom) -> list[Layer]:
    return [
        Flying(
            shape="bubbles", colours=("#ffffff",), count=70, kept=room.kept,
            seed=room.seed % 9_973,
        )
    ]  # fmt: skip


def _dark(_: PhotoEffect, room: EffectRoom) -> list[Layer]:
    """Put the lights out: all but black, a little moonlight left at the subject."""
    x, y, w, h = room.subject
    return [
        Grade(
            gamma=2.5, contrast=0.92, saturation=0.45, shadows="#060a1c", highlights="#7d8db8",
            tint=0.6,
        ),
        Glow(colour="#4f6aa8", at=(x + w / 2, y + h / 2), radius=520, strength=0.16),
        Vignette(strength=0.55),
    ]  # fmt: skip


def _explosion(effect: PhotoEffect, room: EffectRoom) -> list[Layer]:
    """Paint a blast: behind a subject that is cut out, else where it hides least of the photo."""
    x, y, w, h = room.subject
    if room.free:
        at = (x + w / 2, y + 0.62 * h)
    else:
        across = min((150.0, 1130.0, 330.0, 950.0), key=lambda one: _cost_of_blast(one, room))
        at = (across, 480.0)
    seed = room.seed % 9_967
    return [
        Plume(
            at=(at[0] - 60, 800.0), height=720, width=640, colour="#3a3230", dense=True, seed=seed
        ),
        Glow(colour="#ff5a14", at=at, radius=760, strength=0.95),
        *_flames(effect, room)[:1],
        Glow(colour="#ffb030", at=at, radius=380, strength=1.0),
        Glow(colour="#fff3c8", at=at, radius=190, strength=1.0),
        Sparks(colours=("#ff8a2a", "#ffe9b0"), seed=seed, count=170, size=6.0, streak=9.0),
    ]


def _cost_of_blast(across: float, room: EffectRoom) -> float:
    """Return how much a blast at so many units across hides of the photo and of words."""
    box = (across - 215, 260.0, 430.0, 430.0)
    words = [*room.words, BADGE]
    hidden = max((most_covered(each, [box]) for each in words), default=0.0)
    return room.hides(box) + max(hidden, most_covered(box, words))


def _cross(effect: PhotoEffect, room: EffectRoom) -> list[Layer]:
    """Cross the subject out."""
    x, y, w, h = room.subject
    wide, high = min(max(0.86 * w, 240.0), 620.0), min(max(0.86 * h, 240.0), 560.0)
    box = (x + w / 2 - wide / 2, min(max(y + h / 2 - high / 2, 40.0), 680 - high), wide, high)
    return [Cross(box=box, colour=effect_colour(effect, "#f0202a"))]


def _scattered(effect: PhotoEffect, room: EffectRoom) -> list[Layer]:
    """Draw a thing many times: on the ground around the subject, or falling all over."""
    if not can_draw():
        return []
    name = DRAWINGS[effect.kind]
    rng = np.random.default_rng(room.seed % 9_973)
    lying = effect.kind == "beans"
    size = {"money": 116.0, "beans": 62.0, "leaves": 84.0}.get(effect.kind, 78.0)
    layers: list[tuple[float, Layer]] = []
    taken: list[Box] = []
    for _try in range(_TRIES):
        if len(layers) >= (_MOST_LYING if lying else _MOST_FALLING):
            break
        high = size * (0.66, 1.0, 1.5)[int(rng.integers(3))]
        x = rng.uniform(0, 1280)
        y = 720 - 270 * rng.random() ** 1.7 if lying else rng.uniform(20, 700)
        box = (x - high / 2, y - high / 2, high, high)
        if most_covered(box, [*room.kept, BADGE]) > 0 or any(_near(box, one) for one in taken):
            continue
        if most_covered(room.subject, [box]) > 0.5 and lying:  # noqa: PLR2004 - mostly on it
            continue
        taken.append(box)
        layers.append(
            (
                high,
                ObjectLayer(
                    name=name, at=(round(x, 1), round(y + high / 2, 1)), height=high,
                    turn=round(float(rng.uniform(-1, 1)) * (180 if lying else 60), 1),
                    mirrored=bool(rng.integers(2)), ambient=0.3,
                ),
            )
        )  # fmt: skip
    return [layer for _, layer in sorted(layers, key=lambda each: each[0])]


_TRIES, _MOST_LYING, _MOST_FALLING = 260, 26, 15


def _near(one: Box, other: Box) -> bool:
    """Whether two things would lie over most of each other."""
    across = one[0] + one[2] / 2 - other[0] - other[2] / 2
    down = one[1] + one[3] / 2 - other[1] - other[3] / 2
    return math.hypot(across, down) < 0.42 * (one[2] + other[2])


LAMPS: dict[EffectKind, tuple[float, str]] = {
    "flashlight": (0.93, "#fff3d6"),
    "candle": (0.88, "#ffb35c"),
    "spotlight": (0.9, "#ffffff"),
}
"""Lights that leave all else dark: how dark, and their colour."""


def _lamp(effect: PhotoEffect, room: EffectRoom) -> list[Layer]:
    dark, colour = LAMPS[effect.kind]
    lamp = spotlight(room.subject, dark, effect_colour(effect, colour))
    beam = [Rays(colour=colour, at=(lamp.at[0], -160.0), seed=room.seed % 9_967, strength=0.3)]
    return [Grade(saturation=0.8, gamma=1.1), lamp, *(beam if effect.kind == "spotlight" else ())]


def _seen_through(effect: PhotoEffect, room: EffectRoom) -> list[Layer]:
    """Look through an opening at the subject; the bars of a window cross beside it."""
    x, y, w, h = room.subject
    what = SEEN_THROUGH[effect.kind]
    at = (x + w / 2, y + h / 2)
    radius = min(max(0.62 * max(w, h), 250.0), 350.0)
    if what == "window":
        across = max(_CROSSINGS, key=lambda one: max(abs(one - at[0]) - w / 2, 0.0))
        at = (across, 196.0 if abs(across - at[0]) > w / 2 else min(max(y - 10, 120.0), 260.0))
    return [SeenThrough(what=what, at=(round(at[0], 1), round(at[1], 1)), radius=round(radius, 1))]


_CROSSINGS = (640.0, 430.0, 850.0, 340.0, 940.0)
"""Where the upright bar of a window may be (units)."""


SEEN_THROUGH: dict[EffectKind, Opening] = {
    "window": "window", "keyhole": "keyhole", "binoculars": "binoculars", "scope": "scope",
    "cage": "cage", "camera": "camera",
}  # fmt: skip
"""What a photo is seen through."""

EFFECT_LAYERS: dict[EffectKind, Callable[[PhotoEffect, EffectRoom], list[Layer]]] = {
    "steam": _steam,
    "smoke": _smoke,
    "flames": _flames,
    "lightning": _lightning,
    "rain": _rain,
    "snow": _snow,
    "fog": _fog,
    "sparks": _sparks,
    "rays": _rays,
    "glow": _glow,
    "splatter": _splatter,
    "confetti": _confetti,
    "petals": _petals,
    "bubbles": _bubbles,
    "explosion": _explosion,
    "cross": _cross,
    "dark": _dark,
    "outline": lambda *_: [],
    **dict.fromkeys(LAMPS, _lamp),
    **dict.fromkeys(SEEN_THROUGH, _seen_through),
    **dict.fromkeys(DRAWINGS, _scattered),
}
