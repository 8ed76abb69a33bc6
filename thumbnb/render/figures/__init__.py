"""People drawn by code, for prompts that name someone and come without a portrait.

Their expression and clothes can be chosen, which a photograph's cannot.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from thumbnb.render.figures import accessories, clothes, face, hair, hats
from thumbnb.render.figures.accessories import BARBELL
from thumbnb.render.figures.arms import GESTURES, HOLDING, arms, fingers, lifting_arms
from thumbnb.render.figures.costumes import COSTUMES
from thumbnb.render.figures.face import EXPRESSIONS
from thumbnb.render.figures.pen import Recorder
from thumbnb.render.raster.canvas import Canvas
from thumbnb.render.vision import cutout

if TYPE_CHECKING:
    from thumbnb.render.scene import Box, Figure

__all__ = [
    "BARBELL",
    "COSTUMES",
    "EXPRESSIONS",
    "GESTURES",
    "GREY",
    "HAIRS",
    "HOLDING",
    "SHEET",
    "SKINS",
    "STYLES",
    "draw_figure",
    "face_box",
    "fingers",
    "hair_top",
    "sheet_for",
]

SKINS = ("#f6c9a4", "#e3a77c", "#c98756", "#9c623c", "#6f4227")
HAIRS = ("#3a2418", "#141216", "#7a4a22", "#c98f3e", "#a23b1e", "#55402f")
GREY = len(HAIRS)
"""The number of the hair of the old, beside those of ``HAIRS``."""
STYLES = ("short", "long", "curly", "bun", "bob", "quiff")

_GREY_HAIR = "#c9c5c0"
SHEET = 1280
"""A figure is drawn on a square sheet: pixels enough for 4K, 720 units a side."""

_SHEETS = (320, 480, 640, 960, SHEET)


def sheet_for(zoom: float) -> int:
    """Return the side of the smallest sheet for a figure shown at ``zoom`` of the largest."""
    return next((side for side in _SHEETS if side >= SHEET * zoom), SHEET)


_CHILD, _CHILD_BUILD = 0.9, 0.84
"""How large a child's body is, and how broad, of a grown-up's with the same head."""


@lru_cache(maxsize=4)
def draw_figure(figure: Figure, side: int = SHEET) -> tuple[Image.Image, Box]:
    """Draw someone: an RGBA image of head and shoulders, and the box of the face in it.

    ``side`` is the image's width and height in pixels.
    """
    canvas = Canvas((side, side), SKINS[figure.skin])
    s = Recorder(canvas, (360, 292), 1.0)
    skin, tone = SKINS[figure.skin], (*HAIRS, _GREY_HAIR)[figure.hair]
    style = STYLES[figure.style]
    expression = EXPRESSIONS[figure.expression]
    hat = _hat(figure)
    haired = hat not in hats.WITHOUT_HAIR
    if haired:
        hair.behind(s, style, tone)
    s.origin = (360, 266)
    build = figure.build
    if figure.young:  # a large head on small shoulders
        expression = replace(expression, eye=expression.eye * 1.14, iris=expression.iris * 1.16)
        s.k, s.origin, build = s.k * _CHILD, (360, 275), build * _CHILD_BUILD
    if accessories.BEHIND & {*figure.worn}:
        accessories.backpack_behind(s)
    clothes.body(s, figure.clothes, skin, figure.cloth, build)
    s.k = canvas.scale
    s.origin = (360, 292)
    if hat == "space helmet":
        hats.space_helmet_behind(s)
    face.head(s, skin)
    if figure.young:
        s.origin = (360, 301)
    lashes = style not in {"short", "quiff"} if figure.lashes is None else figure.lashes
    face.features(s, expression, skin, tone, lashes=lashes)
    s.origin = (360, 292)
    if haired or hat == "space helmet":
        hair.front(s, style, tone)
    _put_on(s, figure)
    _arms(s, figure)
    assert s.covered is not None  # noqa: S101 - a head was drawn
    alpha = Image.new("L", (side, side))
    alpha.paste(s.covered.mask, (s.covered.x, s.covered.y))
    box = face_box(side)
    return cutout.cut_out(canvas.image(), np.asarray(alpha, dtype=np.float32) / 255, box[2]), box


def _put_on(s: Recorder, figure: Figure) -> None:
    """Draw the hat, and what else is worn on the head or over the clothes."""
    if hat := _hat(figure):
        hats.draw_hat(s, hat)
    elif figure.clothes == "streetwear":
        clothes.cap(s, figure.cloth)
    for worn in figure.worn:
        if worn in accessories.ACCESSORIES:
            accessories.ACCESSORIES[worn](s, _band_top(figure))


def _arms(s: Recorder, figure: Figure) -> None:
    """Draw what the arms do, with the barbell that they lift."""
    skin = SKINS[figure.skin]
    sleeve = clothes.sleeve(figure.clothes, skin, figure.cloth)
    if BARBELL in figure.worn:
        accessories.barbell(s)
        lifting_arms(s, skin, sleeve)
    elif figure.gesture != "rest":
        way = -1 if figure.reach == "left" else 1
        arms(s, figure.gesture, way, skin, sleeve, raised=figure.raised)


def hair_top(figure: Figure) -> float:
    """Return how far hair or a hat reaches above the middle of the face, in face widths."""
    hat = _hat(figure)
    return hats.HATS[hat][2] if hat else hair.TOPS.get(STYLES[figure.style], hair.USUAL_TOP)


def _band_top(figure: Figure) -> float:
    """Return how high the band of headphones goes, in units above the middle of the face."""
    if figure.clothes == "streetwear" or STYLES[figure.style] == "curly" or _hat(figure):
        return 208.0  # over a cap, or a crown of curls
    return 192.0 if STYLES[figure.style] == "quiff" else 168.0


def _hat(figure: Figure) -> str:
    if figure.hat:
        return figure.hat
    costume = COSTUMES.get(figure.clothes)
    return costume.hat if costume else ""


def face_box(side: int = SHEET) -> Box:
    """Return where the face of every figure is, on a sheet of this many pixels a side."""
    k = side / 720
    return (360 - 88) * k, (292 - 74) * k, 176 * k, 176 * k
