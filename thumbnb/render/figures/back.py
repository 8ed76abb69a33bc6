"""People seen from behind: the back of a body, of a head, and a backpack on it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from thumbnb.render.figures.pen import shade
from thumbnb.render.figures.physique import neck, outline
from thumbnb.render.figures.tones import SKINS, hair_tone
from thumbnb.render.figures.wardrobe.clothes import cap
from thumbnb.render.figures.wardrobe.hats import draw_hat
from thumbnb.render.raster.sketch import blend, oval, points, smooth

if TYPE_CHECKING:
    from thumbnb.render.figures.pen import Recorder
    from thumbnb.render.scene import Figure

_SKULL = "0,-152 -78,-132 -112,-62 -108,10 -88,74 -50,104 0,110 50,104 88,74 108,10 112,-62 78,-132"
_LENGTHS = {
    "long": "-112,-30 -126,60 -128,190 -90,252 0,264 90,252 128,190 126,60 112,-30 0,-90",
    "bob": "-112,-30 -124,50 -112,124 0,136 112,124 124,50 112,-30 0,-90",
    "ponytail": "-30,-40 -40,60 -34,190 0,252 34,190 40,60 30,-40",
}
_BAG = "#e2622c"


def draw_back(
    s: Recorder, figure: Figure, build: float, off: tuple[bool, bool], *, to_hips: bool
) -> None:
    """Draw the back of a body and the nape; ``off`` and ``to_hips`` are as for the front."""
    skin, cloth = SKINS[figure.skin], figure.cloth
    if figure.clothes in {"medical", "laboratory"}:
        cloth = "#eef2f8"
    bare = figure.clothes == "boxer"
    cloth = skin if bare else cloth
    dark = shade(skin, 0.3) if bare else blend(cloth, "#000000", 0.34)
    s.fill(smooth(points(neck(figure))), shade(skin, 0.1), shade(skin, 0.24))
    body = s.fill(outline(figure, off, build, to_hips=to_hips), blend(cloth, "#ffffff", 0.16),
                  cloth, dark)  # fmt: skip
    s.inside(body, smooth(points("110,190 240,240 290,480 150,480 170,330")), "#000000", 0.22,
             soft=22)  # fmt: skip
    for side in (-1, 1):
        blade = smooth(points("30,300 80,280 128,300 116,372 60,380", side))
        s.inside(body, blade, "#000000", 0.1, soft=14)
    s.line(points("0,230 0,460"), dark, 4.0, opacity=0.35)
    if figure.clothes == "casual" and figure.garment == "hoodie":
        hood = s.shape(smooth(points("-118,178 0,150 118,178 104,262 0,316 -104,262")))
        s.shadow(hood, 0, 8, 8, 0.35)
        s.paint(hood, blend(cloth, "#ffffff", 0.12), blend(cloth, "#000000", 0.2))
    elif not bare:
        s.fill(smooth(points("-78,170 0,186 78,170 70,200 0,216 -70,200")),
               blend(cloth, "#000000", 0.2))  # fmt: skip
    if "backpack" in figure.worn:
        _backpack(s)


def _backpack(s: Recorder) -> None:
    for side in (-1, 1):
        s.line(smooth(points("86,178 140,210 150,300", side), closed=False), "#343845", 22)
    bag = s.shape(smooth(points("-150,214 -118,176 0,164 118,176 150,214 164,420 140,486 0,500 "
                                "-140,486 -164,420")))  # fmt: skip
    s.shadow(bag, 0, 12, 14, 0.4)
    s.paint(bag, blend(_BAG, "#ffffff", 0.2), _BAG, blend(_BAG, "#000000", 0.36))
    s.inside(bag, points("-170,262 170,262 170,276 -170,276"), "#343845", 0.8)
    pocket = s.shape(smooth(points("-96,330 96,330 104,448 -104,448")))
    s.shadow(pocket, 0, 5, 6, 0.3)
    s.paint(pocket, blend(_BAG, "#ffffff", 0.1), blend(_BAG, "#000000", 0.14))
    s.line(points("-92,346 92,346"), "#343845", 6)
    mat = s.shape(smooth(oval(0, 150, 150, 40)))
    s.shadow(mat, 0, 6, 7, 0.35)
    s.paint(mat, "#7fb0d6", "#3f6f96")


_SAME_BEHIND = frozenset(
    {"cowboy hat", "straw hat", "beanie", "witch hat", "wizard hat", "fedora", "bandana"}
)
"""Hats that look the same from behind."""


def draw_back_head(s: Recorder, figure: Figure, style: str, hat: str) -> None:
    """Draw the back of a head with its hair, as ``style`` has it, and a hat."""
    _hair(s, figure, style)
    if hat in _SAME_BEHIND:
        draw_hat(s, hat)
    elif figure.clothes == "streetwear":
        cap(s, figure.cloth)


def _hair(s: Recorder, figure: Figure, style: str) -> None:
    skin, tone = SKINS[figure.skin], hair_tone(figure.hair)
    light, deep = blend(tone, "#ffffff", 0.14), blend(tone, "#000000", 0.3)
    for side in (-1, 1):
        s.oval(side * 104, 14, 18, 29, skin, shade(skin, 0.2))
    skull = smooth(points(_SKULL))
    if style == "balding":
        s.fill(skull, skin, skin, shade(skin, 0.2))
        s.fill(smooth(points(_FRINGE)), tone, deep)
        return
    s.fill(skull, light, tone, deep)
    if style in {"curly", "curls"}:
        _curls(s, (light, tone, deep), large=style == "curly")
        return
    _length(s, style, (light, tone, deep))
    low = 90 if style not in {"long", "bob"} else 200
    for x in (-70, -36, 0, 36, 70):
        way = smooth([(x * 0.5, -140), (x, -40), (x * 0.9, low)], closed=False)
        s.line(way, deep, 3.0, opacity=0.3)
    shine = s.shape(smooth(points("-70,-96 -20,-124 30,-118 0,-100 -50,-78"))).blurred(6 * s.k)
    s.canvas.fill(shine, "#ffffff", 0.24)


_FRINGE = "-108,-20 -100,60 -60,104 0,110 60,104 100,60 108,-20 60,10 -60,10"


def _curls(s: Recorder, tones: tuple[str, str, str], *, large: bool) -> None:
    light, tone, deep = tones
    far, size = (118, 46) if large else (86, 30)
    for ring in (1.0, 0.55, 0.1):
        for i in range(13):
            a = math.radians(i * 27.7)
            x, y = ring * far * math.cos(a), -40 + ring * far * math.sin(a)
            s.oval(x, y, size, size, blend(light, tone, i / 13), deep)


def _length(s: Recorder, style: str, tones: tuple[str, str, str]) -> None:
    """Draw what hangs down from the head or is tied up."""
    light, tone, deep = tones
    if style in _LENGTHS:
        hair = s.shape(smooth(points(_LENGTHS[style])))
        s.shadow(hair, 0, 8, 9, 0.3)
        s.paint(hair, tone, tone, deep)
    if style == "pigtails":
        for side in (-1, 1):
            s.fill(smooth(points("88,0 150,-20 186,60 176,170 140,150 110,60", side)), tone, deep)
    if style == "bun":
        s.oval(0, -120, 56, 50, light, deep)
    if style == "ponytail":
        s.oval(0, -44, 26, 18, "#e04f5f", "#8d2432")
